"""Hypothesis strategies in the method's words: codebooks, rule sets, evidence and values, valid by construction.

Rules, codebooks and records are drawn as entries of YAML files and read by the project's own readers.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from attrs import evolve, frozen
from entries import FACETS, KEYS, RATINGS, SHAPES, Entry, codebook_of, evidence_of, rules_of
from hypothesis import strategies as st

from ratingengine.model.assessment import Prior
from ratingengine.model.evidence import Evidence
from ratingengine.model.indicator import UNBOUNDED, Codebook, Indicator
from ratingengine.model.program import Program
from ratingengine.model.rule import ROUNDINGS, RuleSet
from ratingengine.model.value import IndicatorValue
from ratingengine.tables.form import Row

PRESSURES = ("better", "none", "worse")
DEGREES = ("none", "occasional", "frequent", "routine")
POPULATION = 2_500_000
AS_OF = date(2021, 12, 31)
TABLE_INDICATORS = (
    ("vdem.v2x_civlib", 3, 0, 1000),
    ("vdem.v2cseeorgs", 3, -9999, 9999),
    ("cpj.journalists_killed", 0, 0, 10**12 - 1),
)
UP, DOWN = ("at_least", "more_than"), ("at_most", "less_than")


@st.composite
def codebook_entries(draw: st.DrawFn, least: int = 3, most: int = 8) -> tuple[Entry, ...]:
    """Indicators of every type, time and aggregation, worse upwards or (not for categories) downwards."""
    shapes = draw(st.lists(st.sampled_from(SHAPES), min_size=least, max_size=most))
    entries = []
    for number, shape in enumerate(shapes):
        entry: Entry = {"id": f"{FACETS[number % 4][:5]}.i{number}", "title": f"Indicator {number}", "question": "What?", **shape}
        if shape["type"] == "category":
            entry["values"] = [{"id": word, "anchor": "as the word says"} for word in DEGREES]
        entry["worse"] = "higher" if shape["type"] == "category" else draw(st.sampled_from(("higher", "higher", "lower")))
        entries.append({key: entry[key] for key in KEYS if key in entry})
    return tuple(entries)


def codebooks(least: int = 3, most: int = 8) -> st.SearchStrategy[Codebook]:
    """A codebook as its files are read."""
    return codebook_entries(least, most).map(codebook_of)


def _number(draw: st.DrawFn, entry: Indicator, test: str = "") -> str:
    """A small number of the indicator; as operand of a test, one that neither always holds nor never can."""
    first, last = int(test in ("at_least", "less_than")), 20 - int(test in ("at_most", "more_than"))
    step = (min(entry.highest, 12 * 10**entry.decimals) - entry.lowest) // 20 if entry.decimals else 1
    return entry.number(entry.lowest + step * draw(st.integers(first, last if entry.decimals else 6)))


def _worded(draw: st.DrawFn, words: Sequence[str], end: bool, names: tuple[str, str]) -> Entry:
    """A test on a closed set of words that reaches to the last word (`end`) or to the first."""
    cut = draw(st.integers(1, len(words) - 1))
    inclusive, strict = names
    return draw(
        st.sampled_from(
            (
                {inclusive: words[cut] if end else words[cut - 1]},
                {strict: words[cut - 1] if end else words[cut]},
                {"one_of": list(words[cut:] if end else words[:cut])},
                {"is": words[-1] if end else words[0]},
            )
        )
    )


def compared(draw: st.DrawFn, entry: Indicator, better: bool) -> Entry:
    """A comparison of an indicator with a value, in the direction asked for."""
    upward = (entry.worse == "higher") != better
    if entry.words:
        return {"indicator": entry.id, **_worded(draw, entry.words, upward, UP if upward else DOWN)}
    test = draw(st.sampled_from(UP if upward else DOWN))
    return {"indicator": entry.id, test: _number(draw, entry, test)}


@frozen
class Readable:
    """What the rule under construction may read."""

    codebook: Codebook
    measures: tuple[str, ...]
    findings: tuple[str, ...]
    levels: tuple[str, ...]

    def with_conclusion(self, kind: str, name: str, facet: str) -> Readable:
        """With what a rule of this kind adds."""
        if kind == "level":
            return evolve(self, levels=tuple(dict.fromkeys((*self.levels, facet))))
        if kind == "measure":
            return evolve(self, measures=tuple(dict.fromkeys((*self.measures, name))))
        return evolve(self, findings=tuple(dict.fromkeys((*self.findings, name)))) if kind == "finding" else self


def _atom(draw: st.DrawFn, kind: str, can: Readable) -> Entry:
    better = kind == "upgrade_gate"
    subjects = ["indicator"] * 4 + ["measure"] * bool(can.measures) + ["prior"]
    subjects += [] if better else ["finding"] * bool(can.findings) + ["level"] * bool(can.levels)
    subject = draw(st.sampled_from(subjects))
    if subject == "indicator":
        return compared(draw, draw(st.sampled_from(tuple(can.codebook))), better)
    if subject == "finding":
        return {"finding": draw(st.sampled_from(can.findings))}
    if subject == "measure":
        test = draw(st.sampled_from(DOWN if better else UP))
        return {"measure": draw(st.sampled_from(can.measures)), test: str(draw(st.integers(0, 9)))}
    # On the scale `at_most obstructed` is no better than obstructed: the worse end is the last word.
    names = UP if better else DOWN
    if subject == "level":
        return {"level": draw(st.sampled_from(can.levels)), **_worded(draw, RATINGS, True, names)}
    # Pressure is for gates and the watchlist: a ceiling that rests on it is not monotone over the years.
    name = draw(st.sampled_from(("rating", "assessed", "pressure")[: 3 if kind in ("upgrade_gate", "watchlist") else 2]))
    return {"prior": name, **_worded(draw, PRESSURES if name == "pressure" else RATINGS, not better, names)}


def _condition(draw: st.DrawFn, kind: str, can: Readable, depth: int = 2) -> Entry:
    join = draw(st.sampled_from(("atom", "atom", "all", "any", "n_of"))) if depth else "atom"
    if join == "atom":
        return _atom(draw, kind, can)
    parts = [_condition(draw, kind, can, depth - 1) for _ in range(draw(st.integers(1, 3)))]
    return {"n_of": str(draw(st.integers(1, len(parts)))), "of": parts} if join == "n_of" else {join: parts}


def _measure(draw: st.DrawFn, codebook: Codebook) -> Entry:
    of = draw(st.sampled_from(("count", "sum", "mean", "median", "min", "max")))
    inputs = []
    for entry in draw(st.lists(st.sampled_from(tuple(codebook)), min_size=1, max_size=3)):
        if of == "count":
            inputs.append(compared(draw, entry, better=False))
            continue
        ends = ["0", "10"] if entry.worse == "higher" else ["10", "0"]
        span = entry.number(min(entry.highest, 10 * 10**entry.decimals)) if not entry.words else str(len(entry.words) - 1)
        inputs.append(
            {"indicator": entry.id, "weight": draw(st.sampled_from(("1", "0.5", "3"))), "from": ["0", span], "to": ends}
        )
    needs, rounding = str(draw(st.integers(1, len(inputs)))), draw(st.sampled_from(ROUNDINGS))
    return {"of": of, "inputs": inputs, "needs": needs, "decimals": draw(st.sampled_from(("0", "1"))), "rounding": rounding}


def _then(kind: str, name: str, facet: str, word: str) -> Entry:
    return {
        "measure": {"measure": name, "facet": facet},
        "finding": {"finding": name, "facet": facet},
        "level": {"facet": facet, "level_at_most": word},
        "rating": {"rating_at_most": word},
        "upgrade_gate": {"gate": "open"},
        "watchlist": {"watchlist": "on"},
    }[kind]


@st.composite
def rule_entries(draw: st.DrawFn, codebook: Codebook) -> tuple[Entry, ...]:
    """The rules of a profile: what a rule reads stands before it, ids come in any order, every finding is read by a rule."""
    kinds = draw(st.lists(st.sampled_from(("finding", "level", "rating", "upgrade_gate", "watchlist")), max_size=8))
    kinds = ["measure"] * draw(st.integers(0, 2)) + kinds
    numbers = draw(st.permutations(range(1, len(kinds) + 3)))
    can = Readable(codebook, (), (), ())
    rules: list[Entry] = []

    def add(kind: str, name: str, facet: str, body: Entry) -> None:
        word = draw(st.sampled_from((*RATINGS, *RATINGS[2:])))
        rule = {
            "id": f"RUL-{numbers[len(rules)]:03}",
            "title": kind,
            "kind": kind,
            **body,
            "then": _then(kind, name, facet, word),
        }
        rules.append({**rule, "rationale": "drawn", "sources": ["A p. 1"], "since": "2026-01-01"})

    for number, kind in enumerate(kinds):
        facet, name = FACETS[number % 3], f"{'measured' if kind == 'measure' else 'found'}.x{number % 3}"
        # A second rule for the same finding or level reads neither, or the rules would rest on each other.
        again = (kind == "finding" and name in can.findings) or (kind == "level" and facet in can.levels)
        open_to = evolve(can, findings=(), levels=()) if again else can
        body = {"measure": _measure(draw, codebook)} if kind == "measure" else {"when": _condition(draw, kind, open_to)}
        add(kind, name, facet, body)
        can = can.with_conclusion(kind, name, facet)
    if can.findings:
        add("rating", "", "", {"when": {"any": [{"finding": name} for name in can.findings]}})
    add("rating", "", "", {"when": _condition(draw, "rating", can)})
    return tuple(rules)


@st.composite
def rule_sets(draw: st.DrawFn, codebook: Codebook) -> RuleSet:
    """A rule set as its files are read; sometimes a facet must be known before a rating is given."""
    return rules_of(draw(rule_entries(codebook)), codebook, draw(required_groups(codebook)))


@st.composite
def required_groups(draw: st.DrawFn, codebook: Codebook) -> tuple[Entry, ...]:
    """No group, or one."""
    names = draw(st.lists(st.sampled_from([entry.id for entry in codebook.coded]), max_size=2, unique=True))
    group = {"profile": "coded", "facet": FACETS[0], "any_of": names, "rationale": "drawn"}
    return (group,) if names else ()


def _claimed(draw: st.DrawFn, entry: Indicator) -> Entry:
    forms = ("value",) if entry.type == "yes_no" else ("value", "at_least", "at_most", "between", "about")
    form = draw(st.sampled_from(forms[: 4 if entry.words else 5]))
    if entry.words:
        ends = sorted(draw(st.lists(st.sampled_from(range(len(entry.words))), min_size=2, max_size=2)))
        texts = [entry.words[end] for end in ends]
    else:
        texts = sorted((_number(draw, entry), _number(draw, entry)), key=Decimal)
    if form == "about":
        return {"about": texts[1], "tolerance": "1"}
    return {form: texts if form == "between" else texts[0]}


def days() -> st.SearchStrategy[date]:
    """Days of five years, the edges of windows and leap days among them often."""
    edges = [
        date(2019, 12, 31),
        date(2020, 1, 1),
        date(2020, 2, 29),
        date(2020, 12, 31),
        date(2021, 1, 1),
        AS_OF,
        date(2022, 1, 1),
    ]
    return st.one_of(st.sampled_from(edges), st.dates(date(2018, 1, 1), date(2022, 12, 31)))


@st.composite
def observation_entries(draw: st.DrawFn, codebook: Codebook, number: int) -> Entry:
    """One observation: any form, any time, alone or a claim of an event that others report too."""
    indicator = draw(st.sampled_from(codebook.coded))
    begun = draw(days())
    ended = draw(st.one_of(st.none(), st.just(begun), days().map(lambda day: max(day, begun))))
    reported = sorted(max(day, begun) for day in draw(st.lists(days(), min_size=1, max_size=2)))
    by = indicator.time != "event" and draw(st.booleans())
    event = {"event": f"E-{indicator.id}-{draw(st.integers(1, 2))}"} if draw(st.booleans()) else {}
    return {
        "id": f"KAZ-{number:03}",
        "indicator": indicator.id,
        **_claimed(draw, indicator),
        "from": f"by {begun}" if by else str(begun),
        "to": "open" if ended is None else str(ended),
        **event,
        "reported": [str(day) for day in reported] if len(reported) == 2 else str(reported[0]),
        "sources": [{"source": draw(st.sampled_from("AB")), "locator": "p. 1"}],
        "coder": "A",
        "confidence": "high",
    }


@st.composite
def search_entries(draw: st.DrawFn, codebook: Codebook, number: int) -> Entry:
    """One search that found none, over a year or another period."""
    first, last = sorted((draw(days()), draw(days())))
    period = draw(st.sampled_from(((first, last), (date(2021, 1, 1), AS_OF), (date(2018, 1, 1), date(2022, 12, 31)))))
    names = draw(st.lists(st.sampled_from([entry.id for entry in codebook.coded]), min_size=1, max_size=3, unique=True))
    found = {"id": f"KAZ-S{number:02}", "source": "A", "locator": "p. 2", "facet": FACETS[0]}
    dates = {"from": str(period[0]), "to": str(period[1]), "indicators": names, "reported": str(period[1])}
    return {**found, **dates, "coder": "A"}


@st.composite
def records(draw: st.DrawFn, codebook: Codebook) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Observations and searches of one country, as entries of a record file."""
    observations = [draw(observation_entries(codebook, n)) for n in range(draw(st.sampled_from((4, 6, 8, 2, 0))))]
    return tuple(observations), tuple(draw(search_entries(codebook, n)) for n in range(draw(st.integers(0, 2))))


