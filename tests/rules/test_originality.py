"""Claims that copy their source and claims that do not, in tables."""

from pathlib import Path

import pytest

from briefing.loading.dossier_reader import read_dossier
from briefing.rules.originality import claim_is_our_own
from tests.dossiers import write_dossier

SEED = """\
Neither government has yet published the text of the agreement, a person close to the talks said on Monday.

Premier Odile Kern said the harbour would be handed over in four steps, "each of them smaller than the last one was," and
that the dockers would keep their jobs, their pay and their pensions for as long as the lease lasts.

The union’s leader, Berit Lund, said there was no choice but to strike if a single job goes, and that she hoped the Marrow
Isles, Vessia and the harbour master Tolle Brandt would see it. The cease-fire held for 43 days of talks in 2031.
"""
COPIES = [
    "Neither government has yet published the text of the agreement.",
    "Has the GOVERNMENT has yet published the text of the agreement?",
    "A person said neither government has yet published the text of the agreement.",
    "The text is secret: government has yet published the text of the agreement.",
    "It is the agreement of which a person close to the talks said on Monday, so a person close to the talks said on.",
    "Kern said the harbour would be handed over in four steps.",
    "The harbour would be handed over in four steps, Kern said.",
    "Steps: the harbour would be handed over in four steps.",
    "Each of them smaller than the last one was.",
    "The steps are each of them smaller than the last one was, and few.",
    "The dockers would keep their jobs, their pay and their pensions.",
    "So the dockers would keep their jobs their pay and their pensions.",
    "Pay and pensions stay their pay and their pensions for as long as the lease lasts.",
    "That is for as long as the lease lasts; pensions for as long as the lease lasts.",
    "There was no choice but to strike if a single job goes.",
    'There was "no choice" but to strike if a single job goes, and that she hoped.',
    "Lund said there was no choice but to strike.",
    "Lund, said there was no choice but to strike!",
    "The union's leader said there was no choice but to strike if a single job goes.",
    "Berit Lund said there was no choice but to strike if a single job goes.",
    "the Marrow Isles, Vessia and the harbour master Tolle Brandt would see it. The cease-fire held for 43 days of talks.",
    "He hoped the Marrow Isles, Vessia and the harbour master Tolle Brandt would see it.",
    "jobs, their pay and their pensions for as long",
    "It is so that the dockers would keep their jobs, their pay; and more.",
    "Handed over in four steps, each of them smaller than the last.",
]
OURS = [
    "The text has not been published by either government.",
    'Neither government "has yet published the text of the agreement".',
    "Neither government has yet published “the text of the agreement”.",
    "Neither government has yet published what was agreed.",
    "A person close to the talks said so on Monday.",
    "On Monday a person close to the talks said it.",
    "The harbour is handed over in four steps.",
    "Kern said the harbour would be handed over stepwise.",
    'Kern said the steps are "each of them smaller than the last one was".',
    "Each step is smaller than the last.",
    "The dockers would keep their jobs, pay and pensions.",
    "Jobs, pay and pensions are kept while the lease lasts.",
    "For as long as the lease lasts, so Kern.",
    "Lund said the union has to strike if a job goes.",
    "There was no choice but to strike, Lund said.",
    'The dockers strike "if a single job goes", Lund said.',
    "Premier Odile Kern of Vessia and Berit Lund met in Halden in 2031.",
    "Marrow Isles, Vessia, Tolle Brandt, Berit Lund, Odile Kern",
    "The cease-fire held for 43 days.",
    "43 days of talks in 2031",
    "The harbour master Tolle Brandt would see it.",
    "She hoped the Marrow Isles, Vessia and Tolle Brandt would see it.",
    "",
    "No.",
    "strike strike strike strike strike strike strike strike strike strike",
    "on Monday said talks the to close person a agreement the of text the published yet has",
    'The pensions, "for as long as the lease lasts", stay as they are.',
    "a person close to the agreement, a person close to the text, a person close to the agreement",
]


def alarms(folder: Path, claim: str) -> list[str]:
    fact = f"one:\n  claim: >-\n    {claim or '-'}\n  quotes:\n    wire: Neither government has yet published\n"
    write_dossier(folder, {"context": fact}, {"wire": SEED})
    return [problem.words for problem in claim_is_our_own(read_dossier(folder))]


@pytest.mark.parametrize("claim", COPIES)
def test_a_claim_that_copies_its_source_is_a_problem(claim: str, tmp_path: Path) -> None:
    assert len(alarms(tmp_path, claim)) == 1


@pytest.mark.parametrize("claim", OURS)
def test_a_claim_in_other_words_is_no_problem(claim: str, tmp_path: Path) -> None:
    assert alarms(tmp_path, claim) == []


def test_seven_copied_words_are_no_problem_and_eight_are(tmp_path: Path) -> None:
    assert alarms(tmp_path, "It is that there was no choice but to strike.") == []
    assert alarms(tmp_path, "It is that there was no choice but to strike if.") == ["there was no choice but to strike if"]


def test_a_claim_is_compared_with_all_of_each_quoted_source_and_no_other(tmp_path: Path) -> None:
    fact = "one:\n  claim: There was no choice but to strike if a job goes.\n  quotes:\n    gazette: The Gazette says\n"
    write_dossier(tmp_path, {"context": fact}, {"wire": SEED, "gazette": "The Gazette says so.\n"})
    assert list(claim_is_our_own(read_dossier(tmp_path))) == []


def test_copied_words_do_not_continue_into_the_next_paragraph(tmp_path: Path) -> None:
    assert alarms(tmp_path, "It was close to the talks said on Monday Premier Odile Kern said the harbour would.") == []


def test_a_home_page_claim_is_compared_with_the_sources_of_its_facts(tmp_path: Path) -> None:
    context = "one:\n  claim: No text is out.\n  quotes:\n    wire: Neither government has yet published\n"
    overview = "top:\n  claim: Kern said the harbour would be handed over in four steps.\n  part: key-point\n  facts: [one]\n"
    write_dossier(tmp_path, {"context": context, "overview": overview}, {"wire": SEED})
    assert [problem.fact for problem in claim_is_our_own(read_dossier(tmp_path))] == ["top"]
