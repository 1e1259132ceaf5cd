"""How many misquotes each way of looking for a quote lets through, and how many fair quotes it refuses, side by side.

Run: python bench/misquotes.py. The tables are those of the tests (tests/quote_tables.py); a quote counts as accepted where
it is found, for ours once and whole. White space and the form of quotation marks are evened out for all three.
"""

import re
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from briefing.model.source import read_source
from briefing.text.words import normalise
from tests.quote_tables import FAIR_QUOTES, MISQUOTES, Row


def substring(row: Row) -> bool:
    return normalise(row.quote) in normalise(row.seed)


def word_bounded(row: Row) -> bool:
    words = re.escape(normalise(row.quote))
    return re.search(rf"(?:\b|(?!\w)){words}(?:\b|(?<!\w))", normalise(row.seed)) is not None


def ours(row: Row) -> bool:
    return len(read_source("seed", row.seed, splits=frozenset(row.splits)).find(row.quote).whole_words) == 1


WAYS: dict[str, Callable[[Row], bool]] = {"substring": substring, "word-bounded (\\b)": word_bounded, "briefing": ours}

if __name__ == "__main__":
    print(f"{'':<20}{'misquotes let through':>24}{'fair quotes refused':>22}")
    for name, accepts in WAYS.items():
        through = sum(map(accepts, MISQUOTES))
        refused = sum(not accepts(row) for row in FAIR_QUOTES)
        print(f"{name:<20}{through:>17} of {len(MISQUOTES)}{refused:>16} of {len(FAIR_QUOTES)}")
