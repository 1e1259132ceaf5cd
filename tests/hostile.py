"""Hostile texts, and a dossier in which each stands in every field of every kind: the kinds' own annotations say where.

Each dossier is written twice, with the hostile texts and with plain words in their places. The two must become pages of
the same elements and attributes, and texts that differ in those words alone.
"""

import gc
import hashlib
import json
import random
import re
import shutil
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from html.parser import HTMLParser
from itertools import pairwise, zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from xml.etree import ElementTree

import markdown
import regex

from briefing.diagnostics.formats import format_full, format_line
from briefing.diagnostics.problem import Problem, SourceFile
from briefing.loading.dossier_reader import read_dossier
from briefing.model.dossier import Dossier
from briefing.model.fields import Field, fields_of
from briefing.model.kinds import KINDS, History, Silence
from briefing.model.releases import FactState, Release, change_id
from briefing.model.releases import release_text as release_text
from briefing.rendering.pages import render
from briefing.rules.reading import is_placeholder
from briefing.rules.registry import RULES, SWITCHABLE, check
from briefing.text.characters import FORBIDDEN_CHARACTERS, STACKED_MARKS
from briefing.text.search_terms import terms_of
from briefing.text.words import collapse_whitespace
from briefing.verification.data_formats import (
    bibliography_texts,
    calendar_texts,
    parse_search_piece,
    parse_table,
    table_to_objects,
)

EXTENSIONS = [
    "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "meta", "nl2br", "sane_lists", "smarty",
    "tables", "toc", "wikilinks", "pymdownx.arithmatex", "pymdownx.betterem", "pymdownx.blocks.admonition",
    "pymdownx.blocks.html", "pymdownx.caret", "pymdownx.critic", "pymdownx.details", "pymdownx.emoji", "pymdownx.escapeall",
    "pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.magiclink", "pymdownx.mark",
    "pymdownx.progressbar", "pymdownx.saneheaders", "pymdownx.smartsymbols", "pymdownx.snippets", "pymdownx.superfences",
    "pymdownx.tabbed", "pymdownx.tasklist", "pymdownx.tilde",
]  # fmt: skip

