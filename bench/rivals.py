"""Asks two public checkers of quotations about quotes and texts; bench/faults.py runs it in an environment of its own.

Reads {"texts": {name: base64}, "pairs": [[name, quote]], "pins": [[name, sha256]]} and prints for each checker the complaints
about each pair, empty where it has none, and for `citations` about each pin.

`linkml-reference-validator` is asked through `SupportingTextValidator.find_text_in_reference`, which looks for the quote in a
reference's content. `citations` is asked through `check_one`, which looks for a passage in a file, and `check_pin`, which
compares its hash. Its warnings `truncated` and `normalized` count as complaints in its favour; `short` does not, being about
length alone.
"""

import base64
import json
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

from citations.verify import check_one, check_pin
from linkml_reference_validator.models import ReferenceContent, ReferenceValidationConfig
from linkml_reference_validator.validation.supporting_text_validator import SupportingTextValidator

TELLING = ("truncated", "normalized")


def by_linkml(texts: dict[str, Path], pairs: list[list[str]]) -> list[str]:
    validator = SupportingTextValidator(ReferenceValidationConfig())
    references = {
        name: ReferenceContent(reference_id=name, content=path.read_text("utf-8", "replace")) for name, path in texts.items()
    }
    found = (validator.find_text_in_reference(quote, references[name]) for name, quote in pairs)
    return ["" if match.found else "not found" for match in found]


def by_citations(texts: dict[str, Path], pairs: list[list[str]]) -> list[str]:
    complaints = []
    for name, quote in pairs:
        result = check_one(quote, texts[name])
        told = [word for word in result.warnings if word in TELLING]
        complaints.append(" ".join([result.state, *told]) if result.state != "found" or told else "")
    return complaints


def main() -> None:
    asked: dict[str, Any] = json.load(sys.stdin)
    with tempfile.TemporaryDirectory() as folder:
        texts = {name: Path(folder) / f"{n}.txt" for n, name in enumerate(asked["texts"])}
        for name, content in asked["texts"].items():
            texts[name].write_bytes(base64.b64decode(content))
        pins = ["" if check_pin(texts[name], sha256).ok else "pin" for name, sha256 in asked["pins"]]
        told = {
            "linkml-reference-validator": {"pairs": by_linkml(texts, asked["pairs"])},
            "citations": {"pairs": by_citations(texts, asked["pairs"]), "pins": pins},
        }
    versions = {name: version(name) for name in told}
    json.dump({"told": told, "versions": versions}, sys.stdout)


if __name__ == "__main__":
    main()
