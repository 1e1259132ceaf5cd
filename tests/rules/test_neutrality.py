"""Claims that take a side and claims that do not, in tables; the words of the lists."""

from pathlib import Path

import pytest

from briefing.loading.dossier_reader import read_dossier
from briefing.rules.neutrality import claim_is_neutral
from briefing.text.lexicon import listed_words
from briefing.text.phrase_matcher import PhraseMatcher, mask_quotations
from tests.dossiers import write_dossier

ACTORS = """\
vessia: {name: Vessia, type: state, claim: Vessia agreed., names: {wire: Vessia}, quotes: {wire: Vessia agreed to it}}
marrow-isles:
  name: Marrow Isles
  type: state
  claim: The Isles agreed.
  names: {wire: [Marrow Isles, the Isles]}
  quotes: {wire: Vessia agreed to it}
kern:
  name: Odile Kern
  type: person
  of: [vessia]
  claim: Kern is named.
  names: {wire: [Odile Kern, Kern]}
  quotes: {wire: Vessia agreed to it}
quist:
  name: Aurel Quist
  type: person
  of: [marrow-isles]
  claim: Quist is named.
  names: {wire: [Aurel Quist, Quist]}
  quotes: {wire: Vessia agreed to it}
osk: {name: Marit Osk, type: person, claim: Osk is named., names: {wire: Osk}, quotes: {wire: Vessia agreed to it}}
union:
  name: Dockers' Union of Halden
  type: group
  claim: The union is named.
  names: {wire: [Dockers' Union of Halden, the union]}
  quotes: {wire: Vessia agreed to it}
"""
PLACES = """\
halden:
  name: Halden / Haldenwick
  claim: The wire prints Halden and Haldenwick.
  names: {wire: [Halden, Haldenwick, the port]}
  quotes: {wire: Vessia agreed to it}
"""
SETTINGS = "parties: [vessia, marrow-isles]\nloaded-words: {storming of the quay: Only one side calls it so.}\n"

# Each a claim, and the quote that stands in its source.
ALARMS = [
    ("The regime agreed.", "the regime of Kern agreed to it"),
    ("The fighting was fierce.", "the fighting was fierce that day"),
    ("Brutal fighting took place.", "there was brutal fighting that day"),
    ("Terrorists shot at the quay.", "the terrorists shot at the quay"),
    ("The Armenian-occupied quay is closed.", "the Armenian-occupied quay is closed now"),
    ("The so-called union met.", "the so-called union met on Monday"),
    ("Ethnic cleansing took place.", "Osk speaks of ethnic cleansing there"),
    ("A HEROIC defence was told of.", "the heroic defence of the quay"),
    ("The quay was liberated.", "the quay was liberated on Monday"),
    ("The quay, clearly, is closed.", "the quay is closed on Monday"),
    ("Angry dockers met.", "the angry dockers met on Monday"),
    ("The storming of the quay went on.", "the storming of the quay went on"),
    ("Kern claimed it was paid.", "Kern said it was paid in full"),
    ("Kern claims it was paid.", "it was paid in full to Kern"),
    ("Kern admitted the debt.", "Kern said there was a debt"),
    ("Kern conceded a debt.", "Kern spoke of a debt then"),
    ("Kern insisted on it.", "Kern asked for it on Monday"),
    ("Kern pointed out the debt.", "Kern spoke of the debt then"),
    ("Kern noted the debt.", "Kern spoke of the debt then"),
    ("Kern refuted it.", "Kern said it was not so"),
    ("Kern revealed the debt.", "Kern told of the debt then"),
    ("Kern boasted of it.", "Kern told of it on Monday"),
    ("Kern claimed it was paid.", "Quist claimed it was paid, Kern said no"),
    ("Quist, Kern said, admitted it.", "Osk admitted it and Quist did not"),
    ("The allegations stand.", "what Kern said still stands today"),
    ("The Isles and Vessia agreed.", "Vessia and the Isles agreed to it"),
    ("The Marrow Isles and Vessia agreed.", "the Marrow Isles and Vessia agreed to it"),
    ("Osk, Quist and Kern met.", "Quist and Kern met with Osk"),
    ("Quist, Osk, and Kern met.", "Quist and Kern met with Osk"),
    ("Of Aurel Quist and Odile Kern.", "Aurel Quist and Odile Kern met then"),
    ("Halden is closed.", "the port of Halden is closed"),
    ("Haldenwick is closed.", "the port of Haldenwick is closed"),
    ("Haldenwick (Halden) is closed.", "the port of Haldenwick is closed"),
    ("The wire says the port is closed.", "the port is closed on Monday"),
]
SILENT = [
    ('The "regime" agreed.', "the regime of Kern agreed to it"),
    ("The fighting was “fierce”.", "the fighting was fierce that day"),
    ('Kern spoke of "terrorists" at the quay.', "Kern spoke of terrorists at the quay"),
    ('The quay is called "Armenian-occupied".', "the Armenian-occupied quay is closed now"),
    ("The regimental band played.", "the regimental band played on Monday"),
    ("Herodotus is named.", "the book of Herodotus is named"),
    ("The fiercest wind is named by the Isles.", "the fiercest wind of the year"),
    ("Kern claimed it was paid.", "Kern claimed it was paid in full"),
    ("Kern claims it was paid.", "Odile Kern claimed it was paid in full"),
    ("It was paid, claimed Kern.", "it was paid in full, Kern claimed"),
    ("Kern admitted the debt.", "on Monday Kern admitted to the debt"),
    ("He admitted the debt.", "on Monday Kern admitted to the debt"),
    ("Kern admitted the debt.", "on Monday he admitted to the debt"),
    ("After a claim by Kern, it was paid.", "Kern claimed it was paid in full"),
    ("The admission of Kern was heard.", "Kern admitted it on Monday then"),
    ("Quist said Kern insisted on it.", "Kern insisted on it on Monday"),
    ("Kern in the Isles denied it.", "Kern denied it on Monday evening"),
    ('Kern "revealed" the debt.', "Kern told of the debt then"),
    ("Kern said it.", "Kern claimed it was paid in full"),
    ("Vessia and the Isles agreed.", "Vessia and the Isles agreed to it"),
    ('The wire prints "the Isles and Vessia".', "the Isles and Vessia agreed to it"),
    ("Vessia, Osk and the Isles met.", "Vessia, Osk and the Isles met"),
    ("Kern and Quist met.", "Quist and Kern met with Osk"),
    ("The Isles met Vessia.", "the Isles met Vessia on Monday"),
    ("With the Isles, Vessia agreed.", "with the Isles, Vessia agreed to it"),
    ("Quist said that Kern agreed.", "Quist said that Kern agreed then"),
    ("Halden (Haldenwick) is closed.", "the port of Halden is closed"),
    ("Halden, or Haldenwick, is closed.", "the port of Halden is closed"),
    ('Halden is called "Haldenwick" there.', "the port of Halden is closed"),
    ('"Haldenwick" is a name.', "the name of Haldenwick is used"),
    ("The Dockers' Union of Halden met.", "the Dockers' Union of Halden met"),
]


