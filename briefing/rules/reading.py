"""The rules of reading: text is read as typed, fits its kind, and names only what exists."""

import re
from collections.abc import Iterator

from briefing.diagnostics.problem import Problem
from briefing.diagnostics.rule_ids import (
    DATE_IS_POSSIBLE,
    FACT_FITS_ITS_KIND,
    ID_IS_UNIQUE,
    REFERENCE_EXISTS,
    SOURCE_IS_UNCHANGED,
    TEXT_IS_WHOLE,
)
from briefing.diagnostics.suggestions import did_you_mean, with_article
from briefing.model.dossier import Dossier
from briefing.model.facts import Claim, Fact, parts_of, quotes_and_names
from briefing.model.fields import field_texts, fields_of, walk_owners, walk_texts
from briefing.model.kinds import Clause
from briefing.model.located_text import Text
from briefing.model.record import NOT_STATED
from briefing.text.days import has_day_form, prints_day
from briefing.text.edtf import read_date
from briefing.text.words import collapse_whitespace

EDTF_HELP = "write EDTF, as in 2020-11-10, 2020-11, 199X, 1988/1994, 2020-11-10~ (about), [2020-11-09,2020-11-10]"
_PLACEHOLDER_START = re.compile(r"(?:TODO|FIXME|TBD|TBA|XXX)\b")
_PLACEHOLDERS = frozenset(
    {"todo", "to do", "fixme", "tbd", "tba", "xxx", "why", "because", "reason", "the reason", "your reason", "to be written"}
)


def text_is_whole(dossier: Dossier) -> Iterator[Problem]:
    """Text is read exactly as the curator typed it.

    YAML can change a text silently: it drops what follows ` #` in a plain text, adds a space where a folded line ends in a
    hyphen, copies text through anchors and aliases, and keeps only the last of two documents. The rule reports each of
    these, as well as tabs, invisible characters, a byte-order mark and bytes that are not UTF-8. YAML's guesses are switched
    off: `no`, `21:00` and `010` stay as they were typed.

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
    yield from (p for p in dossier.problems if p.rule == TEXT_IS_WHOLE)


def id_is_unique(dossier: Dossier) -> Iterator[Problem]:
    """An id belongs to only one fact in all files.

    Ids are permanent links and anchors. If two facts had one id, one of them would silently replace the other.

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
    yield from (p for p in dossier.problems if p.rule == ID_IS_UNIQUE)


def fact_fits_its_kind(dossier: Dossier) -> Iterator[Problem]:
    """A fact has the fields of its kind, each in the right form, and evidence for its claim.

    An unknown field is a typing mistake, or something that readers would never see; a claim without quotes is uncited. Three
    dots, `TODO` and the like mean that a sentence is not written yet, and readers would see them.

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
    """The problems that loading found in facts that do not fit their kind."""
    yield from (p for p in dossier.problems if p.rule == FACT_FITS_ITS_KIND)


def placeholder_problems(dossier: Dossier) -> Iterator[Problem]:
    """The problems of sentences that are not written yet; looks at one fact at a time."""
    for fact in dossier.all_facts():
        for _, declared, text in walk_texts(fact):
            if declared.is_authored and is_placeholder(text):
                message = f"`{collapse_whitespace(text)}` is only a placeholder"
                help = "write this text in your own words; readers will see it"
                yield Problem(FACT_FITS_ITS_KIND, text.location, message, help, fact=fact.key)


def is_placeholder(text: str) -> bool:
    """Whether a text is a placeholder: it has no letter or digit, or it is or begins with a word such as `TODO`."""
    bare = text.strip(" <>[](){}.:!?…\"'`")
    return not any(map(str.isalnum, bare)) or bool(_PLACEHOLDER_START.match(bare)) or bare.casefold() in _PLACEHOLDERS


def source_is_unchanged(dossier: Dossier) -> Iterator[Problem]:
    """The text of a source (its seed) is, byte for byte, the text from which quotes were copied.

    The source's record stores the SHA-256 checksum of the seed. If the seed changes, it may no longer say what is quoted
    from it. If the seed was made from another document, kept in `received/`, the record stores the checksum of that document
    too.

    Fails, in facts/sources.yaml:

        wire:
          sha256: 0000000000000000000000000000000000000000000000000000000000000000

    Passes, in facts/sources.yaml:

        wire:
          sha256: effe591a603580f97ad9a0f6ada5e43e32aad49a0f8d0bf8b8722d6e6c801133
    """
    yield from (p for p in dossier.problems if p.rule == SOURCE_IS_UNCHANGED)


def reference_exists(dossier: Dossier) -> Iterator[Problem]:
    """Every id that a fact names is the id of an existing fact of the right kind.

    A misspelt id would leave a gap on the page, and the statement would be missing from the actor's page.

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
    """The problems of a claim that is based on facts without quotes."""
    for key in fact.rests_on if isinstance(fact, Claim) else ():
        other = dossier.fact(key)
        if other is not None and not any(part.quotes for part in parts_of(other)):
            message = f"`{key}` has no quotes that could support this claim"
            yield Problem(REFERENCE_EXISTS, key.location, message, "name a fact that has quotes", fact=fact.key)


