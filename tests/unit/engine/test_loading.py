"""From files to a compiled method and to evidence: all problems at once, nothing passed over."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from assets.toy import OPTIONS
from attrs import evolve

from ratingengine.engine.loading import (
    compile_rules,
    countries_of,
    load_compiled,
    load_country,
    load_overrides,
    load_rule_set,
    load_sources,
    rules_exist,
)
from ratingengine.errors import InvalidInput, NotFound

RULES, RECORDS = Path(OPTIONS[1]), Path(OPTIONS[3])
CODEBOOK = RECORDS / "codebook"
SOURCES = load_sources([RECORDS / "sources.yaml"])


def codes(error: InvalidInput) -> list[str]:
    return [problem.code for problem in error.problems]


def test_problems_of_rules_and_codebook_come_together(tmp_path: Path) -> None:
    shutil.copytree(RULES, tmp_path / "rules")
    shutil.copytree(CODEBOOK, tmp_path / "codebook")
    (tmp_path / "rules/bad.yaml").write_text("rules: [", "utf-8")
    (tmp_path / "codebook/bad.yaml").write_text("indicators: [", "utf-8")
    with pytest.raises(InvalidInput) as invalid:
        load_rule_set(tmp_path / "rules", tmp_path / "codebook")
    files = {Path(problem.place.file).parent.name for problem in invalid.value.problems if problem.place}
    assert files == {"rules", "codebook"}


def test_the_digest_of_the_codebook_is_of_its_bytes_alone(tmp_path: Path) -> None:
    shutil.copytree(RULES, tmp_path / "rules")
    shutil.copytree(CODEBOOK, tmp_path / "codebook")
    before = load_compiled(tmp_path / "rules", tmp_path / "codebook", None)
    rules = tmp_path / "rules/scale.yaml"
    rules.write_text(rules.read_text("utf-8") + "# a remark\n", "utf-8")
    assert load_compiled(tmp_path / "rules", tmp_path / "codebook", None).codebook_digest == before.codebook_digest
    changed = next((tmp_path / "codebook").glob("*.yaml"))
    changed.write_text(changed.read_text("utf-8") + "# a remark\n", "utf-8")
    assert load_compiled(tmp_path / "rules", tmp_path / "codebook", None).codebook_digest != before.codebook_digest


def test_a_day_without_rules_is_refused_with_the_days_that_have_some() -> None:
    rule_set, codebook = load_rule_set(RULES, CODEBOOK)
    first = min(rule.since for rule in rule_set.rules.values())
    before = date(first.year - 1, 1, 1)
    with pytest.raises(
        NotFound, match=f"no rule of invented, profile 'coded', is in force on {before}: there are rules from {first}"
    ):
        compile_rules(rule_set, codebook, before)
    rules_exist(rule_set, None)
    none = evolve(rule_set, rules={})
    with pytest.raises(NotFound, match="it has none at all"):
        rules_exist(none, first)


def test_rules_that_are_not_in_force_are_left_out_of_what_is_compiled() -> None:
    rule_set, codebook = load_rule_set(RULES, CODEBOOK)
    last = max(rule.since for rule in rule_set.rules.values())
    compiled = compile_rules(rule_set, codebook, last)
    assert compiled.day == last
    assert set(compiled.titles) >= set(rule_set.rules)
    ended = {name: evolve(rule, until=date(2000, 1, 2)) if name == "INV-050" else rule for name, rule in rule_set.rules.items()}
    without = compile_rules(evolve(rule_set, rules=ended), codebook, date(2003, 1, 1))
    assert "INV-050" not in {rule.id for rule in without.programs["coded"].rules}
    assert "INV-050" in {rule.id for rule in compiled.programs["coded"].rules}


def test_the_first_bibliography_that_has_an_id_gives_it(tmp_path: Path) -> None:
    other = tmp_path / "sources.yaml"
    text = (RECORDS / "sources.yaml").read_text("utf-8")
    other.write_text(text.replace("Island Gazette", "Another Gazette"), "utf-8")
    assert "Another" in load_sources([other, RECORDS / "sources.yaml"])["island-gazette"].title
    assert "Another" not in load_sources([RECORDS / "sources.yaml", other])["island-gazette"].title
    other.write_text("references: [", "utf-8")
    with pytest.raises(InvalidInput):
        load_sources([RECORDS / "sources.yaml", other])


def test_a_file_in_the_folder_of_another_country_is_an_error(tmp_path: Path) -> None:
    codebook = load_rule_set(RULES, CODEBOOK)[1]
    (tmp_path / "HMD").mkdir()
    shutil.copy(RECORDS / "BVT/2003.yaml", tmp_path / "HMD/2003.yaml")
    with pytest.raises(InvalidInput) as invalid:
        load_country([tmp_path], "HMD", codebook, SOURCES)
    assert codes(invalid.value) == ["I314"]
    assert "the file lies in the folder HMD but is of BVT" in str(invalid.value)


def test_records_of_named_files_and_folders_add_up() -> None:
    codebook = load_rule_set(RULES, CODEBOOK)[1]
    whole = load_country([RECORDS], "BVT", codebook, SOURCES)
    parts = sorted((RECORDS / "BVT").glob("*.yaml"))
    assert {entry.id for entry in load_country(parts, "BVT", codebook, SOURCES).entries} == {entry.id for entry in whole.entries}
    assert load_country(parts[:1], "BVT", codebook, SOURCES).digest != whole.digest
    assert countries_of(parts) == {"BVT"}


def test_an_override_that_cannot_be_read_stops_every_country(tmp_path: Path) -> None:
    (tmp_path / "overrides.yaml").write_text("schema: ratingengine/overrides/1\noverrides: [{id: OVR-001}]\n", "utf-8")
    with pytest.raises(InvalidInput):
        load_overrides([tmp_path / "overrides.yaml"], ("open", "closed"), SOURCES)
    assert load_overrides([], ("open",), SOURCES).entries == ()