def words_reported(folder: Path, claim: str, quote: str, extra: str = "") -> list[str]:
    fact = f"one:\n  claim: >-\n    {claim}\n{extra}  quotes:\n    wire: >-\n      {quote}\n"
    (folder / "briefing.yaml").write_text(SETTINGS, encoding="utf-8")
    write_dossier(
        folder, {"actors": ACTORS, "places": PLACES, "context": fact}, {"wire": f"Vessia agreed to it.\n\n{quote}.\n"}
    )
    dossier = read_dossier(folder)
    assert dossier.problems == ()
    return [problem.words for problem in claim_is_neutral(dossier)]


@pytest.mark.parametrize(("claim", "quote"), ALARMS)
def test_a_claim_that_takes_a_side_is_a_problem(claim: str, quote: str, tmp_path: Path) -> None:
    assert len(words_reported(tmp_path, claim, quote)) == 1


@pytest.mark.parametrize(("claim", "quote"), SILENT)
def test_a_claim_that_takes_no_side_is_no_problem(claim: str, quote: str, tmp_path: Path) -> None:
    assert words_reported(tmp_path, claim, quote) == []


def test_a_place_named_in_a_field_has_both_its_names_there(tmp_path: Path) -> None:
    assert words_reported(tmp_path, "Halden is closed.", "the port of Halden is closed", "  places: [halden]\n") == []


def test_only_the_first_claim_of_a_page_gives_both_names(tmp_path: Path) -> None:
    extra = "  quotes: {wire: Vessia agreed to it}\ntwo:\n  claim: Halden is open.\n"
    assert words_reported(tmp_path, "Halden (Haldenwick) is closed.", "Halden is now open again", extra) == []


def test_a_briefing_without_parties_has_no_order(tmp_path: Path) -> None:
    words_reported(tmp_path, "The Isles and Vessia agreed.", "the Isles and Vessia agreed to it")
    (tmp_path / "briefing.yaml").unlink()
    assert list(claim_is_neutral(read_dossier(tmp_path))) == []


@pytest.mark.parametrize("name", ["loaded", "tinted"])
def test_every_word_of_a_list_has_a_reason_and_is_in_small_letters(name: str) -> None:
    for word, listed in listed_words("en", name).items():
        assert word == word.lower().strip()
        assert word in listed.forms
        assert listed.reason.endswith(".")


def test_a_language_without_a_list_has_no_words() -> None:
    assert listed_words("tlh", "loaded") == {}


def test_no_word_is_in_both_lists() -> None:
    assert not listed_words("en", "loaded").keys() & listed_words("en", "tinted").keys()


def test_the_longest_phrase_is_found_whole_words_only() -> None:
    phrases = PhraseMatcher(["the Isles", "the Isles and more", "“Kern”", "in"])
    text = "In the Isles and more, in the Islesman, said “Kern”, within"
    assert [text[start:end] for _, start, end in phrases.find(text)] == ["the Isles and more", "in", "Kern”"]


def test_words_in_quotation_marks_are_blanked_out_in_place() -> None:
    text = 'He said "a b" and “c” and «d» and "e'
    assert mask_quotations(text).replace("\x00", "") == 'He said  and  and  and "e'
    assert len(mask_quotations(text)) == len(text)
