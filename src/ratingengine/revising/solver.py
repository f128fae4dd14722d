"""The door to z3: an input on which two rule sets disagree with the fewest indicators known, or the proof that there is none."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from importlib.util import find_spec
from typing import Any

from attrs import frozen

from ratingengine.countries import Country
from ratingengine.model.assessment import Prior
from ratingengine.model.condition import Atom
from ratingengine.model.indicator import PER_MILLION_DECIMALS, UNBOUNDED, Indicator, base_of
from ratingengine.model.program import Test, Variable
from ratingengine.model.rule import Measure, MeasureInput
from ratingengine.normal import normalise, subject_of
from ratingengine.revising.side import Side
from ratingengine.revising.space import GATE, LEVEL, POSSIBLE, RATING, WATCHLIST, Aspect, Point, read_by, stated_exactly

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


@frozen
class Ends:
    """The lowest and highest value of an indicator as terms, in its own numbers."""

    indicator: Indicator
    lowest: Any
    highest: Any

    def severity(self, worst: bool) -> Any:
        """The severity at one end."""
        if self.indicator.worse == "higher":
            return self.highest if worst else self.lowest
        return -self.lowest if worst else -self.highest

    def value(self, worst: bool) -> Any:
        """The value at the best or the worst end."""
        return self.highest if (self.indicator.worse == "higher") == worst else self.lowest


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
        self.names = read_by((old, new), profile)
        self._ends = {name: self._unknown(self._codebook[name]) for name in self.names}
        self._known = {name: self._is_known(self._ends[name]) for name in self.names}
        self._free: dict[str, Ends] = {}
        self._has_prior = z3.Bool("a prior")
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

        `stated`: only what one record and `--prior` can say; `without`: not all indicators of one of these known; `fewest`: with
        as few indicators known as can be. Raises NotKnown.
        """
        z3, solver = self._z3, self._solver
        solver.push()
        try:
            solver.add(self._differ(aspect) if pair is None else self._come_to(aspect, pair))
            solver.add(*(z3.Not(z3.And(*(self._known[name] for name in names))) for names in without))
            if stated:
                solver.add(*self._statable())
            found = self._model()
            if found is None or not fewest:
                return found
            for most in range(len(found.known)):
                solver.push()
                solver.add(z3.AtMost(*self._known.values(), most))
                fewer = self._model()
                solver.pop()
                if fewer is not None:
                    return fewer
            return found
        finally:
            solver.pop()

    def _unknown(self, indicator: Indicator) -> Ends:
        ends = Ends(indicator, self._z3.Int(f"{indicator.id} from"), self._z3.Int(f"{indicator.id} to"))
        self._solver.add(indicator.lowest <= ends.lowest, ends.lowest <= ends.highest, ends.highest <= indicator.highest)
        return ends

    def _is_known(self, ends: Ends) -> Any:
        return self._z3.Or(ends.lowest != ends.indicator.lowest, ends.highest != ends.indicator.highest)

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
            fires = z3.Or(*(z3.And(*map(holds, found)) for found in rule.alternatives))
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
            severity = self._measure(side.measures(self._profile)[variable.name], at_worst)
        return -severity if variable.mirrored else severity

    def _measure(self, measure: Measure, worst: bool) -> Any:
        """The measure at one end, as `measures.measure_value` computes it."""
        z3 = self._z3
        known = [self._is_known(self._ends_of(entry.indicator)) for entry in measure.inputs]
        computed = self._combined(measure, [self._part(measure, entry, worst) for entry in measure.inputs])
        ends = [self._range(measure, entry)[worst] for entry in measure.inputs]
        whole = self._combined(measure, [z3.Q(end.numerator, end.denominator) for end in ends])
        enough = z3.Sum(*(z3.If(one, 1, 0) for one in known)) >= measure.needs
        return z3.If(enough, computed, whole)

    def _part(self, measure: Measure, entry: MeasureInput, worst: bool) -> Any:
        z3, ends = self._z3, self._ends_of(entry.indicator)
        if isinstance(entry.atom, Atom):
            subject = subject_of(entry.atom, self._codebook, self._sides[0].rule_set.scale, {})
            return z3.If(ends.severity(worst) >= normalise(entry.atom, subject).threshold, z3.RealVal(1), z3.RealVal(0))
        weight = Fraction(entry.weight) if measure.of in ("sum", "mean") else Fraction(1)
        value = z3.ToReal(ends.value(worst)) / 10**ends.indicator.decimals
        if entry.source_range is not None and entry.target_range is not None:
            (low, high), (first, last) = (map(Fraction, entry.source_range), map(Fraction, entry.target_range))
            share = (value - self._real(low)) / self._real(high - low)
            share = z3.If(share < 0, z3.RealVal(0), z3.If(share > 1, z3.RealVal(1), share))
            value = self._real(first) + share * self._real(last - first)
        return value * self._real(weight)

    def _range(self, measure: Measure, entry: MeasureInput) -> tuple[Fraction, Fraction]:
        if isinstance(entry.atom, Atom) or entry.target_range is None:
            return Fraction(0), Fraction(1)
        weight = Fraction(entry.weight) if measure.of in ("sum", "mean") else Fraction(1)
        low, high = sorted(Fraction(end) * weight for end in entry.target_range)
        return low, high

    def _combined(self, measure: Measure, parts: list[Any]) -> Any:
        z3 = self._z3
        if measure.of in ("min", "max"):
            total = parts[0]
            for part in parts[1:]:
                total = z3.If((part < total) if measure.of == "min" else (part > total), part, total)
        else:
            total = z3.Sum(*parts)
        if measure.of == "mean":
            total /= self._real(sum((Fraction(entry.weight) for entry in measure.inputs), Fraction(0)))
        total *= 10**measure.decimals
        if measure.rounding == "up":
            return -z3.ToInt(-total)
        return z3.ToInt(total + self._real(Fraction(1, 2)) if measure.rounding == "half_up" else total)

    def _real(self, number: Fraction) -> Any:
        return self._z3.Q(number.numerator, number.denominator)

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
        return Point({name: ends for name, ends in known.items() if ends != full[name]}, prior, self._country or NOWHERE)
