"""The template that translators work from, and the translations brought up to it.

`python -m tests.translations` writes briefing/i18n/locale/briefing.pot from interface.yaml, the kinds and the rules,
and brings every briefing.po up to it: what still says the same keeps its translation, what is new waits for one. Then
translate what is empty.
"""

import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

import briefing
from briefing.i18n.catalog import CODE_NAME_PREFIX, messages
from briefing.i18n.vocabulary import vocabulary
from briefing.rules.registry import SUMMARIES

LOCALE = Path(briefing.__file__).parent / "i18n" / "locale"
TEMPLATE = LOCALE / "briefing.pot"
_NEVER = datetime(2026, 1, 1, tzinfo=UTC)  # the clock has no say in a file that is compared


def template() -> Catalog:
    """Every message, with its key as context, and every word of the kinds and rules, with what it is."""
    catalog = Catalog(project="briefing", charset="utf-8", creation_date=_NEVER, revision_date=_NEVER, header_comment="#")
    for key, forms in ((key, forms) for key, forms in messages().items() if not key.startswith(CODE_NAME_PREFIX)):
        catalog.add((forms["one"], forms["other"]) if "one" in forms else forms["other"], context=key)
    for context, word in vocabulary(SUMMARIES.values()):
        catalog.add(word, context=context)
    return catalog


def written(catalog: Catalog) -> str:
    """The text of a catalogue's file."""
    out = io.BytesIO()
    write_po(out, catalog, width=120, ignore_obsolete=True)
    return out.getvalue().decode("utf-8")


def read(path: Path) -> Catalog:
    """A catalogue as it lies on disk."""
    return read_po(io.BytesIO(path.read_bytes()), locale=path.parent.parent.name)


def translations() -> list[Path]:
    """The files of the languages there are."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/briefing.po"))


def brought_up(path: Path) -> Catalog:
    """A language's catalogue with the messages of the template and none besides."""
    catalog = read(path)
    catalog.update(template(), no_fuzzy_matching=True)
    catalog.creation_date = catalog.revision_date = _NEVER
    return catalog


def faults(catalog: Catalog) -> Iterator[str]:
    """What is wrong with a translation: nothing said, a guess, another set of placeholders, forms that are missing."""
    for message in (message for message in catalog if message.id):
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.pluralizable and len(forms) != catalog.num_plurals:
            yield f"{message.context}: {len(forms)} forms, not {catalog.num_plurals}"
        if not all(forms):
            yield f"{message.context}: {message.id}"
        elif message.fuzzy:
            yield f"{message.context} is a guess: {message.string}"
        elif any(placeholders(form) != placeholders(_english(message)) for form in forms):
            yield f"{message.context} has other placeholders: {message.string}"
        elif any(form != form.strip() or "  " in form for form in forms):
            yield f"{message.context} has spaces too many: {message.string}"


def _english(message: Message) -> str:
    return message.id[1] if isinstance(message.id, tuple) else message.id


def placeholders(text: str) -> list[str]:
    """The names that are filled in, in any order."""
    if not re.search(r"[{}]", text):
        return []
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name)


def main() -> int:
    """Writes what is written now; the number of what waits for a translation."""
    LOCALE.mkdir(exist_ok=True)
    TEMPLATE.write_text(written(template()), encoding="utf-8")
    waiting = 0
    for path in translations():
        path.write_text(written(brought_up(path)), encoding="utf-8")
        for fault in faults(read(path)):
            waiting += 1
            print(f"{path}: {fault}")
    return waiting


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