FLAG = "window.hostile=1"
SORTS: Mapping[str, tuple[str, ...]] = {
    "script": (
        f"<script>{FLAG}</script>", f"<img src=x onerror={FLAG}>", f"<svg onload={FLAG}>", f"</span></p><script>{FLAG}//",
        "</article></main>", "<iframe src=//evil.invalid>", "<!--", "-->", "<![CDATA[", "]]>", "<?php x ?>", "<style>*{}",
        "<link rel=stylesheet href=http://evil.invalid/x.css>", "<base href=//evil.invalid>", "<plaintext>", "<b", "</",
        "<meta http-equiv=refresh content=0;url=//evil.invalid>", f'" onmouseover="{FLAG}', f"' autofocus onfocus='{FLAG}",
        f"<a href='javascript:{FLAG}'>x</a>", "<img src=//evil.invalid/x.png>", f"<details open ontoggle={FLAG}>",
        '<q class="quote">made up</q>', '<span data-claim="x">made up</span>', "<h1 id=x>gone</h1>", "<textarea>", "<title>",
    ),
    "markdown": (
        "# head", "## head { #x .y }", "**bold**", "_em_", "`code`", "``` x", "~~~ x", "> quote", "- item", "1. item", "* * *",
        "[link](javascript:x)", "![i](//evil.invalid/x.png)", "[a]: //evil.invalid", "[^1]", "[^1]: note", "*[HTML]: x",
        "term\n: def", "!!! note", "??? note", '=== "tab"', '--8<-- "mkdocs.yml"', ":smile:", "++ctrl+c++", "{++in++}{--out--}",
        "{: .x #y }", "{ .x }", "==mark==", "^^ins^^", "~~del~~", "H~2~O", "x^2^", "$x$", "$$ x $$", "\\(x\\)", "[[wiki]]",
        "https://evil.invalid", "www.evil.invalid", "me@evil.invalid", "@user #12", '<div markdown="1">', "---", "===",
        "\\*", "[TOC]", "- [ ] x", '[=50% "x"]', "`#!py x`", "(c) (tm) +/- 1/2 1st 2nd --> =/=", "a | b\n--- | ---", "/// x",
        "-- --- ... \"x\" 'y' <<z>>", "    indented", "line  \nbreak", "c/o", "<https://evil.invalid>", "::: x", "[x][y]", "!x",
    ),
    "entities": (
        "&amp;", "&lt;script&gt;", "&#60;", "&#x3C;b&#x3E;", "&nbsp;", "&copy", "&notin;", "&#0;", "&#xD800;", "&;", "&", "&#",
        "%3Cscript%3E", "\\u003cscript\\u003e", "\\x3c", "&amp;lt;", "&#8238;", "&Tab;", "&colon;",
    ),
    "templates": (
        "{{ 7*7 }}", "{% raw %}", "{% endfilter %}", "{# x #}", "{{ config }}", "${x}", "#{x}", "<%= x %>", "{{ page.title }}",
        "{{", "}}", "{%", "%s %n %(x)s", "{0} {x}", "$& \\1 \\g<0>", "{{ ''.__class__ }}", "@include x", "`${1}`",
    ),
    "front matter and YAML": (
        "---\ntitle: x\n---", "...", "+++", "title: x", ": ", "a: b: c", " #x", "? a", "*a", "&a b", "!!python/object:x", "| x",
        "> x", "[a, b]", "{a: b}", "%TAG ! x", "~", "null", "no", "010", "21:00", "1_960", "'", '"', "\\", "it's", '\\"', "<<",
    ),
    "invisible": (
        "a\u202eb", "\u2066a", "a\u2069", "\u200ba", "a\u200db", "a\u200cb", "\ufeffa", "a\u00adb", "a\u2060b", "\u061ca",
        "a\u200eb", "\u180ea", "a\U000e0041", "a\ufe0f", "a\u034fb", "\u3164", "\u115f", "\u2800", "\ufff9a\ufffb", "\ufffe",
    ),
    "addresses": (
        f"javascript:{FLAG}", f"JaVaScRiPt:{FLAG}", f" javascript:{FLAG}", f"java\nscript:{FLAG}", "javascript:1", "vbscript:x",
        f"data:text/html,<script>{FLAG}</script>", "file:///etc/passwd", "//evil.invalid/x", "http://evil.invalid/",
        "mailto:me@evil.invalid", f'https://evil.invalid/"onclick="{FLAG}', "http:evil.invalid", "blob:x",
    ),
    "ids and file names": (
        "CON", "con", "nul", "aux", "prn", "com1", "lpt9", "nul.txt", "wire", "WIRE", "wire.", "wire ", "index", "p1", "note-1",
        "é", "e\u0301", "ﬁ", "İ", "ı", "ß", "K", "Ω", "Å", "..", "../x", "../../etc/passwd", "/etc/passwd", "a/b", "a\\b",
        "%2e%2e%2f", ".hidden", "a:b", "a*", "a?", "a b", "-", "--help", "a--b", "-a", "a-", "ａ", "x" * 300, "__toc",
        "constructor", "__proto__", "toString", "not stated", "yes", "en", "2031-04-02", "9", "Y1E9", "1" * 5000, "X", "plain",
    ),
    "long": ("x" * 500, "Wörter" * 100, "-" * 300, "а" * 1000, "&" * 400, "港" * 400, "\U0001f6a2" * 200, "9" * 400),
    "combining": (
        "Z\u0338\u0351\u036b", "a" + "\u0301\u0323" * 14, "a" + "\u0301\u0323" * 40, "\u0301", "a" + "\u1dc0\u1dc2" * 30,
        "q\u0323\u0307", "각", "क्षि", "\u1112\u1161\u11ab",
    ),
    "right to left": ("שלום עולם", "مرحبا بالعالم", "می\u200cخواهد", "abc שלום 123", "١٬٩٦٠", "(שלום)", "א" * 200, "ﷺ"),
    "astral": ("\U0001f6a2", "\U0001d518", "\U0001f469\u200d\U0001f692", "\U0001fffe", "\U0010ffff", "\U00010348"),
    "controls": (*(chr(code) for code in (*range(0x20), 0x7F, 0x80, 0x85, 0x9B, 0x9F)), "\u2028", "\u2029", "\x1b[31m", "\r\n"),
    "white space": (" a", "a ", "a  b", "a\u00a0b", "\u3000a", "a\u2009b", "a\n\nb", "a\nb", "\t", "a\tb", "\u00a0", "\u205fa"),
}  # fmt: skip
UNSAID = "not stated"  # where a source's record holds that, nothing is said of it anywhere: it has no plain twin
_PLAIN = ("we", "say", "the lease", "of 25 years", "was signed.", "it is", "not", "a word", "and", "so,")


def hostile_texts(count: int) -> list[str]:
    """So many different texts: every single one first, alone, then several together with plain words between them."""
    rng = random.Random("hostile")
    singles = [text for sort in SORTS.values() for text in sort]
    rng.shuffle(singles)
    texts = dict.fromkeys(singles[:count])
    while len(texts) < count:
        pieces = [rng.choice((*rng.choice(tuple(SORTS.values())), *rng.sample(_PLAIN, 2))) for _ in range(rng.randint(2, 5))]
        texts[rng.choice(("", " ", " ", "\n")).join(pieces)] = None
    return list(texts)


def is_fit(text: str) -> bool:
    """Whether a text has nothing that no file of facts may hold: it must then be taken wherever prose stands."""
    return not FORBIDDEN_CHARACTERS.search(text) and not STACKED_MARKS.search(text) and bool(text.strip())


# Where a text may stand

SPECIAL = ("seed", "sha256", "paragraphs", "splits", "merged", "words", "seen", "rule", "change")
LEFT_OUT = ("splits", "merged", "waivers", "same-statement", "other-senses", "deadline-date")  # what a usual fact does without


