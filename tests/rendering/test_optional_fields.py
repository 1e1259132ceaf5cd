"""Every optional field of every kind, present and absent in every mixture: each dossier is checked and rendered whole."""

import json
import random
import shutil
from pathlib import Path
from typing import Any

import yaml

from briefing.loading.dossier_reader import read_dossier
from briefing.model.fields import Field, fields_of
from briefing.model.kinds import KINDS
from briefing.rendering.pages import render
from briefing.rules.registry import SWITCHABLE, check
from tests.conftest import PORT_LEASE
from tests.model.test_custom_kinds import VOTES, declare
from tests.sampling import how_many

Told = dict[str, Any]
NOTHING_LOST = '"We lost nothing and we sold nothing," Premier Odile Kern told reporters.'
KEPT = frozenset(["claim", "quotes", "waivers", "sha256", "seed"])  # of these, a fact has what it must have
NOT_FILLED = KEPT | {"same-statement", "date", "deadline-date", "as-written", "inferred"}  # which must agree with a quote
IDS = {"actors": "kern", "places": "halden", "sources": "wire"}


class Mixer:
    """Leaves out some of the optional fields of a fact, and fills in others of which it has none."""

    def __init__(self, seed: int, share: float) -> None:
        self.random = random.Random(seed)
        self.share = share

    def mixed(self, told: Told, fields: tuple[Field, ...], words: str) -> Told:
        found: Told = {}
        for declared in fields:
            key = declared.yaml_key
            if key in KEPT or declared.required:
                if key in told:
                    found[key] = self._inside(told[key], declared, words)
            elif self.random.random() < self.share:
                value = told.get(key) or (None if key in NOT_FILLED else self._value(told, declared, words))
                if value:
                    found[key] = self._inside(value, declared, words)
        return found

    def _inside(self, value: Any, declared: Field, words: str) -> Any:
        if declared.part is None or not isinstance(value, list):
            return value
        return [self.mixed(one, fields_of(declared.part), words) for one in value]

    def _value(self, told: Told, declared: Field, words: str) -> Any:
        """What may stand in a field, as far as its annotation says; None where that takes more."""
        if declared.shape in ("quotes", "map"):
            return None
        if declared.part:
            part = {"claim": told.get("claim"), "quotes": told.get("quotes") or {"wire": "Vessia"}}
            fields = (one for one in fields_of(declared.part) if one.yaml_key not in NOT_FILLED)
            part = {one.yaml_key: self._value(told, one, words) for one in fields} | part
            return [{key: value for key, value in part.items() if value}] * (declared.min_items + 1)
        if declared.ref:
            value = IDS[declared.ref.kinds[0]] if declared.ref.kinds else "lease-term"
        elif declared.codes:
            value = self.random.choice(declared.codes)
        elif declared.edtf:
            value = "2031-04-02"
        elif declared.yaml_key == "language":
            value = "en"
        elif declared.text_pattern:
            return None
        else:
            value = "9" if declared.number else words if declared.printed else "not stated" if declared.in_seed else "Plain"
        return [value] if declared.shape == "list" else value


def words_of(told: Told) -> str:
    """Two words that a quote of the fact prints; a fact of parts has those of its first."""
    quotes = told.get("quotes") or next((part["quotes"] for part in told.get("positions", ()) if part.get("quotes")), {})
    quoted = next(iter(quotes.values()), "nothing here")
    return " ".join(str(quoted[0] if isinstance(quoted, list) else quoted).split()[:2])


def mix(folder: Path, mixer: Mixer, kinds_yaml: str = VOTES) -> None:
    """Rewrites the facts of a dossier, each with other fields."""
    kinds = {kind.file_stem: kind for kind in (*KINDS, *read_dossier(folder).settings.custom_kinds)}
    for path in sorted((folder / "facts").glob("*.yaml")):
        facts = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
        fields = fields_of(kinds[path.stem])
        mixed = {key: mixer.mixed(told, fields, words_of(told)) for key, told in facts.items()}
        without_anchors = json.loads(json.dumps(mixed))
        text = yaml.safe_dump(without_anchors, allow_unicode=True, sort_keys=False, width=10**6)
        path.write_text(text, encoding="utf-8")
    off = "".join(f"  {rule}: 'off'\n" for rule in SWITCHABLE)
    (folder / "briefing.yaml").write_text(f"rules:\n{off}{kinds_yaml}", encoding="utf-8")


