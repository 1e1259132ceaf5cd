"""What a style sheet can do to what is read, found by parsing it (CSS Syntax level 3) with tinycss2.

The parser resolves escapes. A value that is computed elsewhere, as `var()` and `attr()` are, counts as the worst it could be.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import tinycss2

ADDS, HIDES, REORDERS, LETTERS, COLOURS, LOADS = "adds-text", "hides", "reorders", "changes-letters", "colours", "loads"
EFFECTS = (ADDS, HIDES, REORDERS, LETTERS, COLOURS, LOADS)

_PROPERTIES = {
    ADDS: "content hyphenate-character list-style list-style-type quotes text-overflow",
    HIDES: "all animation animation-name clip clip-path content-visibility display filter font font-size height letter-spacing "
    "line-height margin-left mask mask-image max-height opacity overflow overflow-x overflow-y text-indent visibility zoom "
    "-webkit-line-clamp -webkit-mask -webkit-mask-image -webkit-text-security",
    REORDERS: "bottom columns direction flex-direction flex-flow float grid grid-area grid-column grid-row grid-template "
    "inset left order position right rotate scale top transform translate unicode-bidi writing-mode z-index",
    LETTERS: "font-family font-feature-settings font-variant text-decoration text-decoration-line text-transform",
    COLOURS: "background background-color background-image border-image color color-scheme fill mix-blend-mode stroke "
    "text-shadow -webkit-text-fill-color -webkit-text-stroke",
}
_EFFECT_OF = {name: effect for effect, names in _PROPERTIES.items() for name in names.split()}
_HARMLESS_WORDS = {
    "content": frozenset(["none", "normal"]),
    "display": frozenset(
        ["block", "flex", "flow-root", "grid", "inline", "inline-block", "inline-flex", "inline-grid", "list-item"]
    ),
    "float": frozenset(["none"]),
    "opacity": frozenset(),
    "overflow": frozenset(["auto", "visible"]),
    "text-decoration": frozenset(["none", "underline"]),
    "text-decoration-line": frozenset(["none", "underline"]),
    "text-transform": frozenset(["none"]),
    "visibility": frozenset(["visible"]),
}
_AT_RULES = {"font-face": LETTERS, "counter-style": ADDS, "import": LOADS, "keyframes": HIDES, "font-feature-values": LETTERS}
_PALETTE = "--md-"  # the theme's own colours are custom properties


class StyleEffect(NamedTuple):
    """One declaration that can change what is read; the line and column, from 0, are those of its name."""

    line: int
    column: int
    effect: str
    name: str


def style_effects(css: str) -> list[StyleEffect]:
    """What a style sheet can do, in the order of its declarations. A part that cannot be parsed counts as adding text."""
    return list(_of_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)))


def _of_rules(nodes: Iterable[Any]) -> Iterator[StyleEffect]:
    """The effects of rules and declarations at any depth, without recursion."""
    rest = list(nodes)[::-1]
    while rest:
        node = rest.pop()
        if node.type == "declaration":
            yield from _of_declaration(node)
        elif node.type == "error":
            yield _found(node, ADDS, "a part that cannot be read")
        elif node.type in ("qualified-rule", "at-rule"):
            if node.type == "at-rule" and node.lower_at_keyword.removeprefix("-webkit-") in _AT_RULES:
                yield _found(node, _AT_RULES[node.lower_at_keyword.removeprefix("-webkit-")], f"@{node.lower_at_keyword}")
            if node.content:
                inner = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
                rest += reversed(inner)


def _of_declaration(node: Any) -> Iterator[StyleEffect]:
    name, tokens = node.lower_name, list(_walk(node.value))
    if any(token.type == "url" or (token.type == "function" and token.lower_name in ("url", "image-set")) for token in tokens):
        yield _found(node, LOADS, name)
    effect = COLOURS if name.startswith(_PALETTE) else _EFFECT_OF.get(name)
    if effect and not _is_harmless(name, tokens):
        yield _found(node, effect, name)


def _is_harmless(name: str, tokens: list[Any]) -> bool:
    """Whether a value is one of the words that change nothing, or an empty text."""
    words = _HARMLESS_WORDS.get(name)
    return words is not None and all(
        token.type in ("whitespace", "comment")
        or (token.type == "ident" and token.lower_value in words)
        or (token.type == "string" and not token.value.strip())
        or (token.type == "number" and name == "opacity" and token.value == 1)
        for token in tokens
    )


def _walk(tokens: Iterable[Any]) -> Iterator[Any]:
    """Every token, those within functions and blocks included, without recursion."""
    rest = list(tokens)[::-1]
    while rest:
        token = rest.pop()
        yield token
        rest += reversed(getattr(token, "arguments", None) or getattr(token, "content", None) or [])


def _found(node: Any, effect: str, name: str) -> StyleEffect:
    return StyleEffect(node.source_line - 1, node.source_column - 1, effect, name)
