"""Wide frames of country-years as Hypothesis draws them, and what the reference engine says of every row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest
from attrs import frozen
from hypothesis import strategies as st
from support.entries import Entry, codebook_of, method_of, rules_of
from support.strategies import codebook_entries, required_groups, rule_entries

from ratingengine.bulk import trace_frame
from ratingengine.bulk.tracing import links_of
from ratingengine.engine.assess import Method
from ratingengine.engine.rating import carrying
from ratingengine.evidence.values import per_million
from ratingengine.model.assessment import watchlist_of
from ratingengine.model.indicator import Codebook, Indicator, base_of, is_derived
from ratingengine.model.normal import PRESSURE
from ratingengine.model.rule import ROUNDINGS
from ratingengine.model.value import Computed, IndicatorValue
from ratingengine.world.countries import by_iso3

polars = pytest.importorskip("polars")
pytest.importorskip("narwhals")
pytest.importorskip("pyarrow")

COUNTRIES = ("KAZ", "IND", "XSL")
"""A country, one with more people than a count per million can tell apart, and one without a population."""
YEARS = (2018, 2019, 2021)
FORMS = ("left out", "exact", "exact", "span", "span", "low", "value and band", "value and band")
NAMES = ("profile", "rating", "assessed", "status", "ceiling", "possible_worst", "previous", "change", "pressure", "watchlist")
POINTS: Entry = {
    "type": "index",
    "unit": "points",
    "range": ["1", "5"],
    "decimals": "0",
    "time": "spell",
    "aggregation": "latest",
}
Key = tuple[str, int]
Told = tuple[Any, ...]
Said = tuple[int | None, int | None, bool]
"""Both ends of what a cell says (None: open), and whether it says that there is no value."""
NOTHING: Said = (None, None, False)


def cells(entry: Indicator) -> st.SearchStrategy[tuple[int | None, int | None]]:
    """Both ends of a value: exact, open at one end, a span, or missing; around the small numbers that rules ask for."""
    top = min(entry.highest, max(12 * 10**entry.decimals, entry.lowest + 12))
    number = st.integers(entry.lowest, top) | st.sampled_from((entry.lowest, top))
    spans = st.tuples(number, number).map(lambda pair: (min(pair), max(pair)))
    one_sided = number.map(lambda one: (one, None)) | number.map(lambda one: (None, one))
    return st.one_of(number.map(lambda one: (one, one)), spans, one_sided, st.just((None, None)))


def columns(draw: st.DrawFn, entry: Indicator, keys: Sequence[Key]) -> tuple[dict[str, Any], list[Said]]:
    """The columns of an indicator in one of the forms that a frame may have, numbers or texts, and what each row says."""
    form, worded = draw(st.sampled_from(FORMS)), draw(st.booleans())
    drawn = [draw(cells(entry)) for _ in keys]
    if form == "left out":
        return {}, [NOTHING for _ in keys]

    def written(values: Sequence[int | None]) -> list[Any]:
        unit = 10**entry.decimals
        return [None if n is None else entry.number(n) if worded else n / unit if entry.decimals else n for n in values]

    exact = [low if low == high else None for low, high in drawn]
    none = [entry.may_be_none and ends == (None, None) and draw(st.booleans()) for ends in drawn]
    found: dict[str, list[Any]] = {}
    if form in ("exact", "value and band"):
        found[""] = written(exact)
        said: list[Said] = [(value, value, absent) for value, absent in zip(exact, none, strict=True)]
        if worded:
            found[""] = ["none" if absent else cell for absent, cell in zip(none, found[""], strict=True)]
        elif entry.may_be_none:
            found["__none"] = list(none)
    if form == "value and band":
        # Beside a value stands a band that has nothing to say in it, or none.
        bands = [ends if value is None else draw(cells(entry)) for ends, value in zip(drawn, exact, strict=True)]
        kept = draw(st.sampled_from((("__low", "__high"), ("__low",), ("__high",))))
        found |= {part: written([band[n] for band in bands]) for n, part in enumerate(("__low", "__high")) if part in kept}
        said = [
            one if value is not None else (low if "__low" in kept else None, high if "__high" in kept else None, one[2])
            for one, value, (low, high) in zip(said, exact, drawn, strict=True)
        ]
    elif form != "exact":
        said = [(low, high if form == "span" else None, False) for low, high in drawn]
        found["__low"] = written([low for low, _ in drawn])
        found |= {"__high": written([high for _, high in drawn])} if form == "span" else {}
    kind = polars.String if worded else polars.Float64 if entry.decimals else polars.Int64
    made = {part: polars.Series(own, dtype=polars.Boolean if part == "__none" else kind) for part, own in found.items()}
    return {f"{entry.id}{part}": column for part, column in made.items()}, said


@st.composite
def frames(draw: st.DrawFn, codebook: Codebook) -> tuple[Any, Mapping[Key, Mapping[str, Said]]]:
    """A wide frame, rows in any order, years missing between others, and what each row says."""
    keys = draw(st.lists(st.tuples(st.sampled_from(COUNTRIES), st.sampled_from(YEARS)), min_size=1, max_size=7, unique=True))
    found: dict[str, Any] = {"iso3": [iso3 for iso3, _ in keys], "year": [year for _, year in keys]}
    said: dict[Key, dict[str, Said]] = {key: {} for key in keys}
    for entry in codebook.coded:
        made, of_rows = columns(draw, entry, keys)
        found |= made
        for key, one in zip(keys, of_rows, strict=True):
            said[key][entry.id] = one
    return polars.DataFrame(found), said


@frozen
class Case:
    """A method, a frame for it, and what each of its rows says: as it was drawn, before anything of this project has read it."""

    method: Method
    frame: Any
    said: Mapping[Key, Mapping[str, Said]]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Generated rules on a generated frame."""
    codebook = codebook_of(draw(codebook_entries(2, 6)))
    rules = rules_of(draw(rule_entries(codebook)), codebook, draw(required_groups(codebook)))
    return Case(method_of(rules, codebook), *draw(frames(codebook)))


