"""What a briefing adds to the generator's own site, declared in `briefing.yaml`, and the Content Security Policy that follows.

A built site consists of what the generator makes. Everything else is named with a reason: a file, or an address on another
host. What a browser draws or runs can change what readers see, so it is also pinned by its SHA-256.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Annotated, ClassVar, Literal

from briefing.model.fields import FieldMeta, Prose, TextPattern
from briefing.model.located_text import Text
from briefing.text.style_effects import EFFECTS, LETTERS

_SHA256 = TextPattern("[0-9a-f]{64}", "64 digits and letters a to f, as `sha256sum` prints them")
_HTTPS = TextPattern("https://[^\\s;,'\"]+", "an address that begins with https://")
_UNPINNED_SUFFIXES = ("", ".txt")
_RUN_SUFFIXES = frozenset([".htm", ".html", ".js", ".mjs", ".svg", ".wasm", ".xhtml", ".xml"])
_FONT_SUFFIXES = frozenset([".otf", ".ttf", ".woff", ".woff2"])
_SERVER_RULES = ("_headers", "_redirects", ".htaccess")  # with these a server answers with something else


@dataclass(frozen=True, kw_only=True)
class AddedFile:
    """A file of docs/, or of another plugin, that becomes a file of the site."""

    singular: ClassVar[str] = "added file"

    file: Annotated[Text, FieldMeta("File", "Its path in docs/, which is also its path in the site.")]
    reason: Annotated[Prose, FieldMeta("Reason", "What it is for; the page about checks prints it.")]
    sha256: Annotated[Text | None, _SHA256, FieldMeta("SHA-256", "Its checksum; only a plain text needs none.")] = None


@dataclass(frozen=True, kw_only=True)
class AddedAddress:
    """An address on another host that pages load from, send to, or name in the navigation."""

    singular: ClassVar[str] = "added address"

    address: Annotated[Text, _HTTPS, FieldMeta("Address", "The address, as mkdocs.yml or the script has it.")]
    use: Annotated[
        Text,
        Literal["script", "style", "connection", "navigation"],
        FieldMeta("Use", "script, style: loaded by every page; connection: a script asks it; navigation: a link in the menu."),
    ]
    reason: Annotated[Prose, FieldMeta("Reason", "What it is for; the page about checks prints it.")]
    sha256: Annotated[Text | None, _SHA256, FieldMeta("SHA-256", "The checksum of a script or style sheet.")] = None


def is_pinned_file(path: str) -> bool:
    """Whether an added file must be named with its SHA-256: anything that a browser draws or runs, or a server obeys."""
    name = PurePosixPath(path)
    return name.suffix.lower() not in _UNPINNED_SUFFIXES or name.name in _SERVER_RULES


def file_effects(path: str, style_effects: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """What an added file can do to what is read, as keys of interface messages after `effect-`; nothing for a plain text."""
    suffix = PurePosixPath(path).suffix.lower()
    if suffix == ".css":
        return style_effects.get(path, ())
    if not is_pinned_file(path):
        return ()
    return ("script",) if suffix in _RUN_SUFFIXES else (LETTERS,) if suffix in _FONT_SUFFIXES else ("picture",)


def address_effects(added: AddedAddress) -> tuple[str, ...]:
    """What an added address can do, as `file_effects` has it; a style sheet elsewhere can do all that a style sheet can."""
    return EFFECTS if added.use == "style" else (str(added.use),)


def content_security_policy(addresses: Mapping[str, Iterable[str]]) -> str:
    """The policy (CSP level 3) of every page: files of the site, and the added addresses by their use. No inline script runs.

    A policy names an address without its query. The icons in the style sheets of the theme are `data:` images.
    """

    def sources(use: str) -> str:
        return " ".join(["'self'", *(address.partition("#")[0].partition("?")[0] for address in addresses.get(use, ()))])

    directives = (
        "default-src 'none'",
        f"script-src {sources('script')}",
        f"style-src {sources('style')}",
        "img-src 'self' data:",
        "font-src 'self'",
        f"connect-src {sources('connection')}",
        "worker-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
    )
    return "; ".join(directives)


def addresses_by_use(added: Iterable[AddedAddress]) -> dict[str, list[str]]:
    """The added addresses, in order, by their use."""
    found: dict[str, list[str]] = {}
    for each in added:
        found.setdefault(str(each.use), []).append(str(each.address))
    return found
