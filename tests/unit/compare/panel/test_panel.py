"""The panel: a row for each year from the first evidence to the last, each the answer of that year."""

from __future__ import annotations

from datetime import date

from assets.toy import island, loaded
from attrs import fields

from ratingengine.compare.panel.panel import PanelRow, panel
from ratingengine.compare.panel.panel_table import SHOWN, panel_table
from ratingengine.engine.rating import rate
from ratingengine.engine.years import last_year
from ratingengine.world.countries import resolve
from ratingengine.world.countries.identify import identified, number_in

LOADED = loaded()


def test_each_row_is_the_answer_of_its_year() -> None:
    rows = panel(LOADED)
    assert [(row.iso3, row.year) for row in rows] == sorted({(row.iso3, row.year) for row in rows})
    assert {row.iso3 for row in rows} == {"BVT", "HMD"}
    for row in rows:
        answer = rate(LOADED, island(row.iso3), date(row.year, 12, 31))
        chosen = answer.chosen
        assert (row.rating, row.previous, row.change) == (answer.rating, answer.previous, answer.change)
        assert row.assessed == chosen.assessed
        assert (row.best, row.worst) == (chosen.possible[0], chosen.possible[-1])
        assert (row.status, row.known, row.read, row.profile) == (chosen.status, chosen.known, chosen.read, answer.profile)
        assert (row.watchlist, row.records_sha256) == (answer.watchlist, answer.versions.records_digest)
    assert max(row.year for row in rows if row.iso3 == "BVT") == last_year(LOADED, island())


def test_evidence_of_a_later_day_is_left_out_and_countries_can_be_chosen() -> None:
    known = panel(LOADED, date(2003, 12, 31), [island()])
    assert {row.iso3 for row in known} == {"BVT"}
    assert [row.rating for row in known] != [row.rating for row in panel(LOADED, None, [island()])]
    assert panel(LOADED, countries=[resolve("FRA")]) == ()


def test_numbers_of_countries_are_those_of_the_year() -> None:
    france, germany = resolve("FRA"), resolve("DEU")
    assert (number_in("cow", france, 2020), number_in("gw", france, 2020)) == (220, 220)
    assert (number_in("gw", germany, 1991), number_in("gw", germany, 1990)) == (260, None)
    assert number_in("cow", resolve("Hong Kong"), 2020) is None
    for country in (france, germany, resolve("SRB"), resolve("VNM")):
        for scheme in ("cow", "gw"):
            number = number_in(scheme, country, 2015)
            assert identified(scheme, str(number), 2015) == country


def test_the_table_shows_what_fits_and_keeps_every_column() -> None:
    table = panel_table(panel(LOADED), LOADED, date(2010, 1, 1))
    assert [key for key, _ in table.columns] == list(SHOWN)
    assert list(table.rows[0]) == [field.name for field in fields(PanelRow)]
    assert table.title.endswith(", as known on 1 January 2010")
