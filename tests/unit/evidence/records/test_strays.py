"""What lies among the records: each file that may hold evidence is read or named, by one rating and by rate check."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratingengine.cli import run
from ratingengine.engine.rating import load
from ratingengine.errors import InvalidInput
from ratingengine.evidence.records.strays import strays
from ratingengine.files.nodes import read_document
from ratingengine.files.shipped import country_paths, shipped
from ratingengine.ruleset.check.checking import check

RECORD = "schema: ratingengine/record/1\ncountry: KAZ\nobservations: []\n"


def laid(folder: Path, *names: str) -> Path:
    """A folder of records of Kazakhstan, and these files."""
    for name in ("KAZ/2022.yaml", *names):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(RECORD, "utf-8")
    return folder


def named(folder: Path, *given: Path) -> list[str]:
    return [f"{Path(one.place.file).name}: {one.message}" for one in strays(folder, given) if one.place is not None]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("KAZ/deaths.csv", "deaths.csv: a table in a country's folder"),
        ("KAZ/more/deaths.XLSX", "deaths.XLSX: a table in a country's folder"),
        ("overrides.yml", "overrides.yml: a file beside the country folders"),
        ("sources.yml", "sources.yml: a file beside the country folders"),
        ("2022.yaml", "2022.yaml: a file beside the country folders"),
        ("deaths.csv", "deaths.csv: a table beside the country folders"),
        ("fin/2021.yaml", "fin: a folder that is no country's"),
        ("Finland/2021.yaml", "Finland: a folder that is no country's"),
    ],
)
def test_evidence_that_nothing_reads_is_named(tmp_path: Path, name: str, said: str) -> None:
    folder = laid(tmp_path, name)
    assert named(folder) == [f"{said} is read by nothing"]
    with pytest.raises(InvalidInput, match="I327"):
        load(None, [folder], "reference")
    assert {"I314", "I327"} & {problem.code for problem in check((folder,), None).problems}


def test_a_linked_folder_is_named_and_a_linked_file_is_read(tmp_path: Path) -> None:
    folder = laid(tmp_path / "records")
    laid(tmp_path / "elsewhere")
    (folder / "KAZ/linked").symlink_to(tmp_path / "elsewhere/KAZ")
    (folder / "KAZ/file.yaml").symlink_to(tmp_path / "elsewhere/KAZ/2022.yaml")
    assert named(folder) == ["linked: a link to another folder is read by nothing"]
    assert [path.name for path in country_paths(folder, "KAZ")] == ["2022.yaml", "file.yaml"]


def test_what_is_read_or_holds_no_evidence_is_not_named(tmp_path: Path) -> None:
    folder = laid(
        tmp_path, "sources.yaml", "KAZ/part/2021.yml", "README.md", "KAZ/report.pdf", ".old/x.csv", "recoded/KAZ/2022.yaml"
    )
    table = folder / "t.csv"
    for path in (table, folder / "t.csv.sources.yaml"):
        path.write_text("", "utf-8")
    assert named(folder, folder, table) == []
    assert named(shipped("indicators")) == []


PARTS = st.sampled_from(["KAZ", "FIN", "fin", "notes", "recoded", "codebook", "."])
NAMES = st.sampled_from(["2022.yaml", "a.yml", "a.csv", "a.PARQUET", "overrides.yaml", "overrides.yml", "sources.yaml", "a.xlsx"])


@settings(deadline=None)
@given(files=st.sets(st.tuples(PARTS, PARTS, NAMES), max_size=6))
def test_each_file_is_read_or_named(files: set[tuple[str, str, str]], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = laid(tmp_path_factory.mktemp("made"), *(str(Path(*parts)) for parts in files))
    places = [Path(one.place.file).resolve() for one in strays(folder) if one.place is not None]
    read = {path.resolve() for iso3 in ("KAZ", "FIN") for path in country_paths(folder, iso3)}
    for path in (path for path in folder.rglob("*") if path.is_file()):
        first = path.relative_to(folder).parts[0]
        apart = first in ("codebook", "recoded", "overrides.yaml", "sources.yaml")
        assert apart or path.resolve() in read or any(path == place or place in path.parents for place in places), path


MAPPING = "schema: ratingengine/import/1\nid: mine\n"
SOURCES = "schema: ratingengine/sources/1\nreferences: []\n"


def test_a_file_of_another_kind_among_rules_is_left_alone_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    method = tmp_path / "method"
    method.mkdir()
    for path in (shipped("rules") / "civic-space").glob("*.yaml"):
        (method / path.name).write_bytes(path.read_bytes())
    before = load(str(method), (), "reference").method.compiled.digest
    (method / "map.yaml").write_text(MAPPING, "utf-8")
    (method / "t.csv.sources.yaml").write_text(SOURCES, "utf-8")
    assert load(str(method), (), "reference").method.compiled.digest == before
    run(["check", str(method)])
    assert "left alone, as their schema says they are no rules: map.yaml, t.csv.sources.yaml" in capsys.readouterr().out
    (method / "typo.yaml").write_text("schema: ratingengine/rule/1\n", "utf-8")
    assert not read_document(method / "typo.yaml")[1]
    with pytest.raises(InvalidInput, match="F119"):
        load(str(method), (), "reference")
