"""Reads the data files of a site by their own syntax: JSON, CSV, iCalendar, BibTeX, XML, the search index.

What does not fit its syntax counts as a text, and so becomes a problem.
"""

import csv
import gzip
import io
import json
import re
import zlib
from collections.abc import Callable, Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

from briefing.model.fields import part_types, walk_fields
from briefing.model.kinds import KINDS
from briefing.model.record import NOT_STATED
from briefing.model.site_files import SEARCH_CALL, SEARCH_FOLDER
from briefing.text.words import collapse_whitespace

MAX_BYTES = 32 * 1024 * 1024
_JSON = frozenset([".geojson", ".json", ".jsonld", ".webmanifest"])
_FOLD = re.compile(r"\r?\n[ \t]")
_PROPERTY = re.compile(r'([A-Z][A-Z-]*)((?:;[A-Z-]+=(?:"[^"]*"|[^";:,]*))*):(.*)')
_ICAL_ESCAPE = re.compile(r"\\([\\;,nN])")
_BIBTEX_ENTRY_LINE = re.compile(r"@misc\{([^\s,{}]+),|\}|")
_BIBTEX_FIELD = re.compile(r"  ([a-z]+) = \{(.*)\},")
_TEX_COMMAND = re.compile(r"\\([&%$#_])|\\text([a-z]+)\{\}")
_TEX_CHARACTERS = {"braceleft": "{", "braceright": "}", "backslash": "\\", "asciitilde": "~", "asciicircum": "^"}
_CODE_STRING = re.compile(r"(?=.*[\d./:#_@-])[^\s\"'<>]+")
_TEXT_FORMATS = frozenset([".bib", ".gz", ".ics", ".xml"])

# Names and keywords of the formats.
FORMAT_TERMS = frozenset(
    """
    BEGIN DESCRIPTION DTEND DTSTAMP DTSTART END PRODID STATUS SUMMARY TENTATIVE TRANSP TRANSPARENT UID VALUE VCALENDAR
    VERSION VEVENT X-WR-CALDESC X-WR-CALNAME DATE
    accessed author container-title date genre howpublished issued language month note publisher title url urldate year
    Annotation AnnotationCollection AnnotationPage FragmentSelector SpecificResource TextPositionSelector TextQuoteSelector
    TextualBody describing
    Claim CreativeWork DataDownload Dataset Event OpinionNewsArticle Organization Quotation Report ReportageNewsArticle
    SocialMediaPosting WebPage
    array integer object string document post report treaty webpage briefing csv fields resource
    claim-id end exact fact facts id language name names page paragraph part parts quote quotes source start text
    """.split()  # noqa: SIM905
)


def field_names() -> frozenset[str]:
    """The YAML names of kinds, parts and fields, and the codes; these are the same in every language."""
    names = {kind.file_stem for kind in KINDS} | {part.__name__ for part in part_types(KINDS)}
    return frozenset((NOT_STATED, *names)).union(*((declared.yaml_key, *declared.codes) for declared in walk_fields(*KINDS)))


def read_limited(file: Path) -> bytes:
    """The bytes of a file. Raises ValueError where it is larger than `MAX_BYTES`, also after decompression (`.gz`)."""
    with gzip.open(file) if file.suffix.lower() == ".gz" else file.open("rb") as opened:
        content: bytes = opened.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise ValueError(f"larger than {MAX_BYTES} bytes")
    return content


def is_data(file: Path) -> bool:
    """Whether a file can be parsed into a value: JSON, CSV, or a script of the search index."""
    kind = file.suffix.lower()
    return kind in _JSON or kind == ".csv" or (kind == ".js" and file.parent.name == SEARCH_FOLDER)


def is_text_format(file: Path) -> bool:
    """Whether a file is of another format whose texts can be read: BibTeX, iCalendar, XML, also compressed."""
    return file.suffix.lower() in _TEXT_FORMATS


def read_data_value(file: Path) -> Any:
    """The value in a data file. Raises ValueError for a syntax error, RecursionError if it is nested too deeply."""
    kind, text = file.suffix.lower(), read_limited(file).decode("utf-8")
    if kind == ".csv":
        return parse_table(text)
    return parse_search_piece(text) if kind == ".js" else json.loads(text)


def parse_table(text: str) -> list[list[Any]]:
    """The rows of a CSV file, header included; JSON in a cell is parsed. Raises ValueError for a syntax error."""
    try:
        return [list(map(_parse_cell, row)) for row in csv.reader(io.StringIO(text, newline=""), strict=True)]
    except csv.Error as error:
        raise ValueError(str(error)) from error


