"""Rules of reading: what was typed is what is read, fits its kind, and names what exists."""

import re
from collections.abc import Iterator

from briefing.diagnostics.problem import Problem
from briefing.diagnostics.rule_ids import FITS_KIND_RULE
from briefing.diagnostics.suggestions import did_you_mean, with_article
from briefing.model.dossier import Dossier
from briefing.model.facts import Claim, Fact, parts_of, quotes_and_names
from briefing.model.fields import field_texts, fields_of, walk_owners, walk_texts
from briefing.model.kinds import Clause
from briefing.model.located_text import Text
from briefing.text.days import has_day_form, prints_day
from briefing.text.edtf import read_date
from briefing.text.words import collapse_whitespace

_PLACEHOLDER_START = re.compile(r"(?:TODO|FIXME|TBD|TBA|XXX)\b")
_PLACEHOLDERS = frozenset(
    {"todo", "to do", "fixme", "tbd", "tba", "xxx", "why", "because", "reason", "the reason", "your reason", "to be written"}
)


def text_is_whole(dossier: Dossier) -> Iterator[Problem]:
    """What a curator typed is what is read: no more, no less.

    YAML can change a text without a word: it cuts a plain text at ` #`, puts a space after a hyphen at the end of a
    folded line, copies through anchors and aliases, and keeps the last of two documents. Each of these is refused, and so
    are tabs, invisible characters, a byte-order mark and bytes that are not UTF-8. Nothing is guessed: `no`, `21:00` and
    `010` stay the texts they are.

    Fails, in facts/context.yaml:

        lease-signed:
          claim: Both governments said the lease was signed on Wednesday.
          quotes:
            wire: lease signed with Vessia on Wednesday #both governments said

    Passes, in facts/context.yaml:

        lease-signed:
          claim: Both governments said the lease was signed on Wednesday.
          quotes:
            wire: lease signed with Vessia on Wednesday, both governments said
    """
    yield from (p for p in dossier.problems if p.rule == "text-is-whole")


def id_is_unique(dossier: Dossier) -> Iterator[Problem]:
    """An id names one fact, over all files.

    Ids are permanent links and anchors; with two of the same, one fact would silently stand in for the other.

    Fails, in facts/context.yaml:

        yearly-rent:
          claim: The rent is about €80 million a year, said a person close to the talks, according to the wire report.
          quotes:
            wire: A person close to the talks put the rent at about €80 million a year

    Passes, in facts/context.yaml:

        yearly-rent-by-a-person:
          claim: The rent is about €80 million a year, said a person close to the talks, according to the wire report.
          quotes:
            wire: A person close to the talks put the rent at about €80 million a year
    """
    yield from (p for p in dossier.problems if p.rule == "id-is-unique")


def fact_fits_its_kind(dossier: Dossier) -> Iterator[Problem]:
    """A fact has the fields of its kind, each of the shape its kind declares, and something that bears it out.

    An unknown field is a typing mistake or a thought that would be lost; a claim without quotes is uncited. Three dots, `TODO`
    and the like are a sign that a sentence is still to be written, and a reader would see it.

    Fails, in facts/context.yaml:

        signed-in-1987:
          claim: The wire report says a lease was signed in 1987.
          quote:
            wire: A lease signed in 1987 was to run for 12 years

    Passes, in facts/context.yaml:

        signed-in-1987:
          claim: The wire report says a lease was signed in 1987.
          quotes:
            wire: A lease signed in 1987 was to run for 12 years
    """
    yield from fact_shape_problems(dossier)
    yield from placeholder_problems(dossier)


def fact_shape_problems(dossier: Dossier) -> Iterator[Problem]:
    """What reading found of facts that do not fit their kind."""
    yield from (p for p in dossier.problems if p.rule == FITS_KIND_RULE)


def placeholder_problems(dossier: Dossier) -> Iterator[Problem]:
    """The sentences of each fact that are still to be written."""
    for fact in dossier.all_facts():
        for _, declared, text in walk_texts(fact):
            if declared.is_authored and is_placeholder(text):
                message = f"`{collapse_whitespace(text)}` stands where a sentence of yours belongs"
                help = "write it in your own words; readers see it"
                yield Problem(FITS_KIND_RULE, text.location, message, help, fact=fact.key)


def is_placeholder(text: str) -> bool:
    """Whether a text only holds the place of one: it has no letter or digit, or begins with a word for that, or is one."""
    bare = text.strip(" <>[](){}.:!?…\"'`")
    return not any(map(str.isalnum, bare)) or bool(_PLACEHOLDER_START.match(bare)) or bare.casefold() in _PLACEHOLDERS


def source_is_unchanged(dossier: Dossier) -> Iterator[Problem]:
    """A seed is, byte for byte, the text that was curated.

    The record pins its SHA-256. A seed that changed may no longer say what is quoted from it. Where the seed was made from
    another document that is kept in received/, that is the one whose SHA-256 the record pins, too.

    Fails, in facts/sources.yaml:

        wire:
          sha256: 0000000000000000000000000000000000000000000000000000000000000000

    Passes, in facts/sources.yaml:

        wire:
          sha256: effe591a603580f97ad9a0f6ada5e43e32aad49a0f8d0bf8b8722d6e6c801133
    """
    yield from (p for p in dossier.problems if p.rule == "source-is-unchanged")