class Spot(NamedTuple):
    """A place in a kind: the field's keys from the top, or `#` after one for the key of its mapping."""

    kind: type[Any]
    path: str
    declared: Field | None = None

    @property
    def is_open(self) -> bool:
        """Whether any text fits there, as far as its annotation says."""
        f = self.declared
        closed = f is None or f.ref or f.edtf or f.codes or f.number or f.text_pattern or f.yaml_key in SPECIAL
        return not closed and not self.path.endswith("#") and "waivers" not in self.path.split(".")

    @property
    def is_prose(self) -> bool:
        """Whether our own words stand there, which need not be printed in a source, nor agree with a quote."""
        f = self.declared
        return self.is_open and f is not None and f.shape in ("text", "list", "map") and not f.printed and not f.in_seed

    def may_say(self, text: str) -> bool:
        """Whether a text may stand there that holds the place of another."""
        return self.declared is None or not self.declared.is_authored or not is_placeholder(text)


def spots_of(kind: type[Any]) -> tuple[Spot, ...]:
    """Every place in a kind where a curator can type a text: fields, keys of mappings, its id, the name of a field."""
    return (Spot(kind, "id#"), Spot(kind, "field#"), *_spots_in(kind, kind, ""))


def _spots_in(kind: type[Any], part: type[Any], above: str) -> Iterator[Spot]:
    for f in fields_of(part):
        if f.part:
            yield from _spots_in(kind, f.part, f"{above}{f.yaml_key}.")
        else:
            yield Spot(kind, above + f.yaml_key, f)
        if f.shape in ("quotes", "map"):
            yield Spot(kind, f"{above}{f.yaml_key}#", f)


# Dossiers of them

RELEASED = "2031-04-01"
_REFS = {"actors": "an-actor", "places": "a-place", "sources": "print"}


@dataclass(frozen=True)
class Placed:
    """One fact with one text in some of its spots."""

    kind: type[Any]
    spots: frozenset[str]
    number: int
    text: str
    key: str


def token(number: int) -> str:
    """The plain word that stands for the text of that number."""
    return "plain" + "".join(chr(ord("a") + int(digit)) for digit in f"{number:04d}") + "word"


def placed(kind: type[Any], number: int, text: str, spots: Iterable[str]) -> Placed:
    """A fact with a text in spots, under an id of its own."""
    name = hashlib.sha256("|".join(sorted(spots)).encode()).hexdigest()[:8]
    return Placed(kind, frozenset(spots), number, text, f"{kind.file_stem}-{number}-{name}")


@dataclass
class Written:
    """The files of a dossier being made: facts by kind, seeds by name, and the fact that each line of a file is of."""

    lines: dict[str, list[str]] = field(default_factory=dict)
    starts: dict[str, list[tuple[int, Placed | None]]] = field(default_factory=dict)
    seeds: dict[str, list[str]] = field(default_factory=lambda: {"print": [], "silent": ["Nothing stands here."]})

    released: dict[str, FactState] = field(default_factory=dict)  # facts of an earlier day that are gone now
    unquoted: list[int] = field(default_factory=list)  # paragraphs of the source `print` that only names are taken from

    def add(self, stem: str, key: str, told: Mapping[str, Any], of: Placed | None = None) -> None:
        """Writes a fact."""
        lines = self.lines.setdefault(stem, [])
        self.starts.setdefault(stem, []).append((len(lines), of))
        lines += _yaml({key: told}, 0)

    def sentence(self, where: str, fact: Placed, text: str) -> str:
        """A sentence as a curator copies it; it is a paragraph of the source `print`."""
        self.seeds["print"].append(f"Under {where} we print {in_a_seed(fact.text, text)} and no more.")
        return f"Under {where} we print {text} and no more."

    def of(self, problem: Problem) -> Placed | None:
        """The fact that a problem stands in."""
        assert Path(problem.location.file.path).parent.name == "facts", format_line(problem)
        starts = self.starts[Path(problem.location.file.path).stem]
        return starts[bisect_right(starts, problem.location.line, key=lambda start: start[0]) - 1][1]

    def write(self, folder: Path) -> Path:
        """Writes everything to a folder."""
        for name in ("facts", "seeds"):
            (folder / name).mkdir(parents=True)
        for name, paragraphs in self.seeds.items():
            (folder / "seeds" / f"{name}.txt").write_bytes("\n\n".join(paragraphs).encode())
        for stem, lines in self.lines.items():
            text = "\n".join(lines)
            for name in ("print", "silent"):
                text = text.replace(f"sha256 of {name}", _sha(self.seeds[name]))
            (folder / "facts" / f"{stem}.yaml").write_bytes(f"{text}\n".encode())
        if self.released:
            (folder / "releases").mkdir()
            (folder / f"releases/{RELEASED}.json").write_text(release_text(RELEASED, self.released), encoding="utf-8")
        off = "".join(f"  {rule}: off\n" for rule in SWITCHABLE if rule in RULES)
        (folder / "briefing.yaml").write_text(f"rules:\n{off}", encoding="utf-8")
        return folder