def _dangling_reference(dossier: Dossier, fact: str, key: Text, stems: tuple[str, ...]) -> Problem:
    other = dossier.fact(key)
    notes = (f"`{key}` is the id of {with_article(other.singular)}",) if other else ()
    known = [name for stem in stems or tuple(dossier.facts) for name in dossier.facts.get(stem, {})]
    files = " or ".join(f"facts/{stem}.yaml" for stem in stems) or "facts/"
    help = did_you_mean(key, known, f"add a fact with this id to {files}")
    return Problem(REFERENCE_EXISTS, key.location, f"no fact in {files} has the id `{key}`", help, notes, fact)


def date_is_possible(dossier: Dossier) -> Iterator[Problem]:
    """A date is in EDTF (ISO 8601-2), exists in the calendar, and is no more precise than the source.

    Examples: `2020-11-10`, `2020-11`, `199X`, `1988/1994`, `2020-11-10~` (about), `[2020-11-09,2020-11-10]` (one of them),
    `2020-11-09T21:00Z`. `inferred` explains how a date was worked out, so it needs a date. A clause's `deadline-date` is a
    day whose year, month and day are all printed in its `deadline`; if a source says less, leave it out.

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
                unstated = declared.edtf and declared.edtf.or_not_stated and text == NOT_STATED
                if not unstated and read_date(text) is None:
                    yield Problem(DATE_IS_POSSIBLE, text.location, f"`{text}` is not a possible date", EDTF_HELP, fact=fact.key)
        if isinstance(owner, Clause) and owner.deadline_date and read_date(owner.deadline_date):
            yield from _deadline_problems(dossier, owner, owner.deadline_date)
        inferred = getattr(owner, "inferred", None)
        if inferred is not None and getattr(owner, "date", None) is None:
            message = "`inferred:` explains a date, but this fact has no `date:`"
            yield Problem(DATE_IS_POSSIBLE, inferred.location, message, "add `date:`, or delete this line", fact=fact.key)


def _deadline_problems(dossier: Dossier, clause: Clause, day: Text) -> Iterator[Problem]:
    """The problem of a `deadline-date` that is not a day, or not printed in `deadline` in the language of a quoted source."""
    records = (dossier.record(quote.source) for quote in clause.quotes)
    languages = [str(record.language) for record in records if record]
    if not has_day_form(day):
        message = f"`{day}` is not a single day"
    elif clause.deadline is None:
        message = "this clause has a `deadline-date:`, but no `deadline:` that prints the day"
    elif not prints_day(clause.deadline, day, languages):
        message = f"`{clause.deadline}` does not print the day {day}"
    else:
        return
    help = "write the day, month and year that `deadline:` prints, or delete this line"
    yield Problem(DATE_IS_POSSIBLE, day.location, message, help, fact=clause.key)
