"""The publishers' own files, where they are at hand: every cell against a reading of the file by other means."""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from support.imported import Made, balanced, import_of, shipped_mapping
from support.published_rows import shared

from ratingengine.world.countries import by_iso3
from ratingengine.world.countries.folding import fold
from ratingengine.world.countries.resolve import by_name

Said = dict[tuple[str, int, str], Decimal | str | None]
WORDS = {"F": "free", "PF": "partly_free", "NF": "not_free"}
CONGOS = {"Congo (Brazzaville)": "COG", "Congo (Kinshasa)": "COD"}


@cache
def made(mapping: str, file: str) -> Made:
    return import_of(shipped_mapping(mapping), shared(file))


def said(one: Made) -> Said:
    return {key: row.text if row.value is None else row.value for key, row in one.said.items()}


def alike(one: Made, wanted: Said, at_least: int) -> None:
    """Nothing is missing, nothing is more, nothing is another value."""
    found = said(one)
    assert sorted(key for key in {*found, *wanted} if found.get(key) != wanted.get(key))[:5] == []
    assert len(wanted) >= at_least
    assert balanced(one.tally)


def country(name: str) -> str | None:
    if name in CONGOS:
        return CONGOS[name]
    unit = by_name(fold(name))
    return unit.iso3 if unit is not None else None


def sheet(path: Path, name: str) -> list[list[object]]:
    return [list(row) for row in CalamineWorkbook.from_path(path).get_sheet_by_name(name).to_python(skip_empty_area=False)]


RATINGS = "data/fiw_workbooks/Ratings_1973-2024.xlsx"
YEARS = [*range(1972, 1982), *range(1983, 2024)]
"""What Freedom House's own tables call the 51 editions: none of them is mainly about 1982."""


