"""The sources as CSL-JSON and as BibTeX: what their records state, and nothing else.

BibTeX is a line for each field, which a few lines write; values are escaped so that TeX prints them as they are.
"""

import re

from briefing.i18n.dates import date_words
from briefing.i18n.messages import Translator
from briefing.model.record import NOT_STATED, Record
from briefing.rendering.exports.facts_json import to_json
from briefing.rendering.exports.rows import JsonObject
from briefing.rendering.site_map import SiteMap
from briefing.text.edtf import read_date
from briefing.text.words import collapse_whitespace

CSL_TYPES = {
    "news report": "article-newspaper",
    "opinion": "article-newspaper",
    "report": "report",
    "treaty": "treaty",
    "statement": "document",
    "post": "post",
    "web page": "webpage",
}
_SIMPLE_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)
_TEX_ESCAPES = {
    **{char: f"\\{char}" for char in "&%$#_"},
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_URL_ESCAPES = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})


def source_records(site_map: SiteMap) -> list[Record]:
    """The records of the sources."""
    return list(site_map.dossier.records())


def stated_text(text: str | None) -> str:
    """What a record states; empty where it does not."""
    return "" if text is None or text == NOT_STATED else collapse_whitespace(text)


def record_url(record: Record) -> str:
    """The address of the original; empty where that is none a browser opens."""
    return str(record.url) if record.url.lower().startswith(("http://", "https://")) else ""


def render_csl(site_map: SiteMap, say: Translator) -> str:
    """CSL-JSON. Without a stated title the label stands under `genre`, which styles print in brackets."""
    return to_json([_csl(record, say.language) for record in source_records(site_map)])


def _csl(record: Record, language: str) -> JsonObject:
    author, title = stated_text(record.author), stated_text(record.title_)
    found: JsonObject = {"id": record.key, "type": CSL_TYPES.get(record.type_ or "", "document")}
    found |= {"title": title} if title else {"genre": collapse_whitespace(record.label)}
    found |= {"author": [{"literal": author}]} if author else {}
    named = {"container-title": stated_text(record.container_title), "publisher": stated_text(record.publisher)}
    dates = {"issued": _csl_date(record.issued, language), "accessed": _csl_date(record.accessed, language)}
    told = {**named, **dates, "URL": record_url(record), "language": str(record.language)}
    return found | {key: value for key, value in told.items() if value}


def _csl_date(text: str, language: str) -> JsonObject:
    """A date to the year, month or day as its parts; any other in words."""
    if found := _SIMPLE_DATE.fullmatch(text):
        return {"date-parts": [[int(part) for part in found.groups() if part]]}
    when = read_date(text)
    return {"literal": collapse_whitespace(date_words(when, language))} if when else {}


def render_bibtex(site_map: SiteMap, say: Translator) -> str:
    """BibTeX, one entry for each source; text in braces of its own keeps its capitals, and an author is one name."""
    return "\n".join(_bibtex_entry(record, say.language) for record in source_records(site_map))


def _bibtex_entry(record: Record, language: str) -> str:
    title = stated_text(record.title_)
    braced = {"title": title, "author": stated_text(record.author)} | (
        {} if title else {"note": collapse_whitespace(record.label)}
    )
    braced |= {"howpublished": stated_text(record.container_title), "publisher": stated_text(record.publisher)}
    fields = {name: f"{{{escape_tex(text)}}}" for name, text in braced.items() if text}
    plain = _bib_dates(record, language)
    plain |= {"url": record_url(record).translate(_URL_ESCAPES), "language": str(record.language)}
    fields |= {name: text for name, text in plain.items() if text}
    return "".join([f"@misc{{{record.key},\n", *(f"  {name} = {{{text}}},\n" for name, text in fields.items()), "}\n"])


def _bib_dates(record: Record, language: str) -> dict[str, str]:
    """The year and month for BibTeX and the date for BibLaTeX; a date that is none of a calendar in words."""
    found = _SIMPLE_DATE.fullmatch(record.issued)
    if found is None:
        when = read_date(record.issued)
        return {"year": f"{{{escape_tex(collapse_whitespace(date_words(when, language)))}}}"} if when else {}
    year, month, _ = found.groups()
    dates = {"year": year, "month": str(int(month)) if month else "", "date": str(record.issued)}
    return dates | ({"urldate": str(record.accessed)} if _SIMPLE_DATE.fullmatch(record.accessed) else {})


def escape_tex(text: str) -> str:
    """A text as TeX prints it."""
    return "".join(_TEX_ESCAPES.get(char, char) for char in text)