def test_fields_in_every_mixture_are_checked_and_rendered(tmp_path: Path) -> None:
    shown = 0
    for seed in range(how_many(60, 12)):
        folder = declare(Path(shutil.copytree(PORT_LEASE, tmp_path / str(seed))))
        mix(folder, Mixer(seed, share=(0.0, 0.2, 0.5, 0.8, 1.0)[seed % 5]))
        dossier = read_dossier(folder)
        report = check(dossier)
        right = dossier.without([problem.fact for problem in report.problems])
        files = render(right, full_texts=True)
        shown += len(list(right.all_facts()))
        assert not any(word in text for path, text in files.items() if path.endswith(".md") for word in (">None<", " None "))
    assert shown > 45 * how_many(60, 12)


HOLDS = {
    "text": "Plain", "words": "nothing and we sold", "number": "3", "date": "2031-04-02", "code": "one of two", "actor": "kern",
    "place": "halden", "fact": "lease-term",
}  # fmt: skip


def kind_of_its_own(mixer: Mixer) -> tuple[str, str]:
    """A declaration of a kind with a field of each sort, and facts of it, each with every field; the rest is left to chance."""
    fields: list[Told] = []
    for holds in HOLDS:
        field: Told = {"name": f"a-{holds}", "label": f"Its {holds}", "holds": holds}
        field |= {"codes": ["one of two", "the other"]} if holds == "code" else {}
        may = {"help": "Plain words.", "back": "Named by", "several": "yes", "required": "yes"}
        back = ("actor", "place", "fact")
        field |= {k: v for k, v in may.items() if mixer.random.random() < 0.3 and (k != "back" or holds in back)}
        fields.append(field)
    fields += [{"name": "date", "label": "Day", "holds": "date"}] if mixer.random.random() < 0.5 else []
    kind: Told = {"stem": "votes", "title": "Votes", "one": "vote", "help": "How one body voted."}
    is_head = {"required": True, "several": False}
    texts = [field for field in fields if field["holds"] in ("text", "words")]
    heads = [field["name"] for field in texts if all((key in field) == must for key, must in is_head.items())]
    for key, names in (("group", [field["name"] for field in fields]), ("headline", heads)):
        kind |= {key: mixer.random.choice(names)} if names and mixer.random.random() < 0.5 else {}
    fact: Told = {"claim": "Kern told reporters that nothing was lost.", "quotes": {"gazette": NOTHING_LOST}}
    for field in fields:
        value = HOLDS[field["holds"]]
        fact[field["name"]] = [value] if "several" in field else value
    dated = {"as-written": "Wednesday"} if fact.get("date") else {}
    facts = {f"vote-{number}": fact | dated for number in range(6)}
    plain = json.loads(json.dumps({"kinds": [kind | {"fields": fields}], "facts": facts}))
    return "\n" + yaml.safe_dump({"kinds": plain["kinds"]}, sort_keys=False), yaml.safe_dump(plain["facts"], sort_keys=False)


def test_kinds_of_ones_own_in_every_mixture_are_checked_and_rendered(tmp_path: Path) -> None:
    shown = 0
    for seed in range(how_many(40, 8)):
        mixer = Mixer(seed, share=(0.0, 0.3, 0.6, 1.0)[seed % 4])
        kinds, facts = kind_of_its_own(mixer)
        folder = declare(Path(shutil.copytree(PORT_LEASE, tmp_path / str(seed))), kinds, facts)
        mix(folder, mixer, kinds)
        dossier = read_dossier(folder)
        right = dossier.without([problem.fact for problem in check(dossier).problems])
        page = render(right, full_texts=True)["votes.md"]
        assert "None" not in page
        shown += len(list(right.facts_of_kind("votes")))
    assert shown > how_many(40, 8)
