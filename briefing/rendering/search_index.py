"""The search index of a site, in pieces that the browser loads on demand.

A piece is a script that passes JSON to `briefingFound`, because pages opened from disk can load scripts but cannot fetch.
Pages of a server fetch it and read the JSON. A preview serves the JSON alone, which no page of another origin can load.
A search term is looked up in one or two pieces of terms; the results come from the pieces with their claims.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

from briefing.i18n.messages import Translator
from briefing.model.site_files import SEARCH_CALL, SEARCH_FOLDER, SEARCH_INDEX
from briefing.rendering.search_ranking import SearchEntry, SearchIndexBuilder, searchable_claims
from briefing.rendering.site_map import SiteMap
from briefing.text.words import collapse_whitespace

CLAIMS_IN_A_PIECE = 16
CLAIMS_PER_PIECE_OF_TERMS = 48
SEARCH_MESSAGES = (
    "search-label", "search-keys", "search-none", "search-near", "search-failed", "search-more", "search-share", "search-shown",
    "kind", "search-actor", "reported-by", "any", "close", "copied",
)  # fmt: skip
SearchRow = dict[str, Any]


class SearchIndex:
    """The pieces of the search index, computed on demand."""

    def __init__(self, site_map: SiteMap, language: str) -> None:
        self.site_map = site_map
        self.builder = SearchIndexBuilder(site_map, language)

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The paths of the pieces; their count depends only on the number of claims."""
        count = sum(1 for _ in searchable_claims(self.site_map.dossier))
        terms = (f"terms-{n}.js" for n in range(_piece_count(count, CLAIMS_PER_PIECE_OF_TERMS)))
        claims = (f"claims-{n}.js" for n in range(_piece_count(count, CLAIMS_IN_A_PIECE)))
        return (SEARCH_INDEX, f"{SEARCH_FOLDER}/filters.js", *(f"{SEARCH_FOLDER}/{name}" for name in (*terms, *claims)))

    def piece(self, path: str, say: Translator) -> str:
        """A piece as a script; each contains the state hash of its index, so that pieces of two builds are never mixed."""
        contents = self._index(say) if path == SEARCH_INDEX else self._contents[path]
        head = {"file": path.removeprefix(f"{SEARCH_FOLDER}/"), "state": self._state}
        return f"{SEARCH_CALL}({_one_line_json(head | contents)});\n"

    @cached_property
    def _contents(self) -> Mapping[str, SearchRow]:
        return dict(zip(self.paths[1:], self._piece_contents(), strict=True))

    def _piece_contents(self) -> Iterator[SearchRow]:
        yield self._filters()
        yield from ({"terms": terms} for terms in self._term_pieces)
        rows = [self._claim(entry) for entry in self.builder.entries]
        for n in range(_piece_count(len(rows), CLAIMS_IN_A_PIECE)):
            yield {"claims": rows[n * CLAIMS_IN_A_PIECE : (n + 1) * CLAIMS_IN_A_PIECE]}

    @cached_property
    def _state(self) -> str:
        return f"v-{hashlib.sha256(_one_line_json(self._contents).encode('utf-8')).hexdigest()[:12]}"

    @cached_property
    def _term_pieces(self) -> tuple[Mapping[str, list[int]], ...]:
        """The terms in order, divided into pieces of about the same size."""
        packed = {term: _packed(found) for term, found in self.builder.postings.items()}
        sizes = {term: len(term) + 4 * len(found) for term, found in packed.items()}
        count, total, before = _piece_count(len(self.builder.entries), CLAIMS_PER_PIECE_OF_TERMS), sum(sizes.values()) or 1, 0
        pieces: list[dict[str, list[int]]] = [{} for _ in range(count)]
        for term, found in packed.items():
            pieces[before * count // total][term] = found
            before += sizes[term]
        return tuple(pieces)

    def _index(self, say: Translator) -> SearchRow:
        dossier, entries = self.site_map.dossier, self.builder.entries
        starts: dict[str, int] = {}
        for number, entry in enumerate(entries):
            starts.setdefault(entry.fact.file_stem, number)
        titles = {kind.file_stem: say.word(kind.title, "title") for kind in dossier.kinds if kind.file_stem in starts}
        return {
            "count": len(entries),
            "size": CLAIMS_IN_A_PIECE,
            "language": dossier.settings.claim_language,
            "kinds": [{"id": stem, "title": titles[stem], "start": start} for stem, start in starts.items()],
            "sources": [
                {"id": record.key, "label": collapse_whitespace(record.label), "language": record.language}
                for record in dossier.records()
            ],
            "words": {key: say.text(key) for key in SEARCH_MESSAGES},
            "terms": {next(iter(piece)): n for n, piece in enumerate(self._term_pieces) if piece},
        }

    def _claim(self, entry: SearchEntry) -> SearchRow:
        """A claim as a search result: its URL, date, title and quotes."""
        site_map, part = self.site_map, entry.part
        row: SearchRow = {
            "id": part.key,
            "claim": collapse_whitespace(part.claim),
            "page": f"{site_map.url(site_map.path(entry.fact))}#{part.key}",
        }
        row |= {name: text for name, text in (("title", entry.title), ("date", self.builder.date(entry))) if text}
        quotes = [
            {"id": use.anchor, "source": str(use.quote.source), "exact": use.exact, "language": site_map.language_of(use)}
            for use in site_map.uses[part.key]
        ]
        return row | ({"quotes": quotes} if quotes else {})

    def _filters(self) -> SearchRow:
        """The claims about each actor and those that quote each source, for the filters."""
        by_actor: dict[str, list[int]] = {}
        by_source: dict[str, list[int]] = {}
        for number, entry in enumerate(self.builder.entries):
            for key in entry.about:
                by_actor.setdefault(key, []).append(number)
            for source in dict.fromkeys(str(use.quote.source) for use in self.site_map.uses[entry.part.key]):
                by_source.setdefault(source, []).append(number)
        actors = {str(fact.key): collapse_whitespace(str(fact.name)) for fact in self.site_map.dossier.facts_of_kind("actors")}
        actor_rows = [
            {"id": key, "name": name, "claims": _deltas(by_actor[key])} for key, name in actors.items() if key in by_actor
        ]
        return {"actors": actor_rows, "sources": [{"id": key, "claims": _deltas(found)} for key, found in by_source.items()]}


def _piece_count(count: int, size: int) -> int:
    return max(1, -(-count // size))


def _packed(found: Sequence[tuple[int, int]]) -> list[int]:
    """Postings as integers: the difference to the previous claim number, with the weight in the lowest four bits."""
    return [16 * step + weight for step, (_, weight) in zip(_deltas(number for number, _ in found), found, strict=True)]


def _deltas(numbers: Iterable[int]) -> list[int]:
    """The differences between ascending numbers, starting at 0."""
    found = [0, *numbers]
    return [after - before for before, after in pairwise(found)]


def _one_line_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