_IN_NO_SEED = regex.compile(r"[[\p{Cc}--\s]\ufffe\uffff]|\p{M}{31,}", regex.V1)


def in_a_seed(text: str, instead: str) -> str:
    """A text, or the plain word instead of it, as a seed can hold it: no blank lines, and no text that no seed can hold."""
    if _IN_NO_SEED.search(text):
        return "something else"
    return collapse_whitespace(instead) if re.search(r"\n\s*\n|^\s|\s$", instead) else instead


def _sha(paragraphs: list[str]) -> str:
    return hashlib.sha256("\n\n".join(paragraphs).encode()).hexdigest()


def _yaml(value: Any, depth: int) -> list[str]:
    """A value in block YAML, each text in double quote marks, with escapes where a line could not hold the character."""
    pad = "  " * depth
    if isinstance(value, str):
        return [pad + _quoted(value)]
    if isinstance(value, list):
        pieces = [(f"{pad}- ", each) for each in value]
    else:
        pieces = [
            (f"{pad}? {_quoted(key)}\n{pad}: " if len(key) > 100 else f"{pad}{_quoted(key)}: ", each)
            for key, each in value.items()
        ]
    lines: list[str] = []
    for opening, each in pieces:
        inner = _yaml(each, depth + 1)
        if isinstance(each, str):
            lines += (opening + inner[0].lstrip()).split("\n")
        elif isinstance(value, list):
            lines += [opening + inner[0].lstrip(), *inner[1:]]
        else:
            lines += [*opening.rstrip().split("\n"), *inner]
    return lines


@lru_cache(maxsize=100_000)
def _quoted(text: str) -> str:
    return '"' + "".join(map(_escape, text)) + '"'


@cache
def _escape(char: str) -> str:
    if char in '"\\':
        return "\\" + char
    if (char.isspace() and char != " ") or FORBIDDEN_CHARACTERS.match(char) or (not char.isprintable() and ord(char) < 0x10000):
        return f"\\u{ord(char):04X}" if ord(char) < 0x10000 else f"\\U{ord(char):08X}"
    return char


def written(facts: Iterable[Placed], plain: bool) -> Written:
    """A dossier of facts, with their texts or with plain words in the places of these."""
    files = Written()
    files.add("actors", "an-actor", _usual_fact(files, "actors", "an-actor"))
    files.add("places", "a-place", _usual_fact(files, "places", "a-place"))
    files.add("clauses", "a-clause", _usual_fact(files, "clauses", "a-clause"))
    files.add("overview", "a-title", {"claim": "Plain words.", "part": "title", "facts": ["a-clause"]})
    supported: set[int] = set()
    for fact in facts:
        text = token(fact.number) if plain and fact.text != UNSAID else fact.text
        if fact.kind.file_stem == "overview" and "claim" in fact.spots and fact.number not in supported:
            supported.add(fact.number)
            told = {"claim": "Plain words.", "quotes": {"print": files.sentence(f"support-{fact.number}", fact, text)}}
            files.add("clauses", f"support-{fact.number}", told, fact)
        key = fact.text if "id#" in fact.spots else fact.key
        if fact.kind is History and "of" not in fact.spots:
            gone = collapse_whitespace(text) if "was" in fact.spots else "Plain words."
            files.released[_gone(fact)] = {"kind": "context", "parts": [{"claim": gone, "values": {}, "quotes": []}]}
        files.add(fact.kind.file_stem, key, _told(files, fact.kind, fact, text, fact.key), fact)
    files.add("sources", "print", _usual_fact(files, "sources", "print"))
    files.add("sources", "silent", _usual_fact(files, "sources", "silent"))
    return files


def _usual_fact(files: Written, stem: str, key: str) -> dict[str, Any]:
    kind = next(kind for kind in KINDS if kind.file_stem == stem)
    told = _told(files, kind, Placed(kind, frozenset(), 0, "", key), "usual", key)
    if stem == "sources":
        kept = {k: v for k, v in told.items() if k not in ("blocks", "left-out")} | {"sha256": f"sha256 of {key}"}
        left = [1] if key == "silent" else files.unquoted
        return kept | ({"left-out": [{"paragraphs": str(n), "reason": "Plain words."} for n in left]} if left else {})
    return {k: v for k, v in told.items() if k not in ("of", "in", "places")}


