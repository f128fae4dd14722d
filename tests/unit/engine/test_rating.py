"""The facade: method and evidence are loaded, a country is rated on a day, and the answer says what it rests on."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from assets.toy import JUDGED, RECORDS, RULES, evidence, island, judged, loaded, observation, override, search
from attrs import evolve

from ratingengine.engine import execution as engines
from ratingengine.engine.chain import Link
from ratingengine.engine.execution import EngineAbsent
from ratingengine.engine.rating import (
    carrying,
    codebook_folder,
    countries_on_record,
    history,
    latest_year,
    load,
    load_evidence,
    open_engines,
    rate,
    rules_folder,
)
from ratingengine.errors import InvalidInput, NotFound
from ratingengine.files.shipped import shipped
from ratingengine.model.assessment import Prior
from ratingengine.model.evidence import Observation, Search
from ratingengine.model.program import Program

LOADED = loaded()
DAY = date(2003, 12, 31)


def test_a_rule_set_is_named_or_a_folder_and_civic_space_by_default() -> None:
    assert rules_folder(None) == rules_folder("civic-space") == shipped("rules") / "civic-space"
    assert rules_folder(str(RULES)) == RULES


@pytest.mark.parametrize("name", ["civic-spaec", "civic-space/rating.yaml", "../rules/civic-space/x", "..\\rules"])
def test_a_rule_set_that_is_not_there_is_answered_with_those_that_are(name: str, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"neither a folder nor one of .*civic-space"):
        rules_folder(name)


def test_the_codebook_is_that_beside_the_records_or_the_shipped_one() -> None:
    assert codebook_folder(()) == shipped("indicators") / "codebook"
    assert codebook_folder([RECORDS / "BVT", RECORDS]) == RECORDS / "codebook"
    assert codebook_folder([RECORDS / "BVT" / "2001.yaml"]) == shipped("indicators") / "codebook"


def test_countries_on_record_are_the_folders_with_a_code(tmp_path: Path) -> None:
    for name in ("KAZ", "BVT", "codebook", "kaz", "KAZA"):
        (tmp_path / name).mkdir()
    (tmp_path / "FIN").write_text("", "utf-8")
    assert countries_on_record([tmp_path, RECORDS, RECORDS / "sources.yaml"]) == ("BVT", "HMD", "KAZ")


def test_records_that_are_not_there_are_not_found() -> None:
    with pytest.raises(NotFound, match="no such file or folder of records: 'nowhere'"):
        load(str(RULES), [RECORDS, Path("nowhere")])


def test_every_problem_of_rules_and_codebook_is_told(tmp_path: Path) -> None:
    shutil.copytree(RULES, tmp_path / "rules")
    shutil.copytree(RECORDS, tmp_path / "records")
    for path, old, new in (
        (tmp_path / "rules" / "coded.yaml", "level: expression, at_most: narrowed", "level: expression, at_most: naked"),
        (tmp_path / "records" / "codebook" / "expression.yaml", "worse: lower", "worse: down"),
    ):
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(InvalidInput) as caught:
        load(str(tmp_path / "rules"), [tmp_path / "records"])
    files = {Path(problem.place.file).name for problem in caught.value.problems if problem.place}
    assert {"coded.yaml", "expression.yaml"} <= files


def test_evidence_is_that_of_all_files_of_the_country() -> None:
    found = load_evidence(LOADED, "BVT")
    assert [entry.id for entry in found.observations] == sorted(entry.id for entry in found.observations)
    assert (len(found.observations), len(found.searches)) == (8, 2)
    assert {"island-gazette", "penguin-post"} <= set(found.sources)
    assert load_evidence(LOADED, "FIN").entries == ()


def test_a_file_in_the_folder_of_another_country_is_refused(tmp_path: Path) -> None:
    shutil.copytree(RECORDS, tmp_path / "records")
    shutil.copy(tmp_path / "records" / "HMD" / "2004.yaml", tmp_path / "records" / "BVT")
    with pytest.raises(InvalidInput, match="I314 the file lies in the folder BVT but is of HMD"):
        load_evidence(load(str(RULES), [tmp_path / "records"], "reference"), "BVT")


@pytest.mark.parametrize("name", ["bvt", "Bvt"])
def test_a_folder_in_small_letters_is_refused_and_not_passed_over(name: str, tmp_path: Path) -> None:
    shutil.copytree(RECORDS, tmp_path / "records")
    assert load_evidence(load(str(RULES), [tmp_path / "records"], "reference"), "BVT").entries
    (tmp_path / "records" / "BVT").rename(tmp_path / "records" / name)
    assert countries_on_record([tmp_path / "records"]) == ("BVT", "HMD")
    # Whichever country is asked for.
    with pytest.raises(InvalidInput, match=f"records/{name}:1:1: I327 a folder that is no country's is read by nothing"):
        load(str(RULES), [tmp_path / "records"], "reference")


@pytest.mark.parametrize(
    ("year", "profile", "rating", "change"),
    [
        (1999, "coded", None, None),
        (2001, "coded", "narrowed", None),
        (2003, "coded", "obstructed", "downgrade"),
        (2004, "coded", "obstructed", "hold"),
        (2005, "coded", "narrowed", "upgrade"),
    ],
)
def test_a_country_is_rated_on_the_last_day_of_a_year(year: int, profile: str, rating: str | None, change: str | None) -> None:
    found = rate(LOADED, island(), date(year, 12, 31))
    assert (found.profile, found.rating, found.change) == (profile, rating, change)
    assert found.profiles.keys() == {"coded", "indices"}


def test_the_other_profile_carries_the_rating_where_the_first_is_insufficient() -> None:
    found = rate(LOADED, island("HMD"), date(2004, 12, 31))
    assert (found.profile, found.rating) == ("indices", "obstructed")
    assert found.profiles["coded"].assessed is None


def test_a_facet_rests_on_what_the_rules_of_its_own_profile_read() -> None:
    """The press index is of expression, but only the rules of the other profile read it."""
    found = rate(LOADED, island("HMD"), date(2004, 12, 31))
    sources = {name: {facet.facet: facet.sources for facet in each.facets} for name, each in found.profiles.items()}
    assert (sources["coded"]["expression"], sources["indices"]["expression"]) == (0, 1)
    assert {name: rating for name, (rating, _) in found.published.items()} == {"coded": None, "indices": "obstructed"}


def test_a_profile_never_takes_over_the_ceiling_of_another() -> None:
    index = load_evidence(LOADED, "HMD").observations[1]
    assert index.indicator == "expression.press_index"
    both = load_evidence(LOADED, "BVT")
    added = evolve(both, observations=(*both.observations, evolve(index, country="BVT")))
    found = rate(LOADED, island(), date(2004, 12, 31), evidence=added)
    assert (found.profile, found.chosen.assessed) == ("coded", "narrowed")
    assert found.profiles["indices"].assessed == "obstructed"


def test_history_and_rating_of_a_year_are_the_same() -> None:
    links = history(LOADED, island(), date(2005, 12, 31))["coded"]
    words = LOADED.method.scale.words
    for link in links:
        found = rate(LOADED, island(), link.as_of)
        published = None if link.published.rating is None else words[link.published.rating]
        assert (found.rating, found.change) == (published, link.published.change)
        assert found.profiles["coded"].steps == link.assessment.steps


def test_evidence_handed_over_is_rated_as_the_same_evidence_loaded() -> None:
    given = rate(LOADED, island(), DAY, evidence=load_evidence(LOADED, "BVT"))
    assert given == rate(LOADED, island(), DAY)


def test_what_was_reported_later_is_left_out_of_every_year() -> None:
    found = rate(LOADED, island(), DAY, known_at=date(2003, 1, 31))
    assert (found.rating, found.change, found.chosen.watchlist) == ("narrowed", "unchanged", False)
    assert found.known_at == date(2003, 1, 31)


def test_a_prior_rating_replaces_the_years_before() -> None:
    found = rate(LOADED, island(), DAY, prior="closed")
    assert (found.previous, found.rating, found.change, found.pressure) == ("closed", "closed", "hold", "better")


def test_the_answer_names_versions_by_content(tmp_path: Path) -> None:
    found = rate(LOADED, island(), DAY).versions
    assert found.rules == "invented 2000.1"
    shutil.copytree(RECORDS, tmp_path / "records")
    record = tmp_path / "records" / "BVT" / "2003.yaml"
    record.write_text(record.read_text("utf-8") + "# a remark\n", "utf-8")
    changed = rate(load(str(RULES), [tmp_path / "records"], "reference"), island(), DAY).versions
    assert changed.rules_digest == found.rules_digest
    assert changed.records_digest != found.records_digest
    assert rate(LOADED, island("HMD"), DAY).versions.records_digest != found.records_digest


WITH = judged()


def test_a_judgement_is_published_beside_what_the_rules_say() -> None:
    found, by_rules = rate(WITH, island(), DAY), rate(WITH, island(), DAY, overrides=())
    assert (found.rating, found.change, found.pressure) == ("closed", "downgrade", "better")
    assert (found.by_rules, found.change_by_rules) == (by_rules.rating, by_rules.change) == ("obstructed", "downgrade")
    assert found.override is not None
    assert (found.override.id, [entry.id for entry in found.earlier_overrides]) == ("OVR-001", ["OVR-003"])
    assert found.chosen == by_rules.chosen
    # The judgement is of the country: the other profile, too, starts the next year from what was published.
    assert (found.profiles["indices"].prior, by_rules.profiles["indices"].prior) == (Prior(1, 1, 1), None)
    assert (by_rules.override, by_rules.earlier_overrides, by_rules.versions.overrides_digest) == (None, (), "")
    assert rate(LOADED, island(), DAY) == by_rules


def test_a_judgement_stands_where_too_little_is_known_and_is_of_the_whole_country() -> None:
    found = rate(WITH, island("HMD"), date(2004, 12, 31))
    assert (found.rating, found.by_rules, found.profile, found.change) == ("repressed", "obstructed", "indices", None)
    assert rate(WITH, island("HMD"), date(2005, 12, 31)).previous == "repressed"
    alone = rate(LOADED, island("HMD"), date(2003, 12, 31), overrides=[override(country="HMD")])
    assert (alone.rating, alone.by_rules, alone.chosen.assessed, alone.chosen.status) == ("closed", None, None, "insufficient")


def test_a_judgement_is_not_known_before_it_is_made() -> None:
    before, after = (rate(WITH, island(), DAY, known_at=day) for day in (date(2004, 1, 31), date(2004, 2, 1)))
    assert (before.rating, before.override) == ("obstructed", None)
    assert after.rating == "closed"


def test_a_prior_from_outside_stands_in_place_of_earlier_judgements_but_not_of_that_of_the_day() -> None:
    found = rate(WITH, island(), DAY, prior="open")
    assert (found.rating, found.previous, found.by_rules, found.earlier_overrides) == ("closed", "open", "narrowed", ())
    assert rate(WITH, island(), date(2004, 12, 31), prior="narrowed").earlier_overrides == ()


def test_overrides_handed_over_are_those_of_the_country_and_day_alone() -> None:
    given = (override(), override("OVR-Y", country="HMD"), override("OVR-Z", first=date(2005, 1, 1), last=date(2005, 12, 31)))
    found = rate(LOADED, island(), DAY, overrides=given)
    assert (found.rating, found.earlier_overrides) == ("closed", ())
    assert found.versions.overrides_digest == rate(LOADED, island(), DAY, overrides=given[:1]).versions.overrides_digest
    assert found.versions.overrides_digest != rate(WITH, island(), DAY).versions.overrides_digest


def test_history_has_the_judgements_and_the_ratings_are_those_of_each_year() -> None:
    links = history(WITH, island(), date(2005, 12, 31))["coded"]
    words = WITH.method.scale.words
    ratings = [rate(WITH, island(), link.as_of) for link in links]
    assert [words[link.published.rating or 0] for link in links] == [found.rating for found in ratings]
    assert [words[link.by_rules.rating or 0] for link in links] == [found.by_rules for found in ratings]
    assert [link.override for link in links] == [found.override for found in ratings]
    plain = history(WITH, island(), date(2005, 12, 31), overrides=())
    assert plain == history(LOADED, island(), date(2005, 12, 31))
    known = history(WITH, island(), date(2005, 12, 31), date(2004, 1, 31))["coded"]
    assert [link.override.id for link in known if link.override] == ["OVR-003"] * 2


def test_evidence_handed_over_is_judged_as_the_same_evidence_loaded() -> None:
    later = date(2004, 12, 31)
    assert rate(WITH, island(), later, evidence=load_evidence(WITH, "BVT")) == rate(WITH, island(), later)


def test_what_is_handed_on_is_kept_apart_for_each_set_of_overrides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RATINGENGINE_CACHE", str(tmp_path))
    later = date(2004, 12, 31)
    found = [rate(WITH, island(), later, overrides=given).rating for given in ((), None, (override(rating="open"),), ())]
    assert found == ["obstructed", "closed", "narrowed", "obstructed"]


def test_overrides_that_cannot_be_read_stop_every_rating(tmp_path: Path) -> None:
    text = (JUDGED / "overrides.yaml").read_text("utf-8")
    (tmp_path / "overrides.yaml").write_text(text.replace("rating: closed", "rating: shut").replace("BVT", "BTV", 1), "utf-8")
    with pytest.raises(InvalidInput) as caught:
        load(str(RULES), [RECORDS, tmp_path])
    assert sorted(problem.code for problem in caught.value.problems) == ["I313", "I321"]
    with pytest.raises(InvalidInput, match=r"I301 override id 'OVR-001' stands twice"):
        load(str(RULES), [RECORDS, JUDGED, _second(tmp_path / "second")])


def _second(folder: Path) -> Path:
    return Path(shutil.copytree(JUDGED, folder))


def linked(**statuses: str) -> dict[str, Link]:
    """A status in capitals: nothing is known of what the rules of the profile read."""
    link = history(LOADED, island(), DAY)["coded"][-1]
    return {
        name: evolve(link, assessment=evolve(link.assessment, status=status.lower(), known=int(status.islower())))
        for name, status in statuses.items()
    }


@pytest.mark.parametrize(
    ("statuses", "carries"),
    [
        ({"coded": "determined", "indices": "determined"}, "coded"),
        ({"coded": "bounded", "indices": "determined"}, "coded"),
        ({"coded": "insufficient", "indices": "bounded"}, "indices"),
        ({"coded": "insufficient", "indices": "insufficient"}, "coded"),
        ({"coded": "insufficient"}, "coded"),
        ({"coded": "INSUFFICIENT", "indices": "insufficient"}, "indices"),
        ({"coded": "INSUFFICIENT", "indices": "INSUFFICIENT"}, "coded"),
        ({"coded": "insufficient", "indices": "INSUFFICIENT"}, "coded"),
        ({"coded": "insufficient", "indices": "INSUFFICIENT", "last": "determined"}, "last"),
    ],
)
def test_the_first_sufficient_profile_carries_the_rating_or_the_first_that_is_told_of(
    statuses: dict[str, str], carries: str
) -> None:
    assert carrying(linked(**statuses)) == carries


SPAN: dict[str, Any] = {"begun": date(2001, 5, 1)}


@pytest.mark.parametrize(
    ("entries", "year"),
    [
        ((), None),
        ((observation(**SPAN, ended=date(2001, 6, 1), reported=(date(2001, 6, 1), date(2001, 7, 1))),), 2001),
        ((observation(**SPAN, ended=date(2004, 1, 1)),), 2004),
        ((observation(**SPAN, ended=None, reported=(date(2008, 1, 1), date(2009, 1, 1))),), 2009),
        ((observation(**SPAN, ended=None), search(ended=date(2007, 3, 1))), 2007),
        ((search(begun=date(2001, 1, 1), ended=date(2002, 12, 31), reported=(date(2002, 12, 31), date(2003, 1, 5))),), 2002),
    ],
)
def test_the_latest_year_is_the_last_that_evidence_speaks_of(entries: tuple[Observation | Search, ...], year: int | None) -> None:
    assert latest_year(evidence(entries)) == year


def program() -> Program:
    return LOADED.method.programs["coded"]


def test_the_reference_engine_alone_is_opened_alone() -> None:
    opened, remarks = open_engines(program(), "reference")
    assert ([engine.name for engine in opened], remarks) == (["reference"], ())


@pytest.mark.parametrize("engine", ["both", "durable"])
def test_an_engine_that_is_absent_is_stood_in_for_with_a_remark(engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    durable = pytest.importorskip("ratingengine.engine.durable")

    def absent(*_given: object) -> None:
        raise EngineAbsent("durable-rules is not here")

    monkeypatch.setattr(durable, "DurableEngine", absent)
    opened, remarks = open_engines(program(), engine)
    assert [each.name for each in opened] == ["reference"]
    assert remarks == ("durable-rules is not here; the reference engine answers",)


def test_the_remark_of_a_stand_in_reaches_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    durable = pytest.importorskip("ratingengine.engine.durable")

    def absent(*_given: object) -> None:
        raise EngineAbsent("durable-rules is not here")

    monkeypatch.setattr(durable, "DurableEngine", absent)
    found = rate(load(str(RULES), [RECORDS], "both"), island(), DAY)
    assert (found.engines, found.remarks) == (("reference",), ("durable-rules is not here; the reference engine answers",))
    assert found.rating == "obstructed"


def test_an_engine_is_known_by_what_it_does() -> None:
    opened, _ = open_engines(program(), "reference")
    engine: engines.Engine = opened[0]
    assert engine.run(tuple(-(10**15) for _ in program().variables)) == ()


def test_a_named_file_puts_its_country_on_record(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("schema: ratingengine/record/1\ncountry: KAZ\nobservations: []\n", "utf-8")
    assert countries_on_record([path]) == ("KAZ",)
