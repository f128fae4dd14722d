"""Every cell of the publishers' files, read a second time by plain csv, against the table that the shipped import makes of it."""

from __future__ import annotations

import csv
import gzip
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product

import pytest
from support.imported import Made, import_as_it_is, shipped_mapping
from support.published_rows import shared

from ratingengine.world.countries import CountryNotResolved, by_iso3, resolve

Cells = Mapping[tuple[str, int, str], object]
OWN = {"Congo": "COG", "Congo (Brazzaville)": "COG", "Congo (Kinshasa)": "COD", "Republic of Congo": "COG"}
QUESTIONS = tuple(
    f"{part}{number}"
    for part, last in {"A": 3, "B": 4, "C": 3, "D": 4, "E": 3, "F": 4, "G": 4}.items()
    for number in range(1, last + 1)
)


def rows_of(path: str) -> Iterator[dict[str, str]]:
    raw = shared(path).read_bytes()
    text = (gzip.decompress(raw) if path.endswith(".gz") else raw).decode("utf-8-sig")
    yield from csv.DictReader(io.StringIO(text, newline=""))


def code(name: str) -> str | None:
    if name in OWN:
        return OWN[name]
    try:
        return resolve(name).iso3
    except CountryNotResolved:
        return None


def imported(name: str, path: str) -> Made:
    return import_as_it_is(shipped_mapping(name), shared(path))


def differing(found: Cells, wanted: Cells) -> Sequence[object]:
    """The first cells in which two readings differ."""
    keys = {*found, *wanted}
    return [(key, found.get(key), wanted.get(key)) for key in sorted(keys) if found.get(key) != wanted.get(key)][:5]


def values(made: Made) -> Cells:
    return {key: row.text if row.value is None else row.value for key, row in made.said.items()}


def test_freedom_house() -> None:
    path = "data/freedom_house/fiw_subscores_ed2013_2024.csv"
    columns = {question: f"fiw.{question.lower()}" for question in QUESTIONS}
    columns |= {"PR": "fiw.political_rights_score", "CL": "fiw.civil_liberties_score", "Total": "fiw.total"}
    columns |= {"PR rating": "fiw.political_rights_rating", "CL rating": "fiw.civil_liberties_rating", "Status": "fiw.status"}
    words = {"F": "free", "PF": "partly_free", "NF": "not_free"}
    wanted: dict[tuple[str, int, str], object] = {}
    for row in rows_of(path):
        iso3 = code(row["Country/Territory"])
        for column, indicator in columns.items() if iso3 else ():
            cell = row[column]
            if cell not in ("", "-", "N/A"):
                wanted[iso3 or "", int(row["Edition"]) - 1, indicator] = words[cell] if cell in words else Decimal(cell)
    assert len(wanted) > 70_000
    assert differing(values(imported("freedom-house", path)), wanted) == []


def test_political_terror() -> None:
    path = "data/political_terror_scale/PTS-2024.csv"
    columns = {"PTS_A": "pts.amnesty", "PTS_H": "pts.human_rights_watch", "PTS_S": "pts.state_department"}
    wanted = {
        (iso3, int(row["Year"]), indicator): Decimal(row[column]) if row[column] else "none"
        for row, (column, indicator) in product(rows_of(path), columns.items())
        if (iso3 := code(row["Country"])) is not None
    }
    assert len(wanted) == 28_788
    assert differing(values(imported("pts", path)), wanted) == []


def test_press_freedom() -> None:
    path = "data/rsf_press_freedom/rsf_2014_2023.csv"
    columns = ("score", "political_context", "economic_context", "legal_context", "social_context", "safety")
    wanted = {
        (iso3, int(row["edition"]) - 1, f"rsf.{column}"): Decimal(row[column])
        for row, column in product(rows_of(path), columns)
        if row[column] and by_iso3(iso3 := {"XKO": "XKX"}.get(row["iso3"], row["iso3"])) is not None
    }
    assert len(wanted) > 3_000
    assert differing(values(imported("rsf", path)), wanted) == []


