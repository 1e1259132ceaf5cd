"""The picture that stands beside a shared link: the briefing's title, the day it is as of, its limits, its strip of time.

The picture carries its own words, so that whoever reads a built site can bind them and draw it again.
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

from jinja2 import Environment, PackageLoader, StrictUndefined

from briefing.i18n.dates import date_words
from briefing.i18n.messages import Say
from briefing.model.kinds import Event
from briefing.model.record import NOT_STATED, Record
from briefing.rendering.site_map import SiteMap
from briefing.rendering.timeline_chart import Picture, drawn
from briefing.text.edtf import read_date
from briefing.text.languages import is_right_to_left
from briefing.text.words import collapse

ROOM = 1056  # between the margins
TOP, BAND = 128, 506  # where the title begins, and the strip of time
TITLE_SIZES = (88, 82, 76, 70, 64, 58, 53, 48, 44, 40, 36, 32, 29, 26, 24)
LINE_SIZES = (28, 25, 22, 20)
TITLE_STEP, LINE_STEP = 1.17, 1.38  # from line to line, in sizes
GAP = 26
MOST_OF_LINES = 72  # the room of one line below the title: three lines at 22
LEAST_EVENTS = 3  # for a strip of time, as on the home page
_KEYWORD = b"briefing"
_START = 33  # of a PNG's second block
_TO_LEFT = "\u202b{}\u202c"


@dataclass(frozen=True)
class Card:
    """What the picture shows: texts that can be drawn, whole, and the dates of events."""

    title: str
    lines: tuple[str, ...]
    dates: tuple[str, ...]
    language: str
    claims: str

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of the picture, in the order in which they are read."""
        return tuple(filter(None, (self.title, *self.lines)))

    @property
    def alt(self) -> str:
        """The same for who does not see the picture."""
        return " - ".join(self.texts)

    @property
    def picture(self) -> Picture | None:
        """The strip of time; None where there are too few events for one."""
        found = drawn(partial(date_words, language=self.language), map(_Dated, self.dates))
        return found if found and len(found.events) >= LEAST_EVENTS else None

    @property
    def span(self) -> tuple[str, ...]:
        """The first and the last date of the strip in words, where both can be drawn."""
        ticks = self.picture.ticks if self.picture else ()
        words = tuple(collapse(tick.words) for tick in (ticks[0], ticks[-1])) if ticks else ()
        return words if all(_fit(told, "sans", LINE_SIZES[-1:], ROOM / 2, LINE_SIZES[-1]) for told in words) else ()


@dataclass(frozen=True)
class _Dated:
    date: str


def card_of(where: SiteMap, language: str) -> tuple[Card, Say]:
    """The picture of a dossier, and what is said in it as the generator's own words."""
    say, dossier = Say(language=language), where.dossier
    title = next(
        (collapse(line.claim) for line in dossier.of("overview") if line.part == "title"), collapse(say.plain("briefing"))
    )
    records = [record for record in dossier.of("sources") if isinstance(record, Record)]
    latest = max((record.issued for record in records if record.issued != NOT_STATED), default="")
    when = read_date(latest)
    lines = [say.plain("as-of", date=date_words(when, language))] if when else []
    labels = ", ".join(collapse(record.label) for record in records)
    lines += [say.plain("knows-only", count=len(records), sources=labels)] if records else []
    drawable = tuple(line for line in map(collapse, lines) if _lines((line,)))
    claims = dossier.settings.claims_in
    dates = tuple(str(event.date) for event in dossier.of(Event.stem))
    return Card(title if _title(title, drawable) else "", drawable, dates, language, claims), say


def draw(card: Card) -> bytes:
    """The picture as PNG."""
    from resvg_py import svg_to_bytes

    with resources.as_file(resources.files("briefing.rendering").joinpath("fonts")) as fonts:
        files = [str(Path(fonts, f"{name}.ttf")) for name in _widths()]
        png = svg_to_bytes(svg_string=_svg(card), skip_system_fonts=True, font_files=files)
    told = json.dumps(asdict(card), ensure_ascii=False, separators=(",", ":")).encode()
    return png[:_START] + _block(b"iTXt", _KEYWORD + b"\0\0\0\0\0" + told) + png[_START:]


