"""Files in the shapes that their publishers give them, made for these tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.imported import COUNTRY, YEAR, Made, import_of, mapping_of, shipped_mapping, written

from ratingengine.errors import InvalidInput
from ratingengine.world.countries import resolve

OLD = (
    "Year (N);ISO;Rank N;Score N;Score N without the exactions;Score N with the exactions;Score exactions;"
    "Rank N-1;Score N-1;Rank evolution;FR_country;EN_country;ES_country;AR_country;FA_country;Zone"
)
NEW = "ISO;{score};Rank;Political Context;Rank_Pol;Zone;Country_FR;Country_EN;Country_ES;Year (N);Rank N-1;Score N-1"


def old(edition: str, *rows: tuple[str, int, str]) -> list[str]:
    """A file of RSF as until the edition of 2021."""
    return [
        OLD,
        *(f"{edition};{iso};{rank};{score};;;;{rank};1,5;0;Norvège;x;x;نروژ;x;UE Balkans" for iso, rank, score in rows),
    ]


def new(edition: str, score: str, *rows: tuple[str, int, str]) -> list[str]:
    """A file of RSF as from the edition of 2022 on."""
    return [
        NEW.format(score=score),
        *(f"{iso};{value};{rank};44,5;9;EEAC;Norvège;x;x;{edition};1;50" for iso, rank, value in rows),
    ]


def scores(made: Made) -> dict[tuple[str, int], str | None]:
    return {(row.iso3, row.year): f"{row.value}" for row in made.rows if row.indicator == "rsf.score"}


@pytest.mark.parametrize("edition", [*map(str, range(2002, 2011)), "2011-12"])
def test_rsf_until_2012_counts_abuses_and_is_turned_round(edition: str, tmp_path: Path) -> None:
    year = 2011 if edition == "2011-12" else int(edition) - 1
    file = written(tmp_path, old(edition, ("NOR", 1, "0,5"), ("KAZ", 116, "42"), ("PRK", 139, "97,5")))
    made = import_of(shipped_mapping("rsf"), file)
    assert scores(made) == {("NOR", year): "99.50", ("KAZ", year): "58.00", ("PRK", year): "2.50"}
    assert all("less is freer" in (row.note or "") and row.edition == edition for row in made.rows)


def test_rsf_until_2012_has_scores_beyond_both_ends_which_are_refused(tmp_path: Path) -> None:
    lines = old("2011-12", ("FIN", 1, "-10"), ("KAZ", 154, "77,5"), ("ERI", 179, "142"))
    made = import_of(shipped_mapping("rsf"), written(tmp_path, lines))
    assert scores(made) == {("KAZ", 2011): "22.50"}
    assert [(one.line, one.column, one.text) for one in made.tally.refusals] == [(2, "Score N", "-10"), (4, "Score N", "142")]


@pytest.mark.parametrize("edition", range(2013, 2022))
def test_rsf_of_2013_to_2021_is_freer_where_it_is_higher(edition: int, tmp_path: Path) -> None:
    file = written(tmp_path, old(str(edition), ("NOR", 1, "92,18"), ("PRK", 179, "16,6")))
    assert scores(import_of(shipped_mapping("rsf"), file)) == {("NOR", edition - 1): "92.18", ("PRK", edition - 1): "16.60"}


@pytest.mark.parametrize("edition", range(2022, 2027))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_rsf_from_2022_on_in_any_of_its_encodings(edition: int, encoding: str, tmp_path: Path) -> None:
    for name in ("Score", f"Score {edition}"):
        file = tmp_path / "made.csv"
        file.write_bytes("\r\n".join(new(str(edition), name, ("NOR", 1, "92,31"), ("PRK", 179, "12,64"))).encode(encoding))
        made = import_of(shipped_mapping("rsf"), file)
        assert scores(made) == {("NOR", edition - 1): "92.31", ("PRK", edition - 1): "12.64"}
        assert made.value("NOR", edition - 1, "rsf.political_context") == "44.50"
        assert [name for name, _ in made.outcome.lacking if name == "rsf.score"] == []


@pytest.mark.parametrize(
    ("lines", "edition"),
    [
        (old("2003", ("NOR", 1, "99,5"), ("PRK", 166, "0,5")), "2003"),
        (old("2019", ("NOR", 1, "7,82"), ("PRK", 179, "83,4")), "2019"),
        (new("2024", "Score", ("NOR", 1, "8,1"), ("KAZ", 142, "58,8"), ("PRK", 177, "79,3")), "2024"),
        (["iso3,edition,rank,score", "NOR,2014,1,93.5", "PRK,2014,179,18", "NOR,2015,1,7.75", "PRK,2015,179,83.3"], "2015"),
    ],
)
def test_rsf_counted_the_other_way_is_refused_whole(lines: list[str], edition: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=f"I325 rsf.score of edition {edition} is worse where the rank is better"):
        import_of(shipped_mapping("rsf"), written(tmp_path, lines))


def test_rsf_ranks_that_hardly_differ_or_cannot_be_read_tell_nothing(tmp_path: Path) -> None:
    lines = old("2019", ("NOR", 1, "92,18"), ("KAZ", 1, "50"), ("PRK", 179, "-"))
    assert len(scores(import_of(shipped_mapping("rsf"), written(tmp_path, lines)))) == 2


def test_rsf_s_territories_of_a_country_are_it_and_what_it_does_abroad_is_apart(tmp_path: Path) -> None:
    rows = [
        (iso, rank, f"{rank}") for rank, iso in enumerate(("USA2", "ISR1", "XKO", "USA1", "USA_I", "ISR2", "ISR3", "SCG", "CTU"))
    ]
    made = import_of(shipped_mapping("rsf"), written(tmp_path, old("2003", *rows)))
    assert set(scores(made)) == {("USA", 2002), ("ISR", 2002), ("XKX", 2002)}
    assert sum(made.tally.apart.values()) == 6
    assert not made.tally.unrecognised


def test_cpj_s_country_goes_before_its_location(tmp_path: Path) -> None:
    lines = [
        "year,fullName,type,status,country,location,motiveConfirmed",
        "1999,One,Journalist,Killed,Peru,Chad,Confirmed",
        "2007,Two,Journalist,Killed,Iraq,Baghdad,Confirmed",
    ]
    made = import_of(shipped_mapping("cpj"), written(tmp_path, lines))
    killed = {(row.iso3, row.year) for row in made.rows if row.value or row.low}
    assert killed == {("PER", 1999), ("IRQ", 2007)}
    assert not made.tally.unrecognised


@pytest.mark.parametrize(
    ("column", "indicator"),
    [
        ("Freedom of expression index", "v2x_freexp_altinf"),
        ("freeexpr_vdem__estimate_best", "v2x_freexp_altinf"),
        ("freeexpr_vdem_owid", "v2x_freexp_altinf"),
        ("civ_libs_vdem__estimate_best", "v2x_civlib"),
        ("Rule of law index", "v2x_rule"),
        ("rule_of_law_vdem__estimate_best", "v2x_rule"),
        ("Electoral democracy index", "v2x_polyarchy"),
        ("electdem_vdem__estimate_best", "v2x_polyarchy"),
        ("libdem_vdem__estimate_best", "v2x_libdem"),
        ("freeassoc_vdem__estimate_best", "v2x_frassoc_thick"),
    ],
)
def test_our_world_in_data_s_charts_under_their_own_names(column: str, indicator: str, tmp_path: Path) -> None:
    head = (
        f"entity,code,year,{column},owid_region"
        if column.islower()
        else f"Entity,Code,Year,{column},World region according to OWID"
    )
    lines = [head, "Kazakhstan,KAZ,2022,0.389,Asia", "World (population-weighted),,2022,0.5,", "Hamburg,,1850,0.2,Europe"]
    made = import_of(shipped_mapping("vdem-owid"), written(tmp_path, lines))
    assert [(row.iso3, row.indicator, f"{row.value}") for row in made.rows] == [("KAZ", f"vdem.{indicator}", "0.389")]
    assert sum(made.tally.apart.values()) == 2


CY = "country_id_cy,country_cy,year_cy,sb_total_deaths_best_cy,sb_total_deaths_low_cy,sb_total_deaths_high_cy,version"


def test_ucdp_s_country_years_lie_between_the_low_and_the_high_estimate(tmp_path: Path) -> None:
    lines = [
        CY,
        "369,Ukraine,2022,120,100,190,25.1",
        "369,Ukraine,2021,7,7,7,25.1",
        "369,Ukraine,2020,0,0,0,25.1",
        "371,Armenia,2022,154,154,153,25.1",
        "100,Colombia,2020,146,158,217,25.1",
        "345,Serbia (Yugoslavia),2010,0,0,0,25.1",
        "345,Serbia (Yugoslavia),1999,9,8,9,25.1",
        "327,Vatican City State,2010,0,0,0,25.1",
        "500,Uganda,2010,,,,25.1",
        "501,Kenya,2010,7,7,many,25.1",
    ]
    made = import_of(shipped_mapping("ucdp-cy"), written(tmp_path, lines))
    found = {(row.iso3, row.year): (row.value, row.low, row.high, row.note) for row in made.rows}
    assert found == {
        ("UKR", 2022): (None, 100, 190, "best estimate 120"),
        ("UKR", 2021): (7, None, None, None),
        ("UKR", 2020): (0, None, None, None),
        ("ARM", 2022): (None, 153, 154, "best estimate 154"),
        ("COL", 2020): (None, 146, 217, "best estimate 146"),
        ("SRB", 2010): (0, None, None, None),
        ("VAT", 2010): (0, None, None, None),
    }
    assert {row.indicator for row in made.rows} == {"ucdp.state_based_deaths"}
    assert dict(made.tally.apart) == {"Yugoslavia (historical)": 1}
    assert [(one.text, one.reason) for one in made.tally.refusals] == [("many", "not a number")]
    assert {row.edition for row in made.rows} == {"25.1"}


def test_ucdp_s_events_in_serbia_are_serbia_s_since_2006(tmp_path: Path) -> None:
    lines = [
        "id,year,type_of_violence,side_a,country,country_id,date_start,best",
        "1,2010,1,Government of Serbia,Serbia,345,2010-05-01,3",
    ]
    made = import_of(shipped_mapping("ucdp"), written(tmp_path, lines))
    assert not made.tally.unrecognised
    assert {row.iso3 for row in made.rows if row.value or row.low} == {"SRB"}


def test_a_file_of_events_with_a_row_of_tags_below_its_headings(tmp_path: Path) -> None:
    lines = [
        "id,year,type_of_violence,side_a,country,country_id,date_start,date_end,best",
        ",#date+year,,#group+name+first,#country+name,,#date+start,#date+end,#affected+killed",
        "1.0,2016,1.0,Government of Ukraine,Ukraine,369.0,2016-01-10,2016-01-10,7.0",
        "2.0,2016,3.0,Government of Ukraine,Ukraine,369.0,2016-02-10,2016-02-10,5.0",
    ]
    made = import_of(shipped_mapping("ucdp"), written(tmp_path, lines))
    assert (made.tally.read, made.tally.refused) == (2, 0)
    deaths = {row.indicator: row.value or row.low for row in made.rows if (row.iso3, row.year) == ("UKR", 2016)}
    assert deaths == {"ucdp.one_sided_deaths": 5, "ucdp.state_one_sided_deaths": 5, "ucdp.state_based_deaths": 7}


def test_v_dem_s_country_date_file_is_refused_and_its_country_year_one_is_not(tmp_path: Path) -> None:
    head = "country_text_id,year,historical_date,v2x_civlib"
    dates = [head, "TCD,2020,2020-12-31,0.1", "KAZ,2020,2020-06-01,0.4", "KAZ,2020,2020-12-31,0.5"]
    with pytest.raises(InvalidInput) as caught:
        import_of(shipped_mapping("vdem"), written(tmp_path, dates))
    assert ":4:1: I325 KAZ 2020 has rows of 2020-06-01 (line 3) and of 2020-12-31: this is the Country-Date file" in str(
        caught.value
    )
    made = import_of(shipped_mapping("vdem"), written(tmp_path, [head, "KAZ,2020,31/12/2020,0.5", "KAZ,2021,31/12/2021,0.5"]))
    assert made.tally.observations == 2


@pytest.mark.parametrize("territory", ["Crimea", "Eastern Donbas", "Russian-Occupied Territories of Ukraine"])
def test_occupied_parts_of_ukraine_are_units_of_the_table(territory: str, tmp_path: Path) -> None:
    lines = [
        "Country/Territory,Region,C/T,Edition,Status,PR rating,CL rating",
        f"{territory},Eurasia,t,2025,NF,7,7",
        "Chile,x,c,2025,F,1,1",
    ]
    made = import_of(shipped_mapping("freedom-house"), written(tmp_path, lines))
    assert not made.tally.apart
    assert {row.iso3 for row in made.rows} == {"CHL", resolve(territory).iso3}


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2023", 2023),
        ("Jan.-Feb. 1973", 1973),
        ("1983-84", 1984),
        ("1999-2000", 2000),
        ("2000-01", 2001),
        ("2011-12", 2012),
        ("2024.0", 2024),
    ],
)
def test_an_edition_is_of_the_last_year_that_it_names(text: str, year: int, tmp_path: Path) -> None:
    mapping = mapping_of(
        COUNTRY + YEAR + "  shift: -1\nreported:\n  in: [year]\nedition: [year]\n"
        "indicators:\n  - {indicator: vdem.v2x_civlib, columns: [lib]}\n",
        tmp_path,
    )
    (row,) = import_of(mapping, written(tmp_path, ["country,year,lib", f"Chad,{text},0.5"])).rows
    assert (row.year, row.reported.year, row.edition) == (year - 1, year, text.removesuffix(".0"))


@pytest.mark.parametrize("text", ["1983-85", "2020-12-31", "198384", "spring", "1983-1985"])
def test_what_names_no_edition_is_refused(text: str, tmp_path: Path) -> None:
    mapping = mapping_of(
        COUNTRY + YEAR + "edition: [year]\nindicators:\n  - {indicator: vdem.v2x_civlib, columns: [lib]}\n", tmp_path
    )
    tally = import_of(mapping, written(tmp_path, ["country,year,lib", f"Chad,{text},0.5"])).tally
    assert [(one.text, tally.observations) for one in tally.refusals] == [(text, 0)]


def test_a_year_of_publication_that_cannot_be_read_leaves_that_of_the_release(tmp_path: Path) -> None:
    text = COUNTRY + YEAR + "reported:\n  in: [out]\nindicators:\n  - {indicator: vdem.v2x_civlib, columns: [lib]}\n"
    made = import_of(mapping_of(text, tmp_path), written(tmp_path, ["country,year,out,lib", "Chad,2020,soon,0.5"]))
    assert made.rows[0].reported.isoformat() == "2024-01-01"
