"""Makes briefing/rendering/fonts out of Noto as Debian packages it: fonts.py FOLDER, that of the files of `fonts-noto-core`.

One face for titles and one for lines, each of the glyphs of several scripts, so that a text in two scripts is drawn by one
font; and how wide each character is, which says too what can be drawn at all.
"""

import json
import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter, load_font
from fontTools.ttLib.scaleUpem import scale_upem

GOAL = Path(__file__).parents[1] / "briefing" / "rendering" / "fonts"
UNITS = 1000
SCRIPTS = {
    "": [(0x20, 0x7E), (0xA0, 0x52F), (0x1E00, 0x1EFF), (0x2010, 0x2027), (0x2030, 0x205E),
         (0x20A0, 0x20BF), (0x2116, 0x2116), (0x2122, 0x2122), (0x2150, 0x215F), (0x2212, 0x2212)],
    "Armenian": [(0x530, 0x58F)],
    "Hebrew": [(0x590, 0x5FF), (0xFB1D, 0xFB4F)],
    "Arabic": [(0x600, 0x6FF), (0x750, 0x77F), (0x8A0, 0x8FF)],
    "Georgian": [(0x10A0, 0x10FF), (0x1C90, 0x1CBF), (0x2D00, 0x2D2F)],
}  # fmt: skip
FACES = {"serif": ("Serif", "Bold"), "sans": ("Sans", "Regular")}
FEATURES = "calt ccmp curs fina init isol kern liga locl mark medi mkmk rlig".split()  # noqa: SIM905


def subset(path: Path, spans: list[tuple[int, int]], into: Path) -> str:
    options = Options(
        layout_features=FEATURES, hinting=False, glyph_names=False, notdef_outline=True, drop_tables=["DSIG", "gasp"]
    )
    font = load_font(str(path), options)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in spans for code in range(first, last + 1)])
    subsetter.subset(font)
    if font["head"].unitsPerEm != UNITS:
        scale_upem(font, UNITS)
    font.save(into)
    return str(into)


def face(folder: Path, name: str, style: str, weight: str) -> dict[str, int]:
    with tempfile.TemporaryDirectory() as made:
        faces = {script: "NaskhArabic" if script == "Arabic" else f"{style}{script}" for script in SCRIPTS}
        parts = [
            subset(folder / f"Noto{faces[s]}-{weight}.ttf", SCRIPTS[s], Path(made) / f"{n}.ttf") for n, s in enumerate(SCRIPTS)
        ]
        font = Merger().merge(parts)
    said = {0: "Copyright Google LLC, the Noto project; merged and cut down for briefing", 1: f"Briefing {style}", 2: weight}
    said |= {4: f"Briefing {style} {weight}", 6: f"Briefing{style}-{weight}", 13: "SIL Open Font License, Version 1.1"}
    font["name"].names = []
    for number, text in said.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save(GOAL / f"{name}.ttf")
    return {chr(code): font["hmtx"][glyph][0] for code, glyph in sorted(font.getBestCmap().items())}


if __name__ == "__main__":
    widths = {name: face(Path(sys.argv[1]), name, *of) for name, of in FACES.items()}
    (GOAL / "widths.json").write_text(json.dumps(widths, ensure_ascii=True, separators=(",", ":")) + "\n", "utf-8")
