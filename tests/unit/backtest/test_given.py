"""Our answers for country-years: what `rate` gives, or a chain from a true rating; and the same from kept integers."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from assets.toy import RECORDS, RULES, island, judged, loaded
from attrs import evolve

from ratingengine.backtest.given import Wanted, links_of, rated
from ratingengine.backtest.replay import Replay
from ratingengine.engine.chain import NONE
from ratingengine.engine.rating import load, load_evidence, rate
from ratingengine.model.assessment import Prior
from ratingengine.model.scale import FREE
from ratingengine.model.window import last_day

YEARS = {"BVT": tuple(range(2001, 2007)), "HMD": (2003, 2004, 2005)}


def test_answers_are_those_of_rate() -> None:
    method = loaded()
    found = rated(method, Wanted(YEARS)).entries
    # Before its first evidence a country has no year in the chain; the pair is kept all the same (see pairs).
    assert set(found) == {(iso3, year) for iso3, years in YEARS.items() for year in years} - {("HMD", 2003)}
    for (iso3, year), given in found.items():
        answer = rate(method, island(iso3), last_day(year))
        severity = None if answer.rating is None else method.method.scale.severity(answer.rating)
        assert (given.rating, given.status, given.deciding) == (severity, answer.chosen.status, answer.chosen.deciding)
        assert (given.change, given.profile, given.gate) == (answer.change, answer.profile, answer.chosen.gate)


def test_judgements_are_left_out() -> None:
    assert rated(judged(), Wanted(YEARS)).entries == rated(loaded(), Wanted(YEARS)).entries


def test_a_chain_starts_from_the_true_rating_and_runs_on() -> None:
    """Bouvet was open in 2001, says the truth: from there it moves a band a year, though the rules alone say narrowed at once."""
    found = rated(loaded(), Wanted({"BVT": YEARS["BVT"]}, {"BVT": (2001, 0)})).entries
    assert ("BVT", 2001) not in found
    assert [found["BVT", year].rating for year in range(2002, 2006)] == [1, 2, 2, 1]
    assert found["BVT", 2002].previous == 0
    worse = rated(loaded(), Wanted({"BVT": YEARS["BVT"]}, {"BVT": (2001, 4)})).entries
    assert [worse["BVT", year].rating for year in range(2002, 2006)] == [3, 3, 3, 2]
    assert (worse["BVT", 2002].change, worse["BVT", 2004].change) == ("upgrade", "hold")


def test_one_profile_alone() -> None:
    found = rated(loaded(), Wanted(YEARS, profile="indices")).entries
    assert {given.profile for given in found.values()} == {"indices"}
    assert found["BVT", 2003] != rated(loaded(), Wanted(YEARS)).entries["BVT", 2003]


def test_values_of_indicators_are_told_where_they_are_known() -> None:
    found = rated(loaded(), Wanted(YEARS, indicators=("expression.press_index",))).entries
    known = {key for key, given in found.items() if given.values}
    assert known
    for iso3, year in known:
        value = rate(loaded(), island(iso3), last_day(year)).chosen.values["expression.press_index"]
        assert found[iso3, year].values == {"expression.press_index": value.best}


def test_the_kept_answers_are_used_again_and_hang_on_the_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RATINGENGINE_CACHE", str(tmp_path / "cache"))
    told: list[int] = []
    wanted = Wanted(YEARS)
    first = rated(loaded(), wanted, lambda done, _of: told.append(done))
    assert told
    told.clear()
    assert rated(loaded(), wanted, lambda done, _of: told.append(done)) == first
    assert told == []
    rated(loaded(), evolve(wanted, profile="coded"), lambda done, _of: told.append(done))
    copied = tmp_path / "records"
    shutil.copytree(RECORDS, copied)
    (copied / "BVT/2003.yaml").unlink()
    rated(load(str(RULES), [copied], "reference"), wanted, lambda done, _of: told.append(done))
    assert len(told) == 2 * (len(YEARS) + 1)


@pytest.mark.parametrize("start", [None, 0, 2, 4])
def test_a_replayed_chain_is_the_chain(start: int | None) -> None:
    method = loaded()
    starts = None if start is None else {"BVT": (2001, start)}
    courses = rated(method, Wanted({"BVT": YEARS["BVT"]}, starts, courses=True)).courses
    evidence = load_evidence(method, "BVT")
    chains = list(links_of(method, island(), evidence, 2006, None if start is None else (2001, start)))
    prior = None if start is None else Prior(start, start, NONE)
    for profile, program in method.method.programs.items():
        said = dict(Replay(program, method.method.scale).chain(courses[profile]["BVT"], prior))
        assert [one.published for one in said.values()] == [links[profile].published for links in chains]
        assert list(said) == [links[profile].as_of.year for links in chains]


@pytest.mark.parametrize("start", [3, 4])
def test_silence_is_no_good_news_in_a_replayed_chain_either(start: int) -> None:
    """The default rules open a gate after a second better year, where the evidence of the first excludes that it was not."""
    method = load(engine="reference")
    years = {"KAZ": tuple(range(2017, 2023))}
    courses = rated(method, Wanted(years, {"KAZ": (2016, start)}, courses=True)).courses
    country, evidence = island("KAZ"), load_evidence(method, "KAZ")
    links = [found["coded"] for found in links_of(method, country, evidence, 2022, (2016, start), ("coded",))]
    said = dict(
        Replay(method.method.programs["coded"], method.method.scale).chain(courses["coded"]["KAZ"], Prior(start, start, NONE))
    )
    assert [one.published for one in said.values()] == [link.published for link in links]
    held = [link for link in links if link.published.change == "hold"]
    assert held, "otherwise this shows nothing"


def test_on_a_scale_without_transition_a_replayed_chain_publishes_what_is_assessed() -> None:
    method = loaded()
    courses = rated(method, Wanted({"BVT": YEARS["BVT"]}, courses=True)).courses
    free = evolve(method.method.scale, transition=FREE)
    said = dict(Replay(method.method.programs["coded"], free).chain(courses["coded"]["BVT"], None))
    assert [one.published.rating for one in said.values()] == [one.assessed for one in said.values()]
    assert [one.published.rating for one in said.values()] == [1, 1, 3, 1, 1, 1]
