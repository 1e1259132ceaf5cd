"""The rule of numbers: every number, date and amount of a claim is in its quotes, and just as exact there."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

import regex

from briefing.diagnostics.problem import Problem
from briefing.diagnostics.rule_ids import NUMBER_IS_QUOTED
from briefing.model.dossier import Dossier
from briefing.rules.claim_context import ClaimContext, claim_contexts
from briefing.rules.preserved_words import CuePolicy, added_cue_problems, dropped_cue_problems
from briefing.text.cues import split_segments
from briefing.text.lexicon import word_groups
from briefing.text.quantities import Quantity, find_quantities
from briefing.text.words import straighten_quotes

ContextByValue = dict[str, set[str]]  # the words that give a number its meaning, by the number's value
MAX_COUNTED_DISTANCE = 40  # how far after a number the word that it counts is looked for, in characters
_MEASURE_POLICY = CuePolicy(
    NUMBER_IS_QUOTED,
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
_FROM_OR_TO = regex.compile(r"(?<!\p{L})(?P<side>from|to) [^\p{L}]*$", regex.IGNORECASE)
_COUNT_BOUNDARY = regex.compile(r"[.,:;!?()](?!\d)")


def number_is_quoted(dossier: Dossier) -> Iterator[Problem]:
    """Every number, date and amount in a claim is in one of its quotes, in digits or words, and just as exact there.

    A number that is in no quote was calculated, rounded or remembered. The rule also reports an added "more than", a dropped
    "nearly", percent instead of percentage points, one end of a range given as the whole, and "the town" for "most of the
    town". Days, months, hours, decades, ordinals and amounts such as "dozens" count as numbers; "a quarter of a century" is
    25 years. A claim may omit numbers that its quotes contain. The rule does not check what a number counts, unless two
    numbers of the claim are swapped. In claims or quotes that are not in English, only digits are compared.

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
    claimed = _claim_quantities(context)
    quoted = _quoted_quantities(context) if claimed else []
    for quantity in claimed:
        matching = [other for other in quoted if _is_same_value(quantity, other)]
        if error := _quantity_error(quantity, claimed, matching, context.part.claim):
            yield context.problem(NUMBER_IS_QUOTED, *error, span=(quantity.start, quantity.end))


def _claim_quantities(context: ClaimContext) -> Sequence[Quantity]:
    """The quantities of a claim; only those in digits if it, or a quote, is not in English."""
    claim = context.part.claim
    if not context.has_other_languages:
        return find_quantities(claim)
    return [_without_context(quantity) for quantity in find_quantities(claim) if claim[quantity.start].isdecimal()]


def _quoted_quantities(context: ClaimContext) -> list[Quantity]:
    quotes = context.dossier.quotes_of(context.part)
    found = [quantity for quote in quotes for quantity in find_quantities(quote.text, quote in context.quotes)]
    return list(map(_without_context, found)) if context.has_other_languages else found


def _without_context(quantity: Quantity) -> Quantity:
    """The number alone, without the unit and qualifiers that cannot be read in another language."""
    return Quantity(quantity.value.removesuffix("th"), quantity.start, quantity.end)


def _is_same_value(one: Quantity, other: Quantity) -> bool:
    if one.value == other.value:
        return True
    if one.value.endswith("0s") and other.value.endswith("0s"):
        return one.value[-3:] == other.value[-3:] and min(len(one.value), len(other.value)) == 3
    pair = {(one.value, other.unit): other.value, (other.value, one.unit): one.value}
    return any(unit == "percent" and _PERCENT_EQUIVALENTS.get(value) == percent for (value, unit), percent in pair.items())


def _quantity_error(
    quantity: Quantity, claimed: Sequence[Quantity], matching: Sequence[Quantity], claim: str
) -> tuple[str, str] | None:
    """The message and help for a quantity of a claim that `matching`, the quoted ones of its value, do not support."""
    word = claim[quantity.start : quantity.end]
    if not matching:
        return f"`{word}` is in none of this claim's quotes", "quote the words that give it, or remove it from the claim"
    same_unit = [other for other in matching if quantity.value != other.value or _units_agree(quantity.unit, other.unit)]
    if not same_unit:
        units = " or ".join(sorted({other.unit or "no unit" for other in matching}))
        message = f"`{word}` has a different unit in the quotes: {units}, not {quantity.unit or 'no unit'}"
        return message, "use the unit that the quote prints"
    values = {other.value for other in claimed}
    complete = [other for other in same_unit if other.range_ends is None or values.issuperset(other.range_ends)]
    if not complete:
        ends = " to ".join(same_unit[0].range_ends or ())
        return f"the quotes give `{word}` only as one end of a range, {ends}", "give both ends of the range"
    if all(other.qualifiers != quantity.qualifiers for other in complete):
        difference = _qualifier_difference(quantity.qualifiers, complete[0].qualifiers)
        return f"`{word}` is not as exact as in the quotes: {difference}", "give the number as exactly as the quotes do"
    return None


