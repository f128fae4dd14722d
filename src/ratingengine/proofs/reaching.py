"""Theorems on the rules themselves: everything they name can be reached, and none of them is idle."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from attrs import evolve, frozen

from ratingengine.engine.reference import ReferenceEngine
from ratingengine.errors import EngineFailure
from ratingengine.model.indicator import UNBOUNDED
from ratingengine.model.program import Outcome, Program, Support, Test, Variable, conclude
from ratingengine.proofs.days import Assessed
from ratingengine.proofs.exhibits import Shown
from ratingengine.proofs.figures import People
from ratingengine.proofs.ground import Ground
from ratingengine.proofs.histories import History, choices, middling
from ratingengine.proofs.seeking import sighted, smallest
from ratingengine.proofs.semantics import concluded, is_exactly
from ratingengine.proofs.single import differs
from ratingengine.proofs.solver import Formula, Solver, at_most, boolean, every, negation, same, some
from ratingengine.proofs.subject import ProfileProved
from ratingengine.proofs.verdicts import PROVED, REFUTED, UNDECIDED, Counterexample, Finding

Wanted = Mapping[str, Formula]
"""What some evidence should show, by name."""

YEARS = (1, 2, 3)
"""How many years of evidence are tried in turn."""


@frozen
class Left:
    """What no evidence shows, what is neither shown nor excluded, and the evidence for the rest where it is kept."""

    never: frozenset[str]
    unknown: frozenset[str]
    witnesses: Mapping[str, Counterexample]

    @property
    def status(self) -> str:
        """The verdict that follows."""
        return REFUTED if self.never else UNDECIDED if self.unknown else PROVED


def shown_of(
    ground: Ground, wanted: Callable[[Assessed], Wanted], check: Callable[[str, Shown], None] | None = None
) -> tuple[int, Left]:
    """How many are wanted, and which are left.

    Evidence is looked for on one day, then on histories; each model is confirmed by the reference engine and by `check`.
    """
    people = People.any()
    left: set[str] | None = None
    witnesses: dict[str, Counterexample] = {}
    count = 0
    for years in YEARS:
        history = History.of(ground.profile, "x", people, ground.change, years)
        goals = wanted(history.last)
        left, count = set(goals) if left is None else left, len(goals)
        # A known population spares the solver arithmetic; only what one country does not show is asked of all.
        countries = (middling(ground.countries), *ground.countries)
        for among, chosen in choices((history,), people, countries):
            solver = Solver(*history.axioms(), chosen)
            for name in sorted(left):
                model = solver.find(goals[name]) if name in left else None
                if model is None:
                    continue
                if ground.keep:
                    model = smallest(Solver(*history.axioms(), chosen, goals[name]), (history,), model)
                sight = sighted(ground.profile, (history,), model, people, among)
                met = {name} if check or ground.keep else {other for other in left if model.holds(goals[other])}
                left -= met
                if check is not None:
                    check(name, sight.answers[0][-1])
                if ground.keep:
                    witnesses[name] = Counterexample(name, sight.exhibits, sight.answers)
        if not left:
            return count, Left(frozenset(), frozenset(), witnesses)
    found = ground.day()
    goals = wanted(found)
    solver = Solver(*found.day.axioms())
    never = frozenset(name for name in left or () if solver.find(goals[name]) is None)
    return count, Left(never, frozenset(left or ()) - never, witnesses)


def reachable(ground: Ground) -> Finding:
    """Every rating, level, finding and rule is reached by some evidence."""
    kinds = dict(targets(ground.profile))

    def wanted(assessed: Assessed) -> Wanted:
        return {name: formula for goals in kinds.values() for name, formula in goals(assessed).items()}

    count, left = shown_of(ground, wanted)
    found = ground.day()
    listed = {f"unreachable {kind}": tuple(n for n in goals(found) if n in left.never) for kind, goals in kinds.items()}
    listed["neither reached nor shown to be out of reach"] = tuple(sorted(left.unknown))
    reached = count - len(left.never) - len(left.unknown)
    named = {head: names for head, names in listed.items() if names}
    return Finding(left.status, f"{reached} of {count} reached", named, witnesses=left.witnesses)


def targets(profile: ProfileProved) -> Iterator[tuple[str, Callable[[Assessed], Wanted]]]:
    """What should be reached, by kind."""
    scale, program = profile.scale, profile.program
    levelled = [facet for facet in program.facets if facet in program.rated]
    yield (
        "ratings",
        lambda found: {
            word: every((found.day.sufficient, is_exactly(found.best.rating, n))) for n, word in enumerate(scale.words)
        },
    )
    yield (
        "levels",
        lambda found: {
            f"{facet} {word}": every((found.day.sufficient, is_exactly(found.best.levels[facet], n)))
            for facet in levelled
            for n, word in enumerate(scale.words)
        },
    )
    yield "findings", lambda found: dict(sorted(found.best.findings.items()))
    yield (
        "rules",
        lambda found: {
            **{rule.id: fires for rule, fires in zip(program.rules, found.best.rules, strict=True)},
            **{rule: _read(found, name) for rule, name in sorted(profile.measure_rules.items())},
        },
    )


def _read(assessed: Assessed, measure: str) -> Formula:
    """A test on the measure holds."""
    reads = assessed.day.reads(worst=False)
    return some(reads(test.variable, test.threshold) for test in _tests_of(assessed.day.profile, measure))


def _tests_of(profile: ProfileProved, measure: str) -> Sequence[Test]:
    own = {n for n, v in enumerate(profile.program.variables) if (v.subject, v.name) == ("measure", measure)}
    return sorted(test for test in profile.program.tests if test.kind == "variable" and test.variable in own)


def no_redundancy(ground: Ground) -> Finding:
    """Without any one rule some evidence has another outcome: rating, level, gate or watchlist."""
    profile = ground.profile
    ids = [*(rule.id for rule in profile.program.rules), *sorted(profile.measure_rules)]
    gone = {rule: boolean(f"without {rule}") for rule in ids}
    switched = Switched.of(profile.program)
    switches = {number: negation(gone[rule.id]) for number, rule in enumerate(profile.program.rules)}
    measures = {name: gone[rule] for rule, name in profile.measure_rules.items()}

    def wanted(assessed: Assessed) -> Wanted:
        other = concluded(profile.program, assessed.day.reads(worst=False, without=measures), switches)
        changed = some((differs(assessed.best, other), negation(same(assessed.best.watchlist, other.watchlist))))
        changed = every((changed, at_most(1, list(gone.values()))))
        return {rule: every((changed, gone[rule])) for rule in ids}

    def check(rule: str, answered: Shown) -> None:
        if switched.without(profile, rule, answered.numbers) == answered.outcome:
            raise EngineFailure(f"z3 says that {rule} matters, the reference engine does not: this is a bug in one of them")

    count, left = shown_of(ground, wanted, check)
    listed = {
        "redundant rules": tuple(sorted(left.never)),
        "neither needed nor shown to be redundant": tuple(sorted(left.unknown)),
    }
    needed = count - len(left.never) - len(left.unknown)
    named = {head: names for head, names in listed.items() if names}
    return Finding(left.status, f"{needed} of {count} needed", named, witnesses=left.witnesses)


@frozen
class Switched:
    """The reference engine on the program with a switch for each rule, so that any one can be turned off without a new engine."""

    program: Program
    engine: ReferenceEngine

    @classmethod
    def of(cls, program: Program) -> Switched:
        """The program with one more variable, and one more test, a rule."""
        switches = tuple(Variable("switch", rule.id) for rule in program.rules)
        tests = [Test("variable", number, 1) for number in range(len(program.variables), len(program.variables) + len(switches))]
        rules = tuple(
            evolve(rule, alternatives=tuple((*alternative, test) for alternative in rule.alternatives))
            for rule, test in zip(program.rules, tests, strict=True)
        )
        supports = {**program.supports, **{test: Support("switch", str(test.variable), "is", "on") for test in tests}}
        switched = evolve(program, variables=(*program.variables, *switches), rules=rules, supports=supports)
        return cls(switched, ReferenceEngine(switched))

    def without(self, profile: ProfileProved, rule: str, numbers: Sequence[int]) -> Outcome:
        """What is concluded without the rule; without a measure's rule, what reads the measure learns nothing."""
        gone = {("switch", rule): 0, ("measure", profile.measure_rules.get(rule, "")): -UNBOUNDED}
        known = (*numbers, *[1] * (len(self.program.variables) - len(numbers)))
        values = [gone.get((v.subject, v.name), number) for v, number in zip(self.program.variables, known, strict=True)]
        return conclude(self.program, self.engine.run(values))
