"""The edits that a case of the fault catalogue is made of.

{fact, field, into}         a field of a fact gets another value; for `quotes` and lists, `into` holds the YAML under it
{append, text}              a file of the dossier gets more lines at its end
{replace, old, new}         words of a file, which must stand there once, become others
{write, text}               a file gets another content, in UTF-8
{byte, offset, to}          the byte at an offset of a file becomes another
{truncate, to}              a file keeps its first so many bytes
{delete}, {rename, to}      a file is gone, or has another name
{link, to}                  a file becomes a symbolic link
{twice, into}               a fact is copied to the end of a file
{release}                   what stands in the files is released on that day
{pin}                       the record of a source gets the hash that its seed has now
"""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from briefing.cli import main
from briefing.model.fields import fields_by_key
from briefing.model.kinds import KINDS

EDITS = ("release", "append", "replace", "write", "byte", "truncate", "delete", "rename", "link", "twice", "pin", "field")
_PLAIN = re.compile(r"(?:\.\.?/)*[A-Za-z0-9](?:[\w .,'’/~-]|:(?=\S))*")


def holding(folder: Path, fact: str) -> Path | None:
    """The file of facts that holds a fact."""
    starts = re.compile(rf"^{re.escape(fact)}:", re.MULTILINE)
    files = sorted((folder / "facts").glob("*.yaml")) if fact else []
    return next((path for path in files if starts.search(path.read_text("utf-8"))), None)


def apply(folder: Path, edit: Mapping[str, Any]) -> set[Path]:
    """Carries out one edit in a folder; the files that it wrote, made or took away."""
    name = next(name for name in EDITS if name in edit)
    if name in ("pin", "twice", "field"):
        return {_edit_fact(folder, name, edit)}
    path = folder / edit[name]
    if name == "release":
        CliRunner().invoke(main, ["release", str(folder), "--date", edit["release"]])
        return {folder / "releases" / f"{edit['release']}.json"}
    if name == "delete":
        path.unlink()
    elif name == "rename":
        return {path, path.rename(path.with_name(edit["to"]))}
    elif name == "link":
        path.unlink(missing_ok=True)
        path.symlink_to(edit["to"])
    elif name == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(edit["text"].encode("utf-8", "surrogatepass"))
    else:
        path.write_bytes(_edited(name, path.read_bytes(), edit))
    return {path}


def _edited(name: str, content: bytes, edit: Mapping[str, Any]) -> bytes:
    if name == "append":
        return content.rstrip(b"\n") + b"\n\n" + edit["text"].encode()
    if name == "truncate":
        return content[: int(edit["to"])]
    if name == "byte":
        at = int(edit["offset"])
        return content[:at] + bytes([int(edit["to"], 16)]) + content[at + 1 :]
    old = edit["old"].encode()
    assert content.count(old) == 1, f"{edit['replace']} holds {content.count(old)} times: {edit['old']}"
    return content.replace(old, edit["new"].encode())


def _edit_fact(folder: Path, name: str, edit: Mapping[str, Any]) -> Path:
    path = holding(folder, edit.get(name, "") if name == "twice" else edit.get("fact", ""))
    if name == "pin":
        path = folder / "facts" / "sources.yaml"
        seed = (folder / "seeds" / f"{edit['pin']}.txt").read_bytes()
        text = with_field(path, edit["pin"], "sha256", hashlib.sha256(seed).hexdigest())
    elif name == "twice":
        assert path is not None, f"no fact {edit['twice']}"
        fact = "\n".join(path.read_text("utf-8").split("\n")[slice(*_span(path, edit["twice"]))])
        path = folder / edit["into"]
        text = path.read_text("utf-8") + "\n" + fact
    else:
        assert path is not None, f"no fact {edit['fact']}"
        text = with_field(path, edit["fact"], edit["field"], edit.get("into", ""))
    path.write_text(text, "utf-8")
    return path


def _span(path: Path, fact: str) -> tuple[int, int]:
    """The lines of a fact in its file, its id included, without the blank ones after it."""
    lines = path.read_text("utf-8").split("\n")
    start = next(n for n, line in enumerate(lines) if line.startswith(f"{fact}:"))
    end = next((n for n in range(start + 1, len(lines)) if re.match(r"\S", lines[n])), len(lines))
    while not lines[end - 1].strip():
        end -= 1
    return start, end


def with_field(path: Path, fact: str, field: str, into: Any) -> str:
    """The text of a file of facts in which a field of a fact has another value, or is gone where there is none."""
    lines = path.read_text("utf-8").split("\n")
    start, end = _span(path, fact)
    first = next((n for n in range(start + 1, end) if lines[n].startswith(f"  {field}:")), end)
    last = next((n for n in range(first + 1, end) if re.match(r"  [\w-]", lines[n]) or re.match(r"\S", lines[n])), end)
    return "\n".join([*lines[:first], *_field_lines(path.stem, field, into), *lines[last:]])


def _field_lines(stem: str, field: str, into: Any) -> list[str]:
    if isinstance(into, list):
        return [f"  {field}: [{', '.join(into)}]"]
    if not into:
        return []
    kind = next(kind for kind in KINDS if kind.file_stem == stem)
    declared = fields_by_key(kind).get(field)
    if declared is not None and declared.shape != "text":
        return [f"  {field}:", *(f"    {line}".rstrip() for line in into.rstrip("\n").split("\n"))]
    words = " ".join(into.split())
    return [f"  {field}: {words}"] if _PLAIN.fullmatch(words) else [f"  {field}: >-", f"    {words}"]
