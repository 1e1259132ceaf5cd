"""What a search costs until its first result, and whether that is the claim looked for: beside Pagefind and lunr.

Run: python -m bench.finding [COUNT ...] (200 1000 10000). Needs a Chromium; Pagefind where `pagefind` is on the path (PyPI
`pagefind[bin]`). Bytes are those of every file asked for after the page was there, compressed with gzip. Ours and Pagefind are
asked in a real browser over the same claims; Material's lunr always loads its whole index, so that is weighed, not run.
"""

import gzip
import html
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bench.many import write_many
from briefing.i18n.messages import SiteContext
from briefing.loading.dossier_reader import read_dossier
from briefing.rendering.pages import SiteRenderer
from briefing.verification.data_formats import parse_search_piece
from tests.browser import FLAGS, find_browser
from tests.sites import served, write_search

# What a reader types, and the fact that answers; of the copies in a larger dossier any will do.
ASKED = (
    ("Shushi", "shusha"),
    ("shusha", "shusha"),
    ("lachin corridor", "lachin-corridor"),
    ("erdoğan", "erdogan"),
    ("pashinyan", "pashinyan"),
    ("1960 military personnel", "peacekeepers-number figure-personnel number-of-peacekeepers"),
    ("1,960", "peacekeepers-number figure-personnel number-of-peacekeepers"),
    ("ceasefire 21:00", "ceasefire-takes-effect ceasefire-starts when-in-force"),
    ("cease-fire 21:00", "ceasefire-takes-effect ceasefire-starts when-in-force"),
    ("turkey peacekeeping", "turkish-part-in-peacekeeping aliyev-turkey-involved"),
    ("turkish peacekeprs", "turkish-peacekeepers turkish-part-in-peacekeeping"),
    ("artsakh", "nagorno-karabakh"),
    ("refugees return unhcr", "putin-on-returns displaced-return"),
    ("iran welcomed", "iran"),
    ("when did the ceasefire begin", "ceasefire-takes-effect ceasefire-starts when-in-force"),
    ("how long do peacekeepers stay", "peacekeepers-mission untitled-silent-on-size"),
    ("turkey peacekeepers", "turkish-part-in-peacekeeping aliyev-turkey-involved"),
    ("duration", "peacekeepers-mission"),
    ("not mentioned", "status-of-armenian-areas format-of-negotiations turkey-not-mentioned"),
)


def claims_in(laid: SiteRenderer) -> list[dict[str, str]]:
    pieces = (parse_search_piece(laid.render_file(path)) for path in laid.search.paths)
    return [row for piece in pieces for row in piece.get("claims", ())]


def weight(site: Path, asked: list[str], address: str) -> int:
    paths = dict.fromkeys(url.removeprefix(address).partition("?")[0].partition("#")[0] for url in asked)
    return sum(len(gzip.compress((site / path).read_bytes())) for path in paths if (site / path).is_file())


def right(found: str, wanted: str) -> bool:
    """Whether what was found first is a fact that was looked for, or a copy or part of it."""
    key = found.partition(".")[0]
    return any(key == one or key.rpartition("-")[0] == one for one in wanted.split())


def report(name: str, costs: list[int], firsts: list[str]) -> None:
    missed = [(words, found) for found, (words, wanted) in zip(firsts, ASKED, strict=True) if not right(found, wanted)]
    most, usual = max(costs) / 1000, sorted(costs)[len(costs) // 2] / 1000
    hits = f"first: {len(ASKED) - len(missed)} of {len(ASKED)}"
    print(f"  {name:<10}{most:8.1f} kB at most, {usual:7.1f} kB usually; {hits}")
    print("".join(f"             {words} -> {found or 'nothing'}\n" for words, found in missed), end="")


def ours(browser: Browser, laid: SiteRenderer, site: Path) -> None:
    write_search(laid, site)
    costs, firsts = [], []
    with served(site) as address:
        for words, _ in ASKED:
            page = browser.new_page()
            asked: list[str] = []
            page.goto(address, wait_until="networkidle")
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            page.locator("a.find").click()
            page.locator("dialog input").fill(words)
            firsts.append(first(page, "dialog li", "e => e.dataset.id"))
            costs.append(weight(site, [url for url in asked if not url.endswith("filters.js")], address))
            page.close()
    report("ours", costs, firsts)


def first(page: Page, results: str, told: str) -> str:
    try:
        page.locator(results).first.wait_for(timeout=15_000)
    except Exception:
        return ""
    return str(page.locator(results).first.evaluate(told))


def pagefind(browser: Browser, claims: list[dict[str, str]], site: Path) -> None:
    """One page for each claim, as Pagefind's own index of records would have it."""
    for row in claims:
        page = site / "c" / f"{row['id']}.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        quotes = "".join(f"<q>{html.escape(quote['exact'])}</q>" for quote in row.get("quotes", ()))  # type: ignore[attr-defined]
        title, claim = html.escape(row.get("title", "")), html.escape(row["claim"])
        page.write_text(f'<!doctype html><html lang="en"><body><h1>{title}</h1><p>{claim}</p>{quotes}</body></html>', "utf-8")
    subprocess.run(["pagefind", "--site", str(site)], check=True, capture_output=True)
    (site / "index.html").write_text("<!doctype html><html lang=en><title>Find</title></html>", "utf-8")
    ask = """async words => {
      const pagefind = await import('/pagefind/pagefind.js');
      const found = await pagefind.search(words);
      const shown = await Promise.all(found.results.slice(0, 10).map(one => one.data()));
      return shown.length ? shown[0].url : '';
    }"""
    costs, firsts = [], []
    with served(site) as address:
        for words, _ in ASKED:
            page = browser.new_page()
            asked: list[str] = []
            page.goto(address, wait_until="networkidle")
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            firsts.append(Path(page.evaluate(ask, words)).stem)
            costs.append(weight(site, asked, address))
            page.close()
    report("Pagefind", costs, firsts)


def lunr(claims: list[dict[str, str]]) -> None:
    """Material's index, were each claim a section of one page: what it loads on every page, its worker included."""
    import material

    scripts = Path(material.__file__).parent / "templates" / "assets" / "javascripts"
    worker = max(scripts.glob("workers/search.*.js")).read_bytes()
    docs = [
        {"location": row["page"], "title": row["claim"], "text": "".join(f"<p>{q['exact']}</p>" for q in row.get("quotes", ()))}  # type: ignore[index]
        for row in claims
    ]
    index = json.dumps({"config": {"lang": ["en"]}, "docs": docs}, separators=(",", ":")).encode()
    size = len(gzip.compress(worker)) + len(gzip.compress(index))
    print(f"  {'lunr':<10}{size / 1000:8.1f} kB on every page, before any search")


def main() -> None:
    counts = [int(one) for one in sys.argv[1:]] or [200, 1000, 10000]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=list(FLAGS))
        for count in counts:
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                facts = write_many(folder / "dossier", count)
                laid = SiteRenderer(read_dossier(folder / "dossier"), SiteContext())
                claims = claims_in(laid)
                print(f"{facts} facts, {len(claims)} claims")
                ours(browser, laid, folder / "ours")
                if shutil.which("pagefind"):
                    pagefind(browser, claims, folder / "pagefind")
                lunr(claims)
        browser.close()


if __name__ == "__main__":
    main()