@st.composite
def evidence(draw: st.DrawFn, codebook: Codebook) -> Evidence:
    """Evidence of one country, as its files are read."""
    observations, searches = draw(records(codebook))
    return evidence_of(observations, searches, codebook)


@st.composite
def values(draw: st.DrawFn, codebook: Codebook) -> dict[str, IndicatorValue]:
    """Intervals of every indicator, missing ones among them, around the small numbers that rules ask for."""
    found = {}
    for entry in codebook:
        top = min(entry.highest, 12 * 10**entry.decimals)
        low, high = sorted(draw(st.lists(st.integers(entry.lowest, top), min_size=2, max_size=2)))
        ends = ((low, high), (low, low), (low, entry.highest), (entry.lowest, high), (entry.lowest, entry.highest))
        found[entry.id] = IndicatorValue(entry, *draw(st.sampled_from(ends)), (), ())
    return found


def priors() -> st.SearchStrategy[Prior | None]:
    """What last year handed on, or nothing."""
    return st.one_of(st.none(), st.builds(Prior, st.integers(0, 4), st.integers(0, 4), st.integers(0, 2)))


@st.composite
def vectors(draw: st.DrawFn, program: Program) -> tuple[int, ...]:
    """One integer a variable, at and just beside the thresholds of the rules, or far from them."""
    near: dict[int, set[int]] = {n: {-UNBOUNDED, UNBOUNDED, 0} for n in range(len(program.variables))}
    for test in (test for rule in program.rules for alternative in rule.alternatives for test in alternative):
        if test.kind == "variable":
            near[test.variable] |= {test.threshold - 1, test.threshold, test.threshold + 1}
    return tuple(draw(st.sampled_from(sorted(near[n]))) for n in near)


@st.composite
def observation_rows(draw: st.DrawFn) -> Row:
    """A row of a table of observations, of an index of the shipped codebook, exact."""
    indicator, decimals, low, high = draw(st.sampled_from(TABLE_INDICATORS))
    year = draw(st.integers(1900, 2100))
    value = Decimal(draw(st.integers(low, high))).scaleb(-decimals)
    text = st.none() | st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12)
    return Row(
        iso3=draw(st.sampled_from(["KAZ", "CHL", "XSL"])),
        year=year,
        indicator=indicator,
        value=value,
        text=None,
        low=draw(st.none() | st.just(value)),
        high=None,
        begun=date(year, 1, 1),
        ended=date(year, 12, 31),
        reported=date(year + draw(st.integers(0, 5)), 12, 31),
        source="made",
        locator=f"line {draw(st.integers(1, 10**6))}, column {indicator}",
        event=None,
        edition=draw(text) or None,
        note=draw(text) or None,
    )
