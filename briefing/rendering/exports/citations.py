"""The sources as CSL-JSON and BibTeX, with no more than their records state.

BibTeX has one line per field; values are escaped so that TeX prints them literally.
"""

import re

from briefing.i18n.dates import date_words
from briefing.i18n.messages import Translator
from briefing.model.record import NOT_STATED, Record
from briefing.rendering.exports.facts_json import JsonObject, to_json
from briefing.rendering.site_map import SiteMap, web_url
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


def stated_text(text: str | None) -> str:
    """A value of a record with white space collapsed; empty if it is `not stated`."""
    return "" if text is None or text == NOT_STATED else collapse_whitespace(text)


def render_csl(site_map: SiteMap, say: Translator) -> str:
    """CSL-JSON. A source without a title has its label as `genre`, which citation styles print in brackets."""
    return to_json([_csl(record, say.language) for record in site_map.dossier.records()])


def _csl(record: Record, language: str) -> JsonObject:
    author, title = stated_text(record.author), stated_text(record.title_)
    item: JsonObject = {"id": record.key, "type": CSL_TYPES.get(record.type_ or "", "document")}
    item |= {"title": title} if title else {"genre": collapse_whitespace(record.label)}
    item |= {"author": [{"literal": author}]} if author else {}
    named = {"container-title": stated_text(record.container_title), "publisher": stated_text(record.publisher)}
    dates = {"issued": _csl_date(record.issued, language), "accessed": _csl_date(record.accessed, language)}
    optional = {**named, **dates, "URL": web_url(record), "language": str(record.language)}
    return item | {key: value for key, value in optional.items() if value}


def _csl_date(text: str, language: str) -> JsonObject:
    """A year, month or day as `date-parts`; any other date as a literal in words."""
    if found := _SIMPLE_DATE.fullmatch(text):
        return {"date-parts": [[int(part) for part in found.groups() if part]]}
    when = read_date(text)
    return {"literal": collapse_whitespace(date_words(when, language))} if when else {}


def render_bibtex(site_map: SiteMap, say: Translator) -> str:
    """BibTeX, one entry per source. Extra braces keep capitals, and keep an author as one name."""
    return "\n".join(_bibtex_entry(record, say.language) for record in site_map.dossier.records())


def _bibtex_entry(record: Record, language: str) -> str:
    title = stated_text(record.title_)
    braced = {"title": title, "author": stated_text(record.author)} | (
        {} if title else {"note": collapse_whitespace(record.label)}
    )
    braced |= {"howpublished": stated_text(record.container_title), "publisher": stated_text(record.publisher)}
    fields = {name: f"{{{escape_tex(text)}}}" for name, text in braced.items() if text}
    plain = _bib_dates(record, language)
    plain |= {"url": web_url(record).translate(_URL_ESCAPES), "language": str(record.language)}
    fields |= {name: text for name, text in plain.items() if text}
    return "".join([f"@misc{{{record.key},\n", *(f"  {name} = {{{text}}},\n" for name, text in fields.items()), "}\n"])


def _bib_dates(record: Record, language: str) -> dict[str, str]:
    """`year` and `month` for BibTeX, `date` for BibLaTeX; any other date as a `year` in words."""
    found = _SIMPLE_DATE.fullmatch(record.issued)
    if found is None:
        when = read_date(record.issued)
        return {"year": f"{{{escape_tex(collapse_whitespace(date_words(when, language)))}}}"} if when else {}
    year, month, _ = found.groups()
    dates = {"year": year, "month": str(int(month)) if month else "", "date": str(record.issued)}
    return dates | ({"urldate": str(record.accessed)} if _SIMPLE_DATE.fullmatch(record.accessed) else {})


def escape_tex(text: str) -> str:
    """A text in which TeX prints every character literally."""
    return "".join(_TEX_ESCAPES.get(char, char) for char in text)
