"""The manual: every fact in it holds, or is found wrong by exactly the rule it names; every command says what it shows."""

import re
from pathlib import Path

import pytest
from mkdocs.config import load_config

from briefing.rules.registry import RULES
from tests.example_documents import EXAMPLE
from tests.manual import Block, commands, copy_of, rules_against, run, sections, serves
from tests.sites import PROJECT

MANUAL = (PROJECT / "CURATING.md").read_text("utf-8")
SECTIONS = sections(MANUAL)


@pytest.mark.parametrize("title", [title for title, blocks in SECTIONS.items() if blocks])
def test_what_a_section_shows_is_what_happens(title: str, tmp_path: Path) -> None:
    folder = tmp_path if title == "Begin" else copy_of(EXAMPLE, tmp_path / "lease")
    for block in SECTIONS[title]:
        if block.language == "console":
            folder = run_all(block, folder)
        elif block.file == "mkdocs.yml":
            rules_against(block, folder)
            load_config(str(folder / "mkdocs.yml"))
        elif block.language == "yaml":
            assert rules_against(block, folder) == ({block.against} if block.against else set()), block.text


def run_all(block: Block, folder: Path) -> Path:
    for command, shown in commands(block):
        if command.startswith("cd "):
            folder = folder / command.removeprefix("cd ")
        elif command == "mkdocs serve":
            assert serves(folder)
        else:
            done = run(command, folder)
            assert shown in done.stdout, command
            assert done.returncode in (0, 1) if shown else done.returncode == 0, (command, done.stdout)
    return folder


def test_every_yaml_says_which_file_it_stands_in() -> None:
    assert [block.text for blocks in SECTIONS.values() for block in blocks if block.language == "yaml" and not block.file] == []


def test_a_block_is_put_where_it_belongs_and_a_wrong_one_is_found(tmp_path: Path) -> None:
    folder = copy_of(EXAMPLE, tmp_path / "lease")
    (right,) = (block for block in SECTIONS["One fact"] if not block.against)
    assert rules_against(Block("yaml", right.text.replace("About 1,500 people work", "1,500 people work")), folder) != set()


def test_every_rule_is_explained_at_its_place() -> None:
    named = set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", MANUAL))
    assert {*RULES, "page-is-cited"} <= named


def test_its_contents_are_its_sections() -> None:
    contents = re.findall(r"\]\(#([\w-]+)\)", MANUAL.partition("## ")[0])
    assert contents == [re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in SECTIONS]


def test_it_is_led_to_from_where_a_curator_begins() -> None:
    assert "CURATING.md" in (PROJECT / "README.md").read_text("utf-8")
    assert "CURATING.md" in (PROJECT / "briefing/sources/starter/README.md").read_text("utf-8")
