"""Help for an unknown name: the most similar known one."""

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

MAX_NAMES_COMPARED = 5000


def nearest_name(name: str, names: Iterable[str]) -> str | None:
    """The most similar of the names, if it is similar enough to be what was meant."""
    found = process.extractOne(name, list(names)[:MAX_NAMES_COMPARED], scorer=fuzz.ratio, score_cutoff=60)
    return found[0] if found else None


def did_you_mean(name: str, names: Sequence[str], otherwise: str) -> str:
    """One next step for an unknown name: the most similar one, or `otherwise`."""
    near = nearest_name(name, names)
    return f"did you mean `{near}`?" if near else otherwise


def with_article(singular: str) -> str:
    """The word with `a` or `an` before it."""
    return f"an {singular}" if singular[0] in "aeiou" else f"a {singular}"
