"""Compares the data files of a site, its search index and its JSON-LD with the ledger; verify_site.py runs this."""

import csv
import io
import json
import re

DATA = r"\\([\\;,n&%$#_])|(\\text\w+\{\})|^[A-Z-]+(?:;[A-Z]+=\w+)*:|^  [a-z]+ = \{\{?|\}?\},$|<[^>]*>"
TEX = {
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textbackslash{}": "\\",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
}
READ = (".bib", ".csv", ".html", ".ics", ".json", ".jsonld", ".txt", ".xml")
PICTURE = "assets/card.png"


def read(path):
    """The contents of a file: JSON values, rows of a table, or lines without the syntax of the format."""
    if path.suffix == ".png":
        png = path.read_bytes()
        return [json.loads(png[54 : 41 + int.from_bytes(png[33:37])])]
    text = re.sub("\r?\n[ \t]" if path.suffix == ".ics" else "(?!)", "", path.read_bytes().decode("utf-8"))
    if path.suffix == ".html":
        return list(map(json.loads, re.findall(r"<script[^>]*ld\+json[^>]*>(.*?)</script>", text, re.DOTALL | re.IGNORECASE)))
    if path.suffix in (".json", ".jsonld", ".js"):
        return [json.loads(text.removeprefix("briefingFound(").removesuffix(");\n"))]
    if path.suffix == ".csv":
        rows = csv.DictReader(io.StringIO(text, newline=""))
        return [rows.fieldnames, *({name: cell(inner) for name, inner in row.items()} for row in rows)]
    plain = re.sub(DATA, lambda at: "\n" if at[1] == "n" else at[1] or TEX.get(at[2], "\n"), text, flags=re.MULTILINE)
    return re.split('["\n]' if path.suffix == ".xml" else "\n", plain)


def cell(text):
    """The value of a cell, which may be a JSON list."""
    return json.loads(text) if str(text)[:2] in ('["', "[{", '{"') else text


def flat(value, key=""):
    """Each text in a value with the id of its object and its key; keys are texts too."""
    key = str(value.get("id", value.get("@id", key))).rpartition("#")[2] if isinstance(value, dict) else key
    for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield str(name), "", ""
        yield from flat(inner, key) if isinstance(inner, (dict, list)) else [(str(inner), key, name)]


def disagreements(files, facts, binds):
    """Texts without an origin, and values of claims and quotes that differ from the ledger."""
    expected = {(fact["id"], name): fact["claim"] for fact in facts for name in ("claim", "text", "value")}
    expected |= {(fact["id"], "page"): fact["page"] for fact in facts}
    for fact in facts:
        for number, quote in enumerate(fact["quotes"], 1):
            values = {**quote, "text": quote["exact"], "source": None}
            expected |= {(f"{fact['id']}.{number}", name): str(text) for name, text in values.items() if text is not None}
    for name, path in files.items():
        if name == "ledger.json" or (path.suffix not in READ and name != PICTURE and not re.fullmatch(r"search/.*\.js", name)):
            continue
        for text, key, under in flat(read(path)):
            text = text.removeprefix("../") if under == "page" else text
            known = text if under == "value" and path.suffix != ".jsonld" else expected.get((key, under), text)
            if text != known or (re.search(r"\w\W*\s\W*\w", text) and text != "not stated" and not binds(text, name)):
                yield f"{name}: no origin, or not the value of {key} in the ledger: {text}"