def _units_agree(unit: str, other: str) -> bool:
    """Whether two units can be the same: equal, or one of them left out where that is usual."""
    return unit == other or (not (unit and other) and unit not in _UNITS_ALWAYS_PRINTED and other not in _UNITS_ALWAYS_PRINTED)


def _qualifier_difference(claimed: frozenset[str], quoted: frozenset[str]) -> str:
    """How the qualifiers of a number differ; each group of qualifiers is named by its first word, such as `more than`."""
    if not quoted:
        return f"the claim says {_qualifier_words(claimed)} or similar, the quotes do not"
    if not claimed:
        return f"the quotes say {_qualifier_words(quoted)} or similar, the claim does not"
    return f"the claim says {_qualifier_words(claimed)} or similar, the quotes say {_qualifier_words(quoted)}"


def _qualifier_words(qualifiers: frozenset[str]) -> str:
    groups = word_groups("en", "qualifiers")
    return " and ".join(f"`{groups[group][0]}`" for group in sorted(qualifiers))


def _swapped_number_problems(context: ClaimContext) -> Iterator[Problem]:
    claim = context.part.claim
    pair = None if context.has_other_languages else find_swapped_numbers(claim, [quote.text for quote in context.quotes])
    if pair:
        first, second = (claim[quantity.start : quantity.end] for quantity in pair)
        message = f"`{first}` and `{second}` seem to be swapped: the quotes use each where the claim has the other"
        help = "put each number where the quotes have it"
        yield context.problem(NUMBER_IS_QUOTED, message, help, span=(pair[0].start, pair[0].end))


def find_swapped_numbers(claim: str, quotes: Sequence[str]) -> tuple[Quantity, Quantity] | None:
    """The first two numbers of an English claim that are each used as only the other is used in the quotes."""
    numbers = [quantity for quantity in find_quantities(claim) if quantity.value[0].isdecimal()]
    pairs = [(one, other) for one, other in combinations(numbers, 2) if one.value != other.value]
    for read_context in (_counted_stem, _direction_word) if pairs else ():
        claimed = _contexts_by_value([claim], read_context)
        quoted = _contexts_by_value(quotes, read_context)
        for one, other in pairs:
            if _has_context_of(one.value, other.value, claimed, quoted) and _has_context_of(
                other.value, one.value, claimed, quoted
            ):
                return one, other
    return None


def _has_context_of(value: str, other: str, claimed: ContextByValue, quoted: ContextByValue) -> bool:
    """Whether a number has in the claim what in the quotes only the other number has."""
    context, expected = claimed.get(value, set()), quoted.get(value, set())
    return bool(expected and context & quoted.get(other, set())) and not context & expected


def _contexts_by_value(texts: Iterable[str], read_context: Callable[[str, Quantity], str]) -> ContextByValue:
    found: ContextByValue = {}
    for text in texts:
        for quantity in find_quantities(text):
            found.setdefault(quantity.value, set()).update(filter(None, [read_context(straighten_quotes(text), quantity)]))
    return found


def _direction_word(text: str, quantity: Quantity) -> str:
    """The `from` or `to` before a number."""
    found = _FROM_OR_TO.search(text[: quantity.start])
    return found["side"].lower() if found else ""


def _counted_stem(text: str, quantity: Quantity) -> str:
    """What a number counts: the stem of the first content word after it, up to punctuation or the next number."""
    punctuation = _COUNT_BOUNDARY.search(text, quantity.end)
    later = [other.start for other in find_quantities(text) if other.start >= quantity.end]
    limit = min([punctuation.start() if punctuation else len(text), quantity.end + MAX_COUNTED_DISTANCE, *later])
    tokens = (token for segment in split_segments(text, "negation") for token in segment.tokens)
    return next((token.stem for token in tokens if quantity.end <= token.start < limit and token.stem), "")
