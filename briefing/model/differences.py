"""What is otherwise for a reader between two states of a dossier: claims, quotes, and every value of a fact."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from briefing.diagnostics.problem import Location
from briefing.model.dossier import Dossier
from briefing.model.facts import Claim, Fact, field_texts, fields_of
from briefing.model.releases import compact_json
from briefing.text.words import collapse_whitespace

MIN_PART_SIMILARITY = 40  # of 100, for two parts to be one that changed
_HIDDEN_FIELDS = ("claim", "seen")


class PartView(NamedTuple):
    """A fact or a part of one as readers see it; `label` is the field that it stands in, empty for the fact itself."""

    label: str
    claim: str
    values: Mapping[str, tuple[str, ...]]
    quotes: Mapping[str, tuple[str, ...]]

    def canonical_text(self) -> str:
        """A text that is the same for parts that readers see alike."""
        return compact_json(self)


class FieldChange(NamedTuple):
    """One thing that is otherwise: what it is, the part that it is of (empty for the fact itself), and its texts."""

    what: str
    part: str
    old: tuple[str, ...]
    new: tuple[str, ...]


class Difference(NamedTuple):
    """A fact that readers see otherwise; `how` is `changed`, `added`, `removed`, or `unread` where it cannot be compared."""

    kind: type[Fact]
    key: str
    how: str
    edits: tuple[FieldChange, ...] = ()
    location: Location | None = None


def find_differences(old: Dossier, new: Dossier) -> Iterator[Difference]:
    """Every fact that readers see otherwise, by kind, in the order of the files; removed facts last."""
    for kind in new.kinds:
        before, after = old.facts.get(kind.file_stem, {}), new.facts.get(kind.file_stem, {})
        unread = _unread_ids(old, kind.file_stem) | _unread_ids(new, kind.file_stem)
        for key in dict.fromkeys([*after, *before, *sorted(unread)]):
            there, here = before.get(key), after.get(key)
            location = here.location if here else None
            if key in unread or _is_unreadable(old, kind.file_stem, there) or _is_unreadable(new, kind.file_stem, here):
                yield Difference(kind, key, "unread", (), location)
            elif edits := tuple(_field_changes(_part_views(old, there), _part_views(new, here))):
                yield Difference(kind, key, "changed" if there and here else "added" if here else "removed", edits, location)


def _is_unreadable(dossier: Dossier, stem: str, fact: Fact | None) -> bool:
    """Whether a fact may be there and could not be read, because its whole file could not be."""
    return fact is None and dossier.known_ids.get(stem, frozenset()) is None


def _unread_ids(dossier: Dossier, stem: str) -> set[str]:
    return set(dossier.known_ids.get(stem) or ()) - set(dossier.facts.get(stem, {}))


def _part_views(dossier: Dossier, owner: Any, label: str = "") -> Iterator[PartView]:
    """A fact and the parts within it; none where there is no fact."""
    if owner is None:
        return
    quotes = owner.quotes if isinstance(owner, Claim) else ()
    runs: dict[str, tuple[str, ...]] = {}
    for quote in quotes:
        passage = dossier.passage_of(quote)
        words = dossier.sources[quote.source].exact_text(passage) if passage else collapse_whitespace(quote.text)
        runs[str(quote.source)] = (*runs.get(str(quote.source), ()), words)
    claim = collapse_whitespace(owner.claim) if isinstance(owner, Claim) else ""
    yield PartView(label, claim, dict(_values_by_field(owner)), runs)
    for declared in fields_of(type(owner)):
        for part in getattr(owner, declared.name) if declared.shape == "parts" else ():
            yield from _part_views(dossier, part, declared.yaml_key)


def _values_by_field(owner: Any) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The fields that hold texts, with these; of what is keyed, key and text, in the order of the keys."""
    for declared in fields_of(type(owner)):
        value = getattr(owner, declared.name)
        if declared.shape == "quotes" and declared.name != "quotes":
            value_texts = sorted(f"{quote.source}: {collapse_whitespace(quote.text)}" for quote in value)
        elif declared.shape == "map":
            value_texts = sorted(f"{key}: {collapse_whitespace(text)}" for key, text in value.items())
        else:
            value_texts = [collapse_whitespace(text) for text in field_texts(owner, declared)]
        if value_texts and declared.name not in _HIDDEN_FIELDS:
            yield declared.yaml_key, tuple(value_texts)


def _field_changes(old: Iterable[PartView], new: Iterable[PartView]) -> Iterator[FieldChange]:
    left, come = _unmatched_parts(list(old), list(new))
    for part in come:
        like = [(_part_similarity(other, part), -n) for n, other in enumerate(left) if other.label == part.label]
        likeness, n = max(like, default=(0.0, 0))
        yield from _part_changes(left.pop(-n) if likeness >= MIN_PART_SIMILARITY else None, part)
    for part in left:
        yield from _part_changes(part, None)


def _unmatched_parts(old: list[PartView], new: list[PartView]) -> tuple[list[PartView], list[PartView]]:
    """The parts of each that the other does not have."""
    same = {part.canonical_text() for part in old} & {part.canonical_text() for part in new}
    return [part for part in old if part.canonical_text() not in same], [
        part for part in new if part.canonical_text() not in same
    ]


def _part_similarity(old: PartView, new: PartView) -> float:
    """How like two parts are; those of a fact itself are always one."""
    return 100 if not new.label else fuzz.ratio(old.canonical_text(), new.canonical_text())


def _part_changes(old: PartView | None, new: PartView | None) -> Iterator[FieldChange]:
    was, now = old or PartView("", "", {}, {}), new or PartView("", "", {}, {})
    label = (new or old or was).label
    part = f"{label}: {now.claim or was.claim}" if label and (now.claim or was.claim) else label
    if was.claim != now.claim:
        yield FieldChange("claim", part, (was.claim,) if was.claim else (), (now.claim,) if now.claim else ())
    for name in dict.fromkeys([*now.values, *was.values]):
        if was.values.get(name) != now.values.get(name):
            yield FieldChange(name, part, was.values.get(name, ()), now.values.get(name, ()))
    for source in dict.fromkeys([*now.quotes, *was.quotes]):
        gone, come = was.quotes.get(source, ()), now.quotes.get(source, ())
        if gone != come:
            both = set(gone) & set(come) if set(gone) != set(come) else set()
            was_only, now_only = (tuple(words for words in runs if words not in both) for runs in (gone, come))
            yield FieldChange(f"quote of {source}", part, was_only, now_only)