def reference_exists(dossier: Dossier) -> Iterator[Problem]:
    """An id that a fact names is the id of a fact of the right kind.

    A misspelt id would be a missing link on the page and a statement missing from an actor's page.

    Fails, in facts/context.yaml:

        shut-to-ships:
          claim: Vessia shut the harbour to ships of the Isles, the wire report says.
          actors: [vesia]
          quotes:
            wire: Vessia shut it to ships of the Isles

    Passes, in facts/context.yaml:

        shut-to-ships:
          claim: Vessia shut the harbour to ships of the Isles, the wire report says.
          actors: [vessia]
          quotes:
            wire: Vessia shut it to ships of the Isles
    """
    for key in dossier.settings.parties:
        if not dossier.is_known(key, ("actors",)):
            yield _dangling_reference(dossier, "", key, ("actors",))
    for fact in dossier.all_facts():
        for _, ref, key in fact.references:
            if not dossier.is_known(key, ref.kinds) and not (ref.or_released and dossier.was_released(key)):
                yield _dangling_reference(dossier, fact.key, key, ref.kinds)
        yield from _quoteless_reference_problems(dossier, fact)
        for quote in quotes_and_names(fact):
            if not dossier.is_known(quote.source, ("sources",)):
                yield _dangling_reference(dossier, fact.key, quote.source, ("sources",))


def _quoteless_reference_problems(dossier: Dossier, fact: Fact) -> Iterator[Problem]:
    """A claim that rests on facts rests on facts that quote."""
    for key in fact.rests_on if isinstance(fact, Claim) else ():
        rests_on = dossier.fact(key)
        if rests_on is not None and not any(part.quotes for part in parts_of(rests_on)):
            message = f"`{key}` has no quotes that could bear this claim"
            yield Problem("reference-exists", key.location, message, "name a fact that quotes its source", fact=fact.key)


def _dangling_reference(dossier: Dossier, fact: str, key: Text, stems: tuple[str, ...]) -> Problem:
    other = dossier.fact(key)
    notes = (f"`{key}` is the id of {with_article(other.singular)}",) if other else ()
    known = [name for stem in stems or tuple(dossier.facts) for name in dossier.facts.get(stem, {})]
    files = " or ".join(f"facts/{stem}.yaml" for stem in stems) or "facts/"
    help = did_you_mean(key, known, f"write it in {files}")
    return Problem("reference-exists", key.location, f"no fact in {files} has the id `{key}`", help, notes, fact)


def date_is_possible(dossier: Dossier) -> Iterator[Problem]:
    """A date is EDTF (ISO 8601-2), exists in the calendar, and is as precise as the source and no more.

    `2020-11-10`, `2020-11`, `199X`, `1988/1994`, `2020-11-10~` (about), `[2020-11-09,2020-11-10]` (one of them),
    `2020-11-09T21:00Z`. `inferred` explains a date, so it needs one. A clause's `deadline-date` is a day
    whose year, month and day its `deadline` prints; where a source says less, there is none.

    Fails, in facts/timeline.yaml:

        talks-in-sarn:
          claim: Talks began in Sarn in November 2030, the Gazette report says.
          date: 2030-11-31
          as-written: in November 2030
          quotes:
            gazette: Talks began in Sarn in November 2030

    Passes, in facts/timeline.yaml:

        talks-in-sarn:
          claim: Talks began in Sarn in November 2030, the Gazette report says.
          date: 2030-11
          as-written: in November 2030
          quotes:
            gazette: Talks began in Sarn in November 2030
    """
    owners = ((fact, owner) for fact in dossier.all_facts() for owner, _ in walk_owners(fact))
    for fact, owner in owners:
        for declared in fields_of(type(owner)):
            for text in field_texts(owner, declared) if declared.edtf else ():
                unstated = declared.edtf and declared.edtf.or_not_stated and text == "not stated"
                if not unstated and read_date(text) is None:
                    help = (
                        "write EDTF, as in 2020-11-10, 2020-11, 199X, 1988/1994, 2020-11-10~ (about), [2020-11-09,2020-11-10]"
                    )
                    yield Problem("date-is-possible", text.location, f"`{text}` is no possible date", help, fact=fact.key)
        if isinstance(owner, Clause) and owner.deadline_date and read_date(owner.deadline_date):
            yield from _deadline_problems(dossier, owner, owner.deadline_date)
        inferred = getattr(owner, "inferred", None)
        if inferred is not None and getattr(owner, "date", None) is None:
            yield Problem(
                "date-is-possible",
                inferred.location,
                "`inferred:` explains a date, and this fact has none",
                "write `date:`, or delete this line",
                fact=fact.key,
            )


def _deadline_problems(dossier: Dossier, clause: Clause, day: Text) -> Iterator[Problem]:
    """A day that is none, or that the words for the deadline do not print in the language of a source that is quoted."""
    records = (dossier.record(quote.source) for quote in clause.quotes)
    languages = [str(record.language) for record in records if record]
    if not has_day_form(day):
        message = f"`{day}` is not one day"
    elif clause.deadline is None:
        message = "this clause has a day and no `deadline:` that prints it"
    elif not prints_day(clause.deadline, day, languages):
        message = f"`{clause.deadline}` does not print the day {day}"
    else:
        return
    help = "write the day that `deadline:` prints with its month and year, or delete this line"
    yield Problem("date-is-possible", day.location, message, help, fact=clause.key)