def _told(files: Written, part: type[Any], fact: Placed, text: str, key: str, above: str = "") -> dict[str, Any]:
    told: dict[str, Any] = {}
    for f in fields_of(part):
        spot = above + f.yaml_key
        is_in, names_it = spot in fact.spots, f"{spot}#" in fact.spots
        if not any(chosen.startswith(spot) for chosen in fact.spots) and _is_left_out(f, fact):
            continue
        if part is Silence and f.name == "about" and _has_other_senses(fact) and not is_in:
            continue
        value = text if is_in else _usual_of(files, part, f, fact, text)
        if f.part:
            told[f.yaml_key] = [
                _told(files, f.part, fact, text, f"{key}-{f.yaml_key}-{n}", f"{spot}.") for n in range(f.min_items)
            ]
        elif f.name == "quotes":
            told[f.yaml_key] = {text if names_it else "print": _quote(files, fact, text, key)}
        elif f.shape == "quotes":
            told[f.yaml_key] = _names(files, fact, text, key) if is_in or names_it else {"silent": "Nothing"}
            if names_it:
                told[f.yaml_key] = {text: "Nothing"}
        elif f.shape == "map":
            told[f.yaml_key] = {text if names_it else "title": text if is_in else "Plain words."}
        else:
            told[f.yaml_key] = [value] if f.shape == "list" else value
    if not above and "field#" in fact.spots:
        told[text] = "Plain words."
    if "sha256" in told and not told["sha256"]:
        files.seeds.setdefault(key, [in_a_seed(fact.text, text)])
        told["sha256"] = _sha(files.seeds[key])
    return told


def _is_left_out(f: Field, fact: Placed) -> bool:
    """Whether a fact does without a field that no text stands in; one with a single text has what it must have alone."""
    must = ("quotes", "date", "facts", "in", "was", *(["absent"] if _has_other_senses(fact) else []))
    return f.yaml_key in LEFT_OUT or (len(fact.spots) == 1 and not f.required and f.yaml_key not in must)


def _quote(files: Written, fact: Placed, text: str, key: str) -> str:
    """The sentence with the text, or its first words, where nothing in the fact needs the text to be quoted."""
    words = files.sentence(key, fact, text)
    declared = {spot.path: spot for spot in spots_of(fact.kind) if spot.path in fact.spots}
    needs = any(path.endswith(("claim", "quotes")) or (s.declared and s.declared.printed) for path, s in declared.items())
    return words if needs else f"Under {key} we print"


def _names(files: Written, fact: Placed, text: str, key: str) -> dict[str, str]:
    files.sentence(f"{key}-names", fact, text)
    files.unquoted.append(len(files.seeds["print"]))
    return {"print": text}


def _gone(fact: Placed) -> str:
    return f"gone-{fact.number}-{hashlib.sha256(fact.key.encode()).hexdigest()[:8]}"


def _has_other_senses(fact: Placed) -> bool:
    return any(spot.startswith("other-senses") for spot in fact.spots)


def _usual_of(files: Written, part: type[Any], f: Field, fact: Placed, text: str) -> str:
    """What usually stands in a field; a history fact tells of a fact that is gone, another sense has a term that needs it."""
    if part is History and f.name in ("of", "change") and "of" not in fact.spots:
        release = Release(SourceFile("releases"), RELEASED, files.released)
        return _gone(fact) if f.name == "of" else change_id(release, _gone(fact), None)
    if part is Silence and f.name in ("in_", "absent") and _has_other_senses(fact):
        return "print" if f.name == "in_" else f"{fact.key}-other-senses-0"
    return _usual(part, f, fact, text)


def _usual(part: type[Any], f: Field, fact: Placed, text: str) -> str:
    if f.ref and part.__name__ == "Silence" and f.name == "in_":
        return "silent"
    if f.ref:
        support = f"support-{fact.number}" if part.__name__ == "Overview" and "claim" in fact.spots else "a-clause"
        return _REFS[f.ref.kinds[0]] if f.ref.kinds else support
    known = {
        "seed": f"{fact.key}.txt",
        "sha256": "",
        "paragraphs": "1",
        "language": "en",
        "absent": "nowhere",
        "rule": "number-is-quoted",
    }
    if f.yaml_key in known:
        return known[f.yaml_key]
    if f.edtf:
        return "2031-04-02"
    if f.codes:
        return f.codes[-1]
    return "9" if f.number else "Under" if f.printed else "not stated" if f.in_seed else "Plain words."


# Reading back


class _Events(HTMLParser):
    """A page as its elements with their attributes, and the texts between them."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[tuple[str, Any]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.events.append(("a text" if tag == "text" else tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        self.events.append((f"/{tag}", None))

    def handle_comment(self, data: str) -> None:
        self.events.append(("comment", data))

    def handle_decl(self, decl: str) -> None:
        self.events.append(("decl", decl))

    def handle_pi(self, data: str) -> None:
        self.events.append(("pi", data))

    def unknown_decl(self, data: str) -> None:
        self.events.append(("unknown", data))

    def handle_data(self, data: str) -> None:
        if self.events and self.events[-1][0] == "text":
            data = self.events.pop()[1] + data
        self.events.append(("text", data))


_COUNTS = re.compile(
    r"(?<![\w-])[0-9a-f]{12}(?![\w-])|\d+ of \d+ words \([\d.]+ %\)|\d+ kB|^[0-9a-f]{64}$|ni:///sha-256;[\w-]+|^[0-9a-f]{8}-[0-9a-f-]{27}$"
)
_DRAWN = ("a text", "path", "rect", "svg")  # how long a text is changes where these stand
LINKED = ("script", [("type", "application/ld+json")])


def events(html: str) -> list[tuple[str, Any]]:
    """A page's elements, attributes and texts, white space collapsed; what differs, counts and hashes, left out."""
    reader = _Events()
    reader.feed(html)
    reader.close()
    told = [_event(before, *event) for before, event in pairwise([("", None), *reader.events])]
    return [(kind, value) for kind, value in told if value != ""]


