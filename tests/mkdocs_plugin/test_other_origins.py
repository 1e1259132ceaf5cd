"""A page of another origin, in a real browser, can read nothing of a running preview; the preview itself is searched."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import FLAGS, MISSING, find_browser
from tests.conftest import PORT_LEASE
from tests.previews import previewed
from tests.sites import MKDOCS_YML, make_buildable, served

CLAIM = "Vessia leases Halden harbour to the Marrow Isles for 25 years."
NAME = "pages.example"  # of the machine that serves the other pages, and of the preview after its DNS record was changed
PROXY = "draft.example"  # a name that the preview allows
ATTACKS = """\
const briefed = [];
self.briefingFound = (piece) => briefed.push(JSON.stringify(piece));
const tag = (name, attributes) => new Promise((resolve) => {
  const element = Object.assign(document.createElement(name), attributes);
  element.addEventListener("load", () => resolve(element));
  element.addEventListener("loadeddata", () => resolve(element));
  element.addEventListener("error", () => resolve(null));
  document.body.append(element);
  setTimeout(() => resolve(null), 5000);
});
const script = async (url, type = "") => ((await tag("script", { src: url, type })) ? `ran ${briefed}` : "");
const image = async (url) => ((await tag("img", { src: url })) ? "seen" : "");
const sheet = async (url) => ((await tag("link", { rel: "stylesheet", href: url })) ? "applied" : "");
const styled = async (url) => ((await tag("style", { textContent: `@import url(${url})` })) ? "applied" : "");
const linked = async (url, rel, as) => ((await tag("link", { rel, as, href: url })) ? "loaded" : "");
const fetched = async (url, options) => {
  const answer = await fetch(url, options);
  return `${answer.type} ${await answer.text().catch(() => "")}`;
};
const requested = (url) => new Promise((resolve, reject) => {
  const request = new XMLHttpRequest();
  request.onload = () => resolve(`got ${request.responseText}`);
  request.onerror = reject;
  request.open("GET", url);
  request.send();
});
const inner = async (element) => {
  const { contentDocument: document, contentWindow: window } = element;
  return document?.body?.innerText ?? (window.length ? `${window.length} frames` : window.document.body.innerText);
};
const framed = async (url) => inner(await tag("iframe", { src: url }));
const embedded = async (url) => inner(await tag("object", { data: url }));
const working = (code) => new Promise((resolve, reject) => {
  const worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = reject;
});
const imported = (url) => working(`
  self.briefingFound = (piece) => postMessage(JSON.stringify(piece));
  importScripts(${JSON.stringify(url)});
  postMessage("ran");
`);
const streamed = (url) => new Promise((resolve, reject) => {
  const source = new EventSource(url);
  source.onopen = () => resolve("open");
  source.onerror = () => { source.close(); reject(); };
});
const connected = (url) => new Promise((resolve, reject) => {
  const socket = new WebSocket(url.replace("http:", "ws:"));
  socket.onopen = () => resolve("open");
  socket.onerror = reject;
});
const opened = async (url) => {
  const window = open(url);
  if (!window) return "";
  for (let turns = 0; turns < 20 && !window.closed; turns += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    try {
      if (window.document.body.innerText) return window.document.body.innerText;
    } catch { /* another origin */ }
  }
  return window.closed ? "" : "a handle";
};
"""


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = make_buildable(Path(shutil.copytree(PORT_LEASE, tmp_path_factory.mktemp("origins") / "port_lease")))
    allowed = f"plugins:\n  - briefing:\n      allowed_hosts: [{PROXY}]\n"
    (folder / "mkdocs.yml").write_text(MKDOCS_YML.replace("plugins: [briefing]\n", allowed), encoding="utf-8")
    with previewed(folder) as address:
        yield address


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page on another port."""
    folder = tmp_path_factory.mktemp("other")
    (folder / "index.html").write_text(f"<!doctype html><body><script>{ATTACKS}</script>", encoding="utf-8")
    with served(folder) as address:
        yield address


@pytest.fixture(scope="module")
def rebinding(browser: Browser) -> Iterator[Browser]:
    """A browser for which DNS leads two names to this machine."""
    flags = [*FLAGS, f"--host-resolver-rules=MAP {NAME} 127.0.0.1, MAP {PROXY} 127.0.0.1"]
    launched = browser.browser_type.launch(executable_path=find_browser() or pytest.fail(MISSING), args=flags)
    yield launched
    launched.close()


