"""Why an HTML text is not parsed: the parser's work grows with the square of what is counted here.

The text is read tag by tag, as the HTML standard divides it into tokens, in time linear in its length.
"""

import re
from collections.abc import Sequence

MAX_NESTING = 512  # as in Chromium
MAX_STRICT_NESTING = 128  # of a page that we built
MAX_ATTRIBUTES = 256  # of one element
MAX_OPTIONS = 4_000
_MAX_FORMATTING_WORK = 1_000_000  # open formatting elements, summed up over all start tags: parsers may repeat each of them

_SPACE = r"\t\n\f\r "
_VALUE = rf"(?:[{_SPACE}]*+=[{_SPACE}]*+(?:\"[^\"]*+\"|'[^']*+'|(?=>)|[^{_SPACE}>\"'][^{_SPACE}>]*+))?+"
_ATTRIBUTES = rf"(?:[{_SPACE}]++|/(?!>)|(?:=[^{_SPACE}/>=]*+|[^{_SPACE}/>=]++){_VALUE})*+"
_TOKEN = re.compile(
    rf"<!--(?:-?>|[^-]*+(?:-(?!-!?>)[^-]*+)*+(?:--!?>)?+)|(?P<cdata><!\[CDATA\[)|<(?:[!?]|/[^a-zA-Z])[^>]*+>?+"
    rf"|<(?P<end>/?+)(?P<name>[a-zA-Z][^{_SPACE}/>]*+)(?P<attributes>{_ATTRIBUTES})(?P<empty>/?+)(?:>|\Z)"
)
_ATTRIBUTE = re.compile(rf"(?:=[^{_SPACE}/>=]*+|[^{_SPACE}/>=]++){_VALUE}")
_RAW_TEXT = frozenset(["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"])
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "!doctype"]
)
_FORMATTING = frozenset(["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"])
_GROUPS = (("p",), ("li",), ("dt", "dd"), ("td", "th"), ("tr",), ("tbody", "thead", "tfoot"), ("option",), ("optgroup",))
_CLOSED_BY_NEXT = {name: frozenset(("p", *group)) for group in _GROUPS for name in group} | {
    "tr": frozenset(["p", "td", "th", "tr"]),
    "tbody": frozenset(["p", "td", "th", "tr", "tbody", "thead", "tfoot"]),
}
_OPTIONAL_END_TAGS = frozenset(name for group in _GROUPS for name in group)
_CLOSING_PARENTS = frozenset(  # their end tags close open elements without end tags
    """
    address article aside blockquote body dd details div dl dt fieldset figcaption figure footer form header html li main menu
    nav ol optgroup section select summary table tbody td tfoot th thead tr ul
    """.split()  # noqa: SIM905
)
_TABLE_PARTS = frozenset(["tbody", "td", "tfoot", "th", "thead", "tr"])
_NOT_IN_SVG = frozenset(  # they end a picture around them
    """
    b big blockquote body br center code dd div dl dt em embed font h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta nobr ol
    p pre ruby s small span strike strong sub sup table tt u ul var
    """.split()  # noqa: SIM905
)
_SVG_PARENTS = frozenset(["svg", "g", "defs", "symbol", "clippath", "mask", "lineargradient", "radialgradient"])
_UNKNOWN = "?"  # an element that no end tag closes


def parsing_obstacle(html: str, strict: bool = False) -> str:
    """What would take a parser too long, as in "nests its elements more than 512 deep"; empty if nothing would.

    An end tag closes the nearest element of its name, as in most pages. With `strict`, it must fit the element that is open,
    and whatever does not fit counts as one more open element: then no text can make a parser work for longer than this says.
    """
    stack: list[str] = []
    most = MAX_STRICT_NESTING if strict else MAX_NESTING
    at = formatting = work = options = 0
    while found := _TOKEN.search(html, at):
        at = found.end()
        name = (found["name"] or "").lower()
        if found["cdata"]:
            at = _end_of_cdata(html, at)
            stack += [_UNKNOWN] * html.count("<", found.end(), at)
        elif name and found["end"]:
            formatting -= _close(stack, name, strict)
        elif name:
            if name not in _VOID and not (
                found["empty"] and name not in _NOT_IN_SVG and _is_within(stack, "svg", _SVG_PARENTS)
            ):
                at = _open(stack, name, html, at)
                formatting += name in _FORMATTING
            work += formatting
            options += name == "option"
        if len(stack) > most or (strict and work > _MAX_FORMATTING_WORK):
            return f"nests its elements more than {most} deep"
        if len(found["attributes"] or "") > 2 * MAX_ATTRIBUTES and _count_attributes(found["attributes"]) > MAX_ATTRIBUTES:
            return f"has an element with more than {MAX_ATTRIBUTES} attributes"
        if options > MAX_OPTIONS:
            return f"has more than {MAX_OPTIONS} options in its lists of choices"
    return ""


def _is_within(stack: Sequence[str], name: str, parts: frozenset[str]) -> bool:
    """Whether an element is open with nothing in it but its parts, each within the other."""
    for each in reversed(stack):
        if each == name:
            return True
        if each not in parts:
            return False
    return False


def _count_attributes(text: str) -> int:
    return sum(1 for _ in _ATTRIBUTE.finditer(text))


def _open(stack: list[str], name: str, html: str, at: int) -> int:
    """Opens an element whose start tag ends at `at`. Returns the offset at which reading goes on: after text without markup."""
    is_foreign = "svg" in stack or "math" in stack or _UNKNOWN in stack
    while stack and stack[-1] in _CLOSED_BY_NEXT.get(name, ()) and not is_foreign:
        stack.pop()
    if name in _RAW_TEXT:
        start, at = at, _end_of_raw_text(html, at, name)
        if is_foreign or (name == "script" and html.find("<!--", start, at) >= 0):
            stack += [_UNKNOWN] * html.count("<", start, at)
    stack.append(name)
    return at


def _end_of_cdata(html: str, start: int) -> int:
    at = html.find("]]>", start)
    return len(html) if at < 0 else at + 3


def _end_of_raw_text(html: str, start: int, name: str) -> int:
    """The offset of the end tag of an element that holds text alone, or the end of the text."""
    found = re.compile(rf"</{name}(?=[{_SPACE}/>])", re.IGNORECASE).search(html, start)
    return found.start() if found else len(html)


def _close(stack: list[str], name: str, strict: bool) -> int:
    """Closes an element, with those within it that need no end tag; how many formatting elements were closed."""
    at = len(stack) - 1
    if strict:
        while at > 0 and stack[at] != name and stack[at] in _OPTIONAL_END_TAGS and name in _CLOSING_PARENTS:
            at -= 1
    else:
        while at >= 0 and stack[at] != name:
            at -= 1
    is_loose = (
        strict and at < len(stack) - 1 and name in _TABLE_PARTS and not _is_within(stack[: at + 1], "table", _TABLE_PARTS)
    )
    if at < 0 or stack[at] != name or is_loose:
        stack += [_UNKNOWN] * strict
        return 0
    closed = sum(each in _FORMATTING for each in stack[at:])
    del stack[at:]
    return closed
