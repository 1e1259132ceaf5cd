"""The dossier: everything that was read in a folder, with what could not be read as problems."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import regex

from briefing.fact import Cited, Fact, Quote, parts_of
from briefing.files import names_in, read_bytes, read_in, shown
from briefing.kinds import KINDS
from briefing.node import MapNode, Text
from briefing.problem import MOST_TOLD, Mark, Origin, Problem, plain, too_many
from briefing.received import altered
from briefing.record import Record
from briefing.release import Release, read_releases
from briefing.settings import Settings, read_settings
from briefing.shape import FITS, did_you_mean, is_reserved, read_fact
from briefing.source import Found, Passage, Source, read_source
from briefing.yamlfile import read_yaml

UNCHANGED = "source-is-unchanged"
_UNFIT = regex.compile(r"[[\p{Cc}--\s]\ufffe\uffff]|\p{M}{31,}", regex.V1)
_SEED = re.compile(r"(?=.{1,100}$)([a-z0-9]+(?:[_-][a-z0-9]+)*)(?:\.[a-z0-9]+)*")
_RANGE = re.compile(r"(\d{1,9})(?:-(\d{1,9}))?", re.ASCII)


@dataclass(frozen=True, eq=False)
class Dossier:
    """Facts by kind and id in the order of their files, the sources they quote, and what could not be read.

    `known` holds the ids seen in each file, those of facts left out included; None for a file that could not be read.
    """

    kinds: tuple[type[Fact], ...]
    facts: Mapping[str, Mapping[str, Fact]]
    sources: Mapping[str, Source]
    known: Mapping[str, frozenset[str] | None]
    problems: tuple[Problem, ...] = ()
    settings: Settings = field(default_factory=Settings)
    releases: tuple[Release, ...] = ()
    _found: dict[tuple[str, str], Found] = field(default_factory=dict, repr=False)

    def of(self, stem: str) -> Iterable[Any]:
        """The facts of one kind, in file order."""
        return self.facts.get(stem, {}).values()

    def every(self) -> Iterator[Fact]:
        """Every fact of every kind, sources included, in the order of the kinds and their files."""
        for kind in self.kinds:
            yield from self.facts.get(kind.stem, {}).values()

    def fact(self, key: str, stems: Sequence[str] = ()) -> Fact | None:
        """The fact of that id, among the kinds named or among all."""
        for stem in stems or tuple(self.facts):
            if key in self.facts.get(stem, {}):
                return self.facts[stem][key]
        return None

    def is_known(self, key: str, stems: Sequence[str] = ()) -> bool:
        """Whether that id stands in a file, be it of a fact left out; true where the file could not be read."""
        return any((ids := self.known.get(stem, frozenset())) is None or key in ids for stem in stems or tuple(self.known))

    def was_released(self, key: str) -> bool:
        """Whether a fact of that id stands in a release."""
        return any(key in release.facts for release in self.releases)

    def is_whole(self) -> bool:
        """Whether every fact that was written could be read, so that what nothing uses is truly unused."""
        return all(problem.rule == UNCHANGED for problem in self.problems)

    def quotes_of(self, cited: Cited) -> tuple[Quote, ...]:
        """The quotes that bear out a claim: its own, or those of the facts it rests on; none while one of these has none."""
        if "facts" not in cited.evidence:
            return cited.quotes
        rests_on = [self.fact(key) for key in getattr(cited, "facts", ())]
        quotes = [[q for part in parts_of(fact) for q in part.quotes] if fact else [] for fact in rests_on]
        return tuple(dict.fromkeys(q for found in quotes for q in found)) if all(quotes) else ()

    def is_held(self, cited: Cited) -> bool:
        """Whether a claim can be held against its quotes: each was found, and each fact that it rests on was read.

        Where not, that is the problem, and to say that the quotes lack a word would blame the claim for it.
        """
        rests_on = getattr(cited, "facts", ()) if "facts" in cited.evidence else ()
        return all(map(self.fact, rests_on)) and all(map(self.passage, self.quotes_of(cited)))

    @cached_property
    def quotes_by_source(self) -> Mapping[str, tuple[tuple[Fact, Quote], ...]]:
        """Every quote of every claim with its fact, by the source that it names."""
        found: dict[str, list[tuple[Fact, Quote]]] = {}
        for fact in self.every():
            for quote in (quote for part in parts_of(fact) for quote in part.quotes):
                found.setdefault(str(quote.source), []).append((fact, quote))
        return {key: tuple(quotes) for key, quotes in found.items()}

    def find(self, quote: Quote) -> Found:
        """Where a quote stands in its source; nowhere if that source could not be read."""
        found = self._found.get((quote.source, quote.text))
        if found is None:
            source = self.sources.get(quote.source)
            found = source.find(quote.text) if source else Found()
            self._found[str(quote.source), str(quote.text)] = found  # no text with its place, which would keep its whole file
        return found

    def passage(self, quote: Quote) -> Passage | None:
        """The one passage of a quote that is verbatim, whole and unique; None for any other."""
        whole = self.find(quote).whole
        return whole[0] if len(whole) == 1 else None

    def counts(self) -> dict[str, int]:
        """How much there is: facts (sources apart), quotes, sources, paragraphs."""
        facts = [fact for fact in self.every() if not isinstance(fact, Record)]
        return {
            "facts": len(facts),
            "quotes": sum(len(part.quotes) for fact in facts for part in parts_of(fact)),
            "sources": len(self.sources),
            "paragraphs": sum(len(source.paragraphs) for source in self.sources.values()),
        }

    def without(self, wrong: Iterable[str]) -> "Dossier":
        """The dossier without the facts of those ids, those that quote an unread source, and references to either."""
        left = {key for key in wrong if not isinstance(self.fact(key), Record)}
        left |= {f.key for f in self.every() if any(self.passage(q) is None for p in parts_of(f) for q in p.quotes)}
        left |= {f.key for f in self.every() if any(name.source not in self.sources for name in f.names)}
        while dangling := {f.key for f in self.every() if f.key not in left and self._leans_on(f, left)}:
            left |= dangling
        facts = {stem: {k: f for k, f in of.items() if k not in left} for stem, of in self.facts.items()}
        return replace(self, facts=facts)

    def _leans_on(self, fact: Fact, left: set[str]) -> bool:
        """Whether a fact requires another that is left out, or one that does not exist."""
        needed = ((ref.kinds, key) for f, ref, key in fact.references if f.required and not ref.or_released)
        return any(key in left or self.fact(key, kinds) is None for kinds, key in needed)


@dataclass(frozen=True)
class FactFile:
    """What one file of facts holds: each id with its fact, if it is one, and what is wrong with it."""

    wrong: tuple[Problem, ...]
    known: frozenset[str] | None
    entries: tuple[tuple[Text, Any, list[Problem]], ...] = ()


@dataclass
class Shelf:
    """What was read before, for as long as the files hold the same bytes."""

    files: dict[Path, tuple[type[Fact], bytes | str, FactFile]] = field(default_factory=dict)
    seeds: dict[str, tuple[Record, bytes | str, Source | None, list[Problem]]] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    found: dict[tuple[str, str], Found] = field(default_factory=dict)

    def take(self, sources: dict[str, Source]) -> dict[tuple[str, str], Found]:
        """Where quotes were found before, if the sources are those of before."""
        if sources != self.sources:
            self.sources, self.found = sources, {}
        return self.found


def read_dossier(folder: Path, kinds: tuple[type[Fact], ...] = KINDS, shelf: Shelf | None = None) -> Dossier:
    """Reads `facts/`, `seeds/` and `briefing.yaml` under a folder. Raises nothing: what is wrong there is in `problems`."""
    shelf = shelf or Shelf()
    settings, wrong_settings = read_settings(folder)
    problems = list(wrong_settings)
    kinds = (*kinds, *settings.own_kinds)
    by_stem = {kind.stem: kind for kind in kinds}
    facts: dict[str, dict[str, Fact]] = {stem: {} for stem in by_stem}
    unread = isinstance(names_in(folder / "facts"), str)
    known: dict[str, frozenset[str] | None] = {stem: None if unread else frozenset() for stem in by_stem}
    first: dict[str, Text] = {}
    for path in _fact_files(folder, by_stem, problems):
        kind = by_stem[path.stem]
        read = _read_file(path, kind, shelf)
        known[kind.stem] = read.known
        problems += read.wrong
        before = len(problems)
        for key, fact, wrong in read.entries:
            if len(problems) - before > MOST_TOLD:
                problems.append(too_many(key.mark))
                break
            problems += wrong
            if key in first:
                problems.append(_twice(key, first[key]))
            elif fact is not None:
                facts[kind.stem][key] = fact
            first.setdefault(key, key)
    sources = _read_sources(folder, facts.get("sources", {}), problems, shelf)
    problems += altered(folder, facts.get("sources", {}).values())
    releases, wrong_releases = read_releases(folder)
    told = (*problems, *wrong_releases)
    return Dossier(kinds, facts, sources, known, told, settings, releases, shelf.take(sources))


def _read_file(path: Path, kind: type[Fact], shelf: Shelf) -> FactFile:
    content = read_bytes(path)
    if path not in shelf.files or shelf.files[path][:2] != (kind, content):
        wrong: list[Problem] = []
        root, ok = _read_root(path, content, wrong)
        known = frozenset(map(str, root.entries)) if ok and root else None
        shelf.files[path] = kind, content, FactFile(tuple(wrong), known, tuple(_read_entries(kind, root) if root else ()))
    return shelf.files[path][2]


def _read_entries(kind: type[Fact], root: MapNode) -> Iterator[tuple[Text, Any, list[Problem]]]:
    """Each id of a file with its fact; after too many problems the next id alone, where the file is left."""
    count = 0
    for key, node in root.entries.items():
        if count > MOST_TOLD:
            yield key, None, []
            return
        fact, wrong = read_fact(kind, key, node, kind.one)
        count += len(wrong)
        yield key, fact, wrong


def _twice(key: Text, first: Text) -> Problem:
    notes = (f"the first stands at {first.mark}",)
    return Problem("id-is-unique", key.mark, f"`{key}` is already the id of another fact", "choose another id", notes, key)


def _fact_files(folder: Path, by_stem: Mapping[str, Any], problems: list[Problem]) -> list[Path]:
    facts = folder / "facts"
    names = names_in(facts)
    if isinstance(names, str):
        at = Mark(Origin(shown(facts)))
        problems.append(Problem(FITS, at, f"the folder of facts is not read: {names}", "put the folder itself here"))
        return []
    files: list[Path] = []
    for name in names:
        path, at = facts / name, Mark(Origin(shown(facts / name)))
        if name.startswith((".", "#")) or path.suffix not in (".yaml", ".yml"):
            continue
        if path.suffix == ".yml":
            problems.append(Problem(FITS, at, "a file of facts ends in `.yaml`", f"rename it to {plain(path.stem)}.yaml"))
        elif path.stem not in by_stem:
            known = "the files of facts: " + ", ".join(f"{stem}.yaml" for stem in by_stem)
            problems.append(
                Problem(
                    FITS, at, f"no kind of fact is called `{plain(path.stem)}`", did_you_mean(path.stem, list(by_stem), known)
                )
            )
        else:
            files.append(path)
    if not files and not problems:
        at = Mark(Origin(shown(facts)))
        help = "`briefing source add FILE` begins facts/sources.yaml with a text, a page or a PDF"
        problems.append(Problem(FITS, at, "there are no files of facts here yet", help))
    return files


def _read_root(path: Path, content: bytes | str, problems: list[Problem]) -> tuple[MapNode | None, bool]:
    """The mapping at the root of a file, and whether the whole of it was read."""
    origin = Origin(shown(path))
    if isinstance(content, str):
        problems.append(Problem("text-is-whole", Mark(origin), content, "put the file itself here"))
        return None, False
    read = read_yaml(origin.path, content)
    problems += read.problems
    if isinstance(read.root, MapNode):
        return read.root, True
    if read.above is not None:
        return read.above, False
    if read.root is None and not read.problems:
        problems.append(Problem(FITS, Mark(read.origin), "this file is empty", "write a fact, or delete the file"))
    elif read.root is not None:
        problems.append(
            Problem(FITS, read.root.mark, "a file of facts is `id:` after `id:`", "begin each fact with its id and a colon")
        )
    return None, False


def _read_sources(folder: Path, records: Mapping[str, Fact], problems: list[Problem], shelf: Shelf) -> dict[str, Source]:
    sources: dict[str, Source] = {}
    for key, record in records.items():
        if isinstance(record, Record):
            content = read_in(folder / "seeds", record.seed) if _is_seed(record) else ""
            before = shelf.seeds.get(key)
            if before is None or before[0] is not record or before[1] != content:
                wrong: list[Problem] = []
                source = _read_seed(content, record, wrong)
                source = before[2] if before and before[2] == source else source  # the same object for the same text
                shelf.seeds[key] = record, content, source, wrong
            _, _, source, wrong = shelf.seeds[key]
            problems += wrong
            if source is not None:
                sources[key] = source
    return sources


def _is_seed(record: Record) -> bool:
    named = _SEED.fullmatch(record.seed)
    return named is not None and not is_reserved(named[1])


def _read_seed(content: bytes | str, record: Record, problems: list[Problem]) -> Source | None:
    def problem(mark: Mark, message: str, help: str, rule: str = UNCHANGED) -> None:
        problems.append(Problem(rule, mark, message, help, fact=record.key))

    if not _is_seed(record):
        help = "give the name alone: small letters a to z, digits, hyphens and dots, as in `wire.txt`"
        problem(record.seed.mark, f"`{record.seed}` is not a file name in seeds/", help)
        return None
    if isinstance(content, str):
        problem(
            record.seed.mark,
            f"seeds/{record.seed} is not read: {content}",
            "put the source's text there, byte for byte as received",
        )
        return None
    now = hashlib.sha256(content).hexdigest()
    if now != record.sha256:
        problem(
            record.sha256.mark,
            f"seeds/{record.seed} is not the text that was curated",
            f"restore it; if the new text is meant, check every quote and write {now}",
        )
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        problem(record.seed.mark, f"seeds/{record.seed} is not UTF-8", "convert it, and keep the file as received elsewhere")
        return None
    if unfit := _UNFIT.search(text):
        message = f"seeds/{record.seed} holds what no page can print: U+{ord(unfit.group()[0]):04X}"
        problem(record.seed.mark, message, "convert the seed again", "text-is-whole")
        return None
    roles: dict[int, tuple[str, ...]] = {}
    plain = read_source(record.key, text, merged=record.merged)
    last = len(plain.paragraphs)
    for block in record.blocks:
        for number in paragraph_range(block.paragraphs, last, record.key, problems):
            roles[number] = (block.role, block.author or "", block.language or "")
    splits = [n for text in record.splits for n in paragraph_range(text, last, record.key, problems)[:-1]]
    return read_source(record.key, text, roles, frozenset(splits), record.merged)


def paragraph_range(text: Text, last: int, source: str, problems: list[Problem] | None = None) -> tuple[int, ...]:
    """The paragraph numbers that `7` or `7-9` means; none, and a problem, where there are no such paragraphs."""
    if found := _RANGE.fullmatch(text):
        numbers = range(int(found[1]), int(found[2] or found[1]) + 1)
        if numbers and numbers[0] >= 1 and numbers[-1] <= last:
            return tuple(numbers)
    if problems is not None:
        message = f"`{text}` is no paragraph or run of paragraphs of `{source}`"
        problems.append(Problem(FITS, text.mark, message, f"write a number, or first-last, from 1 to {last}", fact=source))
    return ()
