"""Cases run: what was expected of a rule, what came out, and how each of its conditions stood."""

from __future__ import annotations

from attrs import frozen

from ratingengine.model.condition import All, AnyOf, Atom, Condition
from ratingengine.model.rule import Rule
from ratingengine.ruleset.cases import EXCLUDED, FIRES, OPEN, Bench, Case
from ratingengine.ruleset.cases.judge import Facts, key_of
from ratingengine.ruleset.test.load import UnderTest

STANDING = {FIRES: "holds", OPEN: "open", EXCLUDED: "excluded"}
NOT_GIVEN, FROM_BELOW = "not given", "from what lies beneath"


@frozen
class Standing:
    """A condition on given facts: holds, open or excluded; an atom also says what is given, a joined one has parts."""

    text: str
    verdict: str
    given: str
    parts: tuple[Standing, ...]


@frozen
class Tried:
    """A case and what its rule made of it; `concluded` only where the rule fired."""

    case: Case
    rule: Rule
    expected: str
    came_out: str
    concluded: str

    @property
    def passed(self) -> bool:
        """Whether it is what the case expects."""
        return self.came_out == self.expected and self.concluded in ("", self.case.concludes or self.concluded)


def run_cases(under: UnderTest) -> tuple[Tried, ...]:
    """Every case, in the order of the files."""
    return tuple(try_case(case, under.bench.rule_set.rules[case.rule], under.bench) for case in under.suite.cases)


def try_case(case: Case, rule: Rule, bench: Bench) -> Tried:
    """One case on a rule, which may be a changed one."""
    came_out = bench.outcome(rule, case.given)
    return Tried(case, rule, bench.expected(rule, case.expect), came_out, str(rule.then) if came_out == FIRES else "")


def standing(condition: Condition, given: Facts, profile: str, bench: Bench) -> Standing:
    """Why a rule came out as it did: each condition's verdict, down to the atoms."""
    verdict = STANDING[bench.standing(condition, given, profile)]
    if isinstance(condition, Atom):
        return Standing(str(condition), verdict, _given(condition, given, verdict), ())
    parts = tuple(standing(part, given, profile, bench) for part in condition.parts)
    if isinstance(condition, All):
        return Standing("all of", verdict, "", parts)
    return Standing("any of" if isinstance(condition, AnyOf) else f"at least {condition.count} of", verdict, "", parts)


def _given(atom: Atom, given: Facts, verdict: str) -> str:
    fact = given.get(key_of(atom))
    if fact is None:
        return FROM_BELOW if verdict != STANDING[OPEN] and atom.subject in ("finding", "level") else NOT_GIVEN
    return fact_words(fact)


def fact_words(fact: tuple[str, str]) -> str:
    """`3`, or `at least 3`."""
    form, text = fact
    return text if form == "value" else f"{form.replace('_', ' ')} {text}"
