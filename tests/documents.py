"""Documents for the tests of `briefing source add`: a page, and PDFs written by hand."""

import zlib

PAGE = """\
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Harbour leased | Halden Gazette</title>
<meta property="og:title" content="Vessia Leases Halden Harbour"><meta name="author" content="Ilse Vanter">
<meta property="og:site_name" content="Halden Gazette"><link rel="canonical" href="https://gazette.example/harbour">
<script type="application/ld+json">{"@graph": [{"headline": "Vessia Leases Halden Harbour",
"publisher": {"name": "Gazette Ltd"}, "datePublished": "2031-04-02T09:00:00Z"}]}</script></head>
<body><header><nav><a href="/">Home</a></nav></header>
<main><article><h1>Vessia Leases Halden Harbour</h1>
<p class="byline">By <a href="/iv">Ilse Vanter</a></p><time datetime="2031-04-02T11:00">Wednesday 2 April</time>
<figure><img src="x.jpg" alt="A quay"><figcaption>The quay. Photo: T. Brandt</figcaption></figure>
<p>Vessia agreed to lease its largest harbour for 25&nbsp;years,
the cabinet office said on <b>Wednes</b>day. <span style="display: none">Vessia sold it.</span></p>
<h2>Nothing lost</h2>
<p>Kern said <q>nothing is lost</q>.<br>She left.</p>
<ul><li>One point.</li><li>Another point.</li></ul>
<blockquote class="twitter-tweet"><p>Not our deal.</p></blockquote>
<table><tr><th>Year</th><td>2031</td></tr></table>
<pre>Typed  text

in two blocks</pre>
</article><aside><p>Another story.</p></aside></main><footer>© Gazette Ltd</footer></body></html>
"""


def pdf(*pages: list[str], title: str = "", extra: str = "") -> bytes:
    """A PDF; on each page, the blocks of text one below the other, a line for each line of a block."""
    bodies = [_page_text(blocks) for blocks in pages]
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [f"<< /Type /Catalog /Pages 2 0 R {extra}>>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>"]
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    for n, body in enumerate(bodies):
        page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F1 3 0 R >> >>"
        objects += [f"{page} /Contents {5 + 2 * n} 0 R >>", f"<< /Length {len(body)} >>\nstream\n{body}\nendstream"]
    objects.append(f"<< /Title ({title}) /CreationDate (D:20310402090000Z) >>")
    return _numbered(objects)


def packed_pdf(content: bytes, times: int = 1) -> bytes:
    """A PDF of one page with a compressed stream, compressed so many times."""
    for _ in range(times):
        content = zlib.compress(content, 9)
    stream = f"<< /Length {len(content)} /Filter [{' /FlateDecode' * times}] >>\nstream\n{content.decode('latin-1')}\nendstream"
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R >>"
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    pages = "<< /Type /Pages /Kids [4 0 R] /Count 1 >>"
    return _numbered(["<< /Type /Catalog /Pages 2 0 R >>", pages, font, page, stream])


def scattered_pdf(pieces: int) -> bytes:
    """A small PDF of one page on which words lie about: the layout of it takes long."""
    shown = (b"1 0 0 1 %d %d Tm (ab) Tj " % (piece % 13 * 40, piece % 17 * 40) for piece in range(pieces))
    return packed_pdf(b"BT /F1 12 Tf " + b"".join(shown) + b"ET")


def _page_text(blocks: list[str]) -> str:
    shown, y = [], 740
    for block in blocks:
        for line in block.split("\n"):
            shown.append(f"1 0 0 1 60 {y} Tm ({line}) Tj")
            y -= 14
        y -= 40
    return "BT /F1 12 Tf " + "\n".join(shown) + " ET" if shown else ""


def _numbered(objects: list[str]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}".encode("latin-1")
