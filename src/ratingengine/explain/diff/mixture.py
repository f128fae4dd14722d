"""The rating when some inputs are those of one answer and the rest those of another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from attrs import frozen

from ratingengine.engine.assess import Method, measured, vector
from ratingengine.engine.chain import judged_severity, publish, years_handed_on
from ratingengine.engine.rating import Loaded, load_evidence
from ratingengine.engine.reference import ReferenceEngine
from ratingengine.evidence.values import indicator_values
from ratingengine.explain.dualize import bits
from ratingengine.model.assessment import Prior
from ratingengine.model.evidence import Evidence
from ratingengine.model.indicator import PER_MILLION, base_of
from ratingengine.model.override import Override, governing, of_country
from ratingengine.model.value import IndicatorValue
from ratingengine.world.countries import Country

EVIDENCE, RULES, REVISION, TRANSITION, OVERRIDE = "evidence", "rules", "revision", "transition", "override"
KINDS = (EVIDENCE, RULES, REVISION, TRANSITION, OVERRIDE)
Values = Mapping[str, IndicatorValue]
Places = Mapping[int, Sequence[int]]


@frozen
class Side:
    """One of two questions: which method and records, which country, which day, known when."""

    loaded: Loaded
    country: Country
    as_of: date
    known_at: date | None = None

    @property
    def overrides(self) -> tuple[Override, ...]:
        """The overrides of the country that were known."""
        return of_country(self.loaded.overrides, self.country.iso3, self.known_at)


@frozen
class Input:
    """Something that differs between the sides: a coded indicator (kind `evidence`), or one of the other kinds as a whole."""

    kind: str
    name: str


class Mixture:
    """Two sides, and the rating at each mixture of their inputs. Sides are numbered 0 and 1; one profile is looked at.

    Without `rated` (a side has no rating) it is the ceiling that is mixed, which no year before and no override touches.
    """

    def __init__(self, side: Side, other: Side, profile: str, *, rated: bool = True) -> None:
        self.rated = rated
        self.sides = (side, other)
        self.profile = profile
        self._evidence: dict[tuple[int, int], Evidence] = {}
        self._values: dict[tuple[int, int], Values] = {}
        self._priors: dict[tuple[int, int, int], Prior | None] = {}
        self._engines: dict[int, ReferenceEngine] = {}
        self._known: dict[int, int] = {}
        self._ends_of: dict[tuple[int, int, Prior | None], tuple[Sequence[int], Sequence[int], Places | None]] = {}
        self.inputs = self._inputs()
        self._places = {(found.kind, found.name): number for number, found in enumerate(self.inputs)}

    def method(self, rules: int) -> Method:
        """The method of a side."""
        return self.sides[rules].loaded.method

    def evidence(self, day: int, records: int) -> Evidence:
        """What the records of one side tell of the other's country, as known by the side of the records."""
        if (day, records) not in self._evidence:
            source = self.sides[records]
            found = load_evidence(source.loaded, self.sides[day].country.iso3)
            self._evidence[day, records] = found.known_at(source.known_at)
        return self._evidence[day, records]

    def values(self, day: int, records: int) -> Values:
        """The values on one side's day, by the records of one side."""
        if (day, records) not in self._values:
            side, codebook = self.sides[day], self.method(0).codebook
            found = indicator_values(self.evidence(day, records), codebook, side.as_of, side.country.population)
            self._values[day, records] = found
        return self._values[day, records]

    def prior(self, day: int, records: int, rules: int) -> Prior | None:
        """What the years before one side's day hand on, by records and rules of either side."""
        if (day, records, rules) not in self._priors:
            side = self.sides[day]
            body, method = self.evidence(day, records), self.method(rules)
            where = (method, (self.profile,), body, side.as_of, side.country.population)
            self._priors[day, records, rules] = years_handed_on(*where, overrides=side.overrides).priors[self.profile]
        return self._priors[day, records, rules]

    def judged(self, day: int) -> int | None:
        """The severity that an override gives on one side's day."""
        side = self.sides[day]
        return judged_severity(governing(side.overrides, side.as_of), self.method(day).scale)

    def engine(self, rules: int) -> ReferenceEngine:
        """The reference engine of one side's rules."""
        if rules not in self._engines:
            compiled = self.method(rules).compiled
            self._engines[rules] = ReferenceEngine(compiled.programs[self.profile])
        return self._engines[rules]

    def _inputs(self) -> tuple[Input, ...]:
        """All that differs between the sides, the evidence first, by name."""
        found = [Input(EVIDENCE, name) for name in self._changed_indicators()]
        one, other = (self.method(side).compiled for side in (0, 1))
        rules = (one.digest, one.day) != (other.digest, other.day)
        revision = self._revised()
        if rules:
            found.append(Input(RULES, RULES))
        if revision:
            found.append(Input(REVISION, REVISION))
        corners = [(records, side) for records in ((0, 1) if revision else (0,)) for side in ((0, 1) if rules else (0,))]
        if self.rated and any(self.prior(0, *corner) != self.prior(1, *corner) for corner in corners):
            found.append(Input(TRANSITION, TRANSITION))
        if self.rated and self.judged(0) != self.judged(1):
            found.append(Input(OVERRIDE, OVERRIDE))
        return tuple(found)

    def _changed_indicators(self) -> tuple[str, ...]:
        read = {name for side in (0, 1) for name in self.method(side).compiled.reads[self.profile]}
        return tuple(sorted(name for name in read if any(self._ends(name, 0, r) != self._ends(name, 1, r) for r in (0, 1))))

    def _ends(self, name: str, day: int, records: int) -> list[tuple[int, int, bool]]:
        values = self.values(day, records)
        own = [values[key] for key in (name, f"{name}{PER_MILLION}") if key in values]
        return [(value.lowest, value.highest, value.absent) for value in own]

    def _revised(self) -> bool:
        one, other = self.sides
        if (one.loaded.records, one.known_at) == (other.loaded.records, other.known_at):
            return False
        return any(self.evidence(day, 0) != self.evidence(day, 1) for day in (0, 1))

    def side_of(self, kind: str, members: int) -> int:
        """Which side an input other than evidence is taken from."""
        number = self._places.get((kind, kind))
        return 0 if number is None else members >> number & 1

    def _mixed(self, members: int, records: int) -> Values:
        other = self.values(1, records)
        changed = {self.inputs[number].name for number in bits(members)}
        return {name: other[name] if base_of(name) in changed else value for name, value in self.values(0, records).items()}

    def worth(self, members: int) -> int:
        """The published severity of a mixture; where standing facts are missing, that of the ceiling."""
        if members not in self._known:
            records, rules = self.side_of(REVISION, members), self.side_of(RULES, members)
            prior = self.prior(self.side_of(TRANSITION, members), records, rules)
            judged = self.judged(self.side_of(OVERRIDE, members))
            outcome = self.engine(rules).explain(self._vector(members, records, rules, prior))[1]
            severity = publish(outcome.rating, prior, outcome.gate, self.method(rules).scale.free).rating
            if not self.rated:
                severity, judged = outcome.rating, None
            self._known[members] = judged if judged is not None else severity or 0
        return self._known[members]

    def _vector(self, members: int, records: int, rules: int, prior: Prior | None) -> Sequence[int]:
        """The established values of a mixture, put together from the vectors of both sides where no measure mixes them."""
        key = (records, rules, prior)
        if key not in self._ends_of:
            self._ends_of[key] = self._both(records, rules, prior)
        one, other, places = self._ends_of[key]
        if places is None:
            values = self._mixed(members, records)
            measures = measured(self.method(rules), self.profile, values)
            return vector(self.engine(rules).program, values, measures, prior, worst=False)
        mixed = list(one)
        for number in bits(members):
            for place in places.get(number, ()):
                mixed[place] = other[place]
        return mixed

    def _both(self, records: int, rules: int, prior: Prior | None) -> tuple[Sequence[int], Sequence[int], Places | None]:
        program = self.engine(rules).program
        if any(variable.subject == "measure" for variable in program.variables):
            return (), (), None
        one, other = (vector(program, self.values(day, records), {}, prior, worst=False) for day in (0, 1))
        by_name: dict[str, list[int]] = {}
        for place, variable in enumerate(program.variables):
            by_name.setdefault(base_of(variable.name) if variable.subject == "indicator" else "", []).append(place)
        evidence = {number: by_name.get(found.name, []) for number, found in enumerate(self.inputs) if found.kind == EVIDENCE}
        return one, other, evidence
