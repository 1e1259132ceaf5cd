"""Reads data files by their own syntax: tables, calendars, bibliographies, pieces of the search index.

What does not fit a syntax is told as a text.
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

from briefing.model.fields import part_types, walk_fields
from briefing.model.kinds import KINDS
from briefing.model.record import NOT_STATED
from briefing.model.site_files import SEARCH_CALL, SEARCH_FOLDER

_JSON = frozenset([".geojson", ".json", ".jsonld", ".webmanifest"])
_FOLD = re.compile(r"\r?\n[ \t]")
_PROPERTY = re.compile(r'([A-Z][A-Z-]*)((?:;[A-Z-]+=(?:"[^"]*"|[^";:,]*))*):(.*)')
_ICAL_ESCAPE = re.compile(r"\\([\\;,nN])")
_BIBTEX_ENTRY_LINE = re.compile(r"@misc\{([^\s,{}]+),|\}|")
_BIBTEX_FIELD = re.compile(r"  ([a-z]+) = \{(.*)\},")
_TEX_COMMAND = re.compile(r"\\([&%$#_])|\\text([a-z]+)\{\}")
_TEX_CHARACTERS = {"braceleft": "{", "braceright": "}", "backslash": "\\", "asciitilde": "~", "asciicircum": "^"}

# The words of the formats themselves.
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
    """What the fields and parts of the kinds are called in a file, and their codes, in whatever language a site is."""
    names = {kind.file_stem for kind in KINDS} | {part.__name__ for part in part_types(KINDS)}
    return frozenset((NOT_STATED, *names)).union(*((declared.yaml_key, *declared.codes) for declared in walk_fields(*KINDS)))


def is_data(file: Path) -> bool:
    """Whether a file of a site holds a value: JSON, a table, a piece of the search index."""
    kind = file.suffix.lower()
    return kind in _JSON or kind == ".csv" or (kind == ".js" and file.parent.name == SEARCH_FOLDER)


def read_data_value(file: Path) -> Any:
    """What such a file holds; raises ValueError where it does not fit its syntax, RecursionError where it is too deep."""
    kind, text = file.suffix.lower(), file.read_bytes().decode("utf-8")
    if kind == ".csv":
        return parse_table(text)
    return parse_search_piece(text) if kind == ".js" else json.loads(text)


def parse_table(text: str) -> list[list[Any]]:
    """The rows of a table, its head first; a cell that holds JSON is read. Raises ValueError where it is no table."""
    try:
        return [list(map(_parse_cell, row)) for row in csv.reader(io.StringIO(text, newline=""), strict=True)]
    except csv.Error as error:
        raise ValueError(str(error)) from error


def table_to_objects(table: list[list[Any]]) -> list[dict[str, Any]]:
    """The rows of a table by the names of its columns; a cell that is missing is empty, one beyond these is in none."""
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
    """The names, parameters and lines of text of a calendar; a line that is no property, whole."""
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
    """The keys, names and values of a bibliography that has each field on a line; any other line whole."""
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
    """What a piece of the search index holds; raises ValueError where it is anything but JSON that is handed over."""
    before, after = f"{SEARCH_CALL}(", ");\n"
    if not script.startswith(before) or not script.endswith(after):
        raise ValueError(script[:80])
    return json.loads(script[len(before) : -len(after)])
