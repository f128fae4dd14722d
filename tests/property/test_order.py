"""The order of rules, files, records and observations has no meaning: answer and trace hash stay."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.years import links, told

from ratingengine.engine.assess import Method
from ratingengine.engine.chain import chain
from ratingengine.evidence.records.collecting import collect_evidence
from ratingengine.evidence.records.reader import read_record_file
from ratingengine.method.codebook import read_codebook
from ratingengine.method.rulefile.reader import read_rules
from ratingengine.model.evidence import Evidence
from ratingengine.model.window import last_day
from ratingengine.testing.drawn_codebooks import codebooks
from ratingengine.testing.drawn_records import records
from ratingengine.testing.drawn_rules import rule_entries
from ratingengine.testing.files import (
    POPULATION,
    SOURCES,
    Entry,
    evidence_in,
    method_of,
    record_text,
    rule_file,
    rules_in,
    scale_text,
)

ROOT = Path(__file__).resolve().parents[2]
RULES, INDICATORS = ROOT / "rules" / "civic-space", ROOT / "indicators"


def dealt(data: st.DataObject, entries: tuple[Entry, ...], files: int) -> list[list[Entry]]:
    """The entries in another order, dealt out to some files."""
    found: list[list[Entry]] = [[] for _ in range(files)]
    for entry in data.draw(st.permutations(entries)):
        found[data.draw(st.integers(0, files - 1))].append(entry)
    return found


@given(st.data())
def test_order_of_rules_and_rule_files_has_no_meaning(data: st.DataObject) -> None:
    codebook = data.draw(codebooks())
    rules = data.draw(rule_entries(codebook))
    observations, searches = data.draw(records(codebook))
    evidence = evidence_in({"one.yaml": record_text(observations, searches)} if observations or searches else {}, codebook)
    head = {"scale.yaml": scale_text(), "sources.yaml": SOURCES}
    parts = [part for part in dealt(data, rules, 3) if part]
    one = rules_in({**head, "rules.yaml": rule_file(rules)}, codebook)
    many = rules_in({**head, **{f"{n}/rules.yaml": rule_file(part) for n, part in enumerate(parts)}}, codebook)
    first, second = (links(method_of(rule_set, codebook), evidence) for rule_set in (one, many))
    assert [told(link) for link in first] == [told(link) for link in second]


@given(st.data())
def test_order_of_observations_and_record_files_has_no_meaning(data: st.DataObject) -> None:
    codebook = data.draw(codebooks())
    rule_set = rules_in(
        {"scale.yaml": scale_text(), "sources.yaml": SOURCES, "r.yaml": rule_file(data.draw(rule_entries(codebook)))}, codebook
    )
    observations, searches = data.draw(records(codebook))
    others = zip(dealt(data, observations, 3), dealt(data, searches, 3), strict=True)
    files = {f"{2021 - n}.yaml": record_text(*pair) for n, pair in enumerate(others) if any(pair)}
    one = evidence_in({"one.yaml": record_text(observations, searches)} if files else {}, codebook)
    method = method_of(rule_set, codebook)
    first, second = links(method, one), links(method, evidence_in(files, codebook))
    assert [told(link) for link in first] == [told(link) for link in second]


def shuffled(text: str, chance: random.Random) -> str:
    """A file of the house style with the entries of each top-level list in another order."""
    sections = re.split(r"(?m)^(?=[a-z_]+:)", text)
    found = []
    for section in sections:
        head, *entries = re.split(r"(?m)^(?=  - )", section)
        chance.shuffle(entries)
        found.append(head + "".join(entry if entry.endswith("\n") else entry + "\n" for entry in entries))
    return "".join(found)


def copied(source: Path, target: Path, chance: random.Random) -> Path:
    """A folder with the same entries: other order, and other names of all files whose name has no meaning."""
    paths = sorted(source.glob("*.yaml"))
    numbers = list(range(len(paths)))
    chance.shuffle(numbers)
    target.mkdir(parents=True)
    for number, path in zip(numbers, paths, strict=True):
        text = path.read_text(encoding="utf-8")
        kept = path.name in ("scale.yaml", "sources.yaml")
        name = path.name if kept else f"{number:03}.yaml"
        (target / name).write_text(text if kept else shuffled(text, chance), encoding="utf-8")
    return target


def default_method(rules: Path, codebook: Path) -> Method:
    """The default method from copies of its files."""
    entries, _, problems = read_codebook(codebook)
    read, wrong = read_rules(rules)
    assert not (*problems, *wrong)
    return method_of(read.rule_set, entries)


def default_evidence(folder: Path, method: Method) -> Evidence:
    """Kazakhstan's records from a copy of the folder."""
    files = [read_record_file(path, method.codebook) for path in sorted(folder.glob("*.yaml"))]
    evidence, wrong = collect_evidence("KAZ", tuple(file for file, _ in files if file is not None), {})
    assert not (*wrong, *(problem for _, found in files for problem in found))
    return evidence


def test_order_has_no_meaning_in_the_default_rules_and_the_records_of_kazakhstan(tmp_path: Path) -> None:
    if not (RULES / "scale.yaml").exists() or not (INDICATORS / "KAZ").is_dir():
        pytest.skip("no default rules or no records of Kazakhstan")
    if read_rules(RULES)[1] or read_codebook(INDICATORS / "codebook")[2]:
        pytest.skip("the default rules cannot be read")
    method = default_method(RULES, INDICATORS / "codebook")
    evidence = default_evidence(INDICATORS / "KAZ", method)
    expected = {
        name: [told(link) for link in chain(method, name, evidence, last_day(2022), POPULATION)] for name in method.programs
    }
    chance = random.Random(1)  # noqa: S311 - a fixed sequence is wanted
    for turn in range(3):
        folder = tmp_path / str(turn)
        other = default_method(copied(RULES, folder / "r", chance), copied(INDICATORS / "codebook", folder / "c", chance))
        same = default_evidence(copied(INDICATORS / "KAZ", folder / "KAZ", chance), other)
        for name in method.programs:
            assert [told(link) for link in chain(other, name, same, last_day(2022), POPULATION)] == expected[name]
