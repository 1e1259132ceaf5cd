"""The Atom feed (RFC 4287) of corrections and changes, newest first, with permanent ids."""

import uuid
from xml.etree import ElementTree

from briefing.i18n.catalog import MessageCatalog, message_catalog
from briefing.model.dossier import Dossier
from briefing.model.kinds import History
from briefing.model.releases import compact_json
from briefing.rendering.site_map import SiteMap, briefing_title
from briefing.text.words import collapse_whitespace

FEED = "corrections.xml"
ATOM = "http://www.w3.org/2005/Atom"
XHTML = "http://www.w3.org/1999/xhtml"


def render_feed(site_map: SiteMap, language: str) -> str:
    """`corrections.xml`: one entry per history fact. URLs are relative to the feed, so that it works on any host."""
    dossier = site_map.dossier
    root = ElementTree.Element("feed", xmlns=ATOM)
    changes, catalog = newest_first(dossier), message_catalog(language)
    days = [*(str(fact.date) for fact in changes), *(release.date for release in dossier.releases)]
    _add(root, "title", f"{catalog.declared_word(History.title, 'title')}: {_feed_title(dossier, catalog)}")
    _add(root, "id", _feed_id(dossier).urn)
    _add(root, "updated", f"{max(days)}T00:00:00Z")
    _add(_add(root, "author"), "name", _feed_title(dossier, catalog))
    _add(root, "link", rel="self", href=FEED)
    _add(root, "link", rel="alternate", href=str(site_map.url(site_map.index(History.file_stem))))
    for fact in changes:
        _add_feed_entry(site_map, catalog, root, fact)
    ElementTree.indent(root, " ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def newest_first(dossier: Dossier) -> list[History]:
    """The history facts, newest first; those of one day in file order."""
    return sorted(dossier.facts_of_kind(History.file_stem), key=lambda fact: str(fact.date), reverse=True)


def _add_feed_entry(site_map: SiteMap, catalog: MessageCatalog, root: ElementTree.Element, fact: History) -> None:
    entry = _add(root, "entry")
    _add(entry, "title", catalog.form("type-" + fact.type) + f": {collapse_whitespace(fact.note)}")
    _add(entry, "id", uuid.uuid5(_feed_id(site_map.dossier), fact.key).urn)
    _add(entry, "updated", f"{fact.date}T00:00:00Z")
    _add(entry, "link", rel="alternate", href=f"{site_map.url(site_map.path(fact))}#{fact.key}")
    _add(entry, "category", term=str(fact.type))
    changed = site_map.dossier.fact(fact.of)
    now = collapse_whitespace(getattr(changed, "claim", "")) if changed else ""
    content = _add(_add(entry, "content", type="xhtml"), "div", xmlns=XHTML)
    for text in fact.was:
        _add(_add(content, "p"), "del", collapse_whitespace(text))
    _add(content, "p", now or collapse_whitespace(fact.note))


def _feed_id(dossier: Dossier) -> uuid.UUID:
    """The id of the feed, made of the first release, which never changes."""
    first = dossier.releases[0]
    return uuid.uuid5(uuid.NAMESPACE_OID, compact_json([first.date, first.facts]))


def _feed_title(dossier: Dossier, catalog: MessageCatalog) -> str:
    return briefing_title(dossier) or str(catalog.form("briefing"))


def _add(parent: ElementTree.Element, tag: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, tag, attributes)
    child.text = text
    return child
