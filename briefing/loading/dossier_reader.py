"""Reads a folder into a dossier: facts, sources, settings, releases. What does not fit is a problem."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import regex

from briefing.diagnostics.problem import MAX_PROBLEMS, Location, Problem, SourceFile, escape_controls, too_many_problems
from briefing.diagnostics.rule_ids import FITS_KIND_RULE, UNCHANGED_RULE
from briefing.diagnostics.suggestions import did_you_mean
from briefing.loading.fact_reader import read_fact
from briefing.loading.files import display_path, list_folder, read_bytes, read_in_folder
from briefing.loading.originals import original_problems
from briefing.loading.release_reader import read_releases
from briefing.loading.settings_reader import read_settings
from briefing.loading.yaml_reader import read_yaml
from briefing.model.dossier import Dossier, QuoteMatches, find_matches
from briefing.model.facts import Fact
from briefing.model.ids import is_reserved
from briefing.model.kinds import KINDS
from briefing.model.located_text import MapNode, Text
from briefing.model.record import Record, paragraph_range
from briefing.model.source import Source, read_source

_UNPRINTABLE = regex.compile(r"[[\p{Cc}--\s]\ufffe\uffff]|\p{M}{31,}", regex.V1)


_SEED_FILE_NAME = re.compile(r"(?=.{1,100}$)([a-z0-9]+(?:[_-][a-z0-9]+)*)(?:\.[a-z0-9]+)*")


@dataclass(frozen=True)
class FactFile:
    """What one file of facts holds: each id with its fact, if it is one, and what is wrong with it."""

    problems: tuple[Problem, ...]
    known_ids: frozenset[str] | None
    entries: tuple[tuple[Text, Any, list[Problem]], ...] = ()


@dataclass
class LoadCache:
    """What was read before, for as long as the files hold the same bytes."""

    files: dict[Path, tuple[type[Fact], bytes | str, FactFile]] = field(default_factory=dict)
    seeds: dict[str, tuple[Record, bytes | str, Source | None, list[Problem]]] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    matches: QuoteMatches = field(default_factory=dict)


def read_dossier(folder: Path, kinds: tuple[type[Fact], ...] = KINDS, cache: LoadCache | None = None) -> Dossier:
    """Reads `facts/`, `seeds/` and `briefing.yaml` under a folder. Raises nothing: what is wrong there is in `problems`."""
    cache = cache or LoadCache()
    settings, wrong_settings = read_settings(folder)
    problems = list(wrong_settings)
    kinds = (*kinds, *settings.custom_kinds)
    by_stem = {kind.file_stem: kind for kind in kinds}
    facts: dict[str, dict[str, Fact]] = {stem: {} for stem in by_stem}
    unread = isinstance(list_folder(folder / "facts"), str)
    known: dict[str, frozenset[str] | None] = {stem: None if unread else frozenset() for stem in by_stem}
    first: dict[str, Text] = {}
    for path in _fact_files(folder, by_stem, problems):
        kind = by_stem[path.stem]
        read = _read_fact_file(path, kind, cache)
        known[kind.file_stem] = read.known_ids
        problems += read.problems
        before = len(problems)
        for key, fact, entry_problems in read.entries:
            if len(problems) - before > MAX_PROBLEMS:
                problems.append(too_many_problems(key.location))
                break
            problems += entry_problems
            if key in first:
                problems.append(_duplicate_id_problem(key, first[key]))
            elif fact is not None:
                facts[kind.file_stem][key] = fact
            first.setdefault(key, key)
    sources = _read_sources(folder, facts.get("sources", {}), problems, cache)
    problems += original_problems(folder, facts.get("sources", {}).values())
    releases, wrong_releases = read_releases(folder)
    all_problems = (*problems, *wrong_releases)
    all_facts = [fact for by_id in facts.values() for fact in by_id.values()]
    matches = find_matches(all_facts, sources, cache.matches if cache.sources == sources else {})
    cache.sources, cache.matches = sources, matches
    return Dossier(kinds, facts, sources, known, all_problems, settings, releases, matches)


def _read_fact_file(path: Path, kind: type[Fact], cache: LoadCache) -> FactFile:
    content = read_bytes(path)
    if path not in cache.files or cache.files[path][:2] != (kind, content):
        problems: list[Problem] = []
        root, ok = _read_root(path, content, problems)
        known = frozenset(map(str, root.entries)) if ok and root else None
        cache.files[path] = kind, content, FactFile(tuple(problems), known, tuple(_read_entries(kind, root) if root else ()))
    return cache.files[path][2]


def _read_entries(kind: type[Fact], root: MapNode) -> Iterator[tuple[Text, Any, list[Problem]]]:
    """Each id of a file with its fact; after too many problems the next id alone, where the file is left."""
    count = 0
    for key, node in root.entries.items():
        if count > MAX_PROBLEMS:
            yield key, None, []
            return
        fact, problems = read_fact(kind, key, node, kind.singular)
        count += len(problems)
        yield key, fact, problems


def _duplicate_id_problem(key: Text, first: Text) -> Problem:
    notes = (f"the first stands at {first.location}",)
    return Problem("id-is-unique", key.location, f"`{key}` is already the id of another fact", "choose another id", notes, key)


def _fact_files(folder: Path, by_stem: Mapping[str, Any], problems: list[Problem]) -> list[Path]:
    facts = folder / "facts"
    names = list_folder(facts)
    if isinstance(names, str):
        at = Location(SourceFile(display_path(facts)))
        problems.append(Problem(FITS_KIND_RULE, at, f"the folder of facts is not read: {names}", "put the folder itself here"))
        return []
    files: list[Path] = []
    for name in names:
        path, at = facts / name, Location(SourceFile(display_path(facts / name)))
        if name.startswith((".", "#")) or path.suffix not in (".yaml", ".yml"):
            continue
        if path.suffix == ".yml":
            problems.append(
                Problem(
                    FITS_KIND_RULE, at, "a file of facts ends in `.yaml`", f"rename it to {escape_controls(path.stem)}.yaml"
                )
            )
        elif path.stem not in by_stem:
            known = "the files of facts: " + ", ".join(f"{stem}.yaml" for stem in by_stem)
            problems.append(
                Problem(
                    FITS_KIND_RULE,
                    at,
                    f"no kind of fact is called `{escape_controls(path.stem)}`",
                    did_you_mean(path.stem, list(by_stem), known),
                )
            )
        else:
            files.append(path)
    if not files and not problems:
        at = Location(SourceFile(display_path(facts)))
        help = "`briefing source add FILE` begins facts/sources.yaml with a text, a page or a PDF"
        problems.append(Problem(FITS_KIND_RULE, at, "there are no files of facts here yet", help))
    return files


def _read_root(path: Path, content: bytes | str, problems: list[Problem]) -> tuple[MapNode | None, bool]:
    """The mapping at the root of a file, and whether the whole of it was read."""
    file = SourceFile(display_path(path))
    if isinstance(content, str):
        problems.append(Problem("text-is-whole", Location(file), content, "put the file itself here"))
        return None, False
    read = read_yaml(file.path, content)
    problems += read.problems
    if isinstance(read.root, MapNode):
        return read.root, True
    if read.partial_root is not None:
        return read.partial_root, False
    if read.root is None and not read.problems:
        problems.append(Problem(FITS_KIND_RULE, Location(read.file), "this file is empty", "write a fact, or delete the file"))
    elif read.root is not None:
        problems.append(
            Problem(
                FITS_KIND_RULE,
                read.root.location,
                "a file of facts is `id:` after `id:`",
                "begin each fact with its id and a colon",
            )
        )
    return None, False


def _read_sources(folder: Path, records: Mapping[str, Fact], problems: list[Problem], cache: LoadCache) -> dict[str, Source]:
    sources: dict[str, Source] = {}
    for key, record in records.items():
        if isinstance(record, Record):
            content = read_in_folder(folder / "seeds", record.seed) if _has_seed_name(record) else ""
            before = cache.seeds.get(key)
            if before is None or before[0] is not record or before[1] != content:
                seed_problems: list[Problem] = []
                source = _read_seed(content, record, seed_problems)
                source = before[2] if before and before[2] == source else source  # the same object for the same text
                cache.seeds[key] = record, content, source, seed_problems
            _, _, source, seed_problems = cache.seeds[key]
            problems += seed_problems
            if source is not None:
                sources[key] = source
    return sources


def _has_seed_name(record: Record) -> bool:
    named = _SEED_FILE_NAME.fullmatch(record.seed)
    return named is not None and not is_reserved(named[1])


def _read_seed(content: bytes | str, record: Record, problems: list[Problem]) -> Source | None:
    def problem(location: Location, message: str, help: str, rule: str = UNCHANGED_RULE) -> None:
        problems.append(Problem(rule, location, message, help, fact=record.key))

    if not _has_seed_name(record):
        help = "give the name alone: small letters a to z, digits, hyphens and dots, as in `wire.txt`"
        problem(record.seed.location, f"`{record.seed}` is not a file name in seeds/", help)
        return None
    if isinstance(content, str):
        problem(
            record.seed.location,
            f"seeds/{record.seed} is not read: {content}",
            "put the source's text there, byte for byte as received",
        )
        return None
    now = hashlib.sha256(content).hexdigest()
    if now != record.sha256:
        problem(
            record.sha256.location,
            f"seeds/{record.seed} is not the text that was curated",
            f"restore it; if the new text is meant, check every quote and write {now}",
        )
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        problem(
            record.seed.location, f"seeds/{record.seed} is not UTF-8", "convert it, and keep the file as received elsewhere"
        )
        return None
    if unfit := _UNPRINTABLE.search(text):
        message = f"seeds/{record.seed} holds what no page can print: U+{ord(unfit.group()[0]):04X}"
        problem(record.seed.location, message, "convert the seed again", "text-is-whole")
        return None
    roles: dict[int, tuple[str, ...]] = {}
    plain = read_source(record.key, text, merged=record.merged)
    last = len(plain.paragraphs)
    for block in record.blocks:
        for number in paragraph_range(block.paragraphs, last, record.key, problems):
            roles[number] = (block.role, block.author or "", block.language or "")
    splits = [n for text in record.splits for n in paragraph_range(text, last, record.key, problems)[:-1]]
    return read_source(record.key, text, roles, frozenset(splits), record.merged)
