"""The records of decisions: numbered once, and the modules that they name are there."""

import re

from tests.sites import PROJECT

RECORDS = sorted((PROJECT / "decisions").glob("*.md"))
PACKAGES = "|".join(sorted(path.parent.name for path in (PROJECT / "briefing").glob("*/__init__.py")))


def test_each_has_a_number_of_its_own_and_says_it_in_its_title() -> None:
    numbers = [int(path.name[:4]) for path in RECORDS]
    assert numbers == sorted(set(numbers))
    for path, number in zip(RECORDS, numbers, strict=True):
        assert re.match(rf"# 0*{number}[.:] ", path.read_text("utf-8")), path.name


def test_the_modules_that_they_name_are_there() -> None:
    for path in RECORDS:
        for name in re.findall(rf"`((?:{PACKAGES})/\w+\.py)`", path.read_text("utf-8")):
            assert (PROJECT / "briefing" / name).is_file(), (path.name, name)


def test_a_record_that_names_another_names_one_that_is_there() -> None:
    numbers = {int(path.name[:4]) for path in RECORDS}
    for path in RECORDS:
        named = re.findall(r"(?:[Oo]vertaken by|decided in|[Dd]ecision|: 0)\s?(\d{1,4})\b", path.read_text("utf-8"))
        assert {int(number) for number in named} <= numbers, path.name
