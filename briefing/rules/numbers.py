"""The rule of numbers: every number, date and amount of a claim stands in a quote, with what stands beside it."""

from collections.abc import Iterator, Sequence

from briefing.diagnostics.problem import Problem
from briefing.model.dossier import Dossier
from briefing.rules.claim_context import ClaimContext, claim_contexts
from briefing.rules.claim_problem import claim_problem
from briefing.rules.preserved_words import CuePolicy, added_cue_problems, dropped_cue_problems
from briefing.rules.swapped_numbers import find_swapped_numbers
from briefing.text.lexicon import word_groups
from briefing.text.quantities import Quantity, find_quantities

_MEASURE_POLICY = CuePolicy(
    "number-is-quoted",
    "measures",
    claim_answers={group: frozenset([group]) for group in ("most", "part", "only")},
    quote_answers={group: frozenset([group]) for group in ("whole", "most", "only")},
)
_UNITS_ALWAYS_PRINTED = (
    "percent",
    "percentage points",
    "dollar",
    "euro",
    "pound",
    "rouble",
    "yen",
    "yuan",
    "universal time",
    "local time",
)
_PERCENT_EQUIVALENTS = {"half": "50", "quarter": "25", "three quarters": "75"}


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
    for context in claim_contexts(dossier):
        yield from list(_quantity_problems(context)) or _swapped_number_problems(context)
        if dossier.settings.is_english:
            yield from dropped_cue_problems(_MEASURE_POLICY, context)
            yield from added_cue_problems(_MEASURE_POLICY, context)


def _quantity_problems(context: ClaimContext) -> Iterator[Problem]:
    claim_quantities = _claim_quantities(context)
    quoted = _quoted_quantities(context) if claim_quantities else []
    for one in claim_quantities:
        if error := _quantity_error(
            one, claim_quantities, [other for other in quoted if _is_same_value(one, other)], context.part.claim
        ):
            yield claim_problem(
                "number-is-quoted", context.fact, context.part, context.part.claim, (one.start, one.end), *error
            )


def _swapped_number_problems(context: ClaimContext) -> Iterator[Problem]:
    claim = context.part.claim
    pair = None if context.has_other_languages else find_swapped_numbers(claim, [quote.text for quote in context.quotes])
    if pair:
        first, second = (claim[one.start : one.end] for one in pair)
        message = f"`{first}` and `{second}` have changed places: each stands beside what the quotes have beside the other"
        help = "put each number where its quote has it"
        yield claim_problem("number-is-quoted", context.fact, context.part, claim, (pair[0].start, pair[0].end), message, help)


def _claim_quantities(context: ClaimContext) -> Sequence[Quantity]:
    """The quantities of a claim; those in digits where it or a quote is not English, and a number may stand in words."""
    claim = context.part.claim
    if not context.has_other_languages:
        return find_quantities(claim)
    return [_without_context(one) for one in find_quantities(claim) if claim[one.start].isdecimal()]


def _quoted_quantities(context: ClaimContext) -> list[Quantity]:
    quotes = context.dossier.quotes_of(context.part)
    found = [one for quote in quotes for one in find_quantities(quote.text, quote in context.quotes)]
    return list(map(_without_context, found)) if context.has_other_languages else found


def _without_context(one: Quantity) -> Quantity:
    """The number alone: what stands beside it in another language cannot be read."""
    return Quantity(one.value.removesuffix("th"), one.start, one.end)


def _is_same_value(one: Quantity, other: Quantity) -> bool:
    if one.value == other.value:
        return True
    if one.value.endswith("0s") and other.value.endswith("0s"):
        return one.value[-3:] == other.value[-3:] and min(len(one.value), len(other.value)) == 3
    pair = {(one.value, other.unit): other.value, (other.value, one.unit): one.value}
    return any(unit == "percent" and _PERCENT_EQUIVALENTS.get(value) == percent for (value, unit), percent in pair.items())


def _quantity_error(
    one: Quantity, claim_quantities: Sequence[Quantity], same: Sequence[Quantity], claim: str
) -> tuple[str, str] | None:
    """What is wrong with a quantity of a claim, held against those of its quotes with the same value; and the next step."""
    word = claim[one.start : one.end]
    if not same:
        return f"`{word}` stands in none of this claim's quotes", "quote the words that print it, or leave it out of the claim"
    units = [other for other in same if one.value != other.value or _units_agree(one.unit, other.unit)]
    if not units:
        there = " or ".join(sorted({other.unit or "no unit" for other in same}))
        return (
            f"`{word}` has another unit in the quotes: {there}, not {one.unit or 'no unit'}",
            "copy the unit that the quote prints",
        )
    values = {other.value for other in claim_quantities}
    complete = [other for other in units if other.range_ends is None or values.issuperset(other.range_ends)]
    if not complete:
        ends = " to ".join(units[0].range_ends or ())
        return f"`{word}` stands in the quotes only as an end of a range, {ends}", "give both ends"
    if all(other.qualifiers != one.qualifiers for other in complete):
        there, here = (_qualifier_words(some) for some in (complete[0].qualifiers, one.qualifiers))
        message = f"`{word}` is not as exact here as in the quotes: there it has {there}, here {here}"
        return message, "keep what stands beside the number, in the same or a like word"
    return None


def _units_agree(unit: str, other: str) -> bool:
    """Whether two units can be one: the same, or one not printed where it may be left out."""
    return unit == other or (not (unit and other) and unit not in _UNITS_ALWAYS_PRINTED and other not in _UNITS_ALWAYS_PRINTED)


def _qualifier_words(qualifiers: frozenset[str]) -> str:
    groups = word_groups("en", "qualifiers")
    return " and ".join(f"`{groups[group][0]}`" for group in sorted(qualifiers)) or "nothing"
