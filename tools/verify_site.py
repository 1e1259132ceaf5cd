"""Says where a built site, its ledger and the seeds disagree: verify_site.py SITE SEEDS. Shares no code with briefing."""

import hashlib
import html
import html.parser
import json
import pathlib
import re
import sys
import urllib.parse


class Page(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.claims, self.quotes, self.path, self.reading = set(), [], [], [], [], {}
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.ids.add(attrs.get("id"))
        if tag in ("a", "link") and attrs.get("href"):
            self.links.append(attrs["href"])
        if re.fullmatch("area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr", tag):
            return
        owner = next((entry[1] for entry in reversed(self.path) if entry[1]), "")
        self.path.append((tag, attrs.get("id")))
        if "data-claim" in attrs:
            self.reading[len(self.path)] = (self.claims, attrs["data-claim"], [])
        elif tag == "q" and attrs.get("class") == "quote":
            self.reading[len(self.path)] = (self.quotes, owner, [])

    def handle_endtag(self, tag):
        while any(tag == entry[0] for entry in self.path):
            if len(self.path) in self.reading:
                into, key, pieces = self.reading.pop(len(self.path))
                into.append((key, "".join(pieces)))
            if self.path.pop()[0] == tag:
                break

    def handle_data(self, data):
        for _, _, pieces in self.reading.values():
            pieces.append(data)


def squeeze(text):
    return re.sub(r"\s+", " ", text).strip()


def disagreements(site, seeds):
    ledger = json.loads((site / "ledger.json").read_text("utf-8"))
    texts = {source["id"]: (seeds / source["seed"]).read_bytes().decode("utf-8") for source in ledger["sources"]}
    sums = (site / "SHA256SUMS").read_text("utf-8").splitlines()
    pinned = {site / s[66:]: s[:64] for s in sums} | {seeds / s["seed"]: s["sha256"] for s in ledger["sources"]}
    every = {*pinned, *(path for path in site.rglob("*") if path.is_file())} - {site / "SHA256SUMS"}
    yield from (f"{path}: another file" for path in every if hashlib.sha256(path.read_bytes()).hexdigest() != pinned.get(path))
    pages = {path.relative_to(site).as_posix(): Page(path.read_text("utf-8")) for path in site.rglob("*.html")}
    index = site / "search" / "search_index.json"
    entries = json.loads(index.read_text("utf-8"))["docs"] if index.exists() else []
    search = {e["location"]: squeeze(html.unescape(re.sub("<[^>]*>", " ", e["title"] + " " + e["text"]))) for e in entries}
    claims = {(fact["id"], fact["claim"]) for fact in ledger["facts"]}
    quotes = {quote["exact"] for fact in ledger["facts"] for quote in fact["quotes"]}
    for fact in ledger["facts"]:
        where, key = fact["page"].split("#")
        page = pages.get(where + "index.html" if where.endswith("/") or not where else where)
        if page is None or key not in page.ids or (key, fact["claim"]) not in page.claims:
            yield f"{key}: its claim is not on its page"
            continue
        for number, quote in enumerate(fact["quotes"], 1):
            text, start, end = texts[quote["source"]], quote["start"], quote["end"]
            cut = any(re.fullmatch("[0-9A-Za-z\u00c0-\u0dff]{2}", text[max(at, 1) - 1 : at + 1]) for at in (start, end))
            if squeeze(text[start:end]) != quote["exact"] or not quote["exact"] or cut:
                yield f"{key}: quote {number} is not in its seed"
            if fact["kind"] != "overview" and (f"{key}.{number}", quote["exact"]) not in page.quotes:
                yield f"{key}: quote {number} is not on its page"
        for words in [fact["claim"], *(quote["exact"] for quote in fact["quotes"])]:
            if words not in search.get(fact["page"], words):
                yield f"{key}: the search index says something else"
    for name, page in pages.items():
        yield from (f"{name}: an unknown quote: {text}" for _, text in page.quotes if text not in quotes)
        yield from (f"{name}: an unknown claim: {text}" for key, text in page.claims if (key, text) not in claims)
        for link in page.links if name != "404.html" else ():
            address, place = urllib.parse.urldefrag(urllib.parse.urljoin("http://x.invalid/" + name, link))
            goal = urllib.parse.unquote(address.removeprefix("http://x.invalid/").split("?")[0])
            goal += "" if goal and not goal.endswith("/") else "index.html"
            if address.startswith("http://x.invalid/") and not (site / goal).is_file():
                yield f"{name}: a link to nowhere: {link}"
            elif place and goal in pages and urllib.parse.unquote(place) not in pages[goal].ids:
                yield f"{name}: a link to no place: {link}"


if __name__ == "__main__":
    try:
        found = list(disagreements(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])))
    except (OSError, IndexError, KeyError, ValueError, TypeError) as error:
        sys.exit(f"could not verify: {error!r}")
    print("\n".join(found) or "the site agrees with its ledger and its seeds")
    sys.exit(1 if found else 0)
