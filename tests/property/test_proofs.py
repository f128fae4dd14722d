"""What the solver proves or refutes of generated rule sets is what enumeration of every input finds.

The enumeration is written in the indicators' own numbers and runs the reference engine; it shares no code with the formulas.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod

from attrs import evolve, frozen
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st
from support.entries import Entry, method_of, rules_of
from support.proofs_method import ground
from support.strategies import AS_OF, POPULATION, codebooks, compared, evidence, required_groups, rule_entries

from ratingengine.engine import chain
from ratingengine.engine.assess import measured, vector
from ratingengine.engine.loading import compile_rules
from ratingengine.engine.reference import ReferenceEngine
from ratingengine.evidence.values import indicator_values
from ratingengine.model.assessment import Prior
from ratingengine.model.condition import Atom
from ratingengine.model.indicator import UNBOUNDED, Codebook, Indicator, is_derived
from ratingengine.model.program import Outcome, Test, conclude
from ratingengine.model.terms import MOST, scaled
from ratingengine.model.value import IndicatorValue
from ratingengine.proofs.changing import fixed_point, no_upgrade_from_silence, one_band, towards_assessed
from ratingengine.proofs.extents import Extent
from ratingengine.proofs.pairs import monotone, monotone_over_years, removal_widens
from ratingengine.proofs.priors import consistent
from ratingengine.proofs.reaching import no_redundancy, reachable
from ratingengine.proofs.single import established_is_possible, one_rating, silence, watchlist_apart
from ratingengine.proofs.solver import Solver, same
from ratingengine.proofs.subject import ProfileProved, profiles
from ratingengine.proofs.verdicts import PROVED

Interval = tuple[int, int]


def numbers(profile: ProfileProved, indicator: Indicator) -> list[int]:
    """The ends of the range, and the numbers on both sides of every threshold."""
    found = {indicator.lowest, indicator.lowest + 1, indicator.highest}
    for test in (test for rule in profile.program.rules for alternative in rule.alternatives for test in alternative):
        variable = profile.program.variables[test.variable]
        if test.kind == "variable" and variable.name == indicator.id:
            turned = indicator.severity(-test.threshold if variable.mirrored else test.threshold)
            found |= {turned - 1, turned, turned + 1}
    for entry in (entry for measure in profile.measures.values() for entry in measure.inputs):
        if entry.indicator == indicator.id and isinstance(entry.atom, Atom):
            written = scaled(indicator, entry.atom.operands[0])
            found |= {written - 1, written, written + 1}
    return sorted(n for n in found if indicator.lowest <= n <= indicator.highest)


def intervals(profile: ProfileProved, indicator: Indicator) -> list[Interval]:
    """Every interval between such numbers that records can give."""
    found = numbers(profile, indicator)
    unlimited = indicator.highest == UNBOUNDED
    spell = indicator.time == "spell" or (indicator.time == "condition" and indicator.aggregation == "sum")
    one_sided = spell and indicator.aggregation not in ("latest", "mean")
    return [
        (low, high)
        for low in found
        for high in found
        if low <= high and not (unlimited and low > MOST) and (not one_sided or high in (indicator.highest, low))
    ]


@frozen
class Seen:
    """One input with what the reference engine says of it."""

    values: dict[str, IndicatorValue]
    prior: Prior | None
    best: frozenset[str]
    worst: frozenset[str]
    outcome: Outcome
    limit: Outcome
    vector: tuple[int, ...]
    sufficient: bool


def inputs(profile: ProfileProved) -> Iterator[Seen]:
    """Every input of a small rule set."""
    codebook, program = profile.method.codebook, profile.program
    names = list(profile.coded)
    options = [intervals(profile, codebook[name]) for name in names]
    reads_prior = any(variable.subject == "prior" for variable in program.variables)
    priors = (None, *consistent(profile.scale.worst)) if reads_prior else (None,)
    assume(prod(map(len, options)) * len(priors) <= 2500)
    engine = profile.engine
    for chosen in product(*options):
        values = {entry.id: IndicatorValue(entry, entry.lowest, entry.highest, (), ()) for entry in codebook}
        values |= {name: IndicatorValue(codebook[name], *ends, (), ()) for name, ends in zip(names, chosen, strict=True)}
        figures = measured(profile.runnable, profile.name, values)
        enough = all(any(values[name].known for name in group.any_of) for group in profile.groups)
        for prior in priors:
            low, high = (vector(program, values, figures, prior, worst=worst) for worst in (False, True))
            best, worst = engine.run(low), engine.run(high)
            established, possible = (frozenset(step.rule for step in steps) for steps in (best, worst))
            yield Seen(values, prior, established, possible, conclude(program, best), conclude(program, worst), low, enough)


@st.composite
def small(draw: st.DrawFn) -> ProfileProved:
    """A rule set whose inputs can be counted: no companions, no rescaled measures, nothing that may be none.

    In some of them a variable is turned round, which no rule file could say and which breaks what rule sets are made to keep.
    """
    codebook = draw(codebooks(least=1, most=2))
    assume(not any(is_derived(entry) or entry.may_be_none for entry in codebook))
    entries = [counting(draw, entry, codebook) for entry in draw(rule_entries(codebook))]
    rule_set = rules_of(entries, codebook, draw(required_groups(codebook)))
    (profile,) = profiles(rule_set, compile_rules(rule_set, codebook))
    count = len(profile.program.variables)
    return turned(profile, draw(st.sampled_from(range(count)))) if count and draw(st.booleans()) else profile


def counting(draw: st.DrawFn, entry: Entry, codebook: Codebook) -> Entry:
    """The rule, with a count of comparisons in place of a rescaled measure."""
    if "measure" not in entry or entry["measure"]["of"] == "count":
        return entry
    inputs = [compared(draw, codebook[old["indicator"]], better=False) for old in entry["measure"]["inputs"]]
    return {**entry, "measure": {**entry["measure"], "of": "count", "inputs": inputs}}


def turned(profile: ProfileProved, number: int) -> ProfileProved:
    """Every test of one variable asks for the opposite: below the threshold where it asked for at least it."""
    program = profile.program

    def opposite(test: Test) -> Test:
        return evolve(test, threshold=1 - test.threshold) if (test.kind, test.variable) == ("variable", number) else test

    variables = tuple(evolve(v, mirrored=v.mirrored != (n == number)) for n, v in enumerate(program.variables))
    rules = tuple(
        evolve(rule, alternatives=tuple(tuple(map(opposite, tests)) for tests in rule.alternatives)) for rule in program.rules
    )
    supports = {opposite(test): words for test, words in program.supports.items()}
    return profile.with_program(evolve(program, variables=variables, rules=rules, supports=supports))


def unreached(profile: ProfileProved, seen: list[Seen]) -> set[str]:
    """Ratings and rules of conditions that no input gives."""
    words = {profile.scale.word(one.outcome.rating) for one in seen if one.sufficient}
    fired = {rule for one in seen for rule in one.best}
    return ({*profile.scale.words} - words) | ({rule.id for rule in profile.program.rules} - fired)


def idle(profile: ProfileProved, seen: list[Seen]) -> set[str]:
    """Rules without which every outcome is the same."""
    found = set()
    for rule in profile.program.rules:
        program = evolve(profile.program, rules=tuple(other for other in profile.program.rules if other is not rule))
        engine = ReferenceEngine(program)
        if all(conclude(program, engine.run(one.vector)) == one.outcome for one in seen):
            found.add(rule.id)
    return found


@settings(deadline=None)
@given(small())
def test_what_is_out_of_reach_or_idle_is_what_enumeration_finds(profile: ProfileProved) -> None:
    seen = list(inputs(profile))
    of_rules = {rule.id for rule in profile.program.rules}
    listed = reachable(ground(profile)).listed
    out_of_reach = {name for heading, names in listed.items() if "unreachable" in heading for name in names}
    assert out_of_reach & ({*profile.scale.words} | of_rules) == unreached(profile, seen)
    redundant = no_redundancy(ground(profile)).listed.get("redundant rules", ())
    assert {*redundant} & of_rules == idle(profile, seen)


@settings(deadline=None)
@given(small())
def test_theorems_on_one_input_hold_where_enumeration_finds_no_fault(profile: ProfileProved) -> None:
    seen = list(inputs(profile))
    assert (established_is_possible(ground(profile)).status == PROVED) == all(one.best <= one.worst for one in seen)
    nothing = [one for one in seen if one.prior is None and not any(value.known for value in one.values.values())]
    assert (silence(ground(profile)).status == PROVED) == (not any(one.best for one in nothing))
    assert one_rating(ground(profile)).status == PROVED


def no_better(one: Seen, two: Seen) -> bool:
    """The second input is in no respect better than the first, as to evidence; the prior is the same."""
    return one.prior == two.prior and all(
        one.values[name].best <= two.values[name].best and one.values[name].worst <= two.values[name].worst for name in one.values
    )


def inside(one: Seen, two: Seen) -> bool:
    """The second input says less than the first."""
    return two.prior in (one.prior, None) and all(
        two.values[name].lowest <= one.values[name].lowest and one.values[name].highest <= two.values[name].highest
        for name in one.values
    )


def better(one: Outcome, two: Outcome) -> bool:
    return two.rating < one.rating or any(two.levels[facet] < severity for facet, severity in one.levels.items())


@settings(deadline=None)
@given(small())
def test_theorems_on_two_inputs_hold_where_enumeration_of_pairs_finds_no_fault(profile: ProfileProved) -> None:
    seen = list(inputs(profile))
    if len(seen) > 250 or profile.measures:
        return  # too many pairs, or some of them known apart
    pairs = [(one, two) for one in seen for two in seen]
    pairs_worse = [(one, two) for one, two in pairs if no_better(one, two) and one.sufficient == two.sufficient]
    worsened = [pair for pair in pairs_worse if better(pair[0].outcome, pair[1].outcome) or better(pair[0].limit, pair[1].limit)]
    found = monotone(ground(profile))
    assert not worsened or found.status != PROVED
    event("monotone " + found.status)
    fuller = [(one, two) for one, two in pairs if inside(one, two) and not (two.best <= one.best and one.worst <= two.worst)]
    assert (removal_widens(ground(profile)).status == PROVED) == (not fuller)


@settings(deadline=None, max_examples=25)
@given(st.data())
def test_every_model_is_confirmed_by_the_reference_engine_with_companions_and_measures_too(data: st.DataObject) -> None:
    codebook, free = data.draw(codebooks()), data.draw(st.booleans())
    rules = data.draw(rule_entries(codebook, free=free))
    rule_set = rules_of(rules, codebook, data.draw(required_groups(codebook)), free=free)
    (profile,) = profiles(rule_set, compile_rules(rule_set, codebook))
    found = ground(profile)
    # A model that the engine does not confirm raises EngineFailure.
    assert reachable(found).counted
    assert no_redundancy(found).counted
    for proved in (one_rating, established_is_possible, silence, removal_widens, monotone, monotone_over_years):
        assert proved(found).status == PROVED
    for settled in (one_band, towards_assessed, watchlist_apart, *(() if free else (no_upgrade_from_silence,))):
        assert settled(found).status == PROVED


def run_on(
    profile: ProfileProved, values: dict[str, IndicatorValue], prior: Prior | None
) -> list[tuple[int, int, bool, Prior | None]]:
    """Six years on the same evidence: published, assessed, gate and what is handed on."""
    program, found = profile.program, []
    figures = measured(profile.runnable, profile.name, values)
    for _ in range(6):
        best, worst = (
            conclude(program, profile.engine.run(vector(program, values, figures, prior, worst=end))) for end in (False, True)
        )
        published = chain.publish(best.rating, prior, best.gate)
        prior = chain.handed_on(published, best.rating, max(best.rating, worst.rating))
        assert published.rating is not None
        found.append((published.rating, best.rating, best.gate, prior))
    return found


@settings(deadline=None)
@given(small())
def test_the_fixed_point_holds_where_running_the_chain_from_everywhere_finds_no_fault(profile: ProfileProved) -> None:
    faults = 0
    different = {tuple((v.lowest, v.highest) for v in one.values.values()): one for one in inputs(profile) if one.sufficient}
    assume(len(different) <= 40)
    for one in different.values():
        for prior in (None, *consistent(profile.scale.worst)):
            years = run_on(profile, one.values, prior)
            ratings = [*([prior.rating] if prior else []), *(year[0] for year in years)]
            turned_back = ratings not in (sorted(ratings), sorted(ratings, reverse=True))
            elsewhere = all(gate for _, _, gate, _ in years) and years[4][0] != years[4][1]
            faults += turned_back or elsewhere or years[4][3] != years[5][3]
    found = fixed_point(ground(profile)).status
    event(f"fixed point {found}")
    assert (found == PROVED) == (not faults)


@given(st.data())
def test_every_interval_that_records_give_is_among_those_that_proofs_allow(data: st.DataObject) -> None:
    codebook = data.draw(codebooks())
    found = indicator_values(data.draw(evidence(codebook)), codebook, AS_OF, POPULATION)
    for value in found.values():
        if not is_derived(value.indicator):
            extent = Extent.of(value.indicator, "day", (), numeric=True)
            solver = Solver(
                *extent.axioms(), extent.best == value.best, extent.worst == value.worst, same(extent.absent, value.absent)
            )
            model = solver.find()
            assert model is not None, value
            assert model.holds(extent.known) == value.known


@given(st.data())
def test_everything_that_the_chain_hands_on_is_among_the_priors_that_proofs_allow(data: st.DataObject) -> None:
    codebook = data.draw(codebooks())
    rule_set = rules_of(data.draw(rule_entries(codebook)), codebook, data.draw(required_groups(codebook)))
    links = chain.chain(method_of(rule_set, codebook), "coded", data.draw(evidence(codebook)), AS_OF, POPULATION)
    priors = {link.assessment.prior for link in links}
    assert priors <= {None, *consistent(4)}
