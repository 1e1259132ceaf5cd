"""Lists where a built site, its ledger and the seeds disagree: verify_site.py SITE SEEDS. Shares no code with briefing."""

import hashlib
import html
import json
import pathlib
import re
import runpy
import sys
import urllib.parse

TOKEN = r"""<!--.*?-->|<![^>]*>|<(script|style)\b.*?</\1>|<(/?)([a-z]\w*)((?:"[^"]*"|'[^']*'|[^>"'])*)>|([^<]+)"""
ATTRIBUTE = r"""([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+)))?"""
READ = r"\w+ (abbr|alt|aria-\w*(label|description|text)|label|\S*placeholder|title|content)|(embed|i?frame|object|template) .+"
SILENT = r"viewport|generator|theme-color|color-scheme|robots|referrer|og:(type|locale|url|image(:[thw]\w+)?)|twitter:card"
METADATA = r"(website( \w+_[A-Z]+)? (summary|(\S+/){} \4assets/card\.png image/png 1200 630 summary_large_image))?"
VOID = "area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr"


class Page:
    def __init__(self, source):
        self.ids, self.links, self.cited, self.texts, self.attributes, path = {"": 0}, [], [], [], [], [("", "", [], "", 0)]
        self.metadata = []
        for _, end, tag, rest, data in re.findall(TOKEN, source, re.DOTALL | re.IGNORECASE):
            if data:
                (self.attributes if path[-1][0] == "title" else self.texts).append(html.unescape(data))
            elif end and any(tag == entry[0] for entry in path):
                while end:
                    name, _, into, key, start = path.pop()
                    into.append((key, "".join(self.texts[start:])))
                    end = name != tag
            elif tag and not end:
                attrs = {name: html.unescape(a or b or c) for name, a, b, c in re.findall(ATTRIBUTE, rest)}
                name = attrs.get("name", attrs.get("property", "robots")) if tag == "meta" else "-"
                silent = re.fullmatch(SILENT, name)
                self.metadata += [attrs.get("content", "")] if silent and ":" in name else []
                self.attributes += [text for name, text in attrs.items() if re.fullmatch(READ, f"{tag} {name}") and not silent]
                self.links += [attrs["href"]] if tag in ("a", "link") and attrs.get("href") else []
                self.ids.setdefault(attrs.get("id", ""), len(self.texts))
                owner = attrs.get("data-claim") or next((entry[1] for entry in reversed(path) if entry[1]), "")
                into = self.cited if "data-claim" in attrs or (tag, attrs.get("class")) == ("q", "quote") else []
                entry = (tag, attrs.get("id", ""), into, owner, len(self.texts))
                path += [] if re.fullmatch(VOID, tag) or rest.endswith("/") else [entry]


def squeeze(text, ends=" ,;:.()¶↩"):
    return " ".join(text.split()).strip(ends)


def disagreements(site, seeds):
    ledger = json.loads((site / "ledger.json").read_text("utf-8"))
    facts, ui, sources = ledger["facts"], ledger["interface"], {source["id"]: source for source in ledger["sources"]}
    seed = {key: (seeds / source["seed"]).read_bytes().decode("utf-8") for key, source in sources.items()}
    sums = (site / "SHA256SUMS").read_text("utf-8").splitlines()
    pinned = {site / s[66:]: s[:64] for s in sums} | {seeds / s["seed"]: s["sha256"] for s in ledger["sources"]}
    paths = {*pinned, *(path for path in site.rglob("*") if path.is_file())} - {site / "SHA256SUMS"}
    yield from (f"{p}: checksum mismatch" for p in paths if hashlib.sha256(p.read_bytes()).hexdigest() != pinned.get(p))
    files = {re.sub("(^|/)index.html$", r"\1", p.relative_to(site).as_posix()): p for p in site.rglob("*") if p.is_file()}
    pages = {name: Page(path.read_text("utf-8")) for name, path in files.items() if path.suffix.lower() == ".html"}
    claims = {(fact["id"], fact["claim"]) for fact in facts}
    quotes = {quote["exact"] for fact in facts for quote in fact["quotes"]}
    named = "|".join(re.escape(name) for of in ledger["names"].values() for name in of if name != name.lower()) or "(?!)"
    titles = [*ui["declared"], *ui.get("titles", ())]
    texts = [ui["words"], ui["theme"], titles, quotes, [claim for _, claim in claims], *ledger["texts"].values()]
    known = {squeeze(text) for group in [*texts, *ledger["names"].values()] for text in [*group, ""]}
    whole = " ".join(squeeze(seed[key]) for key, source in sources.items() if "full" in source)

    def binds(text, page=""):
        cuts = (found.span() for found in re.finditer(" - |: ", text))
        free = page in ledger["method"] and not re.search(rf"(?<!\w)({named})(?!\w)", text)
        is_known = squeeze(text) in known or squeeze(text) in map(squeeze, ui["pages"].get(page, ())) or squeeze(text) in whole
        return is_known or free or any(binds(text[:at], page) and binds(text[end:], page) for at, end in cuts)

    yield from (f"a title names someone: {t}" for t in titles + ui["explained"] if re.search(rf"(?<!\w)({named})(?!\w)", t))
    for fact in facts:
        page, key = pages.get(fact["page"].partition("#")[0]) or Page(""), fact["page"].partition("#")[2]
        if key not in page.ids or key != fact["id"] or (key, fact["claim"]) not in page.cited:
            yield f"{key}: its claim is not on its page"
        for number, quote in enumerate(fact["quotes"], 1):
            text, start, end = seed[quote["source"]], quote["start"], quote["end"]
            cut = any(re.fullmatch("[0-9A-Za-z\u00c0-\u0dff]{2}", text[max(at, 1) - 1 : at + 1]) for at in (start, end))
            is_shown = fact["kind"] == "overview" or (f"{key}.{number}", quote["exact"]) in page.cited
            if squeeze(text[start:end], None) != quote["exact"] or not quote["exact"] or cut or not is_shown:
                yield f"{key}: quote {number} is not in its seed, or not on its page"
    for name, page in pages.items():
        yield from (f"{name}: unknown: {text}" for key, text in page.cited if (key, text) not in claims and text not in quotes)
        yield from (f"{name}: no origin: {squeeze(text)}" for text in page.texts + page.attributes if not binds(text, name))
        if not re.fullmatch(METADATA.format(re.escape(name)), " ".join(page.metadata)):
            yield f"{name}: its metadata is wrong: {page.metadata}"
        for link in page.links if name != "404.html" else ():
            goal, place = map(urllib.parse.unquote, urllib.parse.urldefrag(urllib.parse.urljoin("/" + name, link)))
            lands = goal[1:] in files and (goal[1:] not in pages or place in pages[goal[1:]].ids)
            if place[8:] not in quotes if place.startswith(":~:text=") else goal.startswith("/") and not lands:
                yield f"{name}: broken link: {link}"
    yield from runpy.run_path(__file__.replace("verify_site", "verify_data"))["disagreements"](files, facts, binds)


if __name__ == "__main__":
    sys.tracebacklimit = 0
    sys.exit("\n".join(disagreements(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))) or None)