@lru_cache(maxsize=100_000)
def _uncounted(text: str) -> str:
    return _COUNTS.sub("N", collapse_whitespace(text))


def _event(before: tuple[str, Any], kind: str, value: Any) -> tuple[str, Any]:
    if before == LINKED:
        return "linked", json.loads(value)
    if kind in _DRAWN:
        return kind, [(name, told) for name, told in value if name not in ("d", "viewbox", "width", "x")]
    return kind, _uncounted(value) if kind == "text" else value


_TOKEN = re.compile("plain([a-j]{4,})word")


def put_back(told: Any, texts: Mapping[int, str]) -> Any:
    """What was read where plain words stand, with the hostile texts in their places; in a list, each text once."""
    if isinstance(told, str):
        return _uncounted(
            _TOKEN.sub(lambda found: collapse_whitespace(texts[_number(found[1])]), told) if "plain" in told else told
        )
    if isinstance(told, (list, tuple)):
        back = [put_back(each, texts) for each in told]
        return list(dict.fromkeys(back)) if all(isinstance(each, str) for each in back) else back
    if isinstance(told, dict):
        return {key: put_back(each, texts) for key, each in told.items() if key not in ("start", "end", "full", "sha256")}
    return told


def _number(letters: str) -> int:
    return int("".join(str(ord(letter) - ord("a")) for letter in letters))


def _put_back_in(kind: str, value: Any, texts: Mapping[int, str]) -> Any:
    """The same for a text, for linked data, and for an attribute that says a text."""
    if kind in ("text", "linked"):
        return put_back(value, texts)
    says = ("aria-label", "content")
    return [(n, put_back(v, texts) if n in says else v) for n, v in value] if isinstance(value, list) else value


def difference(hostile: str, plain: str, texts: Mapping[int, str]) -> Any:
    """The first place where two pages differ in an element, an attribute or, the hostile texts put back, in a text."""
    return _differing(events(hostile), events(plain), texts)


def _differing(hostile: list[tuple[str, Any]], plain: list[tuple[str, Any]], texts: Mapping[int, str]) -> Any:
    ours = [(kind, _put_back_in(kind, value, {})) for kind, value in hostile]
    theirs = [(kind, _put_back_in(kind, value, texts)) for kind, value in plain]
    return next((pair for pair in zip_longest(ours, theirs) if pair[0] != pair[1]), None)


def same_json(hostile: str, plain: str, texts: Mapping[int, str]) -> bool:
    """Whether two data files hold the same, hashes and offsets aside."""
    return bool(put_back(json.loads(hostile), {}) == put_back(json.loads(plain), texts))


def same_data(path: str, hostile: str, plain: str, texts: Mapping[int, str]) -> bool:
    """Whether two data files hold the same, each read by its syntax; hashes, offsets and what is made of hashes aside."""
    if path.startswith("search/"):
        return same_search(hostile, plain, texts)
    kind = path.rpartition(".")[2]
    reader = {"ics": calendar_texts, "bib": bibliography_texts}.get(kind)
    if kind != "csv" and reader is None:
        return same_json(hostile, plain, texts)
    ours, theirs = (list(reader(text)) if reader else table_to_objects(parse_table(text)) for text in (hostile, plain))
    return bool(put_back(ours, {}) == put_back(theirs, texts))


def same_feed(hostile: str, plain: str, texts: Mapping[int, str]) -> bool:
    """Whether two feeds are made of the same elements and say the same; ids aside, which are made of the first release."""
    ours, theirs = (
        [[e.tag, dict(e.attrib), e.text or ""] for e in ElementTree.fromstring(feed).iter() if not e.tag.endswith("}id")]
        for feed in (hostile, plain)
    )
    return bool(put_back(ours, {}) == put_back(theirs, texts))


def same_search(hostile: str, plain: str, texts: Mapping[int, str]) -> bool:
    """Whether two pieces of a search index hold the same; terms aside, which are made of what stands in the texts."""
    ours, theirs = parse_search_piece(hostile), parse_search_piece(plain)
    for told in (ours, theirs):
        assert all(terms_of(term) for term in told.pop("terms", {}))
        told.pop("state")
        if told["file"] == "filters.js":
            told["actors"] = [{**actor, "claims": []} for actor in told["actors"]]
    return bool(put_back(ours, {}) == put_back(theirs, texts))


# A round trip


