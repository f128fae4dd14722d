"""The columnar engine against the reference on every row and backend: generated rules and frames, and the shipped methods."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from support.entries import codebook_of, method_of, rules_of
from support.frames import (
    OBSTRUCTED,
    Case,
    Said,
    by_columns,
    by_reference,
    by_trace,
    cases,
    cases_over_years,
    cases_per_million,
    cases_with_none,
    counted,
    polars,
    rule_with,
)
from support.weighed import method as weighed_method

from ratingengine.bulk import rate_frame
from ratingengine.bulk.frames import as_polars, kind_of
from ratingengine.engine.assess import Method
from ratingengine.engine.opening import codebook_folder, load_evidence, load_method, rules_folder
from ratingengine.engine.rating import countries_on_record, history, latest_year, load
from ratingengine.evidence.values import indicator_values
from ratingengine.model.indicator import Indicator
from ratingengine.model.window import last_day
from ratingengine.world.countries import resolve

METHODS = ("civic-space", "civicus-banding", "freedom-house", "political-terror", "rsf-situations")
CLOSED = {"rating_at_most": "closed"}
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def held_to_the_reference(case: Case, backend: str) -> None:
    rated = rate_frame(case.frame, case.method, backend, explain=True)
    assert len(rated) == len(case.frame)
    wanted = by_reference(case)
    assert by_columns(case.method, rated) == wanted
    last = max(case.said)
    assert by_trace(case, *last) == wanted[last]


@settings(suppress_health_check=SLOW)
@given(cases())
def test_polars_rates_generated_frames_by_generated_rules(case: Case) -> None:
    held_to_the_reference(case, "polars")


@settings(suppress_health_check=SLOW)
@given(cases_with_none())
def test_polars_leaves_out_inputs_without_a_value(case: Case) -> None:
    held_to_the_reference(case, "polars")


@settings(suppress_health_check=SLOW)
@given(cases_over_years())
def test_polars_hands_ratings_on_from_year_to_year(case: Case) -> None:
    held_to_the_reference(case, "polars")


@settings(suppress_health_check=SLOW)
@given(cases_per_million())
def test_polars_compares_counts_per_million(case: Case) -> None:
    held_to_the_reference(case, "polars")


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    sql = pytest.importorskip("pyspark.sql")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java 17 or later")
    builder = sql.SparkSession.builder.master("local[2]").appName("ratingengine")
    session = builder.config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "2").getOrCreate()
    yield session
    session.stop()


@pytest.mark.deep
@pytest.mark.slow
def test_spark_rates_as_the_reference_does(spark: Any) -> None:
    for method in (shipped("civic-space"), shipped("political-terror"), by_steps()):
        held_to_the_reference(drawn_case(method, 8), "spark")


@pytest.mark.deep
@pytest.mark.slow
def test_spark_measures_and_leaves_out_levels_as_the_reference_does(spark: Any, tmp_path: Path) -> None:
    held_to_the_reference(drawn_case(opened(weighed_method(tmp_path / "weighed")), 20), "spark")


def as_kind(frame: Any, kind: str) -> Any:
    if kind == "duckdb":
        return pytest.importorskip("duckdb").from_arrow(frame.to_arrow())
    return {"polars": frame.clone, "pandas": frame.to_pandas, "arrow": frame.to_arrow}[kind]()


@pytest.mark.parametrize("kind", ["polars", "pandas", "arrow", "duckdb"])
@pytest.mark.parametrize("backend", ["polars"])
def test_frames_of_every_kind_have_the_same_measures(kind: str, backend: str, tmp_path: Path) -> None:
    pytest.importorskip(backend)
    pytest.importorskip("pyarrow" if kind == "arrow" else kind)
    case = drawn_case(opened(weighed_method(tmp_path / "weighed")), 40)
    rated = rate_frame(as_kind(case.frame, kind), case.method, backend, explain=True)
    assert kind_of(rated) == kind
    assert by_columns(case.method, as_polars(rated)) == by_reference(case)


def shipped(name: str) -> Method:
    return opened(rules_folder(name))


def opened(folder: Path) -> Method:
    return load_method(folder, codebook_folder((), folder), "reference")


def by_steps() -> Method:
    """A mean of bands: of a score that is worse when lower, of words, of a count per million, and of what may have no value."""
    text = {"title": "t", "question": "q"}
    words = [{"id": word, "anchor": "a"} for word in ("free", "hindered", "banned")]
    points = {"type": "index", "unit": "points", "range": ["0", "100"], "decimals": "2", "worse": "lower", "time": "spell"}
    state = {"worse": "higher", "time": "condition", "basis": "law", "aggregation": "max"}
    codebook = codebook_of([
        {"id": "assoc.score", **text, **points, "aggregation": "latest"},
        {"id": "assoc.survey", **text, **points, "aggregation": "latest", "may_be_none": "yes"},
        {"id": "assoc.law", **text, "type": "category", "values": words, **state},
        counted("assoc.dead", True),
    ])  # fmt: skip
    tables = {
        "assoc.score": (("0", "10"), ("33.33", "4"), ("66.67", "0")),
        "assoc.survey": (("0", "10"), ("50", "2.5"), ("70", "0")),
        "assoc.law": (("free", "0"), ("hindered", "3"), ("banned", "10")),
        "assoc.dead_per_million": (("0", "0"), ("0.05", "5"), ("1", "10")),
    }
    inputs = [
        {"indicator": name, "weight": weight, "steps": [{"from": start, "counts": counts} for start, counts in rows]}
        for weight, (name, rows) in zip(("1", "0.5", "1", "2"), tables.items(), strict=True)
    ]
    body = {"of": "mean", "inputs": inputs, "needs": "2", "decimals": "1"}
    rules = [rule_with(1, "measure", {"measure": body}, {"measure": "assoc.m", "facet": "association"})]
    for number, (least, then) in enumerate((("2", {"rating_at_most": "narrowed"}), ("4", OBSTRUCTED), ("6", CLOSED)), 2):
        rules.append(rule_with(number, "rating", {"when": {"measure": "assoc.m", "at_least": least}}, then))
    return method_of(rules_of(rules, codebook), codebook)


def drawn_case(method: Method, count: int) -> Case:
    """Country-years of a method's own codebook: a third of the cells empty, the others near what rules ask for."""
    random = Random(20221231)  # noqa: S311  # any numbers will do
    keys = [(iso3, year) for iso3 in ("KAZ", "CHN", "FIN", "XSL", "TUV") for year in range(2015, 2024)]
    random.shuffle(keys)
    keys = keys[:count]
    found: dict[str, list[Any]] = {"iso3": [iso3 for iso3, _ in keys], "year": [year for _, year in keys]}
    said: dict[tuple[str, int], dict[str, Said]] = {key: {} for key in keys}
    for entry in method.codebook.coded:
        low = [_number(random, entry) for _ in keys]
        span = random.random() < 0.4
        high = [None if one is None or (span and random.random() < 0.3) else one for one in low]
        found[f"{entry.id}__low" if span else entry.id] = [_written(one, entry) for one in low]
        if span:
            found[f"{entry.id}__high"] = [_written(one, entry) for one in high]
        for key, *ends in zip(keys, low, high, strict=True):
            said[key][entry.id] = (ends[0], ends[1], False)
    return Case(method, polars.DataFrame(found, infer_schema_length=None), said)


