"""Every list is CSV where it is asked for: the rows that JSON has, under the same names."""

from __future__ import annotations

import csv
import io
import json

import pytest
from assets.toy import INVENTED, OPTIONS, WITH_OVERRIDES

from ratingengine.cli import run

PUBLISHED = str(INVENTED.parent / "published.csv")
LISTS: dict[str, tuple[tuple[str, ...], str]] = {
    "history": (("history", "bvt", *OPTIONS), "rows"),
    "changes": (("changes", "--from", "2001", "--to", "2006", *OPTIONS), "rows"),
    "watchlist": (("watchlist", "--year", "2003", *OPTIONS), "rows"),
    "summary": (("summary", "--year", "2003", *OPTIONS), "ratings"),
    "compare": (("compare", "BVT", "HMD", "--year", "2003", *OPTIONS), "differs"),
    "robust": (("robust", "--all", "--year", "2003", *OPTIONS), "rows"),
    "sources": (("sources", "bvt", "2003", *OPTIONS), "sources"),
    "sources, left out": (("sources", "bvt", "2003", "--leave-one-out", *OPTIONS), "without"),
    "why-not": (("why-not", "bvt", "2003", "--rating", "narrowed", *OPTIONS), "sets"),
    "diff": (("diff", "bvt", "2002", "2003", *OPTIONS), "attribution.terms"),
    "backtest": (("backtest", "--against", PUBLISHED, *OPTIONS), "mismatches"),
    "panel": (("panel", *OPTIONS), "rows"),
    "coverage": (("coverage", *OPTIONS), "rows"),
    "codebook": (("codebook", *OPTIONS), "rows"),
    "rules": (("rules", "list", *OPTIONS), "rows"),
    "overrides": (("overrides", "list", *WITH_OVERRIDES), "overrides"),
    "stale overrides": (("overrides", "stale", *WITH_OVERRIDES), "overrides"),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_csv_with_the_rows_of_json(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    words, place = LISTS[name]
    code = run([*words, "--format", "json"])
    content = json.loads(capsys.readouterr().out)
    for key in place.split("."):
        content = content[key]
    assert run([*words, "--format", "csv"]) == code
    printed = capsys.readouterr()
    assert "\r" not in printed.out
    rows = list(csv.reader(io.StringIO(printed.out)))
    assert rows[0]
    assert {len(row) for row in rows} == {len(rows[0])}
    if name == "why-not":
        content = [change for entry in content for change in entry["changes"]]
    assert len(rows) - 1 == len(content) > 0
    if name not in ("compare", "why-not"):
        assert rows[0] == list(dict.fromkeys(key for row in content for key in row))


@pytest.mark.parametrize(
    "words",
    [("bvt", "2003"), ("why", "bvt", "2003"), ("robust", "bvt", "2003"), ("what-if", "bvt", "2003", "--remove", "penguin-post")],
)
def test_what_is_no_list_says_so(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*words, *OPTIONS, "--format", "csv"]) == 2
    assert "--format csv: write one of text, json, md" in capsys.readouterr().err
