"""Reads a folder into a dossier: facts, sources, settings, releases. Whatever cannot be read is a problem of the dossier."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import regex

from briefing.diagnostics.problem import MAX_PROBLEMS, Location, Problem, SourceFile, display_path, too_many_problems
from briefing.diagnostics.rule_ids import FACT_FITS_ITS_KIND, ID_IS_UNIQUE, SOURCE_IS_UNCHANGED, TEXT_IS_WHOLE
from briefing.diagnostics.suggestions import did_you_mean
from briefing.diagnostics.terminal import escape_controls
from briefing.loading.fact_reader import read_fact
from briefing.loading.files import list_folder, read_bytes, read_in_folder
from briefing.loading.originals import LINE_ENDS_HELP, has_line_ends_changed, original_problems
from briefing.loading.release_reader import read_releases
from briefing.loading.settings_reader import read_settings
from briefing.loading.yaml_reader import read_yaml
from briefing.model.dossier import Dossier, MatchesByQuote, find_matches
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
    """One file of facts: the problems of the file itself, all ids in it (None where it was not read to its end), and for each
    entry its id, its fact (None where it does not fit its kind) and its problems."""

    problems: tuple[Problem, ...]
    known_ids: frozenset[str] | None
    entries: tuple[tuple[Text, Fact | None, list[Problem]], ...] = ()


@dataclass
class LoadCache:
    """The results of earlier readings; each is valid while its file has the same bytes."""

    files: dict[Path, tuple[type[Fact], bytes | Problem, FactFile]] = field(default_factory=dict)
    seeds: dict[str, tuple[Record, bytes | Problem, Source | None, list[Problem]]] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    matches: MatchesByQuote = field(default_factory=dict)


def read_dossier(folder: Path, kinds: tuple[type[Fact], ...] = KINDS, cache: LoadCache | None = None) -> Dossier:
    """Reads `facts/`, `seeds/`, `releases/` and `briefing.yaml` of a folder. It never raises: see `Dossier.problems`."""
    cache = cache or LoadCache()
    settings, setting_problems = read_settings(folder)
    problems = list(setting_problems)
    kinds = (*kinds, *settings.custom_kinds)
    by_stem = {kind.file_stem: kind for kind in kinds}
    facts: dict[str, dict[str, Fact]] = {stem: {} for stem in by_stem}
    is_closed = isinstance(list_folder(folder / "facts"), Problem)
    known: dict[str, frozenset[str] | None] = {stem: None if is_closed else frozenset() for stem in by_stem}
    first: dict[str, Text] = {}
    for path in _fact_files(folder / "facts", by_stem, problems):
        kind = by_stem[path.stem]
        file = _read_fact_file(path, kind, cache)
        known[kind.file_stem] = file.known_ids
        problems += file.problems
        before = len(problems)
        for key, fact, entry_problems in file.entries:
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
    releases, release_problems = read_releases(folder)
    all_problems = (*problems, *release_problems)
    all_facts = [fact for by_id in facts.values() for fact in by_id.values()]
    matches = find_matches(all_facts, sources, cache.matches if cache.sources == sources else {})
    cache.sources, cache.matches = sources, matches
    return Dossier(kinds, facts, sources, known, all_problems, settings, releases, matches)


def _fact_files(facts: Path, stems: Iterable[str], problems: list[Problem]) -> list[Path]:
    """The files in facts/ that are named like a kind; a YAML file of another name is a problem."""
    names = list_folder(facts)
    if isinstance(names, Problem):
        message = f"the folder of facts cannot be read: {names.message}"
        problems.append(replace(names, rule=FACT_FITS_ITS_KIND, message=message))
        return []
    files: list[Path] = []
    for path in map(facts.joinpath, names):
        if path.name.startswith((".", "#")) or path.suffix not in (".yaml", ".yml"):
            continue
        if problem := _file_name_problem(path, list(stems)):
            problems.append(problem)
        else:
            files.append(path)
    if not files and not problems:
        help = "run `briefing source add FILE`: it starts facts/sources.yaml with a text, a web page or a PDF"
        problems.append(Problem(FACT_FITS_ITS_KIND, _start_of(facts), "there are no files of facts here yet", help))
    return files


def _start_of(path: Path) -> Location:
    return Location(SourceFile(display_path(path)))


def _file_name_problem(path: Path, stems: list[str]) -> Problem | None:
    if path.suffix == ".yml":
        help = f"rename it to {escape_controls(path.stem)}.yaml"
        return Problem(FACT_FITS_ITS_KIND, _start_of(path), "the name of a file of facts ends in `.yaml`", help)
    if path.stem not in stems:
        known = "the files of facts are: " + ", ".join(f"{stem}.yaml" for stem in stems)
        message = f"there is no kind of fact called `{escape_controls(path.stem)}`"
        return Problem(FACT_FITS_ITS_KIND, _start_of(path), message, did_you_mean(path.stem, stems, known))
    return None


def _read_fact_file(path: Path, kind: type[Fact], cache: LoadCache) -> FactFile:
    content = read_bytes(path)
    if path not in cache.files or cache.files[path][:2] != (kind, content):
        cache.files[path] = kind, content, _parse_fact_file(path, content, kind)
    return cache.files[path][2]


def _parse_fact_file(path: Path, content: bytes | Problem, kind: type[Fact]) -> FactFile:
    if isinstance(content, Problem):
        return FactFile((content,), None)
    yaml = read_yaml(display_path(path), content)
    if isinstance(yaml.root, MapNode):
        ids = frozenset(map(str, yaml.root.entries))
        return FactFile(yaml.problems, ids, tuple(_read_entries(kind, yaml.root)))
    if yaml.partial_root is not None:
        return FactFile(yaml.problems, None, tuple(_read_entries(kind, yaml.partial_root)))
    if yaml.root is None and yaml.problems:
        return FactFile(yaml.problems, None)
    if yaml.root is None:
        empty = Problem(FACT_FITS_ITS_KIND, Location(yaml.file), "this file is empty", "write a fact, or delete the file")
        return FactFile((empty,), None)
    message, help = "this file needs `id:` lines, one for each fact", "begin each fact with its id and a colon"
    return FactFile((*yaml.problems, Problem(FACT_FITS_ITS_KIND, yaml.root.location, message, help)), None)


def _read_entries(kind: type[Fact], root: MapNode) -> Iterator[tuple[Text, Fact | None, list[Problem]]]:
    """Each id of a file with its fact and problems. After too many problems only the next id follows, and reading ends."""
    count = 0
    for key, node in root.entries.items():
        if count > MAX_PROBLEMS:
            yield key, None, []
            return
        fact, problems = read_fact(kind, key, node, kind.singular)
        count += len(problems)
        yield key, fact, problems


def _duplicate_id_problem(key: Text, first: Text) -> Problem:
    notes = (f"it is first used at {first.location}",)
    return Problem(ID_IS_UNIQUE, key.location, f"the id `{key}` is used twice", "choose another id", notes, key)


def _read_sources(folder: Path, records: Mapping[str, Fact], problems: list[Problem], cache: LoadCache) -> dict[str, Source]:
    sources: dict[str, Source] = {}
    for key, record in records.items():
        if isinstance(record, Record):
            content = read_in_folder(folder / "seeds", record.seed) if _has_seed_name(record) else b""
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
    match = _SEED_FILE_NAME.fullmatch(record.seed)
    return match is not None and not is_reserved(match[1])


def _read_seed(content: bytes | Problem, record: Record, problems: list[Problem]) -> Source | None:
    text = _decode_seed(content, record, problems)
    if text is None:
        return None
    roles: dict[int, tuple[str, ...]] = {}
    plain = read_source(record.key, text, merged=record.merged)
    last = len(plain.paragraphs)
    for block in record.blocks:
        for number in paragraph_range(block.paragraphs, last, record.key, problems):
            roles[number] = (block.role, block.author or "", block.language or "")
    splits = [n for text in record.splits for n in paragraph_range(text, last, record.key, problems)[:-1]]
    return read_source(record.key, text, roles, frozenset(splits), record.merged)


def _decode_seed(content: bytes | Problem, record: Record, problems: list[Problem]) -> str | None:
    """The text of a seed, or None and a problem. A seed that was edited is a problem too, but its text is still read."""

    def report(location: Location, message: str, help: str, rule: str = SOURCE_IS_UNCHANGED) -> None:
        problems.append(Problem(rule, location, message, help, fact=record.key))

    name, place = f"seeds/{record.seed}", record.seed.location
    if not _has_seed_name(record):
        help = "write the name alone, with small letters a to z, digits, hyphens and dots, as in `wire.txt`"
        report(place, f"`{record.seed}` is not a file name in seeds/", help)
        return None
    if isinstance(content, Problem):
        help = "put the source's text there, byte for byte as received"
        report(place, f"{name} cannot be read: {content.message}", help)
        return None
    digest = hashlib.sha256(content).hexdigest()
    if digest != record.sha256 and has_line_ends_changed(content, record.sha256):
        report(record.sha256.location, f"the line ends of {name} have changed since its quotes were copied", LINE_ENDS_HELP)
    elif digest != record.sha256:
        help = f"restore the file; or, if the new text is right, check every quote and write {digest}"
        report(record.sha256.location, f"{name} has changed since its quotes were copied", help)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        report(place, f"{name} is not UTF-8", "convert it to UTF-8, and keep the file as received elsewhere")
        return None
    if unprintable := _UNPRINTABLE.search(text):
        message = f"{name} contains a character that no page can print: U+{ord(unprintable.group()[0]):04X}"
        report(place, message, "convert the source to text again", TEXT_IS_WHOLE)
        return None
    return text
