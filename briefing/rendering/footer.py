"""What stands at the foot of every page: how much was checked, against which sources, at which commit."""

from markupsafe import Markup

from briefing.i18n.escape import apart
from briefing.i18n.messages import Frame, Say
from briefing.model.dossier import Dossier
from briefing.model.facts import parts_of
from briefing.model.record import Record
from briefing.text.languages import attributes

SCRIPTED = ("close", "copy-link", "copy-citation", "copy-bibtex", "copy-csl", "copied")  # what the script of the pages says


def foot(dossier: Dossier, frame: Frame, say: Say) -> Markup:
    """The words at the foot of a page, as a block of HTML."""
    parts = [part for fact in dossier.every() for part in parts_of(fact)]
    ours = attributes(dossier.settings.claims_in, frame.language)
    labels = Markup(", ").join(
        apart(record.label, attributes=ours) for record in dossier.of("sources") if isinstance(record, Record)
    )
    quotes = sum(len(part.quotes) for part in parts if "facts" not in part.evidence)
    return foot_of(say, len(parts), quotes, labels, frame.commit)


def foot_of(say: Say, claims: int, quotes: int, labels: Markup, commit: str | None) -> Markup:
    """The same, from the numbers."""
    checked = say(
        "checked", claims=apart(say("claims", count=claims)), quotes=apart(say("quotes", count=quotes)), sources=labels
    )
    at = "" if commit is None else say("at-commit", commit=commit) if commit else say("not-at-commit")
    words = Markup().join(Markup(f'<span data-word="{key}">{say(key)}</span>') for key in SCRIPTED)
    return Markup(f'<p class="checked">{checked} {at}</p><p hidden>{words}</p>')