def test_v_dem_as_our_world_in_data_gives_it() -> None:
    path = "data/vdem_v16_owid/vdem_v16_owid_1789_2025.csv.gz"
    columns = ("v2x_freexp_altinf", "v2x_civlib", "v2x_rule", "v2x_polyarchy", "v2x_libdem")
    wanted = {
        (row["iso3"], int(row["year"]), f"vdem.{column}"): Decimal(row[column]).quantize(Decimal("0.001"))
        for row, column in product(rows_of(path), columns)
        if row[column] and int(row["year"]) >= 2006 and by_iso3(row["iso3"]) is not None
    }
    assert len(wanted) > 15_000
    found = {key: value for key, value in values(imported("vdem-owid", path)).items() if key in wanted}
    assert differing(found, wanted) == []


def test_acled_aggregates() -> None:
    path = "data/acled_eca_weekly/acled_eca_country_year_subtype.csv"
    kinds = {
        "Protest with intervention": ["acled.protests_with_intervention"],
        "Excessive force against protesters": ["acled.excessive_force"],
        "Arrests": ["acled.arrests"],
        "Attack": ["acled.violence_against_civilians"],
        "Abduction/forced disappearance": ["acled.violence_against_civilians", "acled.abductions"],
        "Sexual violence": ["acled.violence_against_civilians"],
    }
    own = {"Bailiwick of Guernsey": "GGY", "Bailiwick of Jersey": "JEY"}
    wanted: Counter[tuple[str, int, str]] = Counter()
    for row in rows_of(path):
        iso3 = own.get(row["COUNTRY"]) or code(row["COUNTRY"])
        for indicator in kinds.get(row["SUB_EVENT_TYPE"], ()) if iso3 else ():
            wanted[iso3 or "", int(row["year"]), indicator] += int(row["admin_weeks"])
    found = {key: row.low for key, row in imported("acled", path).said.items() if row.value is None}
    assert len(found) > 500
    assert differing(found, wanted) == []
    exact = [row for row in imported("acled", path).rows if row.value is not None]
    assert len(exact) > 500
    assert {row.value for row in exact} == {0}
    assert not [row for row in exact if wanted[row.iso3, row.year, row.indicator]]


def test_events_of_ucdp_of_one_country() -> None:
    path = "data/ucdp_ged_hdx/ukr_thesurojit.csv"
    wanted: Counter[tuple[str, int, str]] = Counter()
    cells = 0
    for row in rows_of(path):
        if not row["id"]:
            continue  # the tags of the Humanitarian Data Exchange
        cells += 1
        names = {"1": ["ucdp.state_based_deaths"], "3": ["ucdp.one_sided_deaths"]}.get(row["type_of_violence"], [])
        if row["type_of_violence"] == "3" and row["side_a"].startswith("Government of"):
            names = [*names, "ucdp.state_one_sided_deaths"]
        for name in names:
            wanted["UKR", int(row["year"]), name] += int(row["best"])
    made = imported("ucdp", path)
    found = {key: row.low if row.value is None else row.value for key, row in made.said.items()}
    assert cells > 500
    assert {key[0] for key in found} == {"UKR"}
    assert differing({key: number for key, number in found.items() if number}, {key: n for key, n in wanted.items() if n}) == []


@pytest.mark.parametrize(("name", "path", "column", "year", "indicator"), [
    ("stop", "data/accessnow_stop/access_now_2016_2025.csv", "country", "count_year", "stop.shutdowns"),
    ("cpj", "data/cpj_journalists/cpj_killed_1992_2025.csv", "location", "year", "cpj.journalists_killed"),
])  # fmt: skip
def test_a_publisher_s_events_are_never_more_than_what_is_counted(
    name: str, path: str, column: str, year: str, indicator: str
) -> None:
    """Without a word of the user: no zero of a country or year that the file does not have, and no row lost."""
    wanted: Counter[tuple[str, int]] = Counter()
    for row in rows_of(path):
        for part in row[column].split(";") if name == "stop" else [row[column]]:
            iso3 = {"Bosnia": "BIH"}.get(part.strip()) or code(part.strip())
            if iso3:
                wanted[iso3, int(row[year])] += 1
    made = imported(name, path)
    assert wanted.total() > 500
    for (iso3, when), number in wanted.items():
        found = made.said[iso3, when, indicator]
        told = found.low if found.value is None else found.value
        assert told is not None
        assert told >= number, (iso3, when)
    assert {row.iso3 for row in made.rows} == {iso3 for iso3, _ in wanted}
