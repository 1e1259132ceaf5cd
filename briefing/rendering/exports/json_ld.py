"""What a page says of itself to machines: JSON-LD in the words of schema.org, as a block that browsers do not run.

A claim is a `Claim` and never a `ClaimReview`: nothing here is rated. What a record does not state is not said, and a source
is a `CreativeWork` unless its record says what sort of document it is.
"""

import json
import re
from collections.abc import Iterable

from markupsafe import Markup

from briefing.i18n.messages import Say
from briefing.model.facts import Cited, Fact, parts_of
from briefing.model.kinds import Event
from briefing.model.record import Record
from briefing.rendering.exports.citations import address, records_of, stated
from briefing.rendering.exports.rows import Row
from briefing.rendering.site_map import SiteMap, Use
from briefing.text.edtf import read_date
from briefing.text.words import collapse

CONTEXT = "https://schema.org"
TYPES = {
    "news report": "ReportageNewsArticle",
    "opinion": "OpinionNewsArticle",
    "report": "Report",
    "post": "SocialMediaPosting",
    "web page": "WebPage",
}
_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"')
_READ = re.compile(r"""[\x00-\x1f!"$%&'()*+;<=>?\[\\\]^`{|}~]""")


def linked(where: SiteMap, here: str, facts: Iterable[Fact]) -> Markup:
    """The claims of a page, each with its quotations and their sources; nothing where it has none."""
    found = [fact for fact in facts if parts_of(fact) or isinstance(fact, Record)]
    records = {str(use.quote.source): None for fact in found for part in parts_of(fact) for use in _own(where, part)}
    records |= {fact.key: None for fact in found if isinstance(fact, Record)}
    works = [_work(where, here, record) for record in records_of(where) if record.key in records]
    return _block([*works, *(_claim(where, here, fact, part) for fact in found for part in parts_of(fact))])


def linked_home(where: SiteMap, here: str, say: Say, files: Iterable[tuple[str, str]]) -> Markup:
    """The briefing as a report, its claims, and the data files as a data set; `files` are paths with media types."""
    dossier = where.dossier
    lines = [line for line in dossier.of("overview") if isinstance(line, Cited)]
    titles = [collapse(line.claim) for line in lines if getattr(line, "part", "") == "title"]
    title = titles[0] if titles else say.plain("briefing")
    works = [_work(where, here, record) for record in records_of(where)]
    report: Row = {"@type": "Report", "@id": "#report", "name": title, "inLanguage": dossier.settings.claims_in}
    report |= {"hasPart": [{"@id": f"#{line.key}"} for line in lines]}
    report |= {"isBasedOn": [{"@id": work["@id"]} for work in works]}
    if dossier.releases:
        report |= {"dateModified": dossier.releases[-1].date}
    of_files = [
        {"@type": "DataDownload", "contentUrl": str(where.link(here, path)), "encodingFormat": kind} for path, kind in files
    ]
    data: Row = {"@type": "Dataset", "@id": "#data", "name": title, "description": say.plain("every-sentence")}
    data |= {"url": str(where.link(here, "data.md")), "isPartOf": {"@id": "#report"}, "distribution": of_files}
    claims = [{"@type": "Claim", "@id": f"#{line.key}", "text": collapse(line.claim)} for line in lines]
    return _block([report, data, *claims, *works])


def _own(where: SiteMap, part: Cited) -> tuple[Use, ...]:
    return tuple(use for use in where.uses[part.key] if use.part.key == part.key)


def _claim(where: SiteMap, here: str, fact: Fact, part: Cited) -> Row:
    found: Row = {"@type": "Claim", "@id": f"#{part.key}", "text": collapse(part.claim)}
    found |= {"inLanguage": where.dossier.settings.claims_in}
    if quotations := [_quotation(where, here, use) for use in _own(where, part)]:
        found |= {"appearance": quotations}
    return found | ({"about": _event(fact)} if isinstance(fact, Event) and part is fact else {})


def _quotation(where: SiteMap, here: str, use: Use) -> Row:
    source = _address_of(where, here, str(use.quote.source))
    said = {"@type": "Quotation", "@id": f"#{use.anchor}", "text": use.exact, "inLanguage": where.language_of(use)}
    return said | {"isPartOf": {"@id": source}}


def _event(event: Event) -> Row:
    """An event; its date only where it is as exact as ISO 8601 writes one, and printed."""
    when = read_date(event.date)
    found: Row = {"@type": "Event", "name": collapse(event.claim)}
    return found | ({"startDate": when.machine} if when and when.machine and not event.inferred else {})


def _address_of(where: SiteMap, here: str, key: str) -> str:
    return str(where.link(here, f"sources/{key}.md"))


def _work(where: SiteMap, here: str, record: Record) -> Row:
    title = stated(record.title_)
    found: Row = {"@type": TYPES.get(record.type_ or "", "CreativeWork"), "@id": _address_of(where, here, record.key)}
    found |= {"name": title, "alternateName": collapse(record.label)} if title else {"name": collapse(record.label)}
    container, publisher = stated(record.container_title), stated(record.publisher)
    issued = read_date(record.issued)
    told = {
        "creditText": stated(record.author),
        "isPartOf": {"@type": "CreativeWork", "name": container} if container else None,
        "publisher": {"@type": "Organization", "name": publisher} if publisher else None,
        "datePublished": issued.machine if issued else "",
        "url": address(record),
        "inLanguage": str(record.language),
    }
    return found | {key: value for key, value in told.items() if value}


def _block(graph: list[Row]) -> Markup:
    if not graph:
        return Markup()
    text = json.dumps({"@context": CONTEXT, "@graph": graph}, ensure_ascii=False, separators=(",", ":"))
    return Markup(f'<script type="application/ld+json">{_TEXT.sub(_unread, text)}</script>\n')


def _unread(literal: re.Match[str]) -> str:
    """A text of the block in which neither HTML nor any extension of Markdown finds anything to read."""
    if not _READ.search(literal.group(), 1, literal.end() - literal.start() - 1):
        return literal.group()
    return '"' + _READ.sub(lambda found: f"\\u{ord(found.group()):04x}", json.loads(literal.group())) + '"'
