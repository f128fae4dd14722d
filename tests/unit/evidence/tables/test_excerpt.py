"""One country's part of a table: the same evidence and digest, from either form; and certificates of answers from tables."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.imported import CODEBOOK
from support.table_rows import observation_rows, row, table

from ratingengine.cli import run
from ratingengine.evidence.tables.excerpt import excerpt
from ratingengine.evidence.tables.form import Row, sidecar
from ratingengine.evidence.tables.read import evidence_of, read_table


def laid(folder: Path, path: Path, iso3: str) -> Path:
    found = excerpt(path, iso3)
    folder.mkdir()
    place = folder / found.name
    place.write_bytes(found.rows)
    sidecar(place).write_bytes(found.sources)
    return place


@given(rows=st.lists(observation_rows(), max_size=8, unique_by=lambda row: (row.iso3, row.year, row.indicator, row.event)))
def test_an_excerpt_has_the_country_s_evidence_and_digest(rows: list[Row], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("tables")
    texts = set()
    for name in ("t.csv", "t.parquet"):
        path = table(folder / name, *rows)
        small = laid(folder / name.replace(".", "-"), path, "KAZ")
        texts.add((small.read_bytes(), sidecar(small).read_bytes()))
        whole, part = (evidence_of(read_table(one), "KAZ", CODEBOOK) for one in (path, small))
        assert part.digest == whole.digest
        assert [(one.id, one.claim) for one in part.observations] == [(one.id, one.claim) for one in whole.observations]
    assert len(texts) == 1


READINGS = ("vdem.v2csreprss", "vdem.v2caassemb", "vdem.v2x_freexp_altinf", "vdem.v2x_civlib")


@pytest.mark.parametrize("name", ["t.csv", "t.parquet"])
def test_an_answer_from_tables_is_certified_and_verified(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [row(reading, "0.5", iso3=iso3) for iso3 in ("KAZ", "FIN") for reading in READINGS]
    path, certificate = table(tmp_path / name, *rows), tmp_path / "c.json"
    asked = ["KAZ", "--year", "2022", "--records", str(path), "--engine", "reference"]
    assert run(["certify", *asked, "-o", str(certificate)]) == 0
    assert run([*asked, "--format", "json"]) == 0
    content, answer = json.loads(certificate.read_text("utf-8")), json.loads(capsys.readouterr().out)
    assert content["answer"] == answer
    assert answer["rating"] is not None
    (records,) = (file["text"] for file in content["files"] if file["path"] == "t.csv")
    assert ("KAZ" in records, "FIN" in records) == (True, False)
    assert run(["verify", str(certificate), "--engine", "reference"]) == 0
    assert "verified: the answer follows" in capsys.readouterr().out
