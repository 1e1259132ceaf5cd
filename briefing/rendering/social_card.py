"""The social card, the preview image of shared links: title, date, sources and timeline strip of the briefing.

The PNG contains its texts as metadata, so that verification can check them and draw the card again.
"""

import json
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cache, partial
from importlib import resources
from itertools import accumulate
from pathlib import Path
from typing import Any

from briefing.i18n.dates import date_words
from briefing.i18n.messages import Translator
from briefing.model.kinds import Event
from briefing.model.record import NOT_STATED
from briefing.rendering.environment import base_environment
from briefing.rendering.site_map import SiteMap, briefing_title
from briefing.rendering.timeline_chart import TimelineChart, draw_timeline
from briefing.text.edtf import read_date
from briefing.text.languages import is_right_to_left
from briefing.text.words import collapse_whitespace

CONTENT_WIDTH = 1056  # in pixels, between the margins
TITLE_TOP, TIMELINE_TOP = 128, 506  # the top of the title and of the timeline strip, in pixels
TITLE_SIZES = (88, 82, 76, 70, 64, 58, 53, 48, 44, 40, 36, 32, 29, 26, 24)
LINE_SIZES = (28, 25, 22, 20)
TITLE_STEP, LINE_STEP = 1.17, 1.38  # line height, in font sizes
GAP = 26
MAX_CAPTION_HEIGHT = 72  # of one caption, in pixels: three lines at size 22
MIN_EVENTS = 3  # for a timeline strip, as on the home page
_PNG_KEYWORD = b"briefing"
_FIRST_CHUNK_END = 33  # offset of the second chunk of a PNG
_RTL_EMBEDDING = "\u202b{}\u202c"


