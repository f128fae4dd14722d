"""What is proved about: one profile of a method, with what its rules are declared to be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from attrs import define, evolve

from ratingengine.engine.assess import Method
from ratingengine.engine.reference import ReferenceEngine
from ratingengine.model.compiled import Compiled
from ratingengine.model.indicator import base_of
from ratingengine.model.program import Program
from ratingengine.model.rule import Measure, RuleSet
from ratingengine.model.scale import RequiredGroup, Scale


@define(frozen=True, slots=False)
class ProfileProved:
    """One profile. `kinds` is the declared kind of each rule, `exempt` the reason of each rule declared not monotone.

    `measure_rules` are the measures by the rule that computes them.
    """

    name: str
    method: Compiled
    program: Program
    kinds: Mapping[str, str]
    exempt: Mapping[str, str]
    measure_rules: Mapping[str, str]

    @property
    def scale(self) -> Scale:
        """The scale of the method."""
        return self.method.scale

    @property
    def measures(self) -> Mapping[str, Measure]:
        """The measures by name."""
        return self.method.measures[self.name]

    @property
    def groups(self) -> tuple[RequiredGroup, ...]:
        """Of each at least one fact must be known, or no rating is given."""
        return tuple(group for group in self.scale.required if group.profile == self.name)

    @property
    def coded(self) -> tuple[str, ...]:
        """The coded indicators that bear on the profile, by id."""
        required = (base_of(name) for group in self.groups for name in group.any_of)
        return tuple(sorted({*self.method.reads[self.name], *required}))

    @cached_property
    def engine(self) -> ReferenceEngine:
        """The reference engine on this program."""
        return ReferenceEngine(self.program)

    @cached_property
    def runnable(self) -> Method:
        """The method with the reference engine on this program alone."""
        compiled = evolve(self.method, programs={self.name: self.program})
        return Method(compiled, {self.name: (self.engine,)}, ())

    def with_program(self, program: Program) -> ProfileProved:
        """The same declarations beside another program."""
        return evolve(self, program=program)


def profiles(rule_set: RuleSet, method: Compiled, method_day: date | None = None) -> tuple[ProfileProved, ...]:
    """Each profile of a rule set as it was compiled for `method_day` (None: the latest method)."""
    found = []
    for name, program in method.programs.items():
        rules = [rule for rule in rule_set.of_profile(name) if rule.in_force(method_day)]
        found.append(
            ProfileProved(
                name=name,
                method=method,
                program=program,
                kinds={rule.id: rule.kind for rule in rules},
                exempt={rule.id: rule.non_monotone for rule in rules if rule.non_monotone},
                measure_rules={rule.id: rule.then.name for rule in rules if rule.measure is not None},
            )
        )
    return tuple(found)