def table_to_objects(table: list[list[Any]]) -> list[dict[str, Any]]:
    """The rows of a table, keyed by column; missing cells are empty, surplus cells are dropped."""
    head = list(map(str, table[0])) if table else []
    return [dict(zip_longest(head, row[: len(head)], fillvalue="")) for row in table[1:] if row]


def _parse_cell(text: str) -> Any:
    if text[:1] in ("[", "{"):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return text
    return text


def calendar_texts(text: str) -> Iterator[str]:
    """The property names, parameters and text lines of an iCalendar file; a malformed line as a whole."""
    for line in filter(None, re.split(r"\r?\n", _FOLD.sub("", text))):
        found = _PROPERTY.fullmatch(line)
        if found is None:
            yield line
            continue
        name, parameters, value = found.groups()
        yield name
        yield from filter(None, re.split('[;="]', parameters))
        yield from _ICAL_ESCAPE.sub(lambda at: "\n" if at[1] in "nN" else at[1], value).split("\n")


def bibliography_texts(text: str) -> Iterator[str]:
    """The keys, field names and values of a BibTeX file with one field per line; any other line as a whole."""
    for line in text.split("\n"):
        if found := _BIBTEX_FIELD.fullmatch(line):
            value = found[2]
            inner = value[1:-1] if value[:1] == "{" and value[-1:] == "}" else value
            yield found[1]
            yield inner if found[1] == "url" else _TEX_COMMAND.sub(lambda at: at[1] or _TEX_CHARACTERS.get(at[2], at[0]), inner)
        elif found := _BIBTEX_ENTRY_LINE.fullmatch(line):
            yield found[1] or ""
        else:
            yield line


def parse_search_piece(script: str) -> Any:
    """The JSON in a script of the search index. Raises ValueError if the script is anything but a call with JSON."""
    before, after = f"{SEARCH_CALL}(", ");\n"
    if not script.startswith(before) or not script.endswith(after):
        raise ValueError(script[:80])
    return json.loads(script[len(before) : -len(after)])


class JsonContent(NamedTuple):
    """The texts of a JSON value, including keys with a space, and its objects, each with its id.

    An object without `id` or `@id` has that of the object around it.
    """

    texts: set[str]
    objects: list[tuple[dict[str, Any], str]]


def walk_json(value: object) -> JsonContent:
    """Collects the texts and objects of a JSON value, without recursion."""
    texts: set[str] = set()
    keys: set[str] = set()
    objects: list[tuple[dict[str, Any], str]] = []
    rest: list[tuple[Any, str]] = [([value], "")]
    while rest:
        outer, key = rest.pop()
        if isinstance(outer, dict):
            key = str(outer.get("id") or outer.get("@id") or "").rpartition("#")[2] or key
            objects.append((outer, key))
            keys.update(outer)
            outer = outer.values()
        for inner in outer:
            if isinstance(inner, str):
                texts.add(inner)
            elif isinstance(inner, (dict, list)):
                rest.append((inner, key))
    texts.update(key for key in keys if " " in key)
    return JsonContent(texts, objects)


def is_code(text: str) -> bool:
    """Whether a string is an address, path, hash, date or version rather than readable text."""
    return _CODE_STRING.fullmatch(text) is not None


def file_texts(file: Path, card_texts: Callable[[bytes], tuple[str, ...] | None] = lambda png: None) -> Iterator[str]:
    """The texts of a file in a text format, and of the social card; none for any other.

    `card_texts` returns the texts of a social card.
    """
    kind = file.suffix.lower()
    if kind == ".png":
        yield from card_texts(file.read_bytes()) or ()
    if not is_text_format(file):
        return
    try:
        text = read_limited(file).decode("utf-8", errors="replace")
        if kind in (".bib", ".ics"):
            lines = bibliography_texts(text) if kind == ".bib" else calendar_texts(text)
            yield from (found for line in lines if (found := collapse_whitespace(line)))
        else:
            yield from _xml_texts(_parse_xml(text))
    except (ValueError, OSError, EOFError, zlib.error, ElementTree.ParseError):
        yield f"{file.name} cannot be read"


def _parse_xml(text: str) -> ElementTree.Element:
    """The root of an XML text. Entities of its own are an error, because a few of them can stand for gigabytes."""
    if "<!ENTITY" in text:
        raise ValueError("this text declares entities")
    return ElementTree.fromstring(text)


def _xml_texts(root: ElementTree.Element) -> Iterator[str]:
    for element in root.iter():
        texts = (element.text, element.tail, *(element.get(name) for name in ("title", "label", "term", "alt")))
        yield from (text for value in texts if value and (text := collapse_whitespace(value)))