@st.composite
def cases_with_none(draw: st.DrawFn) -> Case:
    """Ratings by one measure that leaves out inputs without a value."""
    ids = ("assoc.one", "assoc.two", "assoc.three")
    worse = ("higher", "higher", "lower")
    entries = [
        {"id": name, "title": "t", "question": "q", **POINTS, "worse": way, "may_be_none": "yes"}
        for name, way in zip(ids, worse, strict=True)
    ]
    order = ("id", "title", "question", "type", "unit", "range", "decimals", "worse", "time", "aggregation", "may_be_none")
    codebook = codebook_of([{key: entry[key] for key in order} for entry in entries])
    weight = st.sampled_from(("1", "0.5", "3"))
    inputs = []
    for name, way in zip(ids, worse, strict=True):
        bands = ["10", "4", "0"] if way == "lower" else ["0", "2.5", "10"]
        starts = ["1", *draw(st.sampled_from((("2", "3"), ("2", "5"), ("4", "5"))))]
        steps = [{"from": start, "counts": counts} for start, counts in zip(starts, bands, strict=True)]
        line = {"from": ["1", "5"], "to": [bands[0], bands[-1]]}
        inputs.append({"indicator": name, "weight": draw(weight), **draw(st.sampled_from((line, {"steps": steps})))})
    of, rounding = draw(st.sampled_from(("mean", "median", "min", "max"))), draw(st.sampled_from(ROUNDINGS))
    body = {"of": of, "inputs": inputs, "needs": str(draw(st.integers(1, 3))), "decimals": "0", "rounding": rounding}
    rules: list[Entry] = [rule_with(1, "measure", {"measure": body}, {"measure": "assoc.m", "facet": "association"})]
    for number, word in enumerate(("narrowed", "obstructed", "repressed", "closed")):
        # Two of these lie half a point beside a value that one input alone gives.
        when = {"measure": "assoc.m", "at_least": ("3", "5", "8", "10")[number]}
        rules.append(rule_with(number + 2, "rating", {"when": when}, {"rating_at_most": word}))
    return Case(method_of(rules_of(rules, codebook), codebook), *draw(frames(codebook)))


