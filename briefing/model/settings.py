"""What a briefing sets for itself, in `briefing.yaml` beside mkdocs.yml: the file may be missing, and so may every key."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated

from briefing.model.custom_kinds import Kind, made
from briefing.model.facts import ActorId, Fact, Said
from briefing.model.located_text import Text
from briefing.model.record import Language
from briefing.text.languages import OURS, first_of

FILE = "briefing.yaml"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The switches and lists of one briefing."""

    language: Annotated[Language | None, Said("Language", "The language that claims are written in; English without it.")] = (
        None
    )
    rules: Annotated[dict[Text, Text], Said("Rules", "For each rule that is switched: `error`, `warning` or `off`.")] = field(
        default_factory=dict
    )
    parties: Annotated[
        tuple[ActorId, ...], Said("Parties", "The order in which a claim names the parties, where it names several in a row.")
    ] = ()
    loaded_words: Annotated[
        dict[Text, Text], Said("Loaded words", "Words that stand only inside quotation marks here, each with the reason.")
    ] = field(default_factory=dict)
    interface: Annotated[
        tuple[Text, ...], Said("Interface", "Words of this site's own that no fact says: titles in the navigation.")
    ] = ()
    method_pages: Annotated[
        tuple[Text, ...], Said("Method pages", "Pages of docs/ about method; they name no actor or place of the dossier.")
    ] = ()

    kinds: Annotated[
        tuple[Kind, ...], Said("Kinds", "Kinds of fact of this briefing's own, each with a file in facts/ and a page.")
    ] = ()

    @property
    def own_kinds(self) -> tuple[type[Fact], ...]:
        """The kinds of fact that the briefing declares for itself."""
        return made(self.kinds, self.claims_in)

    @cached_property
    def claims_in(self) -> str:
        """The language that claims are written in."""
        return str(self.language or OURS)

    @cached_property
    def is_english(self) -> bool:
        """Whether claims are written in English, whose words the rules of meaning know."""
        return first_of(self.claims_in) == OURS