@pytest.fixture(scope="module", params=["another port", "another name", "a file"])
def attacker(request: pytest.FixtureRequest, other: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a page that is not the preview's."""
    if request.param == "a file":
        page = tmp_path_factory.mktemp("file") / "index.html"
        page.write_text(f"<!doctype html><body><script>{ATTACKS}</script>", encoding="utf-8")
        return page.as_uri()
    return other if request.param == "another port" else other.replace("127.0.0.1", NAME)


WAYS = {  # what a page tries, with the address of the preview for @; whether it succeeds with a server that guards nothing
    "a piece of the search index as a script": ("script('@search/claims-0.js')", True),
    "the ledger as a script": ("script('@ledger.json')", False),
    "a table as a script": ("script('@data/clauses.csv')", False),
    "a page as a script": ("script('@clauses/')", False),
    "an asset as a script": ("script('@assets/briefing.js')", True),
    "a module script": ("script('@search/claims-0.js', 'module')", False),
    "an imported module": ("import('@search/claims-0.js').then(() => `ran ${briefed}`)", False),
    "an imported data module": ("import('@ledger.json', { with: { type: 'json' } }).then(() => 'ran')", False),
    "a piece in a worker": ("imported('@search/claims-0.js')", True),
    "a worker of the preview": ("new Promise((_, no) => { new Worker('@assets/briefing.js').onerror = no; })", False),
    "fetch": ("fetched('@clauses/')", False),
    "fetch of a piece": ("fetched('@search/index.js')", False),
    "fetch without CORS": ("fetched('@clauses/', { mode: 'no-cors' })", True),
    "fetch without CORS of what is not there": ("fetched('@nothing/', { mode: 'no-cors' })", True),
    "fetch without following": ("fetched('@clauses', { mode: 'no-cors', redirect: 'manual' })", False),
    "fetch with credentials": ("fetched('@clauses/', { credentials: 'include' })", False),
    "fetch with a method": ("fetched('@clauses/', { method: 'POST', mode: 'no-cors', body: '' })", True),
    "fetch with a preflight": ("fetched('@clauses/', { method: 'PUT' })", False),
    "fetch of a part": ("fetched('@clauses/', { headers: { Range: 'bytes=0-99' } })", False),
    "XMLHttpRequest": ("requested('@clauses/')", False),
    "the long poll": ("requested('@livereload/0/1')", False),
    "the long poll without CORS": ("fetched('@livereload/0/1', { mode: 'no-cors' })", True),
    "a stream of events": ("streamed('@livereload/0/1')", False),
    "a socket": ("connected('@livereload/0/1')", False),
    "a frame": ("framed('@clauses/')", False),
    "an object": ("embedded('@clauses/')", False),
    "a picture": ("image('@assets/images/favicon.png')", True),
    "a style sheet": ("sheet('@assets/briefing.css')", True),
    "an imported style sheet": ("styled('@assets/briefing.css')", True),
    "a font": ("new FontFace('x', 'url(@assets/briefing.css)').load().then(() => 'loaded')", False),
    "a film": ("tag('video', { src: '@clauses/' })", False),
    "a page as a style sheet": ("sheet('@clauses/')", False),
    "a preload": ("linked('@search/claims-0.js', 'preload', 'script')", True),
    "a prefetch": ("linked('@clauses/', 'prefetch', 'document')", True),
    "an opened window": ("opened('@clauses/')", True),
    "an opened window of what is not there": ("opened('@nothing/')", True),
}


def tried(page: Page, way: str, at: str) -> str:
    """What a page could read of an address; empty if nothing."""
    way = way.replace("@", at)
    return str(page.evaluate(f"(async () => {{ try {{ return await {way} || '' }} catch {{ return '' }} }})()"))


@pytest.fixture
def page(rebinding: Browser) -> Iterator[Page]:
    context = rebinding.new_context()
    yield context.new_page()
    context.close()


def test_a_page_of_another_origin_reads_nothing(page: Page, attacker: str, preview: str) -> None:
    page.goto(attacker)
    assert {name: tried(page, way, preview) for name, (way, _) in WAYS.items()} == dict.fromkeys(WAYS, "")


def test_a_page_of_another_origin_reads_nothing_by_an_allowed_name(page: Page, attacker: str, preview: str) -> None:
    """Over plain HTTP a browser says nothing of the page that asks, and keeps the handle of a window: that reads nothing."""
    page.goto(attacker)
    read = {name: tried(page, way, preview.replace("127.0.0.1", PROXY)) for name, (way, _) in WAYS.items()}
    assert read == {name: "a handle" if "window" in name else "" for name in WAYS}


def test_these_ways_lead_somewhere_without_a_guard(page: Page, other: str, built_lease: Path) -> None:
    with served(built_lease / "site") as unguarded:
        page.goto(other)
        read = {name: tried(page, way, unguarded) for name, (way, _) in WAYS.items()}
    assert [name for name, text in read.items() if text] == [name for name, (_, succeeds) in WAYS.items() if succeeds]
    assert "Vessia" in read["a piece of the search index as a script"]


FRAMES = ["iframe", "frame", "embed", "object"]


def shown_in_frames(page: Page, tag: str, url: str) -> str:
    """What stands in a frame of a page after a while, which the page may not read but shows."""
    page.evaluate(
        """([tag, url]) => {
            const frame = Object.assign(document.createElement(tag), { [tag === "object" ? "data" : "src"]: url });
            const set = document.createElement("frameset");
            if (tag === "frame") { set.append(frame); document.body.replaceWith(set); } else document.body.append(frame);
        }""",
        [tag, url],
    )
    page.wait_for_timeout(500)
    return "".join(frame.content() for frame in page.frames if frame != page.main_frame)


@pytest.mark.parametrize("tag", FRAMES)
def test_no_frame_of_another_origin_shows_a_draft(page: Page, attacker: str, preview: str, tag: str) -> None:
    page.goto(attacker)
    assert CLAIM not in shown_in_frames(page, tag, f"{preview}clauses/")


@pytest.mark.parametrize("tag", FRAMES)
def test_a_frame_shows_it_without_a_guard(page: Page, other: str, built_lease: Path, tag: str) -> None:
    with served(built_lease / "site") as unguarded:
        page.goto(other)
        assert CLAIM in shown_in_frames(page, tag, f"{unguarded}clauses/")


def test_a_rebound_name_reads_nothing(page: Page, preview: str) -> None:
    """The page has this name and port, and DNS leads the name to this machine: one origin for the browser."""
    rebound = preview.replace("127.0.0.1", NAME)
    page.goto(rebound)
    page.add_script_tag(content=ATTACKS)
    read = {name: tried(page, way, rebound) for name, (way, _) in WAYS.items()}
    assert read["fetch"].startswith("basic This preview is at ")
    assert [name for name, text in read.items() if any(word in text for word in ("Vessia", "Halden", "ran {"))] == []


def test_a_rebound_name_is_told_how_to_be_allowed(page: Page, preview: str) -> None:
    answer = page.goto(preview.replace("127.0.0.1", NAME))
    assert answer is not None
    assert answer.status == 403
    host = f"{NAME}:{urlsplit(preview).port}"
    assert f'allowed_hosts: ["{host}"]' in page.locator("body").inner_text()


def test_a_link_of_another_origin_opens_the_preview(page: Page, attacker: str, preview: str) -> None:
    page.goto(attacker)
    page.evaluate("url => { location.href = url; }", f"{preview}clauses/")
    expect(page.locator(f'text="{CLAIM}"').first).to_be_visible()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", PROXY])
def test_the_preview_is_searched_and_loads_all_that_is_its_own(page: Page, preview: str, host: str) -> None:
    preview = preview.replace("127.0.0.1", host)
    refused: list[str] = []
    page.on("response", lambda answer: refused.append(answer.url) if answer.status >= 400 else None)
    page.on("pageerror", lambda error: refused.append(str(error)))
    page.goto(f"{preview}clauses/")
    page.locator("a.find").click()
    page.locator("dialog.search input").fill("harbour for 25 years")
    expect(page.locator("dialog.search li").first).to_contain_text(CLAIM)
    page.locator("dialog.search li a").first.click()
    page.wait_for_url("**/clauses/#lease-term")
    assert refused == []
