"""One of two rule sets to compare: its rules on a day, ready to run."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from attrs import evolve, frozen

from ratingengine.engine.assess import Method
from ratingengine.engine.loading import compile_rules, load_rule_set
from ratingengine.engine.rating import ready
from ratingengine.model.indicator import Codebook, Indicator, base_of
from ratingengine.model.program import Program, Variable
from ratingengine.model.rule import Measure, RuleSet


@frozen
class Side:
    """A rule set as it was named, the folder it lies in, all its rules (`whole`), those in force on the day, and the method."""

    named: str
    folder: Path
    day: date | None
    whole: RuleSet
    rule_set: RuleSet
    method: Method

    def measures(self, profile: str) -> dict[str, Measure]:
        """The measures of a profile by name."""
        return dict(self.method.compiled.measures[profile])


def open_side(named: str, folder: Path, codebook: Path, day: date | None) -> Side:
    """Read, check and compile. Raises InvalidInput with every problem, NotFound for a day without rules."""
    whole, entries = load_rule_set(folder, codebook)
    method = _method(whole, entries, day)
    in_force = {name: rule for name, rule in whole.rules.items() if rule.in_force(day)}
    return Side(named, folder, day, whole, evolve(whole, rules=in_force), method)


def incomparable(old: Side, new: Side) -> str:
    """Why inputs of the two have no common outcome; empty where they have one."""
    one, other = old.rule_set.scale, new.rule_set.scale
    for what, first, second in (
        ("ratings", one.words, other.words),
        ("facets", one.facet_ids, other.facet_ids),
        ("profiles", one.profiles, other.profiles),
        ("transitions", (one.transition,), (other.transition,)),
    ):
        if first != second:
            return f"the {what} differ: {', '.join(first)} / {', '.join(second)}"
    before, after = old.method.codebook, new.method.codebook
    read = {base_of(name) for side in (old, new) for rule in side.rule_set.rules.values() for name in rule.indicators}
    otherwise = [name for name in sorted(read) if name in before and name in after and _form(before[name]) != _form(after[name])]
    return f"the codebooks define differently: {', '.join(otherwise)}" if otherwise else ""


def _form(indicator: Indicator) -> Indicator:
    """What its values are and how they are counted, without its wording."""
    words = tuple(evolve(value, anchor="") for value in indicator.values)
    return evolve(indicator, title="", question="", values=words, unit="", tags=(), standard=())


def on_one_codebook(old: Side, new: Side) -> tuple[Side, Side]:
    """Both sides on the indicators of both codebooks, so that an input of one is an input of the other.

    Sides that cannot be compared stay as they are.
    """
    before, after = old.method.codebook, new.method.codebook
    if before == after or incomparable(old, new):
        return old, new
    both = Codebook({**before.indicators, **after.indicators})
    first, second = (evolve(side, method=_method(side.whole, both, side.day)) for side in (old, new))
    return first, second


def _method(whole: RuleSet, codebook: Codebook, day: date | None) -> Method:
    return ready(compile_rules(whole, codebook, day), "reference")


def identical(old: Side, new: Side, profile: str) -> bool:
    """Whether both come to the same tests and conclusions, whatever the rules are called."""
    if old.measures(profile) != new.measures(profile) or _required(old, profile) != _required(new, profile):
        return False
    return _canonical(old.method.programs[profile]) == _canonical(new.method.programs[profile])


def _required(side: Side, profile: str) -> frozenset[tuple[str, frozenset[str]]]:
    groups = (group for group in side.rule_set.scale.required if group.profile == profile)
    return frozenset((group.facet, frozenset(group.any_of)) for group in groups)


def _canonical(program: Program) -> frozenset[object]:
    def key(variable: int) -> Variable | None:
        return program.variables[variable] if variable >= 0 else None

    return frozenset(
        (
            rule.target,
            frozenset(
                frozenset((t.kind, key(t.variable), t.name, t.threshold) for t in alternative)
                for alternative in rule.alternatives
            ),
        )
        for rule in program.rules
    )
