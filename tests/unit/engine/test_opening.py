"""Rule sets, codebooks and records are found where they are named, and what is missing is said with what there is."""

from __future__ import annotations

from pathlib import Path

import pytest
from assets.toy import INVENTED, OPTIONS
from support.weighed import method, records

from ratingengine.engine.execution import EngineAbsent
from ratingengine.engine.opening import (
    DEFAULT_RULES,
    codebook_folder,
    countries_on_record,
    load,
    load_evidence,
    open_engines,
    override_files,
    rules_folder,
    source_files,
)
from ratingengine.errors import InvalidInput, NotFound
from ratingengine.files.shipped import shipped

RULES, RECORDS = Path(OPTIONS[1]), Path(OPTIONS[3])


def test_a_rule_set_is_named_or_a_folder() -> None:
    assert rules_folder(None) == rules_folder(DEFAULT_RULES) == shipped("rules") / DEFAULT_RULES
    assert rules_folder(str(RULES)) == RULES
    for name in ("nothing", "../rules", "civic-space/cases", "civic-space\\cases"):
        with pytest.raises(NotFound, match="neither a folder nor one of civic-space, civicus-banding, "):
            rules_folder(name)


def test_the_codebook_is_that_of_the_rules_then_of_the_records_then_the_shipped_one(tmp_path: Path) -> None:
    assert codebook_folder(()) == codebook_folder((tmp_path,), tmp_path) == shipped("indicators") / "codebook"
    (tmp_path / "records/codebook").mkdir(parents=True)
    assert codebook_folder((tmp_path / "records",), tmp_path) == tmp_path / "records/codebook"
    (tmp_path / "codebook").mkdir()
    assert codebook_folder((tmp_path / "records",), tmp_path) == tmp_path / "codebook"


def test_rules_with_a_codebook_of_their_own_need_records_that_are_named(tmp_path: Path) -> None:
    asking = str(method(tmp_path / "mine"))
    with pytest.raises(NotFound, match="has a codebook of its own, and no records came with it: name some with --records"):
        load(asking)
    assert load(asking, [records(tmp_path / "records", press=50)], "reference").records == (tmp_path / "records",)


def test_records_that_do_not_exist_and_files_that_nothing_reads_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no such file or folder of records"):
        load(None, [tmp_path / "nowhere"], "reference")
    (tmp_path / "KAZ").mkdir()
    (tmp_path / "overrides.yml").write_text("schema: ratingengine/overrides/1\n", "utf-8")
    with pytest.raises(InvalidInput) as stray:
        load(None, [tmp_path], "reference")
    assert [problem.code for problem in stray.value.problems] == ["I327"]


def test_countries_are_those_that_have_a_folder_or_a_named_file(tmp_path: Path) -> None:
    assert countries_on_record([RECORDS]) == ("BVT", "HMD")
    for name in ("KAZ", "fin", "recoded", "xyz"):
        (tmp_path / name).mkdir()
    assert countries_on_record([tmp_path]) == ("FIN", "KAZ")
    assert countries_on_record([RECORDS / "BVT/2003.yaml", tmp_path]) == ("BVT", "FIN", "KAZ")
    assert countries_on_record([]) == ()


def test_what_lies_beside_records_is_named_once(tmp_path: Path) -> None:
    for name in ("sources.yaml", "overrides.yaml"):
        (tmp_path / name).write_text("", "utf-8")
    twice = [tmp_path, tmp_path / "table.csv"]
    assert override_files(twice) == (tmp_path / "overrides.yaml",)
    assert source_files(twice) == (tmp_path / "sources.yaml", shipped("indicators") / "sources.yaml")
    assert override_files([tmp_path / "elsewhere"]) == (tmp_path / "overrides.yaml",)


def test_evidence_is_that_of_the_country_alone() -> None:
    loaded = load(str(RULES), [RECORDS], "reference")
    assert {entry.country for entry in load_evidence(loaded, "BVT").entries} == {"BVT"}
    assert load_evidence(loaded, "FRA").entries == ()
    assert load_evidence(loaded, "FRA").digest != load_evidence(loaded, "BVT").digest


def test_where_an_engine_is_absent_the_reference_answers_and_a_remark_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    program = load(str(RULES), [INVENTED / "records"], "reference").method.compiled.programs["coded"]

    class Absent:
        def __init__(self, *_: object) -> None:
            raise EngineAbsent("durable-rules is not here")

    monkeypatch.setattr("ratingengine.engine.durable.DurableEngine", Absent)
    for engine in ("both", "durable"):
        engines, remarks = open_engines(program, engine)
        assert [type(each).__name__ for each in engines] == ["ReferenceEngine"]
        assert remarks == ("durable-rules is not here; the reference engine answers",)
    assert open_engines(program, "reference")[1] == ()
