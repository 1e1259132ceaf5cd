"""A built site runs, loads and leads to nothing but what the generator made and what briefing.yaml names."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.verifiers import our_problems

PAGE = "site/clauses/index.html"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, built_lease: Path) -> Path:
    return Path(shutil.copytree(built_lease, tmp_path_factory.mktemp("added") / "port-lease"))


@pytest.fixture
def page(folder: Path) -> Iterator[Path]:
    """A page to alter; afterwards it is as it was."""
    path = folder / PAGE
    before = path.read_bytes()
    yield path
    path.write_bytes(before)


def told(folder: Path) -> list[str]:
    return [f"{problem.location.file.path}: {problem.message}" for problem in our_problems(folder / "site", folder / "seeds")]


def insert(path: Path, html: str, before: str = "</article>") -> None:
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, f"{html}{before}", 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("html", "what"),
    [
        ("<script>document.title = 1</script>", "an inline script"),
        ("<SCRIPT type='module'>1</SCRIPT>", "an inline script"),
        ("<svg><script>1</script></svg>", "an inline script"),
        ("<script type='speculationrules'>{}</script>", "an inline script"),
        ("<p onclick=x()></p>", "the event attribute `onclick`"),
        ("<svg/onload=x()></svg>", "the event attribute `onload`"),
        ("<input type=hidden\tONFOCUS=x() autofocus>", "the event attribute `onfocus`"),
        ("<details ontoggle=x() open></details>", "the event attribute `ontoggle`"),
        ("<iframe src=clauses/></iframe>", "a `<iframe>` element"),
        ("<object data=x.svg></object>", "a `<object>` element"),
        ("<embed src=x.svg>", "a `<embed>` element"),
        ("<style>q { display: none }</style>", "a `<style>` element"),
        ("<q style='display: none'></q>", "a `style` attribute"),
        ("<svg><set attributeName=href to=x /></svg>", "a `<set>` element"),
        ("<svg><animate attributeName=x /></svg>", "a `<animate>` element"),
        ("<a href='javascript:x()'></a>", "a link to `javascript:x()`"),
        ("<a href=' java\nscript:x()'></a>", "a link to `javascript:x()`"),
        ("<a href='&#106;avascript:x()'></a>", "a link to `javascript:x()`"),
        ("<a href='data:text/html,x'></a>", "a link to `data:text/html,x`"),
        ("<svg><a xlink:href='javascript:x()'></a></svg>", "a link to `javascript:x()`"),
        ("<map name=m><area href='vbscript:x' alt=''></map>", "a link to `vbscript:x`"),
    ],
)
def test_what_runs_hides_or_frames_is_refused_on_every_page(folder: Path, page: Path, html: str, what: str) -> None:
    insert(page, html)
    assert f"{PAGE}: no page may have {what}" in told(folder)


@pytest.mark.parametrize(
    ("html", "what"),
    [
        ("<meta http-equiv=refresh content='0; url=https://a.example/'>", 'no page may have `<meta http-equiv="refresh">`'),
        ("<meta http-equiv=' Refresh ' content=9>", 'no page may have `<meta http-equiv="refresh">`'),
        ("<base href='https://a.example/'>", "no page may have a `<base>` element"),
        ("<link rel=stylesheet href='https://a.example/x.css'>", "this page loads from another host: https://a.example/x.css"),
        ("<link rel='Alternate StyleSheet' href=//a.example/x>", "this page loads from another host: //a.example/x"),
        ("<link rel=modulepreload href='https://a.example/x.js'>", "this page loads from another host: https://a.example/x.js"),
        ("<link rel=preconnect href='https://a.example'>", "this page loads from another host: https://a.example"),
    ],
)
def test_what_a_head_may_not_have_is_refused(folder: Path, page: Path, html: str, what: str) -> None:
    insert(page, html, "</head>")
    assert f"{PAGE}: {what}" in told(folder)


@pytest.mark.parametrize(
    ("html", "address"),
    [
        ("<img src='https://a.example/x.png' alt=''>", "https://a.example/x.png"),
        ("<img src='\\\\a.example/x.png' alt=''>", "\\\\a.example/x.png"),
        ("<img srcset='https://a.example/x.png 2x' alt=''>", "https://a.example/x.png"),
        ("<picture><source srcset='//a.example/y.png 1x'></picture>", "//a.example/y.png"),
        ("<video src='https://a.example/x.mp4'></video>", "https://a.example/x.mp4"),
        ("<video poster='https://a.example/x.png'></video>", "https://a.example/x.png"),
        ("<audio src='https://a.example/x.mp3'></audio>", "https://a.example/x.mp3"),
        ("<svg><image href='https://a.example/x.png' /></svg>", "https://a.example/x.png"),
        ("<svg><use xlink:href='https://a.example/x.svg#a' /></svg>", "https://a.example/x.svg#a"),
        ("<table background='https://a.example/x.png'></table>", "https://a.example/x.png"),
        ("<script src='https://a.example/x.js'></script>", "https://a.example/x.js"),
        ("<form action='https://a.example/'></form>", "https://a.example/"),
        ("<form><button formaction='https://a.example/'></button></form>", "https://a.example/"),
        ("<a href=# ping='https://a.example/'></a>", "https://a.example/"),
    ],
)
def test_a_page_loads_from_and_sends_to_no_other_host(folder: Path, page: Path, html: str, address: str) -> None:
    insert(page, html)
    assert f"{PAGE}: this page loads from another host: {address}" in told(folder)


@pytest.mark.parametrize("address", ["data:image/png;base64,AAAA", "blob:x", "http://a.example/x.png"])
def test_a_picture_is_a_file_of_the_site(folder: Path, page: Path, address: str) -> None:
    insert(page, f"<img src='{address}' alt=''>")
    assert f"{PAGE}: no page may load `{address}`" in told(folder)


@pytest.mark.parametrize("html", ["<script src=../facts.json></script>", "<script src=../search/claims-0.js></script>"])
def test_data_is_no_script(folder: Path, page: Path, html: str) -> None:
    insert(page, html)
    assert any("loads a file that is neither" in message for message in told(folder))


def test_a_navigation_stays_on_the_site(folder: Path, page: Path) -> None:
    text = page.read_text("utf-8")
    at = text.index('class="md-nav__link')
    start = text.index('href="', at)
    end = text.index('"', start + 6)
    page.write_text(f'{text[:start]}href="https://a.example/{text[end:]}', encoding="utf-8")
    assert f"{PAGE}: the navigation leads to another host: https://a.example/" in told(folder)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("script-src 'self'", "script-src 'self' 'unsafe-inline'"),
        ("connect-src 'self'", "connect-src *"),
        ('http-equiv="Content-Security-Policy"', 'http-equiv="X-UA-Compatible"'),
    ],
)
def test_every_page_carries_the_policy(folder: Path, page: Path, old: str, new: str) -> None:
    text = page.read_text("utf-8")
    assert old in text
    page.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert any("Content Security Policy" in message for message in told(folder))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("assets/briefing.js", b"alert(1)"),
        ("assets/briefing.css", b"q { display: none }"),
        ("assets/images/favicon.png", b"\x89PNG"),
        ("assets/extra.css", b"q { display: none }"),
        ("extra.js", b"alert(1)"),
        ("sw.js", b"self.onfetch = 1"),
        ("letter.pdf", b"%PDF-1.4"),
        ("picture.webp", b"RIFF"),
        ("font.woff2", b"wOF2"),
        ("robots.txt", b"User-agent: *"),
        ("CNAME", b"example.org"),
        ("module.wasm", b"\0asm"),
    ],
)
def test_a_file_is_the_generators_or_is_named(folder: Path, name: str, content: bytes) -> None:
    path = folder / "site" / name
    before = path.read_bytes() if path.exists() else None
    path.write_bytes(content)
    assert f"site/{name}: this file is neither the generator's nor named in briefing.yaml" in told(folder)
    path.write_bytes(before) if before is not None else path.unlink()


def test_the_ledger_hides_no_addition(folder: Path) -> None:
    """What the ledger lists as added must be on the page about checks, and be pinned where it can change what is read."""
    ledger = folder / "site" / "ledger.json"
    before = ledger.read_bytes()
    (folder / "site" / "x.js").write_bytes(b"1")
    data = json.loads(before)
    data["added"]["files"] = [{"file": "x.js", "sha256": "", "reason": "It counts visits."}]
    ledger.write_text(json.dumps(data), encoding="utf-8")
    assert {
        "site/x.js: briefing.yaml names this file without its checksum, and it can change what is read",
        "site/checks/index.html: this page should name what the briefing adds: x.js",
        "site/checks/index.html: this page should name what the briefing adds: It counts visits.",
    } <= set(told(folder))
    data["added"]["files"][0] |= {"sha256": hashlib.sha256(b"2").hexdigest(), "reason": "What Odile Kern wished."}
    ledger.write_text(json.dumps(data), encoding="utf-8")
    messages = told(folder)
    assert "site/x.js: this file differs from the one that briefing.yaml names" in messages
    assert any("the reason for an addition names `" in message for message in messages)
    ledger.write_bytes(before)
    (folder / "site" / "x.js").unlink()
