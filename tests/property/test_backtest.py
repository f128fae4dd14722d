"""What holds of every comparison, and of every chain replayed from kept integers."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st
from support.entries import method_of, rules_of
from support.strategies import POPULATION, codebooks, compared, evidence, rule_sets, vectors
from support.years import LAST

from ratingengine.backtest.agreement import agreement, confusion, tally
from ratingengine.backtest.changes import DIRECTIONS, changes, meetings
from ratingengine.backtest.given import Course, Moment, moment
from ratingengine.backtest.published import wrong_word
from ratingengine.backtest.replay import Replay, run
from ratingengine.backtest.thresholds import Edit, Threshold, atom_after, edited, nearest, recounted, thresholds
from ratingengine.engine.assess import Method
from ratingengine.engine.chain import chain
from ratingengine.engine.reference import ReferenceEngine
from ratingengine.errors import InvalidInput
from ratingengine.evidence.country_years import table_of
from ratingengine.method.compiler import compile_profile
from ratingengine.model.condition import Atom, Condition, atoms
from ratingengine.model.evidence import Evidence
from ratingengine.model.indicator import UNBOUNDED, Codebook
from ratingengine.model.rule import RuleSet
from ratingengine.world.countries import by_iso3

SEVERITIES = st.integers(0, 4)
PAIRS = st.lists(st.tuples(SEVERITIES, SEVERITIES), max_size=40)
COUNTRIES = st.sampled_from(["KAZ", "EGY", "FIN", "USA"])
SERIES = st.dictionaries(COUNTRIES, st.dictionaries(st.integers(2015, 2025), SEVERITIES, max_size=8), max_size=4)


@given(PAIRS)
def test_figures_stay_within_their_bounds_and_the_confusion_adds_up(pairs: list[tuple[int, int]]) -> None:
    found = tally(pairs)
    table = confusion(pairs, 5)
    assert sum(map(sum, table)) == found.n == len(pairs)
    assert sum(table[n][n] for n in range(5)) == found.exact <= found.within <= found.n
    kappa = found.kappa
    if kappa is not None:
        assert -1 <= kappa <= 1
        assert (kappa == 1) == (found.exact == found.n)
    assert tally((b, a) for a, b in pairs).kappa == kappa
    assert tally((4 - a, 4 - b) for a, b in pairs).kappa == kappa


@given(st.dictionaries(COUNTRIES, PAIRS.filter(len), min_size=1), st.integers(0, 3))
def test_intervals_lie_within_the_bounds_of_their_figure(by_country: dict[str, list[tuple[int, int]]], seed: int) -> None:
    found = agreement(by_country, draws=40, seed=seed)
    for ends, low in ((found.exact, 0), (found.within, 0), (found.kappa, -1)):
        assert ends is None or low <= ends.low <= ends.high <= 1
    assert found == agreement(dict(reversed(by_country.items())), draws=40, seed=seed)


@given(SERIES, SERIES)
def test_counts_of_changes_fit_together(published: dict[str, dict[int, int]], ours: dict[str, dict[int, int]]) -> None:
    found = changes(published, ours)
    assert found.stable <= found.rated <= found.pairs
    assert sum(found.false.values()) <= found.stable
    for way in DIRECTIONS:
        one = found.of[way]
        assert found.excused[way] <= found.false[way]
        assert one.exact.met <= one.near.met <= len(one.leads) <= min(one.exact.published, one.exact.ours)
        assert one.exact.ours == one.near.ours
        assert one.unrated + one.exact.met <= one.exact.published
    right = changes(published, published)
    for way in DIRECTIONS:
        one = right.of[way]
        assert one.exact.met == one.exact.published == one.exact.ours
        assert (right.false[way], one.mean_lead or Fraction(0)) == (0, Fraction(0))


@given(
    st.lists(st.integers(2015, 2025), unique=True, max_size=6),
    st.lists(st.integers(2015, 2025), unique=True, max_size=6),
    st.integers(0, 3),
)
def test_no_pairing_of_years_meets_more(theirs: list[int], mine: list[int], within: int) -> None:
    """By augmenting paths, an algorithm that knows nothing of order."""
    taken: dict[int, int] = {}

    def place(year: int, seen: set[int]) -> bool:
        for other in mine:
            if abs(other - year) <= within and other not in seen:
                seen.add(other)
                if other not in taken or place(taken[other], seen):
                    taken[other] = year
                    return True
        return False

    most = sum(place(year, set()) for year in theirs)
    leads = meetings(sorted(theirs), sorted(mine), within)
    assert len(leads) == most
    assert all(abs(lead) <= within for lead in leads)


TABLE = st.text(alphabet='\n\r,"isorayetng320KAZ open\x00é', max_size=60).map(str.encode)
WORDS = ("open", "narrowed", "obstructed", "repressed", "closed")


@given(st.one_of(st.binary(max_size=60), TABLE, TABLE.map(lambda raw: b"iso3,year,rating\nKAZ,2020,open\n" + raw)))
def test_any_bytes_are_a_table_or_are_refused_with_places(raw: bytes) -> None:
    try:
        table = table_of("table.csv", raw, ("rating",), ("status",))
    except InvalidInput as refused:
        problems = refused.problems
    else:
        problems = ()
        for row in table.rows:
            wrong_word(table, row, "rating", WORDS)
            assert by_iso3(row.iso3) is not None
            assert 1900 <= row.year <= 2200
        assert table.rows
    assert all(problem.place is not None and problem.hint for problem in problems)


@given(st.data())
def test_the_small_evaluator_concludes_what_the_engine_does(data: st.DataObject) -> None:
    codebook = data.draw(codebooks())
    program = method_of(data.draw(rule_sets(codebook)), codebook).programs["coded"]
    values = data.draw(vectors(program))
    outcome = ReferenceEngine(program).explain(values)[1]
    found = run(program, values)
    assert (found.rating, found.levels, found.gate) == (outcome.rating, outcome.levels, outcome.gate)


@given(st.data())
def test_a_replayed_chain_is_the_chain(data: st.DataObject) -> None:
    codebook = data.draw(codebooks())
    method = method_of(data.draw(rule_sets(codebook)), codebook)
    links = list(chain(method, "coded", data.draw(evidence(codebook)), LAST, POPULATION))
    course = tuple(moment(method, link) for link in links)
    found = dict(Replay(method.programs["coded"], method.scale).chain(course, None))
    assert [said.published for said in found.values()] == [link.published for link in links]


@given(st.data())
def test_a_moved_threshold_turns_its_test_and_compiles_as_the_whole_rule_set_would(data: st.DataObject) -> None:
    codebook = data.draw(codebooks())
    rule_set = data.draw(rule_sets(codebook))
    method = method_of(rule_set, codebook)
    program = method.programs["coded"]
    values = data.draw(vectors(program))
    found, worse = run(program, values), data.draw(st.booleans())
    year = Moment(2020, False, values, values)
    offered = [
        (one, nearest(one, one.value(year, found.levels), worse=worse))
        for one in thresholds(rule_set, method, "coded")
        if not one.counted
    ]
    moved = [(one, edit) for one, edit in offered if edit is not None]
    assume(moved)
    threshold, edit = moved[0]
    assert abs(edit.to) < UNBOUNDED
    value = threshold.value(year, found.levels)
    assert (value >= edit.to) is worse
    assert (value >= threshold.threshold) is not worse
    assert value == (edit.to if worse else edit.to - 1), "no nearer value would do"
    assert edit.steps == abs(edit.to - threshold.threshold)
    after = edited(method, "coded", rule_set, threshold, edit)
    assume(after is not None)
    assert after is not None
    whole = compile_profile(_moved(rule_set, threshold, edit), codebook, "coded")
    for _ in range(3):
        tried = data.draw(vectors(program))
        assert run(after, tried) == run(whole, tried)


@given(st.data())
def test_a_moved_threshold_of_a_measure_neither_always_holds_nor_never(data: st.DataObject) -> None:
    """What is offered for a measure lies within what the measure can come to."""
    codebook = data.draw(codebooks())
    method, rule_set = data.draw(counting(codebook))
    program = method.programs["coded"]
    values = data.draw(vectors(program))
    for threshold in thresholds(rule_set, method, "coded"):
        if threshold.atom.subject == "measure":
            year = Moment(2020, False, values, values)
            for worse in (True, False):
                edit = nearest(threshold, threshold.value(year, {}), worse=worse)
                measure = method.compiled.measures["coded"][threshold.atom.name]
                assert edit is None or 0 < edit.to <= len(measure.inputs)


@given(st.data())
def test_a_moved_threshold_of_a_count_counts_as_the_changed_rules_do(data: st.DataObject) -> None:
    codebook = data.draw(codebooks())
    method, rule_set = data.draw(counting(codebook))
    threshold = data.draw(st.sampled_from([one for one in thresholds(rule_set, method, "coded") if one.counted]))
    first, last = (
        max(threshold.subject.lowest + 1, threshold.threshold - 5),
        min(threshold.subject.highest, threshold.threshold + 5),
    )
    edit = Edit(threshold.rule.id, threshold.number, data.draw(st.integers(first, last)), 0)
    facts = data.draw(evidence(codebook))
    after = recounted(method, "coded", threshold, edit, _course(method, facts))
    assert threshold.rule.measure is not None
    inputs = [
        evolve(entry, atom=atom_after(threshold, edit)) if entry.atom == threshold.atom and n == threshold.number else entry
        for n, entry in enumerate(threshold.rule.measure.inputs)
    ]
    changed = evolve(threshold.rule, measure=evolve(threshold.rule.measure, inputs=tuple(inputs)))
    whole = method_of(evolve(rule_set, rules={**rule_set.rules, changed.id: changed}), codebook)
    assert after == _course(whole, facts)


def _course(method: Method, facts: Evidence) -> Course:
    return tuple(moment(method, link) for link in chain(method, "coded", facts, LAST, POPULATION))


@st.composite
def counting(draw: st.DrawFn, codebook: Codebook) -> tuple[Method, RuleSet]:
    """A count of some indicators, a level that reads how many hold, and a gate that reads how few."""
    readable = [entry for entry in codebook if not entry.may_be_none]
    chosen = draw(st.lists(st.sampled_from(readable), min_size=1, max_size=4))
    inputs = [compared(draw, entry, better=False) for entry in chosen]
    needs, cut = (str(draw(st.integers(1, len(inputs)))) for _ in range(2))
    measure = {"of": "count", "inputs": inputs, "needs": needs, "decimals": "0"}
    bodies: tuple[tuple[str, dict[str, object], dict[str, str]], ...] = (
        ("measure", {"measure": measure}, {"measure": "assoc.m", "facet": "association"}),
        ("level", {"when": {"measure": "assoc.m", "at_least": cut}}, {"facet": "association", "level_at_most": "repressed"}),
        ("upgrade_gate", {"when": {"measure": "assoc.m", "less_than": cut}}, {"gate": "open"}),
    )
    tail: dict[str, object] = {"rationale": "drawn", "sources": ["A p. 1"], "since": "2026-01-01"}
    rules = [
        {"id": f"RUL-00{number}", "title": kind, "kind": kind, **body, "then": then, **tail}
        for number, (kind, body, then) in enumerate(bodies)
    ]
    rule_set = rules_of(rules, codebook)
    return method_of(rule_set, codebook), rule_set


def _moved(rule_set: RuleSet, threshold: Threshold, edit: Edit) -> RuleSet:
    """The rule set with one atom replaced, found by walking the condition anew."""
    rule = threshold.rule
    assert rule.when is not None
    wanted = list(atoms(rule.when))[threshold.number]

    def walk(condition: Condition) -> Condition:
        if condition is wanted:
            return atom_after(threshold, edit)
        if isinstance(condition, Atom):
            return condition
        return evolve(condition, parts=tuple(walk(part) for part in condition.parts))

    return evolve(rule_set, rules={**rule_set.rules, rule.id: evolve(rule, when=walk(rule.when))})
