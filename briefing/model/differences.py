"""What is otherwise for a reader between two states of a dossier: claims, quotes, and every value of a fact."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from briefing.diagnostics.problem import Mark
from briefing.model.dossier import Dossier
from briefing.model.facts import Cited, Fact, fields_of, texts
from briefing.model.releases import dumped
from briefing.text.words import collapse

LEAST_LIKE = 40  # of 100, for two parts to be one that changed
_UNSEEN = ("claim", "seen")


class Part(NamedTuple):
    """A fact or a part of one as readers see it; `label` is the field that it stands in, empty for the fact itself."""

    label: str
    claim: str
    values: Mapping[str, tuple[str, ...]]
    quotes: Mapping[str, tuple[str, ...]]

    def order(self) -> str:
        """A text that is the same for parts that readers see alike."""
        return dumped(self)


class Edit(NamedTuple):
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
    edits: tuple[Edit, ...] = ()
    mark: Mark | None = None


def differences(old: Dossier, new: Dossier) -> Iterator[Difference]:
    """Every fact that readers see otherwise, by kind, in the order of the files; removed facts last."""
    for kind in new.kinds:
        before, after = old.facts.get(kind.stem, {}), new.facts.get(kind.stem, {})
        unread = _unread(old, kind.stem) | _unread(new, kind.stem)
        for key in dict.fromkeys([*after, *before, *sorted(unread)]):
            there, here = before.get(key), after.get(key)
            mark = here.mark if here else None
            if key in unread or _is_lost(old, kind.stem, there) or _is_lost(new, kind.stem, here):
                yield Difference(kind, key, "unread", (), mark)
            elif edits := tuple(_edits(_parts(old, there), _parts(new, here))):
                yield Difference(kind, key, "changed" if there and here else "added" if here else "removed", edits, mark)


def _is_lost(dossier: Dossier, stem: str, fact: Fact | None) -> bool:
    """Whether a fact may be there and could not be read, because its whole file could not be."""
    return fact is None and dossier.known.get(stem, frozenset()) is None


def _unread(dossier: Dossier, stem: str) -> set[str]:
    return set(dossier.known.get(stem) or ()) - set(dossier.facts.get(stem, {}))


def _parts(dossier: Dossier, owner: Any, label: str = "") -> Iterator[Part]:
    """A fact and the parts within it; none where there is no fact."""
    if owner is None:
        return
    quotes = owner.quotes if isinstance(owner, Cited) else ()
    runs: dict[str, tuple[str, ...]] = {}
    for quote in quotes:
        passage = dossier.passage(quote)
        words = dossier.sources[quote.source].exact(passage) if passage else collapse(quote.text)
        runs[str(quote.source)] = (*runs.get(str(quote.source), ()), words)
    claim = collapse(owner.claim) if isinstance(owner, Cited) else ""
    yield Part(label, claim, dict(_values(owner)), runs)
    for declared in fields_of(type(owner)):
        for part in getattr(owner, declared.name) if declared.shape == "parts" else ():
            yield from _parts(dossier, part, declared.yaml)


def _values(owner: Any) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The fields that hold texts, with these; of what is keyed, key and text, in the order of the keys."""
    for declared in fields_of(type(owner)):
        value = getattr(owner, declared.name)
        if declared.shape == "quotes" and declared.name != "quotes":
            told = sorted(f"{quote.source}: {collapse(quote.text)}" for quote in value)
        elif declared.shape == "map":
            told = sorted(f"{key}: {collapse(text)}" for key, text in value.items())
        else:
            told = [collapse(text) for text in texts(owner, declared)]
        if told and declared.name not in _UNSEEN:
            yield declared.yaml, tuple(told)


def _edits(old: Iterable[Part], new: Iterable[Part]) -> Iterator[Edit]:
    left, come = _apart(list(old), list(new))
    for part in come:
        like = [(_likeness(other, part), -n) for n, other in enumerate(left) if other.label == part.label]
        likeness, n = max(like, default=(0.0, 0))
        yield from _of_part(left.pop(-n) if likeness >= LEAST_LIKE else None, part)
    for part in left:
        yield from _of_part(part, None)


def _apart(old: list[Part], new: list[Part]) -> tuple[list[Part], list[Part]]:
    """The parts of each that the other does not have."""
    same = {part.order() for part in old} & {part.order() for part in new}
    return [part for part in old if part.order() not in same], [part for part in new if part.order() not in same]


def _likeness(old: Part, new: Part) -> float:
    """How like two parts are; those of a fact itself are always one."""
    return 100 if not new.label else fuzz.ratio(old.order(), new.order())


def _of_part(old: Part | None, new: Part | None) -> Iterator[Edit]:
    was, now = old or Part("", "", {}, {}), new or Part("", "", {}, {})
    label = (new or old or was).label
    part = f"{label}: {now.claim or was.claim}" if label and (now.claim or was.claim) else label
    if was.claim != now.claim:
        yield Edit("claim", part, (was.claim,) if was.claim else (), (now.claim,) if now.claim else ())
    for name in dict.fromkeys([*now.values, *was.values]):
        if was.values.get(name) != now.values.get(name):
            yield Edit(name, part, was.values.get(name, ()), now.values.get(name, ()))
    for source in dict.fromkeys([*now.quotes, *was.quotes]):
        gone, come = was.quotes.get(source, ()), now.quotes.get(source, ())
        if gone != come:
            both = set(gone) & set(come) if set(gone) != set(come) else set()
            was_only, now_only = (tuple(words for words in runs if words not in both) for runs in (gone, come))
            yield Edit(f"quote of {source}", part, was_only, now_only)