def rule_with(number: int, kind: str, body: Entry, then: Entry) -> Entry:
    """A rule; `body` is its condition or measure with the key."""
    head = {"id": f"RUL-{number:03}", "title": "t", "kind": kind}
    return {**head, **body, "then": then, "rationale": "why", "sources": ["A p. 1"], "since": "2026-01-01"}


def _rule(number: int, kind: str, when: Entry, then: Entry) -> Entry:
    return rule_with(number, kind, {"when": when}, then)


def counted(name: str, per_million: bool) -> Entry:
    """A count of the codebook."""
    entry = {"id": name, "title": "t", "question": "q", "type": "count", "unit": "u", "worse": "higher", "time": "event"}
    return {**entry, "aggregation": "sum", **({"per_million": "yes"} if per_million else {})}


OBSTRUCTED: Entry = {"rating_at_most": "obstructed"}
WORSE_WORDS = ("narrowed", "obstructed", "repressed", "closed")


@st.composite
def cases_over_years(draw: st.DrawFn) -> Case:
    """Ratings that rise and fall over years, gates and a watchlist that read what the year before handed on."""
    codebook = codebook_of([counted("assoc.one", False)])
    rules = [
        _rule(n + 1, "rating", {"indicator": "assoc.one", "at_least": str(2 * n + 1)}, {"rating_at_most": word})
        for n, word in enumerate(WORSE_WORDS)
    ]
    rules.append(_rule(5, "upgrade_gate", {"prior": "pressure", "is": "better"}, {"gate": "open"}))
    rules.append(_rule(6, "watchlist", {"prior": "pressure", "is": "worse"}, {"watchlist": "on"}))
    reading = {"prior": draw(st.sampled_from(("rating", "assessed"))), "at_most": draw(st.sampled_from(WORSE_WORDS))}
    rules.append(_rule(7, "level", reading, {"facet": "association", "level_at_most": "repressed"}))
    rows = {}
    for iso3 in ("KAZ", "FIN"):
        for year in draw(st.lists(st.sampled_from(range(2015, 2023)), min_size=1, unique=True)):
            low = draw(st.integers(0, 8))
            rows[iso3, year] = (low, draw(st.sampled_from((low, low, low + 1, low + 3, None))))
    found = {"iso3": [iso3 for iso3, _ in rows], "year": [year for _, year in rows]}
    columns_ = {"assoc.one__low": [low for low, _ in rows.values()], "assoc.one__high": [high for _, high in rows.values()]}
    said = {key: {"assoc.one": (*ends, False)} for key, ends in rows.items()}
    return Case(method_of(rules_of(rules, codebook), codebook), polars.DataFrame({**found, **columns_}), said)


@st.composite
def cases_per_million(draw: st.DrawFn) -> Case:
    """Ratings by counts per million in countries from ten thousand to a billion people, at and beside a threshold's own."""
    codebook = codebook_of([counted("assoc.one", True)])
    small = st.integers(0, 9).map(lambda count: str(Decimal(count) / 1000)) | st.sampled_from(
        ("0.05", "0.051", "90.9", "91", "500")
    )
    better = draw(st.booleans())
    rules = [
        _rule(1, "rating", {"indicator": "assoc.one_per_million", "more_than": draw(small)}, {"rating_at_most": "narrowed"}),
        _rule(
            2,
            "rating",
            {"indicator": "assoc.one_per_million", "at_least": draw(small.filter(float))},
            {"rating_at_most": "closed"},
        ),
        _rule(
            3,
            "upgrade_gate",
            {"indicator": "assoc.one_per_million", "less_than" if better else "at_most": draw(small.filter(float))},
            {"gate": "open"},
        ),
    ]
    cuts = sorted(draw(st.lists(small.filter(float), min_size=2, max_size=2, unique_by=Decimal)), key=Decimal)
    steps = [{"from": start, "counts": counts} for start, counts in zip(("0", *cuts), ("0", "1.5", "4"), strict=True)]
    measure = {"of": "sum", "inputs": [{"indicator": "assoc.one_per_million", "steps": steps}], "needs": "1", "decimals": "1"}
    rules.append(rule_with(4, "measure", {"measure": measure}, {"measure": "assoc.m", "facet": "association"}))
    rules.append(_rule(5, "rating", {"measure": "assoc.m", "at_least": draw(st.sampled_from(("1.5", "4")))}, OBSTRUCTED))
    rows = [(iso3, year) for iso3 in ("TUV", "KAZ", "IND", "XSL") for year in (2020, 2021)]
    counts = [draw(st.sampled_from((None, 0, 1, 2, 5, 10, 1000))) for _ in rows]
    highs = [None if count is None else draw(st.sampled_from((count, count + 1, None))) for count in counts]
    keys = {"iso3": [iso3 for iso3, _ in rows], "year": [year for _, year in rows]}
    kinds = {"assoc.one__low": polars.Int64, "assoc.one__high": polars.Int64}
    frame = polars.DataFrame({**keys, "assoc.one__low": counts, "assoc.one__high": highs}, schema_overrides=kinds)
    said = {key: {"assoc.one": (low, high, False)} for key, low, high in zip(rows, counts, highs, strict=True)}
    return Case(method_of(rules_of(rules, codebook), codebook), frame, said)


