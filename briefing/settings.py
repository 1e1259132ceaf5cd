"""What a briefing sets for itself, in `briefing.yaml` beside mkdocs.yml: the file may be missing, and so may every key."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Annotated

from briefing.declared import Kind, kind_problems, made
from briefing.fact import ActorId, Fact, Said
from briefing.files import read_bytes, shown
from briefing.languages import OURS, first_of
from briefing.node import MapNode, Text
from briefing.problem import Mark, Origin, Problem
from briefing.record import Language
from briefing.shape import FITS, read_part
from briefing.yamlfile import read_yaml

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


def read_settings(folder: Path) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings of the briefing in a folder, and what is wrong with them; those that fit are kept."""
    path = folder / FILE
    content = read_bytes(path)
    origin = Origin(shown(path))
    if isinstance(content, str):
        there = path.exists() or path.is_symlink()
        wrong = Problem("text-is-whole", Mark(origin), content, "put the file itself here, or delete it")
        return Settings(), (wrong,) if there else ()
    read = read_yaml(origin.path, content)
    if read.root is None:
        return Settings(), read.problems
    if not isinstance(read.root, MapNode):
        wrong = Problem(FITS, read.root.mark, "settings are `key:` after `key:`", "begin with `rules:`, or delete the file")
        return Settings(), (*read.problems, wrong)
    settings, problems = read_part(Settings, read.root, "settings file")
    settings = settings or Settings()
    wrong_kinds = tuple(kind_problems(settings.kinds))
    if wrong_kinds:
        settings = replace(settings, kinds=())
    return settings, (*read.problems, *problems, *wrong_kinds)
