"""The last hand at a page: what HTML does not allow is put right, and a policy names what may load and run."""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from briefing.rendering.html_postprocess import add_csp, fix_markup
from tests.browser import FLAGS, MISSING, find_browser
from tests.sites import served

PAGE = '<!doctype html><html><head><meta charset="utf-8"><script>window.ours = 1</script></head><body>{}</body></html>'


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


def test_a_policy_stands_right_behind_the_charset_and_names_each_inline_script_once() -> None:
    scripts = (
        "<script>let a</script><script>let a</script><script src=x.js></script><script type='application/json'>{}</script>"
    )
    html = add_csp(PAGE.format(scripts))
    policy = re.search(r'<meta charset="utf-8">\s*<meta http-equiv="Content-Security-Policy" content="([^"]*)">', html)
    assert policy is not None
    hashes = [b64encode(sha256(script).digest()).decode() for script in (b"window.ours = 1", b"let a")]
    assert re.findall(r"'sha256-([^']*)'", policy[1]) == hashes
    assert "unsafe" not in policy[1]


def test_a_browser_runs_our_scripts_and_no_other_and_asks_no_other_host(tmp_path: Path) -> None:
    path = find_browser()
    if path is None:
        pytest.fail(MISSING)
    smuggled = '<img src="http://127.0.0.2:1/x.png" onerror="window.hostile = 1"><p id="p" style="color: red"></p>'
    html = add_csp(PAGE.format("")).replace("</body>", f"{smuggled}<script>window.hostile = 1</script></body>")
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
