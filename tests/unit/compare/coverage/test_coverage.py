"""What is on record: counted from the evidence itself."""

from __future__ import annotations

import json

import pytest
from assets.toy import OPTIONS, island, loaded

from ratingengine.cli import run
from ratingengine.compare.coverage.coverage import coverage
from ratingengine.engine.rating import load, load_evidence
from ratingengine.world.countries import resolve

LOADED = loaded()


def test_a_row_counts_the_evidence_of_its_country() -> None:
    rows = {row.iso3: row for row in coverage(LOADED)}
    assert set(rows) == {"BVT", "HMD"}
    evidence, row = load_evidence(LOADED, "BVT"), rows["BVT"]
    assert (row.observations, row.searches) == (len(evidence.observations), len(evidence.searches))
    assert row.first == min(entry.begun.year for entry in evidence.entries)
    assert row.sources == ("island-gazette", "penguin-post")
    assert row.indicators <= row.read == 6


def test_a_country_without_evidence_has_an_empty_row() -> None:
    (row,) = coverage(LOADED, [resolve("FRA")])
    assert (row.first, row.last, row.observations, row.indicators, row.sources) == (None, None, 0, 0, ())


def test_indicators_behind_measures_and_numbers_per_million_are_read() -> None:
    loaded_shipped = load(None, (), "reference")
    (row,) = coverage(loaded_shipped, [resolve("KAZ")])
    assert row.read < len(loaded_shipped.method.codebook.coded)
    assert row.indicators <= row.read
    assert coverage(LOADED, [island()])[0].read == 6


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 0, "On record: 2 countries; invented 2000.1 reads 6 indicators"),
        (("BVT",), 0, "On record: 1 country; "),
        (("nowhere",), 3, "nowhere"),
        (("--format", "yaml"), 2, "write one of text, json, md, csv"),
    ],
)
def test_the_command(words: tuple[str, ...], code: int, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["coverage", *words, *OPTIONS]) == code
    printed = capsys.readouterr()
    assert said in (printed.err if code else printed.out)


def test_json_has_every_source_and_text_names_a_few(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["coverage", "kazakhstan", "--format", "json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["rows"]
    assert len(row["sources"]) > 3
    assert run(["coverage", "kazakhstan"]) == 0
    assert f"and {len(row['sources']) - 3} more" in " ".join(capsys.readouterr().out.split())