def _number(random: Random, entry: Indicator) -> int | None:
    if random.random() < 1 / 3:
        return None
    top = entry.highest if entry.decimals or entry.words else min(entry.highest, 30)
    return random.randint(entry.lowest, top)


def _written(value: int | None, entry: Indicator) -> Any:
    return value / 10**entry.decimals if value is not None and entry.decimals else value


@pytest.mark.parametrize("backend", ["polars"])
def test_step_tables_of_every_type_rate_alike(backend: str) -> None:
    pytest.importorskip(backend)
    case = drawn_case(by_steps(), 45)
    held_to_the_reference(case, backend)
    assert len({told[2] for told in by_reference(case).values()}) == 4  # as assessed


@pytest.mark.parametrize("backend", ["polars"])
@pytest.mark.parametrize("name", METHODS)
def test_the_shipped_methods_rate_alike(name: str, backend: str) -> None:
    pytest.importorskip(backend)
    held_to_the_reference(drawn_case(shipped(name), 45), backend)


def test_every_country_year_on_record_is_rated_as_rate_does() -> None:
    loaded = load(None, (), "reference")
    rows, told = [], {}
    for iso3 in countries_on_record(loaded.records):
        country, evidence = resolve(iso3), load_evidence(loaded, iso3)
        year = latest_year(evidence)
        if year is None:
            continue
        for link in history(loaded, country, last_day(year), overrides=())["coded"]:
            values = indicator_values(evidence, loaded.method.codebook, link.as_of, country.population)
            row: dict[str, Any] = {"iso3": iso3, "year": link.as_of.year}
            for entry in loaded.method.codebook.coded:
                found = values[entry.id]
                row[f"{entry.id}__low"] = None if found.lowest == entry.lowest else entry.number(found.lowest)
                row[f"{entry.id}__high"] = None if found.highest == entry.highest else entry.number(found.highest)
            rows.append(row)
            severity = link.published.rating
            told[iso3, link.as_of.year] = None if severity is None else loaded.method.scale.word(severity)
    rated = rate_frame(polars.DataFrame(rows, infer_schema_length=None))
    assert {(row["iso3"], row["year"]): row["rating"] for row in rated.rows(named=True)} == told