@dataclass
class Tally:
    """What became of each text in each spot: the spots that took it, and how many refused it."""

    taken: set[tuple[type[Any], str, int]] = field(default_factory=set)
    refused: int = 0

    def add(self, facts: Iterable[Placed]) -> None:
        """Counts facts that were read back."""
        self.taken.update((fact.kind, path, fact.number) for fact in facts for path in fact.spots)


def refused_in(files: Written, dossier: Dossier) -> set[Placed]:
    """The facts that the checks refuse. Asserts of each problem that it points at a line of the fact it is about."""
    refused: set[Placed] = set()
    for problem in check(dossier).problems:
        assert 0 <= problem.location.line < len(problem.location.file.lines), format_line(problem)
        assert problem.location.column <= len(problem.location.line_text), format_line(problem)
        assert problem.message, format_line(problem)
        assert problem.help, format_line(problem)
        of = files.of(problem)
        assert of is not None, format_line(problem)
        refused.add(of)
    return refused


def taken(facts: list[Placed], folder: Path) -> list[Placed]:
    """The facts that the checks let through, together."""
    for _ in range(5):
        files = written(facts, plain=False)
        refused = refused_in(files, read_dossier(files.write(folder)))
        shutil.rmtree(folder)
        if not refused:
            return facts
        facts = [fact for fact in facts if fact not in refused]
    raise AssertionError("the checks never come to rest")


@cache
def _with_every_extension() -> markdown.Markdown:
    return markdown.Markdown(extensions=EXTENSIONS)


def to_html(text: str) -> str:
    """A page as Python-Markdown makes it with every extension on."""
    return _with_every_extension().reset().convert(text)


def rendered(facts: list[Placed], folder: Path, plain: bool) -> dict[str, str]:
    """The generated files of a dossier, each source's text shown whole; every rule that was off can read it all the same."""
    dossier = read_dossier(written(facts, plain).write(folder / f"plain-{plain}"))
    for rule in set(SWITCHABLE) & RULES.keys() if not plain else ():
        assert all(format_full(problem) for problem in RULES[rule](dossier))
    return render(dossier, full_texts=True)


def twin(facts: list[Placed]) -> dict[str, str]:
    """The same files with plain words in the places of the texts: made once for all facts that differ in their texts alone."""
    return _twin(tuple(replace(fact, text=_like(fact.text)) for fact in facts))


def _like(text: str) -> str:
    """A text of the same sort, by what its twin is made of."""
    return text if text == UNSAID else "\ufffe" if _IN_NO_SEED.search(text) else "a text"


@lru_cache(maxsize=40)
def _twin(facts: tuple[Placed, ...]) -> dict[str, str]:
    with TemporaryDirectory() as folder:
        return rendered(list(facts), Path(folder), True)


@lru_cache(maxsize=100)
def _events_of_twin(text: str) -> list[tuple[str, Any]]:
    return events(to_html(text))


def numbered_anew(facts: list[Placed]) -> list[Placed]:
    """The facts with numbers from 0, so that their twin is that of other facts too."""
    return [placed(fact.kind, number, fact.text, fact.spots) for number, fact in enumerate(facts)]


def assert_read_back(facts: list[Placed], folder: Path, every_file: bool = False) -> None:
    """Every page and data file of the facts says their texts and nothing else, and is built of nothing else.

    Tables and JSON are read only where every file is: test_hostile.py reads all those of one site.
    """
    texts = {fact.number: fact.text for fact in facts}
    pages, plain = rendered(facts, folder, False), twin(facts)
    assert pages.keys() == plain.keys()
    for path, hostile in pages.items():
        if hostile == plain[path]:
            continue
        if path.endswith(".md"):
            assert _differing(events(to_html(hostile)), _events_of_twin(plain[path]), texts) is None, path
        elif path.endswith(".xml"):
            assert same_feed(hostile, plain[path], texts), path
        elif every_file or not path.startswith("data/") or path.endswith((".bib", ".ics")):
            assert same_data(path, hostile, plain[path], texts), path


def assert_harmless(facts: list[Placed], folder: Path) -> None:
    """No page of the facts runs anything, loads anything or leads anywhere but to a page or a web address."""
    for path, text in rendered(facts, folder, False).items():
        for tag, attrs in events(to_html(text)) if path.endswith(".md") else ():
            if (tag, attrs) == LINKED or tag in ("/script", "linked"):
                continue
            assert tag.strip("/") not in ("script", "iframe", "img", "style", "link", "base", "object"), (path, tag)
            assert tag != "svg" or ("aria-hidden", "true") in attrs, (path, "a picture that is not ours")
            for name, value in attrs if isinstance(attrs, list) else ():
                assert not name.startswith("on"), (path, name)
                assert name != "src", (path, value)
                assert name != "href" or re.match(r"https?://|#|[.a-z0-9/-]+(#|$)", value), (path, value)


