"""The settings of a briefing, from `briefing.yaml` next to mkdocs.yml; the file and every key in it are optional."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated

from briefing.model.additions import AddedAddress, AddedFile
from briefing.model.custom_kinds import Kind, build_kinds
from briefing.model.facts import Fact
from briefing.model.fields import ActorId, FieldMeta
from briefing.model.located_text import Text
from briefing.model.record import Language
from briefing.text.languages import INTERFACE_LANGUAGE, primary_subtag

SETTINGS_FILE = "briefing.yaml"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of one briefing."""

    language: Annotated[
        Language | None, FieldMeta("Language", "The language that claims are written in; English if it is not set.")
    ] = None
    rules: Annotated[dict[Text, Text], FieldMeta("Rules", "For each rule that you change: `error`, `warning` or `off`.")] = (
        field(default_factory=dict)
    )
    parties: Annotated[
        tuple[ActorId, ...],
        FieldMeta("Parties", "The order in which a claim names the parties, where it names several in a row."),
    ] = ()
    loaded_words: Annotated[
        dict[Text, Text], FieldMeta("Loaded words", "Words that may only be used inside quotation marks, each with the reason.")
    ] = field(default_factory=dict)
    interface: Annotated[
        tuple[Text, ...],
        FieldMeta("Interface", "Texts of this site that come from no fact, such as a `repo_name`."),
    ] = ()
    method_pages: Annotated[
        tuple[Text, ...],
        FieldMeta("Method pages", "Pages of docs/ about method; they may not name an actor or place of the briefing."),
    ] = ()
    added_files: Annotated[
        tuple[AddedFile, ...],
        FieldMeta("Added files", "Files of the site that the generator does not make, each with the reason."),
    ] = ()
    added_addresses: Annotated[
        tuple[AddedAddress, ...],
        FieldMeta("Added addresses", "Addresses on other hosts that pages may use, each with the reason."),
    ] = ()

    kinds: Annotated[
        tuple[Kind, ...],
        FieldMeta("Kinds", "Kinds of fact that this briefing adds, each with its own file in facts/ and its own page."),
    ] = ()

    @property
    def custom_kinds(self) -> tuple[type[Fact], ...]:
        """The kinds of fact that the briefing declares for itself."""
        return build_kinds(self.kinds, self.claim_language)

    @cached_property
    def claim_language(self) -> str:
        """The language that claims are written in."""
        return str(self.language or INTERFACE_LANGUAGE)

    @cached_property
    def is_english(self) -> bool:
        """Whether claims are written in English, whose words the rules of meaning know."""
        return primary_subtag(self.claim_language) == INTERFACE_LANGUAGE
