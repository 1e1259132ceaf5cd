"""The sources as CSL-JSON and as BibTeX: what their records state, and nothing else.

BibTeX is a line for each field, which a few lines write; values are escaped so that TeX prints them as they are.
"""

import re

from briefing.i18n.dates import date_words
from briefing.i18n.messages import Say
from briefing.model.record import NOT_STATED, Record
from briefing.rendering.exports.facts_json import dumped
from briefing.rendering.exports.rows import Row
from briefing.rendering.site_map import SiteMap
from briefing.text.edtf import read_date
from briefing.text.words import collapse

CSL_TYPES = {
    "news report": "article-newspaper",
    "opinion": "article-newspaper",
    "report": "report",
    "treaty": "treaty",
    "statement": "document",
    "post": "post",
    "web page": "webpage",
}
_PLAIN = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)
_TEX = {
    **{char: f"\\{char}" for char in "&%$#_"},
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_VERBATIM = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})


def records_of(where: SiteMap) -> list[Record]:
    """The records of the sources."""
    return [record for record in where.dossier.of("sources") if isinstance(record, Record)]


def stated(text: str | None) -> str:
    """What a record states; empty where it does not."""
    return "" if text is None or text == NOT_STATED else collapse(text)


def address(record: Record) -> str:
    """The address of the original; empty where that is none a browser opens."""
    return str(record.url) if record.url.lower().startswith(("http://", "https://")) else ""


def csl(where: SiteMap, say: Say) -> str:
    """CSL-JSON. Without a stated title the label stands under `genre`, which styles print in brackets."""
    return dumped([_csl(record, say.language) for record in records_of(where)])


def _csl(record: Record, language: str) -> Row:
    author, title = stated(record.author), stated(record.title_)
    found: Row = {"id": record.key, "type": CSL_TYPES.get(record.type_ or "", "document")}
    found |= {"title": title} if title else {"genre": collapse(record.label)}
    found |= {"author": [{"literal": author}]} if author else {}
    named = {"container-title": stated(record.container_title), "publisher": stated(record.publisher)}
    dates = {"issued": _csl_date(record.issued, language), "accessed": _csl_date(record.accessed, language)}
    told = {**named, **dates, "URL": address(record), "language": str(record.language)}
    return found | {key: value for key, value in told.items() if value}


def _csl_date(text: str, language: str) -> Row:
    """A date to the year, month or day as its parts; any other in words."""
    if found := _PLAIN.fullmatch(text):
        return {"date-parts": [[int(part) for part in found.groups() if part]]}
    when = read_date(text)
    return {"literal": collapse(date_words(when, language))} if when else {}


def bibtex(where: SiteMap, say: Say) -> str:
    """BibTeX, one entry for each source; text in braces of its own keeps its capitals, and an author is one name."""
    return "\n".join(_entry(record, say.language) for record in records_of(where))


def _entry(record: Record, language: str) -> str:
    title = stated(record.title_)
    braced = {"title": title, "author": stated(record.author)} | ({} if title else {"note": collapse(record.label)})
    braced |= {"howpublished": stated(record.container_title), "publisher": stated(record.publisher)}
    fields = {name: f"{{{tex(text)}}}" for name, text in braced.items() if text}
    plain = _bib_dates(record, language)
    plain |= {"url": address(record).translate(_VERBATIM), "language": str(record.language)}
    fields |= {name: text for name, text in plain.items() if text}
    return "".join([f"@misc{{{record.key},\n", *(f"  {name} = {{{text}}},\n" for name, text in fields.items()), "}\n"])


def _bib_dates(record: Record, language: str) -> dict[str, str]:
    """The year and month for BibTeX and the date for BibLaTeX; a date that is none of a calendar in words."""
    found = _PLAIN.fullmatch(record.issued)
    if found is None:
        when = read_date(record.issued)
        return {"year": f"{{{tex(collapse(date_words(when, language)))}}}"} if when else {}
    year, month, _ = found.groups()
    dates = {"year": year, "month": str(int(month)) if month else "", "date": str(record.issued)}
    return dates | ({"urldate": str(record.accessed)} if _PLAIN.fullmatch(record.accessed) else {})


def tex(text: str) -> str:
    """A text as TeX prints it."""
    return "".join(_TEX.get(char, char) for char in text)
