"""What parts words in the site's search: a pattern for the JavaScript of the theme, by the languages of a site."""

from collections.abc import Iterable

from briefing.languages import script_of

# What never stands inside a word. Apostrophes do, and so do the marks of stress and question of Armenian.
_PUNCTUATION = (
    r"\s!-&(-+\-/;-@\[-`{-~\u00a1\u00a7\u00ab\u00b6\u00b7\u00bb\u00bf\u055d\u0589\u058a\u05be\u05c3\u060c\u061b\u061f\u066a\u06d4"
    r"\u0964\u0965\u1361-\u1368\u200b\u2010-\u2018\u201a-\u205e\u3000-\u3004\u3008-\u3020\u3030\uff01-\uff0f\uff1a-\uff20"
    r"\uff3b-\uff40\uff5b-\uff65"
)
_HAN = r"(?=[\u3400-\u9fff\uf900-\ufaff])"
# Before what a word can begin with, where no space does it: the theme then looks for each character or syllable.
_WITHOUT_SPACES = {
    **dict.fromkeys(["Hans", "Hant", "Hani", "Bopo"], _HAN),
    "Jpan": _HAN + r"|(?=[\u3041-\u3096])|(?<![\u30a1-\u30ff])(?=[\u30a1-\u30ff])",
    "Thai": r"(?=[\u0e01-\u0e2e\u0e40-\u0e44])",
    "Laoo": r"(?=[\u0e81-\u0eae\u0ec0-\u0ec4])",
    "Khmr": r"(?=[\u1780-\u17b3])",
    "Mymr": r"(?=[\u1000-\u102a])",
}


def separator(languages: Iterable[str]) -> str:
    """The pattern: punctuation, a point or comma that is not inside a number, and edges in scripts without spaces."""
    scripts = dict.fromkeys(map(script_of, languages))
    edges = dict.fromkeys(_WITHOUT_SPACES[script] for script in scripts if script in _WITHOUT_SPACES)
    return "|".join([rf"&(?:amp|lt|gt);|[{_PUNCTUATION}]+|[.,:](?!\d)", *edges])