def chunks(facts: list[Placed], size: int) -> Iterator[list[Placed]]:
    """The facts in lists of at most `size`."""
    return (facts[at : at + size] for at in range(0, len(facts), size))


def united(alone: list[Placed], folder: Path) -> list[Placed]:
    """Facts that say a text in one spot each, as few as may be: one for each kind and text, if it may have them all."""
    spots: dict[tuple[type[Any], int, str], set[str]] = {}
    for fact in alone:
        spots.setdefault((fact.kind, fact.number, fact.text), set()).update(fact.spots)
    one_each = [placed(*of, paths) for of, paths in spots.items()]
    let = [fact for count, some in enumerate(chunks(one_each, 100)) for fact in taken(some, folder / f"united-{count}")]
    done = {(fact.kind, fact.number) for fact in let}
    return [*let, *(fact for fact in alone if (fact.kind, fact.number) not in done)]


def round_trip(texts: Mapping[int, str], folder: Path, closed_up_to: int, together: int = 100) -> Tally:
    """Puts each text through every spot of every kind: it is read back from every page and data file, or refused."""
    gc.collect()
    gc.freeze()  # what earlier texts left in caches need not be looked through again
    tally = Tally()
    alone: list[Placed] = []
    for kind in KINDS:
        spots = spots_of(kind)
        free = [spot for spot in spots if spot.is_open]
        full = [
            placed(kind, number, text, [spot.path for spot in free if spot.may_say(text)])
            for number, text in texts.items()
            if is_fit(text)
        ]
        some_let = [taken(some, folder / f"{kind.file_stem}-{count}") for count, some in enumerate(chunks(full, together))]
        through = sorted((fact for let in some_let for fact in let), key=lambda fact: -len(fact.spots))
        for count, some in enumerate(chunks(through, together)):
            assert_read_back(numbered_anew(some), folder / f"{kind.file_stem}-{count}")
        tally.add(through)
        done = {(path, fact.number) for fact in through for path in fact.spots}
        left = (
            (spot, n) for n in texts for spot in spots if ((spot.path, n) not in done if spot.is_open else n < closed_up_to)
        )
        alone += [placed(kind, number, texts[number], [spot.path]) for spot, number in left]
    let = [fact for count, some in enumerate(chunks(alone, together)) for fact in taken(some, folder / f"alone-{count}")]
    free_spots = {(spot.kind, spot.path) for kind in KINDS for spot in spots_of(kind) if spot.is_open}
    into_free = [fact for fact in let if {(fact.kind, path) for path in fact.spots} <= free_spots]
    for count, some in enumerate(chunks(united(into_free, folder), together)):
        assert_read_back(some, folder / f"open-{count}")
    for count, some in enumerate(chunks([fact for fact in let if fact not in into_free], 10 * together)):
        assert_harmless(some, folder / f"shut-{count}")
    tally.add(let)
    tally.refused = len(alone) - len(let)
    return tally


OUTLETS = ("disputes", "history", "sources", "timeline")
"""Kinds that, together, bring their texts to every sort of file and place that a reader or program meets them in."""


def turn_of(kind: type[Any], texts: Mapping[int, str], turn: int) -> dict[int, str]:
    """The texts that go through a kind when each goes through the outlets and through one of the other kinds in turn."""
    others = [other.file_stem for other in KINDS if other.file_stem not in OUTLETS]
    is_in = (lambda n: True) if kind.file_stem in OUTLETS else (lambda n: others[(n + turn) % len(others)] == kind.file_stem)
    return {number: text for number, text in texts.items() if is_in(number)}


def through_outlets(texts: Mapping[int, str], folder: Path, turn: int, together: int = 100) -> int:
    """Puts each fit text through the outlets and one kind more, and reads back every file. How many facts there were.

    What refuses it among the fields of a kind must be one that is printed or quoted: all prose takes it.
    """
    gone_through = 0
    for kind in KINDS:
        free = [spot for spot in spots_of(kind) if spot.is_open]
        prose = [spot for spot in free if spot.is_prose and not spot.path.endswith("claim") and spot.path != "absent"]
        some = {number: text for number, text in turn_of(kind, texts, turn).items() if is_fit(text)}
        full = [placed(kind, n, text, [spot.path for spot in free if spot.may_say(text)]) for n, text in some.items()]
        let = [
            fact
            for count, part in enumerate(chunks(full, together))
            for fact in taken(part, folder / f"{kind.file_stem}-{count}")
        ]
        left = some.keys() - {fact.number for fact in let}
        least = [placed(kind, n, some[n], [spot.path for spot in prose if spot.may_say(some[n])]) for n in sorted(left)]
        for count, part in enumerate(chunks(least, together)):
            assert taken(part, folder / f"prose-{kind.file_stem}-{count}") == part
        through = sorted([*let, *least], key=lambda fact: -len(fact.spots))
        for count, part in enumerate(chunks(through, together)):
            assert_read_back(numbered_anew(part), folder / f"back-{kind.file_stem}-{count}", every_file=True)
        gone_through += len(through)
    return gone_through
