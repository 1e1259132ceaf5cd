"""What a page loads, runs or leads to, and what no page may have, whatever its text says.

The lists follow the HTML standard: event handler attributes, elements that hold another document, attributes with an address.
Addresses are read as browsers read them (URL standard): white space inside and control characters around them are dropped.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

SCRIPT, STYLE, PICTURE, NAVIGATION, OTHER = "script", "style", "picture", "navigation", "other"
INLINE_SCRIPT = "an inline script"
DATA_SCRIPT = "application/ld+json"
_DATA_SCRIPTS = frozenset([DATA_SCRIPT, "application/json"])  # no browser runs these
_FOREIGN_DOCUMENTS = "applet,embed,fencedframe,frame,frameset,iframe,object,portal"
_REFUSED = f"{_FOREIGN_DOCUMENTS},animate,animatemotion,animatetransform,base,foreignobject,set,style,[style]"
_LOADING = "script,link,meta[http-equiv],audio,feimage,image,img,input[src],source,track,use,video,[background],[poster]"
_SENDING = "[action],[formaction],[ping]"
_SELECTOR = ",".join((_REFUSED, _LOADING, _SENDING))
_ADDRESS_ATTRIBUTES = frozenset(
    "action background data dynsrc formaction href imagesrcset lowsrc manifest ping poster src srcset xlink:href".split()  # noqa: SIM905
)
_ADDRESS_LISTS = frozenset(["imagesrcset", "ping", "srcset"])
_IDLE_RELATIONS = frozenset("alternate author bookmark canonical help license me next nofollow prev search".split())  # noqa: SIM905
_MACHINE_HEADERS = frozenset(["content-type", "x-ua-compatible"])
_POLICY = "content-security-policy"
_EVENT_HINT = re.compile(r"""[\s/"'<]on[a-z]""", re.IGNORECASE)
_EDGES = "".join(map(chr, range(0x21)))  # C0 controls and space
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_LINK_SCHEMES = frozenset(["", "http", "https", "mailto", "tel"])


@dataclass(frozen=True)
class Load:
    """One address that a page loads or sends to: how it is used, the address, and its `integrity` attribute."""

    use: str
    address: str
    integrity: str = ""


@dataclass
class ActiveContent:
    """What a page loads, its policies, its links to other hosts in the navigation, and descriptions of what is refused."""

    loads: list[Load] = field(default_factory=list)
    policies: list[str] = field(default_factory=list)
    navigation: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def read_active_content(tree: LexborHTMLParser, html: str) -> ActiveContent:
    """The active content of a parsed page."""
    found = ActiveContent()
    for node in tree.css(_SELECTOR):
        _read_node(found, node, node.tag or "", node.attributes)
    if _EVENT_HINT.search(html):
        for node in tree.css("*"):
            found.refused += (f"the event attribute `{name}`" for name in node.attributes if name.startswith("on"))
    return found


def read_link(found: ActiveContent, node: LexborNode, link: str) -> None:
    """Notes a link with a scheme that runs or shows something else, and one in the navigation that leaves the site."""
    address = clean_address(link)
    if scheme_of(address) not in _LINK_SCHEMES:
        found.refused.append(f"a link to `{address[:80]}`")
    elif is_external(address) and _is_in_navigation(node):
        found.navigation.append(address)


def clean_address(address: str) -> str:
    """An address without what browsers drop: tabs and line ends inside it, controls and spaces around it."""
    return re.sub(r"[\t\n\r]", "", address.strip(_EDGES))


def scheme_of(address: str) -> str:
    """The scheme of an address in small letters; empty for a relative one."""
    found = _SCHEME.match(address)
    return found[1].lower() if found else ""


def is_external(address: str) -> bool:
    """Whether a cleaned address leaves the site; a backslash counts as a slash, as in browsers."""
    return bool(scheme_of(address)) or address.replace("\\", "/").startswith("//")


def _read_node(found: ActiveContent, node: LexborNode, tag: str, attributes: dict[str, str | None]) -> None:
    if tag in _REFUSED.split(","):
        found.refused.append(f"a `<{tag}>` element")
    if "style" in attributes:
        found.refused.append("a `style` attribute")
    if tag == "script" and "src" not in attributes and "href" not in attributes and "xlink:href" not in attributes:
        if (attributes.get("type") or "").strip().lower() not in _DATA_SCRIPTS:
            found.refused.append(INLINE_SCRIPT)
    elif tag == "meta":
        _read_header(found, (attributes.get("http-equiv") or "").strip().lower(), attributes.get("content") or "")
    elif tag != "link" or not _IDLE_RELATIONS.issuperset((attributes.get("rel") or "").lower().split()):
        found.loads += _loads(tag, attributes)


def _read_header(found: ActiveContent, name: str, content: str) -> None:
    if name == _POLICY:
        found.policies.append(content)
    elif name not in _MACHINE_HEADERS:
        found.refused.append(f'`<meta http-equiv="{name}">`')


def _loads(tag: str, attributes: dict[str, str | None]) -> Iterator[Load]:
    relations = (attributes.get("rel") or "").lower().split()
    use = PICTURE if tag in ("img", "input", "source", "image", "feimage", "use") or "icon" in relations else OTHER
    use = SCRIPT if tag == "script" or "modulepreload" in relations else STYLE if "stylesheet" in relations else use
    for name, value in attributes.items():
        if name in _ADDRESS_ATTRIBUTES and value is not None:
            for address in _split(value) if name in _ADDRESS_LISTS else (value,):
                yield Load(use, clean_address(address), attributes.get("integrity") or "")


def _split(value: str) -> Iterator[str]:
    """The addresses of a list, without the widths and densities after them."""
    yield from (words[0] for piece in re.split(r",(?=\s)|\s,", value) if (words := piece.split()))


def _is_in_navigation(node: LexborNode) -> bool:
    outer = node.parent
    while outer is not None:
        if outer.tag == "nav" or outer.attributes.get("role") == "navigation":
            return True
        outer = outer.parent
    return False
