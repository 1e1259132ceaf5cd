"""The last hand at a page: what HTML does not allow is put right, and a policy names what may load and run."""

import re
from base64 import b64encode
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from briefing.model.additions import AddedAddress
from briefing.model.located_text import Text
from briefing.rendering.html_postprocess import add_policy, fix_markup
from tests.browser import FLAGS, MISSING, find_browser
from tests.sites import served


def t(words: str) -> Text:
    return Text(words)


PAGE = '<!doctype html><html><head><meta charset="utf-8"></head><body>{}</body></html>'
ADDED = [
    AddedAddress(address=t("https://a.example/s.js?x&y"), use=t("script"), reason=t("It counts."), sha256=t("0a" * 32)),
    AddedAddress(address=t("https://a.example/count"), use=t("connection"), reason=t("It counts.")),
    AddedAddress(address=t("https://b.example/"), use=t("navigation"), reason=t("The other edition.")),
]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ('<input class="md-toggle" data-md-toggle="drawer" type="checkbox" id="__drawer" autocomplete="off">', ""),
        ('<label for="x" tabindex="">', '<label for="x">'),
        ('<a href="#_notes" class="md-skip"><b id="__content">', '<a href="#__content" class="md-skip"><b id="__content">'),
        ('<a href="#_notes" class="md-skip">', '<a href="#_notes" class="md-skip">'),
        ('<label class="y" for="__toc">', '<label class="y">'),
        ('<label for="__toc"><input id="__toc">', '<label for="__toc"><input id="__toc">'),
        ('<input type="text" autocomplete="off" tabindex="-1">', '<input type="text" autocomplete="off" tabindex="-1">'),
    ],
)
def test_what_html_does_not_allow_is_put_right_and_nothing_else(wrong: str, right: str) -> None:
    assert fix_markup(wrong) == right


def test_a_policy_stands_right_behind_the_charset_and_allows_no_inline_script() -> None:
    html = add_policy(PAGE.format("<script>let a</script>"), ())
    policy = re.search(r'<meta charset="utf-8">\s*<meta http-equiv="Content-Security-Policy" content="([^"]*)">', html)
    assert policy is not None
    directives = dict(part.strip().split(" ", 1) for part in policy[1].split(";"))
    assert directives["script-src"] == directives["style-src"] == directives["connect-src"] == "'self'"
    assert directives["default-src"] == directives["base-uri"] == "'none'"


def test_a_policy_carries_only_the_addresses_that_were_added_each_for_its_use() -> None:
    html = add_policy(PAGE.format('<script src="https://a.example/s.js?x&amp;y"></script>'), ADDED)
    policy = html.partition('content="')[2].partition('"')[0]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["script-src"] == "'self' https://a.example/s.js"
    assert directives["connect-src"] == "'self' https://a.example/count"
    assert directives["style-src"] == "'self'"
    assert "b.example" not in policy
    pin = b64encode(bytes.fromhex("0a" * 32)).decode()
    assert f'src="https://a.example/s.js?x&amp;y" integrity="sha256-{pin}" crossorigin="anonymous"' in html


def test_a_browser_runs_our_scripts_and_no_other_and_asks_no_other_host(tmp_path: Path) -> None:
    path = find_browser()
    if path is None:
        pytest.fail(MISSING)
    smuggled = '<img src="http://127.0.0.2:1/x.png" onerror="window.hostile = 1"><p id="p" style="color: red"></p>'
    ours = '<script src="ours.js"></script>'
    html = add_policy(PAGE.format(ours), ()).replace("</body>", f"{smuggled}<script>window.hostile = 1</script></body>")
    (tmp_path / "ours.js").write_text("window.ours = 1", encoding="utf-8")
    (tmp_path / "index.html").write_text(html, encoding="utf-8")
    with sync_playwright() as playwright, served(tmp_path) as address:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        page = browser.new_page()
        asked: list[str] = []
        page.on("requestfinished", lambda request: asked.append(request.url))
        page.goto(address, wait_until="networkidle")
        assert page.evaluate("[window.ours, window.hostile]") == [1, None]
        assert page.locator("#p").evaluate("p => getComputedStyle(p).color") == "rgb(0, 0, 0)"
        assert [url for url in asked if not url.startswith(address)] == []
        browser.close()
