"""What differs for a reader between two states of a dossier: claims, quotes, and every value of a fact."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from rapidfuzz import fuzz

from briefing.diagnostics.problem import Location
from briefing.model.dossier import Dossier
from briefing.model.fact_view import PartView, view_fact
from briefing.model.facts import Fact
from briefing.model.releases import compact_json

MIN_PART_SIMILARITY = 40  # of 100, for two parts to be one that changed
_HIDDEN_FIELDS = ("seen",)


class ComparedPart(NamedTuple):
    """A fact or a part of one as it is compared: values by the key of their field, quotes by their source."""

    label: str
    claim: str
    values: Mapping[str, tuple[str, ...]]
    quotes: Mapping[str, tuple[str, ...]]

    def canonical_text(self) -> str:
        """A text that is equal for parts that look the same to readers."""
        return compact_json(self)


class FieldChange(NamedTuple):
    """One thing that differs: what it is, its part (empty for the fact itself), and its texts before and after."""

    what: str
    part: str
    old: tuple[str, ...]
    new: tuple[str, ...]


class Difference(NamedTuple):
    """A fact that differs for readers; `how` is `changed`, `added`, `removed`, or `unread` where it cannot be compared."""

    kind: type[Fact]
    key: str
    how: str
    edits: tuple[FieldChange, ...] = ()
    location: Location | None = None


def find_differences(old: Dossier, new: Dossier) -> Iterator[Difference]:
    """Every fact that differs for readers, by kind, in the order of the files; removed facts last."""
    for kind in new.kinds:
        before, after = old.facts.get(kind.file_stem, {}), new.facts.get(kind.file_stem, {})
        unread = _unread_ids(old, kind.file_stem) | _unread_ids(new, kind.file_stem)
        for key in dict.fromkeys([*after, *before, *sorted(unread)]):
            there, here = before.get(key), after.get(key)
            location = here.location if here else None
            if key in unread or _is_unreadable(old, kind.file_stem, there) or _is_unreadable(new, kind.file_stem, here):
                yield Difference(kind, key, "unread", (), location)
            elif edits := tuple(_field_changes(_compared_parts(old, there), _compared_parts(new, here))):
                yield Difference(kind, key, "changed" if there and here else "added" if here else "removed", edits, location)


def _is_unreadable(dossier: Dossier, stem: str, fact: Fact | None) -> bool:
    """Whether a fact may be there and could not be read, because its whole file could not be."""
    return fact is None and dossier.known_ids.get(stem, frozenset()) is None


def _unread_ids(dossier: Dossier, stem: str) -> set[str]:
    return set(dossier.known_ids.get(stem) or ()) - set(dossier.facts.get(stem, {}))


def _compared_parts(dossier: Dossier, fact: Fact | None) -> list[ComparedPart]:
    """A fact and the parts within it; empty where there is no fact."""
    return [_compared_part(view) for view in view_fact(dossier, fact)] if fact else []


def _compared_part(view: PartView) -> ComparedPart:
    """A part without what only `briefing check` reads, and with the keys of names and maps in order."""
    shown = ((f, texts) for f, texts in view.values if f.name not in _HIDDEN_FIELDS)
    values = {f.yaml_key: tuple(sorted(texts)) if f.shape in ("quotes", "map") else texts for f, texts in shown}
    quotes: dict[str, tuple[str, ...]] = {}
    for source, words in view.quotes:
        quotes[source] = (*quotes.get(source, ()), words)
    return ComparedPart(view.label, view.claim or "", values, quotes)


def _field_changes(old: list[ComparedPart], new: list[ComparedPart]) -> Iterator[FieldChange]:
    left, come = _unmatched_parts(old, new)
    for part in come:
        like = [(_part_similarity(other, part), -n) for n, other in enumerate(left) if other.label == part.label]
        likeness, n = max(like, default=(0.0, 0))
        yield from _part_changes(left.pop(-n) if likeness >= MIN_PART_SIMILARITY else None, part)
    for part in left:
        yield from _part_changes(part, None)


def _unmatched_parts(old: list[ComparedPart], new: list[ComparedPart]) -> tuple[list[ComparedPart], list[ComparedPart]]:
    """The parts of each that the other does not have."""
    same = {part.canonical_text() for part in old} & {part.canonical_text() for part in new}
    return [part for part in old if part.canonical_text() not in same], [
        part for part in new if part.canonical_text() not in same
    ]


def _part_similarity(old: ComparedPart, new: ComparedPart) -> float:
    """How similar two parts are, from 0 to 100; the fact itself always matches the fact itself."""
    return 100 if not new.label else fuzz.ratio(old.canonical_text(), new.canonical_text())


def _part_changes(old: ComparedPart | None, new: ComparedPart | None) -> Iterator[FieldChange]:
    was, now = old or ComparedPart("", "", {}, {}), new or ComparedPart("", "", {}, {})
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
