"""The door to z3: an input on which two rule sets disagree with the fewest indicators known, or the proof that there is none."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from importlib.util import find_spec
from typing import Any

from ratingengine.model.assessment import Prior
from ratingengine.model.indicator import PER_MILLION_DECIMALS, UNBOUNDED, Indicator, base_of, is_derived
from ratingengine.model.program import Test, Variable
from ratingengine.model.terms import MOST
from ratingengine.proofs.rules_diff.figures import Ends, Figures
from ratingengine.proofs.rules_diff.side import Side
from ratingengine.proofs.rules_diff.space import GATE, LEVEL, POSSIBLE, RATING, WATCHLIST, Aspect, Point, read_by, stated_exactly
from ratingengine.world.countries import Country

TIMEOUT = 60_000
"""Milliseconds for one question; where they do not suffice, the answer is that it is not known."""
NOWHERE = Country(
    iso3="",
    iso2=None,
    numeric=None,
    name_en="",
    name_ru="",
    name_fr="",
    name_es="",
    aliases=(),
    kind="territory",
    continent="",
    region="",
    population=None,
)
"""Stands in a point that is only asked for, never shown."""


class NotKnown(Exception):
    """The solver gave up."""


def at_hand() -> bool:
    """Whether z3 is installed (extra `prove`)."""
    return find_spec("z3") is not None


class Comparison:
    """Both sides of one profile as formulas over the same unknowns, for the population of one country.

    Without a country, rates per million are free of their counts: what is proved then holds for any population.
    """

    def __init__(self, old: Side, new: Side, profile: str, country: Country | None) -> None:
        import z3

        self._z3 = z3
        self._sides, self._profile, self._country = (old, new), profile, country
        self._codebook = old.method.codebook
        self._solver = z3.Solver()
        self._solver.set("timeout", TIMEOUT)
        self._free: dict[str, Ends] = {}
        self.names = read_by((old, new), profile)
        self._ends = {name: self._unknown(self._codebook[name]) for name in self.names}
        self._absent = {name: z3.Bool(f"{name} has no value") for name in self.names if self._codebook[name].may_be_none}
        self._told = {name: self._is_told(name) for name in self.names}
        self._solver.add(*(z3.Implies(absent, z3.Not(self._is_known(name))) for name, absent in self._absent.items()))
        self._has_prior = z3.Bool("a prior")
        self._figures = Figures(z3, self._codebook, old.rule_set.scale, self._ends_of, self._is_known, self._absent)
        self._prior = {name: z3.Int(f"prior {name}") for name in ("rating", "assessed", "pressure")}
        self._priors(old)
        self._reached = {
            (number, worst): self._conclusions(side, worst) for number, side in enumerate(self._sides) for worst in (False, True)
        }

    def disagreement(
        self,
        aspect: Aspect,
        pair: tuple[int, int] | None = None,
        *,
        stated: bool,
        without: Sequence[Collection[str]] = (),
        fewest: bool = False,
    ) -> Point | None:
        """A point at which the sides differ on an aspect (or come to this pair), or None where there is provably none.

        `stated`: only what one record and `--prior` can say; `without`: not all indicators of one of these told of;
        `fewest`: with as few indicators told of as can be. Raises NotKnown.
        """
        z3, solver = self._z3, self._solver
        solver.push()
        try:
            solver.add(self._differ(aspect) if pair is None else self._come_to(aspect, pair))
            solver.add(*(z3.Not(z3.And(*(self._told[name] for name in names))) for names in without))
            if stated:
                solver.add(*self._statable())
            found = self._simplest() if fewest else self._model()
            if found is None or not fewest:
                return found
            for most in range(len(found.told)):
                solver.push()
                solver.add(z3.AtMost(*self._told.values(), most))
                fewer = self._simplest()
                solver.pop()
                if fewer is not None:
                    return fewer
            return found
        finally:
            solver.pop()

    def _unknown(self, indicator: Indicator) -> Ends:
        ends = Ends(indicator, self._z3.Int(f"{indicator.id} from"), self._z3.Int(f"{indicator.id} to"))
        self._solver.add(indicator.lowest <= ends.lowest, ends.lowest <= ends.highest, ends.highest <= indicator.highest)
        if indicator.highest == UNBOUNDED and not is_derived(indicator):
            self._solver.add(ends.lowest <= MOST, self._z3.Or(ends.highest <= MOST, ends.highest == UNBOUNDED))
        return ends

    def _is_known(self, name: str) -> Any:
        ends = self._ends_of(name)
        return self._z3.Or(ends.lowest != ends.indicator.lowest, ends.highest != ends.indicator.highest)

    def _is_told(self, name: str) -> Any:
        """Whether some of the value is known, or that there is none."""
        known = self._is_known(name)
        return self._z3.Or(known, self._absent[name]) if name in self._absent else known

    def _priors(self, side: Side) -> None:
        """What a year can hand on; with a pressure the assessed rating lies on its side of the published one."""
        rating, assessed, pressure = (self._prior[name] for name in ("rating", "assessed", "pressure"))
        worst = side.method.scale.worst
        self._solver.add(rating >= 0, rating <= worst, assessed >= 0, assessed <= worst, pressure >= 0, pressure <= 2)
        self._solver.add(self._z3.Implies(pressure == 0, assessed < rating), self._z3.Implies(pressure == 2, assessed > rating))
        self._solver.add(self._z3.Implies(assessed > rating, pressure == 2))

    def _statable(self) -> list[Any]:
        """What a record can state, and what `--prior` hands on."""
        z3 = self._z3
        found = [self._prior["assessed"] == self._prior["rating"]]
        for ends in self._ends.values():
            if not stated_exactly(ends.indicator):
                none = z3.And(ends.lowest == ends.indicator.lowest, ends.highest == ends.indicator.lowest)
                found.append(z3.Or(none, ends.highest == ends.indicator.highest))
        return found

    def _ends_of(self, name: str) -> Ends:
        base = self._ends[base_of(name)]
        if base_of(name) == name:
            return base
        z3, indicator = self._z3, self._codebook[name]
        if self._country is None:
            if name not in self._free:
                self._free[name] = self._unknown(indicator)
            return self._free[name]
        population = self._country.population
        if not population:
            return Ends(indicator, z3.IntVal(indicator.lowest), z3.IntVal(indicator.highest))
        unit = 10**6 * 10**PER_MILLION_DECIMALS
        low = base.lowest * unit / population
        high = z3.If(base.highest == UNBOUNDED, indicator.highest, -((-base.highest * unit) / population))
        capped = (z3.If(end > UNBOUNDED, UNBOUNDED, end) for end in (low, high))
        return Ends(indicator, *capped)

    def _conclusions(self, side: Side, worst: bool) -> Mapping[tuple[str, str], list[Any]]:
        """By kind and facet: for each severity from 1 on, whether the outcome reaches it."""
        z3, program, scale = self._z3, side.method.programs[self._profile], side.method.scale
        terms = [self._variable(variable, side, worst) for variable in program.variables]
        findings: dict[str, Any] = {}
        reached: dict[tuple[str, str], list[Any]] = {
            (kind, name): [z3.BoolVal(val=False)] * (scale.worst if kind in (RATING, LEVEL) else 1)
            for kind, name in ((RATING, ""), (GATE, ""), (WATCHLIST, ""), *((LEVEL, facet) for facet in scale.facet_ids))
        }

        def holds(test: Test) -> Any:
            if test.kind == "finding":
                return findings.get(test.name, z3.BoolVal(val=False))
            if test.kind == "level":
                return reached[LEVEL, test.name][test.threshold - 1]
            return terms[test.variable] >= test.threshold

        for rule in program.rules:
            fires = z3.Or(*(z3.And(*map(holds, alternative)) for alternative in rule.alternatives))
            target = rule.target
            if target.kind == "finding":
                findings[target.name] = z3.Or(findings.get(target.name, z3.BoolVal(val=False)), fires)
                continue
            kind = GATE if target.kind == "upgrade_gate" else target.kind
            key = (kind, target.name if kind == LEVEL else "")
            severity = target.severity if kind in (RATING, LEVEL) else 1
            reached[key] = [z3.Or(one, fires) if n < severity else one for n, one in enumerate(reached[key])]
        return reached

    def _variable(self, variable: Variable, side: Side, worst: bool) -> Any:
        z3, at_worst = self._z3, worst != variable.mirrored
        if variable.subject == "prior":
            absent = UNBOUNDED if at_worst else -UNBOUNDED
            severity = z3.If(self._has_prior, self._prior[variable.name], absent)
        elif variable.subject == "indicator":
            severity = self._ends_of(variable.name).severity(at_worst)
        else:
            severity = self._figures.value(side.measures(self._profile)[variable.name], at_worst)
        return -severity if variable.mirrored else severity

    def _both(self, aspect: Aspect) -> tuple[list[Any], list[Any]]:
        worst = aspect.end == POSSIBLE
        old, new = (self._reached[number, worst][aspect.kind, aspect.facet] for number in (0, 1))
        return old, new

    def _differ(self, aspect: Aspect) -> Any:
        return self._z3.Or(*(one != other for one, other in zip(*self._both(aspect), strict=True)))

    def _come_to(self, aspect: Aspect, pair: tuple[int, int]) -> Any:
        z3 = self._z3
        found = []
        for reached, severity in zip(self._both(aspect), pair, strict=True):
            found += [reached[severity - 1]] if severity else []
            found += [z3.Not(reached[severity])] if severity < len(reached) else []
        return z3.And(*found)

    def _simplest(self) -> Point | None:
        """A point whose values are exact where there is one, else any."""
        z3, solver = self._z3, self._solver
        solver.push()
        try:
            solver.add(*(z3.Or(z3.Not(self._is_known(name)), ends.lowest == ends.highest) for name, ends in self._ends.items()))
            found = self._model()
        except NotKnown:
            found = None
        finally:
            solver.pop()
        return found or self._model()

    def _model(self) -> Point | None:
        z3 = self._z3
        verdict = self._solver.check()
        if verdict == z3.unsat:
            return None
        if verdict != z3.sat:
            raise NotKnown
        model = self._solver.model()

        def number(term: Any) -> int:
            return int(model.eval(term, model_completion=True).as_long())

        known = {name: (number(ends.lowest), number(ends.highest)) for name, ends in self._ends.items()}
        full = {name: (ends.indicator.lowest, ends.indicator.highest) for name, ends in self._ends.items()}
        prior = None
        if z3.is_true(model.eval(self._has_prior, model_completion=True)):
            prior = Prior(*(number(self._prior[name]) for name in ("rating", "assessed", "pressure")))
        without = frozenset(
            name for name, absent in self._absent.items() if z3.is_true(model.eval(absent, model_completion=True))
        )
        told = {name: ends for name, ends in known.items() if ends != full[name]}
        return Point(told, prior, self._country or NOWHERE, without)