def values_said(said: Mapping[str, Said], codebook: Codebook, iso3: str) -> Mapping[str, IndicatorValue]:
    """What a row says of every indicator."""
    country = by_iso3(iso3)
    found: dict[str, IndicatorValue] = {}
    for entry in codebook.coded:
        low, high, absent = said.get(entry.id, NOTHING)
        ends = (entry.lowest if low is None else low, entry.highest if high is None else high)
        found[entry.id] = IndicatorValue(entry, *ends, (), (), absent)
    for entry in codebook:
        if is_derived(entry):
            found[entry.id] = per_million(entry, found[base_of(entry.id)], country.population if country else None)
    return found


def by_reference(case: Case) -> Mapping[Key, Told]:
    """What the reference engine and the chain say of every row, in the words of the rated frame."""
    method, told = case.method, {}
    for iso3 in {iso3 for iso3, _ in case.said}:
        unknown = values_said({}, method.codebook, iso3)
        values = {year: values_said(own, method.codebook, iso3) for (name, year), own in case.said.items() if name == iso3}
        links = {profile: links_of(method, profile, values, unknown) for profile in method.programs}
        for year in values:
            of_year = {profile: own[year] for profile, own in links.items()}
            told[iso3, year] = _told(method, carrying(of_year), of_year)
    return told


def by_trace(case: Case, iso3: str, year: int) -> Told:
    """What the trace of a row says of it."""
    return _told(case.method, *trace_frame(case.frame, iso3, year, case.method))


def _told(method: Method, profile: str, links: Mapping[str, Any]) -> Told:
    link = links[profile]
    found, published = link.assessment, link.published

    def word(severity: int | None) -> str | None:
        return None if severity is None else method.scale.word(severity)

    return (
        *(profile, word(published.rating), found.assessed, found.status, found.ceiling, found.possible[-1]),
        *(word(published.previous), published.change, PRESSURE[published.pressure]),
        watchlist_of(own.assessment for own in links.values()),
        tuple((facet.level, facet.status) for facet in found.facets),
        frozenset(step.rule for own in links.values() for step in own.assessment.steps),
        {name: _ends(computed) for own in links.values() for name, computed in own.assessment.measures.items()},
    )


def _ends(computed: Computed) -> tuple[float | None, ...]:
    """A measure's value, where its ends are the same, and its ends; nothing where too few inputs are known."""
    if not computed.value.known:
        return None, None, None
    best, worst = (end / 10**computed.decimals for end in (computed.value.best, computed.value.worst))
    return best if best == worst else None, best, worst


def by_columns(method: Method, rated: Any) -> Mapping[Key, Told]:
    """The same from a frame rated with `explain`."""
    rules = [rule.id for program in method.programs.values() for rule in program.rules]
    measures = [name for own in method.compiled.measures.values() for name in own]
    return {
        (row["iso3"], row["year"]): (
            *(row[name] for name in NAMES),
            tuple((row[facet], row[f"{facet}_status"]) for facet in method.scale.facet_ids),
            frozenset(rule for rule in rules if row[rule]),
            {name: tuple(row[f"{name}{end}"] for end in ("", "__low", "__high")) for name in measures},
        )
        for row in rated.rows(named=True)
    }