def read_card(png: bytes) -> Card | None:
    """What a picture says that it shows; None where it is none of these pictures."""
    head = b"iTXt" + _KEYWORD + b"\0\0\0\0\0"
    size, kind = png[_START : _START + 4], png[_START + 4 : _START + 4 + len(head)]
    if kind != head or len(size) != 4:
        return None
    try:
        told: dict[str, Any] = json.loads(png[_START + 4 + len(head) : _START + 8 + struct.unpack(">I", size)[0]])
        texts = {key: str(told[key]) for key in ("title", "language", "claims")}
        return Card(lines=tuple(map(str, told["lines"])), dates=tuple(map(str, told["dates"])), **texts)
    except (ValueError, TypeError, KeyError):
        return None


def size_of(png: bytes) -> tuple[int, int]:
    """The width and height of a picture in PNG; nothing by nothing where it is none."""
    return struct.unpack(">II", png[16:24]) if png.startswith(b"\x89PNG") and len(png) > _START else (0, 0)


def _block(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


@dataclass(frozen=True)
class Lines:
    """A text as it is laid out: at a size, on lines."""

    size: int
    lines: tuple[str, ...]


def _title(text: str, lines: tuple[str, ...]) -> Lines | None:
    """The title in the room that the lines below it leave."""
    return _fit(text, "serif", TITLE_SIZES, ROOM, (BAND - TOP - GAP * 2 - _height(_lines(lines))) / TITLE_STEP)


def _lines(texts: tuple[str, ...]) -> list[Lines]:
    """The lines below the title, all at one size; those that cannot be drawn are left out."""
    found = [fit for text in texts if (fit := _fit(text, "sans", LINE_SIZES, ROOM, MOST_OF_LINES))]
    size = min((fit.size for fit in found), default=0)
    return [fit for text in texts if (fit := _fit(text, "sans", (size,), ROOM, MOST_OF_LINES))]


def _height(lines: Iterable[Lines]) -> float:
    return sum(fit.size * len(fit.lines) * LINE_STEP for fit in lines)


def _fit(text: str, face: str, sizes: Iterable[int], room: float, height: float) -> Lines | None:
    """A text at the largest size at which it fits, on even lines; None where it cannot be drawn or never fits."""
    widths = _widths()[face]
    if not text or any(char not in widths for char in text):
        return None
    words = text.split(" ")
    for size in sizes:
        of_words = [sum(widths[char] for char in word) * size / 1000 for word in words]
        space = widths[" "] * size / 1000
        count = len(_broken(of_words, space, room))
        if max(of_words) <= room and count * size <= height:
            cuts = _evenly(of_words, space, room, count)
            return Lines(size, tuple(" ".join(words[first:last]) for first, last in cuts))
    return None


def _evenly(words: list[float], space: float, room: float, count: int) -> list[tuple[int, int]]:
    """The same number of lines, none longer than it need be."""
    narrow, wide = max(words), room
    while wide - narrow > 1:
        middle = (narrow + wide) / 2
        narrow, wide = (narrow, middle) if len(_broken(words, space, middle)) <= count else (middle, wide)
    return _broken(words, space, wide)


def _broken(words: list[float], space: float, room: float) -> list[tuple[int, int]]:
    """The first word of each line and the one after its last."""
    starts, used = [0], 0.0
    for number, width in enumerate(words):
        if number and used + space + width > room:
            starts.append(number)
            used = width
        else:
            used += width + (space if number else 0)
    return list(zip(starts, (*starts[1:], len(words)), strict=True))


def _svg(card: Card) -> str:
    """The picture as SVG, laid out from the side on which its language begins."""
    env = Environment(
        loader=PackageLoader("briefing.rendering"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    lines = _lines(card.lines)
    sides = {"title": is_right_to_left(card.claims), "lines": is_right_to_left(card.language)}
    return env.get_template("card.svg.j2").render(
        card=card,
        title=_title(card.title, card.lines),
        lines=list(_placed(lines)),
        sides=sides,
        directed=_directed,
        room=ROOM,
        top=TOP,
        step=TITLE_STEP,
        below=BAND - GAP - _height(lines),
        band=BAND,
    )


def _directed(text: str, to_left: bool) -> str:
    return _TO_LEFT.format(text) if to_left else text


def _placed(lines: Iterable[Lines]) -> Iterator[tuple[float, int, str]]:
    """Each line of text with how far it stands below the first, and its size."""
    flat = [(fit.size, text) for fit in lines for text in fit.lines]
    yield from (
        (top, size, text)
        for top, (size, text) in zip(accumulate((s * LINE_STEP for s, _ in flat), initial=0.0), flat, strict=False)
    )


@cache
def _widths() -> dict[str, dict[str, int]]:
    """How wide each character is that a face can draw, in thousandths of the size."""
    return dict(json.loads(resources.files("briefing.rendering").joinpath("fonts", "widths.json").read_text("utf-8")))
