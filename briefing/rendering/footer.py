"""The footer of every page: how much was checked, against which sources, at which commit."""

from markupsafe import Markup

from briefing.i18n.escape import wrap_inline
from briefing.i18n.messages import SiteContext, Translator
from briefing.model.dossier import Dossier
from briefing.model.facts import parts_of
from briefing.text.languages import lang_attributes

SCRIPT_MESSAGES = (
    "close",
    "copy-link",
    "copy-citation",
    "copy-bibtex",
    "copy-csl",
    "copied",
)  # texts that briefing.js shows


def render_footer(dossier: Dossier, site_context: SiteContext, say: Translator) -> Markup:
    """The footer as a block of HTML."""
    parts = [part for fact in dossier.all_facts() for part in parts_of(fact)]
    lang = lang_attributes(dossier.settings.claim_language, site_context.language)
    labels = Markup(", ").join(wrap_inline(record.label, attributes=lang) for record in dossier.records())
    quotes = sum(len(part.quotes) for part in parts if "facts" not in part.evidence_fields)
    return footer_from_counts(say, len(parts), quotes, labels, site_context.commit)


def footer_from_counts(say: Translator, claims: int, quotes: int, labels: Markup, commit: str | None) -> Markup:
    """The footer for given counts; for `commit` see `SiteContext`."""
    checked = say(
        "checked",
        claims=wrap_inline(say("claims", count=claims)),
        quotes=wrap_inline(say("quotes", count=quotes)),
        sources=labels,
    )
    at = "" if commit is None else say("at-commit", commit=commit) if commit else say("not-at-commit")
    words = Markup().join(Markup(f'<span data-word="{key}">{say(key)}</span>') for key in SCRIPT_MESSAGES)
    return Markup(f'<p class="checked">{checked} {at}</p><p hidden>{words}</p>')