@dataclass(frozen=True)
class Card:
    """The contents of a card: texts that can be drawn in full, and the EDTF dates of events."""

    title: str
    lines: tuple[str, ...]
    dates: tuple[str, ...]
    language: str
    claims: str

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of the card, in reading order."""
        return tuple(filter(None, (self.title, *self.lines)))

    @property
    def alt(self) -> str:
        """The alternative text."""
        return " - ".join(self.texts)

    @property
    def timeline(self) -> TimelineChart | None:
        """The timeline strip; None if there are too few events."""
        found = draw_timeline(partial(date_words, language=self.language), map(_Dated, self.dates))
        return found if found and len(found.events) >= MIN_EVENTS else None

    @property
    def span(self) -> tuple[str, ...]:
        """The first and last date of the strip in words; empty if one of them cannot be drawn."""
        ticks = self.timeline.ticks if self.timeline else ()
        words = tuple(collapse_whitespace(tick.words) for tick in (ticks[0], ticks[-1])) if ticks else ()
        return words if all(_fit(word, "sans", LINE_SIZES[-1:], CONTENT_WIDTH / 2, LINE_SIZES[-1]) for word in words) else ()


@dataclass(frozen=True)
class _Dated:
    date: str


def build_card(site_map: SiteMap, language: str) -> tuple[Card, Translator]:
    """The card of a dossier, and the translator that recorded its interface texts."""
    say, dossier = Translator(language=language), site_map.dossier
    title = briefing_title(dossier) or collapse_whitespace(say.plain("briefing"))
    records = dossier.records()
    latest = max((record.issued for record in records if record.issued != NOT_STATED), default="")
    when = read_date(latest)
    lines = [say.plain("as-of", date=date_words(when, language))] if when else []
    labels = ", ".join(collapse_whitespace(record.label) for record in records)
    lines += [say.plain("knows-only", count=len(records), sources=labels)] if records else []
    drawable = tuple(line for line in map(collapse_whitespace, lines) if _fit_captions((line,)))
    claims = dossier.settings.claim_language
    dates = tuple(str(event.date) for event in dossier.facts_of_kind(Event.file_stem))
    return Card(title if _fit_title(title, drawable) else "", drawable, dates, language, claims), say


def render_card(card: Card) -> bytes:
    """The card as PNG of 1200 by 630 pixels, with its contents in an `iTXt` chunk."""
    from resvg_py import svg_to_bytes

    with resources.as_file(resources.files("briefing.rendering").joinpath("fonts")) as fonts:
        files = [str(Path(fonts, f"{name}.ttf")) for name in _widths()]
        png = svg_to_bytes(svg_string=_svg(card), skip_system_fonts=True, font_files=files)
    contents = json.dumps(asdict(card), ensure_ascii=False, separators=(",", ":")).encode()
    return png[:_FIRST_CHUNK_END] + _png_chunk(b"iTXt", _PNG_KEYWORD + b"\0\0\0\0\0" + contents) + png[_FIRST_CHUNK_END:]


def read_card(png: bytes) -> Card | None:
    """The contents in the metadata of a PNG; None if it is not a social card."""
    head = b"iTXt" + _PNG_KEYWORD + b"\0\0\0\0\0"
    size, kind = png[_FIRST_CHUNK_END : _FIRST_CHUNK_END + 4], png[_FIRST_CHUNK_END + 4 : _FIRST_CHUNK_END + 4 + len(head)]
    if kind != head or len(size) != 4:
        return None
    try:
        contents: dict[str, Any] = json.loads(
            png[_FIRST_CHUNK_END + 4 + len(head) : _FIRST_CHUNK_END + 8 + struct.unpack(">I", size)[0]]
        )
        texts = {key: str(contents[key]) for key in ("title", "language", "claims")}
        return Card(lines=tuple(map(str, contents["lines"])), dates=tuple(map(str, contents["dates"])), **texts)
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _png_chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


@dataclass(frozen=True)
class FittedText:
    """A text with its font size, broken into lines."""

    size: int
    lines: tuple[str, ...]


def _fit_title(text: str, lines: tuple[str, ...]) -> FittedText | None:
    """The title, fitted into the space above the captions; None if it does not fit."""
    return _fit(
        text,
        "serif",
        TITLE_SIZES,
        CONTENT_WIDTH,
        (TIMELINE_TOP - TITLE_TOP - GAP * 2 - _height(_fit_captions(lines))) / TITLE_STEP,
    )


def _fit_captions(texts: tuple[str, ...]) -> list[FittedText]:
    """The captions below the title, all at one size; texts that cannot be drawn are left out."""
    found = [fit for text in texts if (fit := _fit(text, "sans", LINE_SIZES, CONTENT_WIDTH, MAX_CAPTION_HEIGHT))]
    size = min((fit.size for fit in found), default=0)
    return [fit for text in texts if (fit := _fit(text, "sans", (size,), CONTENT_WIDTH, MAX_CAPTION_HEIGHT))]


def _height(lines: Iterable[FittedText]) -> float:
    return sum(fit.size * len(fit.lines) * LINE_STEP for fit in lines)


def _fit(text: str, face: str, sizes: Iterable[int], room: float, height: float) -> FittedText | None:
    """A text at the largest size that fits, on balanced lines; None if it cannot be drawn or never fits."""
    widths = _widths()[face]
    if not text or any(char not in widths for char in text):
        return None
    words = text.split(" ")
    for size in sizes:
        of_words = [sum(widths[char] for char in word) * size / 1000 for word in words]
        space = widths[" "] * size / 1000
        count = len(_line_breaks(of_words, space, room))
        if max(of_words) <= room and count * size <= height:
            cuts = _balanced_breaks(of_words, space, room, count)
            return FittedText(size, tuple(" ".join(words[first:last]) for first, last in cuts))
    return None


def _balanced_breaks(words: list[float], space: float, room: float, count: int) -> list[tuple[int, int]]:
    """The breaks for `count` lines of about the same width."""
    narrow, wide = max(words), room
    while wide - narrow > 1:
        middle = (narrow + wide) / 2
        narrow, wide = (narrow, middle) if len(_line_breaks(words, space, middle)) <= count else (middle, wide)
    return _line_breaks(words, space, wide)


def _line_breaks(words: list[float], space: float, room: float) -> list[tuple[int, int]]:
    """The index of the first word of each line, and the one after its last."""
    starts, used = [0], 0.0
    for number, width in enumerate(words):
        if number and used + space + width > room:
            starts.append(number)
            used = width
        else:
            used += width + (space if number else 0)
    return list(zip(starts, (*starts[1:], len(words)), strict=True))


def _svg(card: Card) -> str:
    """The card as SVG; texts of right-to-left languages begin on the right."""
    lines = _fit_captions(card.lines)
    sides = {"title": is_right_to_left(card.claims), "lines": is_right_to_left(card.language)}
    return (
        base_environment()
        .get_template("card.svg.j2")
        .render(
            card=card,
            title=_fit_title(card.title, card.lines),
            lines=list(_positioned_lines(lines)),
            sides=sides,
            directed=_directed,
            room=CONTENT_WIDTH,
            top=TITLE_TOP,
            step=TITLE_STEP,
            below=TIMELINE_TOP - GAP - _height(lines),
            band=TIMELINE_TOP,
        )
    )


def _directed(text: str, to_left: bool) -> str:
    return _RTL_EMBEDDING.format(text) if to_left else text


def _positioned_lines(lines: Iterable[FittedText]) -> Iterator[tuple[float, int, str]]:
    """Each line with its distance below the first line, and its font size."""
    flat = [(fit.size, text) for fit in lines for text in fit.lines]
    yield from (
        (top, size, text)
        for top, (size, text) in zip(accumulate((s * LINE_STEP for s, _ in flat), initial=0.0), flat, strict=False)
    )


@cache
def _widths() -> dict[str, dict[str, int]]:
    """The width of each character that a font can draw, in thousandths of the font size."""
    return dict(json.loads(resources.files("briefing.rendering").joinpath("fonts", "widths.json").read_text("utf-8")))
