"""`rate backtest` from the command line: what it gives, what it refuses, and published scores by their own bands: all exact."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from assets.toy import INVENTED, OPTIONS
from e2e.command import rate, snapshot
from support.published_rows import Row, shared, write_records

from ratingengine.world.countries import by_iso3

pytestmark = pytest.mark.deep

PUBLISHED = str(INVENTED.parent / "published.csv")
AGAINST = ("backtest", "--against", PUBLISHED)
ISLANDS = (*AGAINST, *OPTIONS, "--draws", "50")


def written(folder: Path, text: str, name: str = "table.csv") -> str:
    path = folder / name
    path.write_text(text, "utf-8")
    return str(path)


def test_the_answer_has_what_programs_read() -> None:
    found = rate(*ISLANDS, "--format", "json").json
    assert found["schema"] == "ratingengine/backtest/1"
    assert (found["n"], found["exact"], found["within_one"], found["weighted_kappa"]) == (7, 0.714, 1.0, 0.65)
    assert (found["pairs"], found["insufficient"]) == (9, 2)
    assert found["confusion"]["repressed"] == {"open": 0, "narrowed": 0, "obstructed": 1, "repressed": 0, "closed": 0}
    assert {one["status"]: one["pairs"] for one in found["calibration"]} == {"bounded": 3, "determined": 4, "insufficient": 2}
    down = found["changes"]["downgrades"]
    assert (down["published"], down["ours"], down["precision"], down["recall"]) == (2, 1, 1.0, 0.5)
    assert down["lead_time"] == {"mean_years": 0.0, "met": 1, "years": {"0": 1}}
    assert [(one["iso3"], one["year"], one["published"], one["ours"]) for one in found["mismatches"]] == [
        ("BVT", 2003, "repressed", "obstructed"),
        ("BVT", 2005, "obstructed", "narrowed"),
    ]
    assert found["mismatches"][0]["deciding"] == [{"rule": "INV-031", "title": "Both freedoms are repressed"}]
    assert [(one["iso3"], one["year"]) for one in found["unanswered"]] == [("HMD", 2003), ("HMD", 2005)]
    assert [one["name"] for one in found["baselines"]] == ["as last year", "first year held"]


def test_the_same_seed_gives_the_same_answer_and_nothing_is_written(tmp_path: Path) -> None:
    before = snapshot(INVENTED)
    first = rate(*ISLANDS, "--suggest", "--format", "json", env={"RATINGENGINE_CACHE": "off"})
    assert first.err == ""
    assert rate(*ISLANDS, "--suggest", "--format", "json").out == first.out
    assert rate(*ISLANDS, "--suggest", "--format", "json", "--seed", "2").out != first.out
    assert snapshot(INVENTED) == before


def test_a_chain_starts_from_the_published_rating() -> None:
    found = rate(*ISLANDS, "--chain", "--format", "json").json
    assert (found["chain"], found["pairs"]) == (True, 7)
    assert {one["name"] for one in found["by_year"]} == {"2002", "2003", "2004", "2005", "2006"}
    rate(*ISLANDS, "--chain", "--from", "2004", "--to", "2005").answered("2 country-years of 2 countries")


def test_ratings_of_a_file_stand_in_place_of_rules(tmp_path: Path) -> None:
    """What `rate` gives, as a file, is judged alike."""
    asked = rate(*ISLANDS, "--format", "json").json
    rows = ["iso3,year,rating,assessed,status,possible_worst"]
    said = {(iso3, year): rate(iso3, "--year", str(year), *OPTIONS, "--engine", "reference", "--format", "json").json
            for iso3, years in (("BVT", range(2001, 2007)), ("HMD", (2004, 2005))) for year in years}  # fmt: skip
    for (iso3, year), one in said.items():
        cells = (one["rating"], one["assessed"], one["status"], one["possible"][-1])
        rows.append(",".join((iso3, str(year), *(cell or "" for cell in cells))))
    path = written(tmp_path, "\n".join(rows))
    found = rate(*AGAINST, *OPTIONS[:2], "--ratings", path, "--draws", "50", "--format", "json").json
    same = ("n", "exact", "weighted_kappa", "sides", "confusion", "calibration", "changes", "baselines", "by_year")
    assert {key: found[key] for key in same} == {key: asked[key] for key in same}


def test_only_some_countries_and_parts_that_make_the_whole(tmp_path: Path) -> None:
    path = written(tmp_path, "HMD\n", "mine.txt")
    rate(*ISLANDS, "--countries-in", path).answered("3 country-years of 1 countries", "Countries: ")
    parts = [rate(*ISLANDS, "--countries-in", part, "--format", "json") for part in ("development", "held-out")]
    # Two islands may lie on one side: then the other has nothing to judge, and says so.
    counted = sum(part.json["pairs"] for part in parts if part.code == 0)
    assert counted == 9
    for part in parts:
        if part.code:
            part.refused(3, "no published rating to judge")


def test_cut_points_on_an_index_of_the_records_and_of_a_file(tmp_path: Path) -> None:
    path = written(tmp_path, "iso3,year,score\n" + "".join(f"BVT,{year},{year % 3}\n" for year in range(2001, 2007)))
    baselines = ("--baseline", "expression.press_index", "--baseline", f"{path}:score")
    found = rate(*ISLANDS, *baselines, "--format", "json").json
    assert [one["name"] for one in found["baselines"]][2:] == ["cut points on expression.press_index", "cut points on score"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 3, "no such file"),
        (("--of", "score"), 2, "--of score: write one of rating, assessed"),
        (("--profile", "incidents"), 2, "--profile incidents: write one of coded, indices"),
        (("--from", "2006", "--to", "2001"), 2, "--from 2006 is after --to 2001"),
        (("--from", "20"), 2, "--from 20 is outside"),
        (("--draws", "0"), 2, "--draws 0: write 1 to 100000"),
        (("--format", "xml"), 2, "write one of text, json, md"),
        (("--countries-in", ""), 2, "--countries-in is empty"),
        (("--from", "2100"), 3, "no published rating to judge"),
        (("--baseline", "expression.press_idnex"), 3, "did you mean 'expression.press_index'?"),
        (("--baseline", "nowhere.csv:score"), 3, "--baseline: no such file: 'nowhere.csv'"),
        (("--baseline", f"{PUBLISHED}:score"), 4, "F114 there is no column 'score'"),
        (("--countries-in", "nowhere.txt"), 3, "--countries-in: no such file: 'nowhere.txt'"),
        (("--ratings", PUBLISHED), 2, "--records asks the rules, and --ratings puts a file in their place"),
        (("--against", "nowhere.csv"), 3, "--against: no such file: 'nowhere.csv'"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, tuple) else "",
)
def test_what_has_no_meaning_is_refused(words: tuple[str, ...], code: int, said: str) -> None:
    if not words:
        rate(*AGAINST, "--records", "nowhere").refused(code, said)
        return
    rate(*ISLANDS, *words).refused(code, said)


@pytest.mark.parametrize("option", ["--chain", "--suggest"])
def test_what_asks_the_rules_does_not_go_with_a_file(option: str) -> None:
    rate(*AGAINST, *OPTIONS[:2], "--ratings", PUBLISHED, option).refused(2, f"{option} asks the rules")


def test_words_of_another_scale_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "iso3,year,rating\nBVT,2003,partly_free\nBVT,2004,NF\n")
    rate("backtest", "--against", path, *OPTIONS).refused(4, "table.csv:2:10: F117", "table.csv:3:10: F117", "2 problems")


def test_the_banding_of_published_scores_is_exact(tmp_path: Path) -> None:
    """From end to end: scores as records, the publisher's bands as rules, the published ratings as the truth."""
    path = shared("benchmark/published_ratings.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    scored = [Row(row["iso3"], int(row["year"]), {"civicus.score": row["score"]}) for row in rows if row["score"]]
    countries = {row.unit: country for row in scored if (country := by_iso3(row.unit)) is not None}
    assert len(countries) == len({row.unit for row in scored})
    write_records(tmp_path, scored, countries)
    ran = rate("backtest", "--against", str(path), "--rules", "civicus-banding", "--records", str(tmp_path), "--format", "json")
    found = ran.json
    assert (found["pairs"], found["n"], found["insufficient"]) == (len(rows), len(scored), len(rows) - len(scored))
    assert (found["exact"], found["within_one"], found["weighted_kappa"]) == (1.0, 1.0, 1.0)
    assert (found["mismatches"], len(found["unanswered"])) == ([], len(rows) - len(scored))
    assert {one["name"]: one["pairs"] for one in found["by_published_status"]} == Counter(row["status"] for row in rows)
    alarms = found["changes"]["false_alarms"]
    assert (alarms["downgrades"], alarms["upgrades"]) == (0, 0)
    assert found["changes"]["downgrades"]["precision"] == 1.0
