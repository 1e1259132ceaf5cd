"""The feed of corrections and changes: Atom (RFC 4287), newest first, with ids that never change."""

import uuid
from xml.etree import ElementTree

from briefing.i18n.catalog import Catalogue, catalogue_of
from briefing.model.dossier import Dossier
from briefing.model.kinds import History
from briefing.model.releases import dumped
from briefing.rendering.site_map import SiteMap
from briefing.text.words import collapse

FEED = "corrections.xml"
ATOM = "http://www.w3.org/2005/Atom"
XHTML = "http://www.w3.org/1999/xhtml"


def feed(where: SiteMap, language: str) -> str:
    """`corrections.xml`: one entry for each history fact; addresses are relative to the feed, so that any host will do."""
    dossier = where.dossier
    root = ElementTree.Element("feed", xmlns=ATOM)
    told, says = newest_first(dossier), catalogue_of(language)
    days = [*(str(fact.date) for fact in told), *(release.date for release in dossier.releases)]
    _add(root, "title", f"{says.own(History.title, 'title')}: {_title(dossier, says)}")
    _add(root, "id", _feed_id(dossier).urn)
    _add(root, "updated", f"{max(days)}T00:00:00Z")
    _add(_add(root, "author"), "name", _title(dossier, says))
    _add(root, "link", rel="self", href=FEED)
    _add(root, "link", rel="alternate", href=str(where.url(where.index(History.stem))))
    for fact in told:
        _entry(where, says, root, fact)
    ElementTree.indent(root, " ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def newest_first(dossier: Dossier) -> list[History]:
    """The history facts, newest first; those of one day in the order of their file."""
    return sorted(dossier.of(History.stem), key=lambda fact: str(fact.date), reverse=True)


def _entry(where: SiteMap, says: Catalogue, root: ElementTree.Element, fact: History) -> None:
    entry = _add(root, "entry")
    _add(entry, "title", says.form("type-" + fact.type) + f": {collapse(fact.note)}")
    _add(entry, "id", uuid.uuid5(_feed_id(where.dossier), fact.key).urn)
    _add(entry, "updated", f"{fact.date}T00:00:00Z")
    _add(entry, "link", rel="alternate", href=f"{where.url(where.path(fact))}#{fact.key}")
    _add(entry, "category", term=str(fact.type))
    changed = where.dossier.fact(fact.of)
    now = collapse(getattr(changed, "claim", "")) if changed else ""
    told = _add(_add(entry, "content", type="xhtml"), "div", xmlns=XHTML)
    for text in fact.was:
        _add(_add(told, "p"), "del", collapse(text))
    _add(told, "p", now or collapse(fact.note))


def _feed_id(dossier: Dossier) -> uuid.UUID:
    """Made of the first release, which never changes: the same wherever and whenever the site is built."""
    first = dossier.releases[0]
    return uuid.uuid5(uuid.NAMESPACE_OID, dumped([first.date, first.facts]))


def _title(dossier: Dossier, says: Catalogue) -> str:
    titles = [collapse(line.claim) for line in dossier.of("overview") if line.part == "title"]
    return titles[0] if titles else str(says.form("briefing"))


def _add(parent: ElementTree.Element, tag: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, tag, attributes)
    child.text = text
    return child
