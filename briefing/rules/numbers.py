"""The rule of numbers: every number, date and amount of a claim stands in a quote, with what stands beside it."""

from collections.abc import Iterator, Sequence

from briefing.diagnostics.problem import Problem
from briefing.model.dossier import Dossier
from briefing.rules.claim_context import Claimed, claims_of
from briefing.rules.claim_problem import alarm
from briefing.rules.preserved_words import Keeping, added, lost
from briefing.rules.swapped_numbers import swapped
from briefing.text.lexicon import word_groups
from briefing.text.quantities import Quantity, quantities

_MEASURES = Keeping(
    "number-is-quoted",
    "measures",
    lost={group: frozenset([group]) for group in ("most", "part", "only")},
    added={group: frozenset([group]) for group in ("whole", "most", "only")},
)
_ALWAYS = ("percent", "percentage points", "dollar", "euro", "pound", "rouble", "yen", "yuan", "universal time", "local time")
_SAME = {"half": "50", "quarter": "25", "three quarters": "75"}


def number_is_quoted(dossier: Dossier) -> Iterator[Problem]:
    """Every number, date and amount in a claim stands in one of its quotes, in digits or in words, as exact as there.

    A number that no quote bears was worked out, rounded or remembered. So was a "more than" of the claim's own, a dropped
    "nearly", a percent that was percentage points, one end of a range told as the whole, "the town" for "most of the
    town". Days, months, hours, decades, ordinals and amounts such as "dozens" count as numbers; "a quarter of a century" is
    25 years. What a quote has and the claim leaves out altogether is no matter. Whether a number counts the same thing is seen
    only where two have changed places. Of claims or quotes that are not English it compares digits alone.

    Fails, in facts/context.yaml:

        term-of-1987:
          claim: The lease signed in 1987 was to run for more than 12 years, the wire report says.
          quotes:
            wire: A lease signed in 1987 was to run for 12 years

    Passes, in facts/context.yaml:

        term-of-1987:
          claim: The lease signed in 1987 was to run for twelve years, the wire report says.
          quotes:
            wire: A lease signed in 1987 was to run for 12 years
    """
    for claimed in claims_of(dossier):
        yield from list(_each(claimed)) or _places(claimed)
        if dossier.settings.is_english:
            yield from lost(_MEASURES, claimed)
            yield from added(_MEASURES, claimed)


def _each(claimed: Claimed) -> Iterator[Problem]:
    told = _told(claimed)
    quoted = _quoted(claimed) if told else []
    for one in told:
        if wrong := _wrong(one, told, [other for other in quoted if _is_same(one, other)], claimed.part.claim):
            yield alarm("number-is-quoted", claimed.fact, claimed.part, claimed.part.claim, (one.start, one.end), *wrong)


def _places(claimed: Claimed) -> Iterator[Problem]:
    claim = claimed.part.claim
    pair = None if claimed.has_other_languages else swapped(claim, [quote.text for quote in claimed.quotes])
    if pair:
        first, second = (claim[one.start : one.end] for one in pair)
        message = f"`{first}` and `{second}` have changed places: each stands beside what the quotes have beside the other"
        help = "put each number where its quote has it"
        yield alarm("number-is-quoted", claimed.fact, claimed.part, claim, (pair[0].start, pair[0].end), message, help)


def _told(claimed: Claimed) -> Sequence[Quantity]:
    """The quantities of a claim; those in digits where it or a quote is not English, and a number may stand in words."""
    claim = claimed.part.claim
    if not claimed.has_other_languages:
        return quantities(claim)
    return [_bare(one) for one in quantities(claim) if claim[one.start].isdecimal()]


def _quoted(claimed: Claimed) -> list[Quantity]:
    quotes = claimed.dossier.quotes_of(claimed.part)
    found = [one for quote in quotes for one in quantities(quote.text, quote in claimed.quotes)]
    return list(map(_bare, found)) if claimed.has_other_languages else found


def _bare(one: Quantity) -> Quantity:
    """The number alone: what stands beside it in another language cannot be read."""
    return Quantity(one.value.removesuffix("th"), one.start, one.end)


def _is_same(one: Quantity, other: Quantity) -> bool:
    if one.value == other.value:
        return True
    if one.value.endswith("0s") and other.value.endswith("0s"):
        return one.value[-3:] == other.value[-3:] and min(len(one.value), len(other.value)) == 3
    pair = {(one.value, other.unit): other.value, (other.value, one.unit): one.value}
    return any(unit == "percent" and _SAME.get(value) == percent for (value, unit), percent in pair.items())


def _wrong(one: Quantity, told: Sequence[Quantity], same: Sequence[Quantity], claim: str) -> tuple[str, str] | None:
    """What is wrong with a quantity of a claim, held against those of its quotes with the same value; and the next step."""
    word = claim[one.start : one.end]
    if not same:
        return f"`{word}` stands in none of this claim's quotes", "quote the words that print it, or leave it out of the claim"
    units = [other for other in same if one.value != other.value or _agree(one.unit, other.unit)]
    if not units:
        there = " or ".join(sorted({other.unit or "no unit" for other in same}))
        return (
            f"`{word}` has another unit in the quotes: {there}, not {one.unit or 'no unit'}",
            "copy the unit that the quote prints",
        )
    values = {other.value for other in told}
    whole = [other for other in units if other.ends is None or values.issuperset(other.ends)]
    if not whole:
        ends = " to ".join(units[0].ends or ())
        return f"`{word}` stands in the quotes only as an end of a range, {ends}", "give both ends"
    if all(other.qualifiers != one.qualifiers for other in whole):
        there, here = (_words(some) for some in (whole[0].qualifiers, one.qualifiers))
        message = f"`{word}` is not as exact here as in the quotes: there it has {there}, here {here}"
        return message, "keep what stands beside the number, in the same or a like word"
    return None


def _agree(unit: str, other: str) -> bool:
    """Whether two units can be one: the same, or one not printed where it may be left out."""
    return unit == other or (not (unit and other) and unit not in _ALWAYS and other not in _ALWAYS)


def _words(qualifiers: frozenset[str]) -> str:
    groups = word_groups("en", "qualifiers")
    return " and ".join(f"`{groups[group][0]}`" for group in sorted(qualifiers)) or "nothing"
