"""Writes small dossiers for the tests. It knows nothing of pytest, so that a build in a process of its own may use it."""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

RECORD = """\
{id}:
  label: The {id}
  title: not stated
  author: not stated
  container-title: not stated
  publisher: not stated
  issued: 2031-04-02
  accessed: not stated
  url: not stated
  language: en
  rights: Invented.
  basis:
    title: The seed prints none.
  seed: {id}.txt
  sha256: {sha256}
  text: full
"""
_PIN = re.compile(r"sha256 of ([\w.-]+)")


def write_dossier(folder: Path, facts: Mapping[str, str], seeds: Mapping[str, str]) -> Path:
    """Writes a dossier from YAML texts by kind (or file name) and seed texts by source id, and returns its folder.

    Without `sources` among the facts, a record is written for each seed. In any file, `sha256 of wire.txt` becomes the
    hash of that seed.
    """
    pins = {f"{id}.txt": hashlib.sha256(text.encode()).hexdigest() for id, text in seeds.items()}
    records = "\n".join(RECORD.format(id=id, sha256=f"sha256 of {id}.txt") for id in seeds)
    for name in ("facts", "seeds"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for id, text in seeds.items():
        (folder / "seeds" / f"{id}.txt").write_bytes(text.encode())
    for stem, yaml in (({"sources": records} if records else {}) | dict(facts)).items():
        name = stem if "." in stem else f"{stem}.yaml"
        (folder / "facts" / name).write_bytes(_PIN.sub(lambda found: pins[found[1]], yaml).encode())
    return folder
