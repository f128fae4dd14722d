"""Answers that rest on measures: each with its title, its value and what the rule needs, in every form."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from assets.toy import evidence, observation
from support.weighed import POOR, RULES, bands, method, records, rule, stepped

from ratingengine.engine.rating import load, rate
from ratingengine.explain.facts import facts_from
from ratingengine.explain.why.why import why
from ratingengine.explain.why.why_page import why_json, why_text
from ratingengine.interface.json import assessment_json
from ratingengine.interface.markdown import assessment_markdown
from ratingengine.interface.text import assessment_text
from ratingengine.interface.words import measure_words, reading_words, told_words
from ratingengine.model.assessment import Assessment
from ratingengine.model.value import Computed, MeasureValue
from ratingengine.world.countries import resolve

YEAR = {"begun": date(2020, 1, 1), "ended": date(2020, 12, 31), "reported": (date(2020, 12, 31), date(2020, 12, 31)), "event": ""}
FINLAND = resolve("FIN")
LOADED = load(None, (), "reference")
SAID = "Points short of full freedom, organisations: 25.0 (needs at least 25.0)"


def answered() -> Assessment:
    readings = {"fiw.e1": 0, "fiw.e2": 300, "fiw.d1": 0, "vdem.v2csreprss": 1500, "vdem.v2x_civlib": 0}
    entries = [
        observation(f"X-{n:03d}", value, value, country="FIN", indicator=name, **YEAR)
        for n, (name, value) in enumerate(readings.items(), 1)
    ]
    return rate(LOADED, FINLAND, date(2020, 12, 31), evidence=evidence(entries))


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (MeasureValue(125, 125, True), "12.5"),
        (MeasureValue(-5, 0, True), "-0.5 to 0.0"),
        (MeasureValue(0, 1000, False), "not known"),
    ],
)
def test_a_measure_is_put_into_words(found: MeasureValue, words: str) -> None:
    assert measure_words(Computed(found, 1, ("a.b",))) == words


def test_every_form_says_what_was_measured_and_what_was_needed() -> None:
    assessment = answered()
    assert assessment.profile == "indices"
    for text in (assessment_text(assessment, FINLAND), assessment_markdown(assessment, FINLAND)):
        assert SAID in " ".join(text.split())
    content = assessment_json(assessment, FINLAND)
    organisations = content["measures"]["indices.association"]
    assert {name: organisations[name] for name in ("value", "best", "worst", "known")} == {
        "value": "25.0", "best": "25.0", "worst": "25.0", "known": True,
    }  # fmt: skip
    assert organisations["inputs"] == ["vdem.v2csreprss", "fiw.e2"]
    assert {"measure": "indices.association", "at_least": "25.0", "value": "25.0"} in [
        support for step in content["trace"] for support in step["supports"]
    ]


def test_why_gives_the_value_and_the_readings_behind_it() -> None:
    assessment = answered()
    chosen = assessment.chosen
    content = why_json(assessment, FINLAND, why(facts_from(LOADED.method, chosen, FINLAND.population)), None, full=False)
    (because,) = content["path"][0]["because"]
    assert because["title"] == LOADED.method.compiled.titles[because["measure"]]
    text = why_text(content, "31 December 2020")
    assert f"  {because['title']}: {because['value']} (needs at least {because['at_least']})\n    " in text


def test_why_shows_a_score_and_the_band_that_it_counts_as(tmp_path: Path) -> None:
    table = (0, 3), (40, 2), (60, 1), (85, 0)
    short = rule("WGH-002", "level", "when: {measure: bank.short, at_least: 1}", POOR)
    rules = (bands(stepped("press", *table), stepped("courts", (0, 5), (70, 0))), short, RULES[3])
    loaded = load(str(method(tmp_path / "mine", rules)), (records(tmp_path / "records", press=59, courts=70),), "reference")
    assessment = rate(loaded, resolve("BVT"), date(2021, 12, 31))
    content = assessment_json(assessment, resolve("BVT"))
    assert content["measures"]["bank.short"]["counts_as"] == [
        {"indicator": "bank.press", "number": "2"}, {"indicator": "bank.courts", "number": "0"},
    ]  # fmt: skip
    explained = why_json(assessment, resolve("BVT"), why(facts_from(loaded.method, assessment.chosen, None)), None, full=False)
    text = why_text(explained, "31 December 2021")
    assert "Invented: 1.0 (needs at least 1.0)\n" in text
    assert "Press: 59 (2021), counts as 2\n" in text
    assert "Courts: 70 (2021), counts as 0\n" in text


def test_a_reading_names_its_years_and_the_answer_where_readings_end() -> None:
    chosen = answered().chosen
    assert told_words(chosen.values["fiw.e2"]) == "3.00, of 2020 only"
    assert reading_words(chosen.values.values()) == "2020: gazette"
    entries = [
        observation(
            f"X-{n}",
            value,
            value,
            country="FIN",
            indicator="fiw.e2",
            **{**YEAR, "begun": date(year, 1, 1), "ended": date(year, 12, 31)},
        )
        for n, (year, value) in enumerate(((2019, 300), (2020, 200)))
    ]
    value = rate(LOADED, FINLAND, date(2020, 12, 31), evidence=evidence(entries)).profiles["indices"].values["fiw.e2"]
    assert told_words(value) == "2.50, mean of 3.00 (2019), 2.00 (2020)"
    text = " ".join(assessment_text(answered(), FINLAND).split())
    assert "Freedom of organisations, above all of human rights and governance: 3.00, of 2020 only [" in text
    assert "Data up to 2020: gazette Versions" in text
