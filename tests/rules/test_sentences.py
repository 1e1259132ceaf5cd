"""A quote keeps the words of its sentence that turn it round or limit it; in each sentence, bars stand around the quote."""

from pathlib import Path

import pytest
import yaml

from briefing.loading.dossier_reader import read_dossier
from briefing.rules.sentences import sentence_is_kept
from tests.dossiers import write_dossier

CUT = [
    ("No |coal shall be stored on the leased quays| after May.", "Coal is stored on the leased quays."),
    ("It is false that |the guards fired on the boats|.", "The guards fired on the boats."),
    ("The harbour office refused to let |the ships of the Isles dock in May|.", "The ships of the Isles docked in May."),
    ("The union failed to |stop the lease of the quays|.", "The union stopped the lease of the quays."),
    ("The council did not immediately |agree to the plan for the basin|.", "The council agreed to the plan."),
    ("Kern denied that |the harbour had been sold to the Isles|.", "The harbour had been sold."),
    ("Neither side |opened its port to the ferries|.", "A side opened its port."),
    ("The court ruled out |a second hearing in the case of the pilots|.", "There is a second hearing."),
    ("The pilots have yet to |receive the pay for the lost year|.", "The pilots received the pay."),
    ("Nobody in Sarn |thinks the strike will end|.", "People in Sarn think the strike will end."),
    ("None of the ferries |sailed for the Isles on Monday|.", "The ferries sailed on Monday."),
    ("The envoy no longer |expects a vote on the lease|.", "The envoy expects a vote."),
    ("The minister rejected the claim that |the quays were unsafe|.", "The quays were unsafe."),
    ("It is unlikely that |the talks resume before June|.", "The talks resume."),
    ("The paper wrongly |reported the death of two dockers|.", "Two dockers died."),
    ("The storm prevented |the signing of the lease in Sarn|.", "The lease was signed in Sarn."),
    ("The two countries could not |agree on the name of the basin|.", "They agreed on the name."),
    ("Far from |giving up the harbour|, Vessia keeps it.", "Vessia gives up the harbour."),
    ("The parties are unable to |pay for the dredging|.", "The parties pay for the dredging."),
    ("There was no proof at all that |the barges carried arms|.", "The barges carried arms."),
    ("|The observers may enter|, unless the council objects.", "The observers may enter."),
    ("|Both navies leave the bay| provided that the mines are cleared.", "Both navies leave the bay."),
    ("|All duties end| except those on cod.", "All duties end."),
    ("|Every quay is open to ferries| other than the northern one.", "Every quay is open."),
    ("|The fee is waived| if the ship is empty.", "The fee is waived."),
    ("|The bank lends the money| only after the vote.", "The bank lends the money."),
    ("|The guard stays| pending a ruling.", "The guard stays."),
    ("|No ship may leave| without leave of the office.", "No ship may leave at all."),
    ("|The port is closed to trawlers| until the end of May.", "The port is closed to trawlers."),
    ("Unless the rent is paid, |the lease ends in June|.", "The lease ends in June."),
    ("Subject to Article 5, |Vessia opens the port|.", "Vessia opens the port."),
    ("Only |pilots of the union may board the ships|.", "Pilots board the ships."),
    ("|The Isles pay the rent| so long as the harbour is open.", "The Isles pay the rent."),
    ("Until the treaty is signed, |the flags stay up|.", "The flags stay up."),
]
FAIR = [
    ("|The office receives complaints of every breach|, if any.", "The office receives complaints of every breach."),
    ("|The lease goes on|, even if the council objects.", "The lease goes on."),
    ("The talks did not end, and |the ferries sailed on Monday|.", "The ferries sailed on Monday."),
    ("With no deal in sight, |the strike went on|.", "The strike went on."),
    ("Kern, who did not attend, |sent a letter to the council|.", "Kern sent a letter."),
    (
        "Disputes that the ports cannot settle within sixty days go to |a single arbitrator|.",
        "Disputes go to a single arbitrator.",
    ),
    ("He said no ferry sailed. |The port was open all day|.", "The port was open all day."),
    ("|The port was open all day|. If it rains it closes.", "The port was open all day."),
    ("|The office opened in May| but not the annex.", "The office opened in May."),
    ("The lease, not yet signed, |runs for 25 years|.", "The lease runs for 25 years."),
    ('"If they come, we leave," |Kern told the council|.', "Kern spoke to the council."),
    ("Without a quorum the council met, and |Osk spoke for an hour|.", "Osk spoke for an hour."),
    ("The unions, which refused the offer, say that |the pay is too low|.", "The pay is too low, the unions say."),
    ("It was not clear who signed, but |the letter names Osk|.", "The letter names Osk."),
    ("|The bank lends the money|, as if nothing had happened.", "The bank lends the money."),
    ("No |coal shall be stored on the quays|.", "Coal may not be stored on the quays."),
    ("If the rent is paid, |the lease goes on|.", "The lease goes on if the rent is paid."),
    ("|The port is closed| until the end of May.", "The port is closed to the end of May."),
    ("Not only |did the ferries sail|, they were full.", "The ferries sailed."),
    ("No doubt |the talks were long|.", "The talks were long."),
    ("The vote against the lease failed, and |the lease was signed|.", "The lease was signed."),
    ("The council voted no later than May to |lease the quays|.", "The council voted to lease the quays."),
]


def told(sentence: str, claim: str, folder: Path) -> list[str]:
    before, quote, after = sentence.split("|")
    fact = yaml.safe_dump({"x-x": {"claim": claim, "quotes": {"wire": quote}}}, allow_unicode=True, width=1000)
    dossier = read_dossier(write_dossier(folder, {"context": fact}, {"wire": f"{before}{quote}{after}\n"}))
    return [problem.message for problem in sentence_is_kept(dossier)]


@pytest.mark.parametrize(("sentence", "claim"), CUT)
def test_a_word_that_was_cut_off_is_told(sentence: str, claim: str, tmp_path: Path) -> None:
    assert len(told(sentence, claim, tmp_path)) == 1


@pytest.mark.parametrize(("sentence", "claim"), FAIR)
def test_a_fair_cut_raises_nothing(sentence: str, claim: str, tmp_path: Path) -> None:
    assert told(sentence, claim, tmp_path) == []


@pytest.mark.parametrize(("sentence", "claim"), CUT)
def test_the_whole_sentence_is_never_a_cut(sentence: str, claim: str, tmp_path: Path) -> None:
    assert told(f"|{sentence.replace('|', '')}|", claim, tmp_path) == []