def rated() -> Iterator[tuple[str, int, str, str]]:
    for name in ("Country Ratings, Statuses ", "Territory Ratings, Statuses"):
        for row in sheet(shared(RATINGS), name)[3:]:
            iso3 = country(str(row[0]).strip()) if row[0] else None
            for at, cell in enumerate(row[1:]):
                if iso3 and cell not in ("-", ""):
                    text = str(int(cell)) if isinstance(cell, float) else str(cell).strip()
                    yield iso3, YEARS[at // 3], ("political_rights_rating", "civil_liberties_rating", "status")[at % 3], text


def test_freedom_house_s_ratings_since_1973_of_countries_and_territories() -> None:
    one, odd = made("freedom-house", RATINGS), []
    wanted: Said = {}
    for iso3, year, kind, text in rated():
        if kind == "status" and text in WORDS:
            wanted[iso3, year, f"fiw.{kind}"] = WORDS[text]
        elif text.isdigit():
            wanted[iso3, year, f"fiw.{kind}"] = Decimal(text)
        else:
            odd.append((iso3, year, text))
    alike(one, wanted, 26_000)
    assert odd == [("ZAF", 1972, "2(5)"), ("ZAF", 1972, "3(6)"), ("ZAF", 1972, "F (NF)")], "a rating of each population"
    assert [refusal.text for refusal in one.tally.refusals] == [text for _, _, text in odd]
    assert one.tally.unrecognised_rows == one.tally.duplicates == one.tally.refused == 0
    assert one.said["HKG", 1990, "fiw.status"].locator == "row 9 of sheet Territory Ratings, Statuses, column Status"
    assert one.said["XKX", 1999, "fiw.status"].locator.startswith("row 12 of sheet Territory")
    assert one.said["XKX", 2010, "fiw.status"].locator == "row 95, column Status"
    assert one.said["CHL", 1983, "fiw.status"].edition == "1983-84"
    assert one.said["CHL", 1983, "fiw.status"].reported.year == 1984


def test_freedom_house_s_question_scores() -> None:
    file = "data/fiw_workbooks/All_data_FIW_2013-2024.xlsx"
    _, head, *rows = sheet(shared(file), "FIW13-24")
    names = {"PR": "political_rights_score", "CL": "civil_liberties_score", "Total": "total", "Status": "status"}
    names |= {"PR rating": "political_rights_rating", "CL rating": "civil_liberties_rating"}
    names |= {str(cell): str(cell).lower() for cell in head if re.fullmatch("[A-G][1-4]", str(cell))}
    wanted: Said = {}
    for row in rows:
        cells = dict(zip(map(str, head), row, strict=True))
        iso3 = country(str(cells["Country/Territory"]))
        for name, indicator in names.items() if iso3 else ():
            cell = cells[name]
            key = (str(iso3), int(str(cells["Edition"]).split(".", maxsplit=1)[0]) - 1, f"fiw.{indicator}")
            if cell not in ("", "-", "N/A"):
                wanted[key] = WORDS[cell] if isinstance(cell, str) else Decimal(repr(cell))
    alike(made("freedom-house", file), wanted, 70_000)


@pytest.mark.parametrize("edition", [2014, 2019, 2021, 2022, 2025])
def test_rsf_s_own_files(edition: int) -> None:
    file = f"data/rsf_yearly/{edition}.csv"
    text = shared(file).read_bytes().decode("latin-1" if edition == 2025 else "utf-8-sig").replace("\r", "")
    wanted: Said = {}
    contexts = {"Political Context", "Economic Context", "Legal Context", "Social Context", "Safety"}
    for row in csv.DictReader(io.StringIO(text), delimiter=";"):
        iso3 = {"XKO": "XKX"}.get(row["ISO"], row["ISO"])
        assert row["Year (N)"] == str(edition)
        for name, cell in row.items():
            indicator = "score" if name in {"Score N", "Score", f"Score {edition}"} else name.lower().replace(" ", "_")
            if by_iso3(iso3) and cell and (indicator == "score" or name in contexts):
                value = Decimal(cell.replace(",", ".")).quantize(Decimal("0.01"))
                wanted[iso3, edition - 1, f"rsf.{indicator}"] = value
    alike(made("rsf", file), wanted, 178 if edition < 2022 else 1_068)
    norway, korea = (made("rsf", file).said[iso3, edition - 1, "rsf.score"].value for iso3 in ("NOR", "PRK"))
    assert norway is not None
    assert korea is not None
    assert norway > 90
    assert korea < 20


def test_ucdp_s_country_years() -> None:
    file = "data/ucdp_cy_25_1/ucdp_cy_25_1.csv.gz"
    kinds = {"os_total_deaths": "one_sided", "os_any_govt_killings": "state_one_sided", "sb_total_deaths": "state_based"}
    wanted: dict[tuple[str, int, str], tuple[Decimal | None, Decimal | None]] = {}
    for row in csv.DictReader(io.StringIO(gzip.decompress(shared(file).read_bytes()).decode())):
        for column, kind in kinds.items():
            numbers = [Decimal(row[f"{column}_{end}_cy"]) for end in ("low", "best", "high")]
            iso3 = row["iso3"] or {"327": "VAT"}[row["country_id_cy"]]
            wanted[iso3, int(row["year"]), f"ucdp.{kind}_deaths"] = (min(numbers), max(numbers))
    one = made("ucdp-cy", file)
    found = {key: (row.low, row.high) if row.value is None else (row.value, row.value) for key, row in one.said.items()}
    assert sorted(key for key in {*found, *wanted} if found.get(key) != wanted.get(key))[:5] == []
    assert len(wanted) > 9_000
    assert balanced(one.tally)
    assert not one.tally.unrecognised


def test_ucdp_s_events_as_the_humanitarian_data_exchange_gives_them() -> None:
    file = "data/ucdp_ged_hdx/ukr_thesurojit.csv"
    wanted: Counter[tuple[str, int, str]] = Counter()
    rows = 0
    for row in csv.DictReader(io.StringIO(shared(file).read_text(encoding="utf-8-sig"))):
        if row["year"].isdigit():
            rows += 1
            kind = {"1": "state_based", "3": "one_sided"}.get(row["type_of_violence"].removesuffix(".0"), "")
            year, deaths = int(row["year"]), int(float(row["best"]))
            if kind:
                wanted["UKR", year, f"ucdp.{kind}_deaths"] += deaths
            if kind == "one_sided" and row["side_a"].startswith("Government of"):
                wanted["UKR", year, "ucdp.state_one_sided_deaths"] += deaths
    one = made("ucdp", file)
    assert one.tally.read == rows > 2_900
    assert balanced(one.tally)
    assert {key: row.low if row.value is None else row.value for key, row in one.said.items() if row.value or row.low} == {
        key: number for key, number in wanted.items() if number
    }


@pytest.mark.parametrize(
    ("name", "column", "indicator"),
    [
        ("freedom-of-expression-index", "Freedom of expression index", "vdem.v2x_freexp_altinf"),
        ("political-regime", "Political regime", "vdem.v2x_regime"),
    ],
)
def test_our_world_in_data_s_own_downloads(name: str, column: str, indicator: str) -> None:
    file = f"data/owid_grapher/{name}.csv"
    gone = {
        "Russia": range(1922, 1992),
        "Serbia": range(1918, 2006),
        "Czechia": range(1918, 1993),
        "Palestine": range(1918, 1949),
    }
    names = {"Congo": "COG", "Palestine/West Bank": "PSE", "Palestine/Gaza": "PSG"}
    regimes = ("closed_autocracy", "electoral_autocracy", "electoral_democracy", "liberal_democracy")
    wanted: Said = {}
    for row in csv.DictReader(io.StringIO(shared(file).read_text(encoding="utf-8"))):
        year, iso3 = int(row["Year"]), names.get(row["Entity"]) or country(row["Entity"])
        if iso3 and row["Entity"] not in {"North America", "South America"} and year not in gone.get(row["Entity"], ()):
            wanted[iso3, year, indicator] = Decimal(row[column])
    one = made("vdem-owid", file)
    if any(row.text for row in one.rows):
        wanted = {key: regimes[int(value or 0)] for key, value in wanted.items()}
    alike(one, wanted, 29_000)
    assert not one.tally.unrecognised
