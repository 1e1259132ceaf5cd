"""What documents, pages and servers that are made to cost time or memory cost: seconds, and peak memory of all processes.

Run: python -m bench.hostile [NAME ...]. Each input is read in processes of its own: `add` and `fetch` are whole runs of
`briefing source add`, `verify` reads the input back as a built page. Seconds are of the clock, and so of this machine and what
else it does; memory is the sum of the peaks of the command and of the largest process that it starts.
"""

import argparse
import http.server
import json
import shutil
import socketserver
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.documents import packed_pdf, scattered_pdf

PROJECT = Path(__file__).parent.parent
MAX_SECONDS = 2.0
MAX_MIB = 300
MIB = 1024 * 1024
COMMENT = "<!-- wp:paragraph -->\n<p>The harbour is leased, {}.</p>\n<!-- /wp:paragraph -->\n\n"
BODY = "<!doctype html><html><body>"
LINKED_DATA = "<script type='application/ld+json'>"
ADD = """
import resource, sys
from click.testing import CliRunner
from briefing.cli import main
result = CliRunner().invoke(main, ["source", "add", *sys.argv[1:]])
first = (result.stderr or repr(result.exception)).strip().splitlines()[0]
peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
is_traceback = result.exception is not None and not isinstance(result.exception, SystemExit)
print("\\n" + __import__("json").dumps([sum(peaks), first, is_traceback]))
"""
SLOW = f"""
from briefing.sources import connections, fetch
connections.DEADLINE_SECONDS = fetch.DEADLINE_SECONDS = 1
{ADD}"""  # with a deadline of one second instead of 60, so that what is measured is whether it holds
VERIFY = """
import resource, sys
from pathlib import Path
from briefing.verification.built_site import read_site
texts = read_site(Path(sys.argv[1])).pages["index.html"].texts
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print("\\n" + __import__("json").dumps([peak, texts[0][:80] if texts else "", False]))
"""
WRITE = """
import sys
from pathlib import Path
from bench.hostile import DOCUMENTS
Path(sys.argv[2]).write_bytes(DOCUMENTS[sys.argv[1]]())
"""  # in a process of its own: what a process starts counts the memory of that process among its own peak

DOCUMENTS: Mapping[str, Callable[[], bytes]] = {
    "a letter.txt": lambda: b"A letter.\n",
    "22 comments.txt": lambda: "".join(map(COMMENT.format, range(22))).encode(),
    "100,000 comments.txt": lambda: "".join(map(COMMENT.format, range(100_000))).encode(),
    "100,000 comments.html": lambda: (BODY + "".join(map(COMMENT.format, range(60_000)))).encode(),
    "nested div.html": lambda: (BODY + "<div>" * 100_000 + "word" + "</div>" * 100_000).encode(),
    "nested article.html": lambda: (BODY + "<article>" * 100_000 + "word").encode(),
    "nested formatting.html": lambda: (BODY + ("<p>" + "".join(f"<b id={n}>" for n in range(400)) + "</p>") * 20).encode(),
    "many attributes.html": lambda: (BODY + "<p " + " ".join(f"a{n}" for n in range(200_000)) + ">word").encode(),
    "many options.html": lambda: (BODY + "<select>" + "<option>a" * 100_000).encode(),
    "many siblings.html": lambda: (BODY + "<p>word" * 100_000).encode(),
    "many metas.html": lambda: (BODY + "".join(f"<meta name=author content=a{n}>" for n in range(100_000)) + "word").encode(),
    "deep linked data.html": lambda: (
        BODY + "<script type='application/ld+json'>" + "[" * 4_000_000 + "</script>word"
    ).encode(),
    "only less-than.html": lambda: b"<html>" + b"<" * (8 * MIB - 100),
    "open comment.html": lambda: b"<html>word" + b"<!--" * (2 * MIB - 100),
    "entities.html": lambda: b"<html>" + b"&amp;" * (MIB + 500_000),
    "large attribute.html": lambda: b"<html><p class='" + b"byline " * MIB + b"'>word",
    "unicode_escape.html": lambda: b"<html><meta charset=unicode_escape><p>" + b"\\u0041" * 100_000,
    "packed.pdf": lambda: packed_pdf(b" " * 400_000_000),
    "packed twice.pdf": lambda: packed_pdf(b" " * 400_000_000, times=2),
    "many words.pdf": lambda: packed_pdf(b"BT /F1 12 Tf " + b"(aaaaaaaaaaaaaaaaaaaaaaaa) Tj " * 300_000 + b"ET"),
    "scattered words.pdf": lambda: scattered_pdf(30_000),
}
PAGES = [name for name in DOCUMENTS if name.endswith(".html")]


class Web(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        self.wfile.write(b"<html><p>" + b"word " * 10_000)
        while "slow" in self.path:
            self.wfile.write(b"aa")
            time.sleep(2)

    def log_message(self, format: str, *args: object) -> None:
        pass


def run(code: str, *arguments: str) -> tuple[float, float, str]:
    """The seconds and MiB of a run, and what it said first."""
    start = time.monotonic()
    ran = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, cwd=PROJECT)
    spent = time.monotonic() - start
    if ran.returncode:
        return spent, 0.0, f"TRACEBACK {ran.stderr.strip().splitlines()[-1]}"
    kib, said, is_traceback = json.loads(ran.stdout.splitlines()[-1])
    return spent, kib / 1024, f"TRACEBACK {said}" if is_traceback else said


def report(name: str, seconds: float, mib: float, said: str) -> None:
    over = [*["over 2 s"] * (seconds > MAX_SECONDS), *[f"over {MAX_MIB} MiB"] * (mib > MAX_MIB)]
    print(f"{name:32}{seconds:8.1f} s{mib:8.0f} MiB  {', '.join(over):20}{said[:90]}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    names = parser.parse_args().names
    with tempfile.TemporaryDirectory() as temporary, socketserver.ThreadingTCPServer(("127.0.0.1", 0), Web) as server:
        server.daemon_threads, server.block_on_close = True, False
        threading.Thread(target=server.serve_forever, daemon=True).start()
        tries = {f"add {name}": (ADD, name) for name in DOCUMENTS}
        tries |= {f"verify {name}": (VERIFY, name) for name in PAGES}
        tries |= {"fetch broken off": (ADD, "broken off"), "fetch slow": (SLOW, "slow")}
        for label, (code, name) in tries.items():
            if names and label not in names:
                continue
            folder = Path(temporary, "briefing")
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(PROJECT / "tests" / "port_lease", folder)
            if label.startswith("fetch"):
                url = f"http://127.0.0.1:{server.server_address[1]}/{name.replace(' ', '-')}"
                report(label, *run(code, url, "--fetch", "--id", "fetched", "--dir", str(folder)))
                continue
            site = folder / "site"
            site.mkdir()
            path = site / "index.html" if code is VERIFY else folder / name
            subprocess.run([sys.executable, "-c", WRITE, name, str(path)], check=True, cwd=PROJECT)
            report(label, *run(code, *([str(site)] if code is VERIFY else [str(path), "--id", "added", "--dir", str(folder)])))
        server.shutdown()


if __name__ == "__main__":
    main()
