"""What has changed since a release: each fact that readers now see differently, or no longer see."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from briefing.model.dossier import Dossier
from briefing.model.fact_view import PartView, view_fact
from briefing.model.facts import Fact
from briefing.model.fields import Field
from briefing.model.releases import FactState, Release, change_id, compact_json


@dataclass(frozen=True, eq=False)
class Change:
    """A released fact that differs in the next release, whose day is `until`, or in today's files, where `until` is empty."""

    release: Release
    key: str
    old: FactState
    new: FactState | None
    until: str = ""

    @property
    def id(self) -> str:
        """What a history fact names to cover exactly this change."""
        return change_id(self.release, self.key, self.new)

    def lost_claims(self) -> list[str]:
        """The claims that were released and are gone."""
        return _removed_texts(self, lambda part: [part["claim"]] if "claim" in part else [])

    def lost_texts(self) -> list[str]:
        """The values and quotes that were released and are gone."""
        return _removed_texts(self, lambda part: chain(*part["values"].values(), (words for _, words in part["quotes"])))


def _removed_texts(change: Change, read: Callable[[Any], Any]) -> list[str]:
    left = {text for part in (change.new or {"parts": []})["parts"] for text in read(part)}
    return list(dict.fromkeys(text for part in change.old["parts"] for text in read(part) if text not in left))


def fact_states(dossier: Dossier) -> dict[str, FactState | None]:
    """What readers see of every fact, by id; None if the fact cannot be read, or a quote of it is not found."""
    found: dict[str, FactState | None] = {key: None for ids in dossier.known_ids.values() for key in ids or ()}
    return found | {fact.key: _fact_state(dossier, fact) for fact in dossier.all_facts()}


def _fact_state(dossier: Dossier, fact: Fact) -> FactState | None:
    views = [view for view in view_fact(dossier, fact) if view.claim is not None or not view.label]
    if not all(view.is_quoted for view in views):
        return None
    return {"kind": fact.file_stem, "parts": [_part_state(view) for view in views]}


def _part_state(view: PartView) -> Mapping[str, Any]:
    """What a release keeps of a fact or part: the claim, the values and the quotes."""
    claim = {} if view.claim is None else {"claim": view.claim}
    values = {declared.yaml_key: list(texts) for declared, texts in view.values if _is_released(declared)}
    return {**claim, "values": values, "quotes": [list(quote) for quote in view.quotes]}


def _is_released(declared: Field) -> bool:
    """Whether a release keeps a field; a link to any other fact is a way to it, and may come and go, and so may maps."""
    return declared.shape != "map" and not (declared.ref and not declared.ref.kinds and not declared.ref.or_released)


def changes_since_release(dossier: Dossier) -> Iterator[Change]:
    """Every change from each release to the next, and from the last release to today's files."""
    now = fact_states(dossier) if dossier.releases else {}
    unread = any(ids is None for ids in dossier.known_ids.values())
    for n, release in enumerate(dossier.releases):
        after = dossier.releases[n + 1] if n + 1 < len(dossier.releases) else None
        for key, old in release.facts.items():
            new = after.facts.get(key) if after else now.get(key)
            is_unknown = after is None and new is None and (key in now or unread)
            if not is_unknown and not _is_same_state(old, new):
                yield Change(release, key, old, new, after.date if after else "")


def _is_same_state(old: FactState, new: FactState | None) -> bool:
    """Whether readers see the same; the order of a fact's parts aside."""
    if new is None or old["kind"] != new["kind"]:
        return False
    return sorted(map(compact_json, old["parts"])) == sorted(map(compact_json, new["parts"]))
