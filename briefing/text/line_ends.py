"""Line ends: LF (Unix), CRLF (Windows, internet protocols) and CR (old Macs)."""


def other_line_ends(content: bytes) -> tuple[bytes, ...]:
    """The same bytes with each of the other line ends, as version control and editors change them."""
    plain = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    variants = (plain, plain.replace(b"\n", b"\r\n"), plain.replace(b"\n", b"\r"))
    return tuple(variant for variant in variants if variant != content)
