"""Counts by rating and region, people, and violations by tag."""

from __future__ import annotations

import pytest
from assets.toy import island, loaded
from attrs import evolve

from ratingengine.compare.standing import Standing, standings
from ratingengine.compare.summary.summary import lowered_by, summary
from ratingengine.engine.rating import load
from ratingengine.model.program import Program, ProgramRule, Support
from ratingengine.model.window import last_day

WORDS = ("open", "closed")
DAY = last_day(2003)


def standing(iso3: str, rating: str | None, people: int | None = None, status: str | None = None) -> Standing:
    return Standing(island(iso3), DAY, rating, status=status, population=people)


ASIA = (standing("KAZ", "closed", 20, "bounded"), standing("KGZ", "open", 7, "bounded"))
FOUND = (*ASIA, standing("FIN", None), standing("EGY", "open"))


def test_countries_and_people_are_counted_under_each_rating() -> None:
    shares = {share.rating: (share.countries, share.people) for share in summary(FOUND, WORDS, {}).shares}
    assert shares == {"open": (("KGZ", "EGY"), 7), "closed": (("KAZ",), 20), None: (("FIN",), None)}
    assert summary(FOUND, WORDS, {}).unpeopled == ("FIN", "EGY")
    assert summary(FOUND, WORDS, {}).statuses == {"bounded": 2}


def test_regions_add_up_to_their_continent_and_continents_to_the_world() -> None:
    regions = summary(FOUND, WORDS, {}).regions
    assert [(one.continent, one.region) for one in regions] == [
        ("", ""), ("Africa", ""), ("Africa", "Northern Africa"), ("Asia", ""), ("Asia", "Central Asia"), ("Europe", ""),
        ("Europe", "Northern Europe"),
    ]  # fmt: skip
    for word in (*WORDS, None):
        whole = next(one.counts[word] for one in regions if not one.continent)
        assert whole == sum(one.counts[word] for one in regions if one.continent and not one.region)
        for continent in ("Africa", "Asia", "Europe"):
            within = [one for one in regions if one.continent == continent]
            assert within[0].counts[word] == sum(one.counts[word] for one in within[1:])


def test_a_table_tells_nothing_of_violations() -> None:
    assert summary(FOUND, WORDS, {}).violations is None


def test_violations_are_established_evidence_and_among_it_what_is_behind_rules() -> None:
    real = load(None, (), "reference")
    found = standings(real, [island(code) for code in ("KAZ", "EGY", "IND")], last_day(2019))
    tags = {one.tag: one for one in summary(found, real.method.scale.words, real.method.programs).violations or ()}
    assert tags["censorship"].established == ("EGY", "IND", "KAZ")
    assert tags["detention_of_protesters"].in_rules == ("EGY", "KAZ")
    assert all(set(one.in_rules) <= set(one.established) for one in tags.values())
    # Good news opens gates and lowers nothing: it is no violation, whatever is known of it.
    assert "positive_development" not in tags


def test_a_value_at_its_best_is_no_violation() -> None:
    toy = loaded()
    (found,) = standings(toy, [island()], last_day(2003))
    assert found.answer is not None
    chosen = found.answer.chosen
    best = {name: evolve(value, lowest=value.indicator.lowest) for name, value in chosen.values.items()}
    calm = evolve(found.answer, profiles={**found.answer.profiles, found.answer.profile: evolve(chosen, values=best)})
    words, programs = toy.method.scale.words, toy.method.programs
    assert [one.tag for one in summary((found,), words, programs).violations or ()] == ["banners"]
    assert summary((evolve(found, answer=calm),), words, programs).violations == ()


@pytest.mark.parametrize(
    ("type_", "fires", "counted"), [("index", True, False), ("share", True, False), ("count", True, True), ("count", False, True)]
)
def test_what_a_publisher_grades_is_no_violation_that_evidence_establishes(type_: str, fires: bool, counted: bool) -> None:
    toy = loaded()
    (found,) = standings(toy, [island()], last_day(2003))
    assert found.answer is not None
    chosen = found.answer.chosen
    name = "assembly.banners_taken"
    value = evolve(chosen.values[name], indicator=evolve(chosen.values[name].indicator, type=type_))
    steps = chosen.steps if fires else tuple(s for s in chosen.steps if all(support.name != name for support in s.supports))
    graded = evolve(chosen, values={**chosen.values, name: value}, steps=steps)
    answer = evolve(found.answer, profiles={**found.answer.profiles, found.answer.profile: graded})
    told = summary((evolve(found, answer=answer),), toy.method.scale.words, toy.method.programs).violations
    assert told is not None
    assert [(one.tag, bool(one.in_rules)) for one in told] == ([("banners", fires)] if counted else [])


def test_what_only_a_gate_reads_lowers_nothing_and_findings_are_followed() -> None:
    program = load(None, (), "reference").method.programs["coded"]
    gates = {support.name for rule in program.rules if rule.target.kind == "upgrade_gate" for support in read_by(program, rule)}
    assert "protection.prisoners_released" in gates
    read = {name for _, name in lowered_by(program)}
    assert "protection.prisoners_released" not in read
    # Read by ASM-012 alone, whose finding ASM-030 reads.
    assert "assembly.lethal_force" in read


def read_by(program: Program, rule: ProgramRule) -> list[Support]:
    return [program.supports[test] for alternative in rule.alternatives for test in alternative]
