"""The step from one year to the next, tabulated from `chain.publish` and `chain.handed_on` themselves.

Both are functions of a few words of the scale, so their tables are finite and complete: what is proved of the tables holds of the
code that runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from attrs import frozen

from ratingengine import chain
from ratingengine.chain import Published
from ratingengine.model.assessment import Prior
from ratingengine.proofs.days import Assessed
from ratingengine.proofs.priors import PriorState, consistent
from ratingengine.proofs.semantics import Ladder, is_exactly
from ratingengine.proofs.solver import Formula, every, negation, some

Row = tuple[int | None, Prior | None, bool, Published]
"""Assessed severity (None: insufficient), prior, gate, and what is then published."""


@frozen
class Change:
    """Every row of the table for a scale whose worst severity is `worst`."""

    worst: int
    rows: tuple[Row, ...]

    @classmethod
    def of(cls, worst: int) -> Change:
        """The table of `chain.publish`."""
        priors = (None, *consistent(worst))
        severities = (None, *range(worst + 1))
        rows = ((a, prior, gate, chain.publish(a, prior, gate)) for a in severities for prior in priors for gate in (False, True))
        return cls(worst, tuple(rows))

    def where(self, found: Assessed, wanted: Callable[[Row], bool]) -> Formula:
        """The day falls into a row that is wanted."""
        groups: dict[tuple[int | None, bool], list[Prior | None]] = {}
        for row in self.rows:
            if wanted(row):
                groups.setdefault((row[0], row[2]), []).append(row[1])
        return some(every((*self._case(found, a, gate), self._among(found, priors))) for (a, gate), priors in groups.items())

    def _case(self, found: Assessed, assessed: int | None, gate: bool) -> Iterator[Formula]:
        sufficient = found.day.sufficient
        yield negation(sufficient) if assessed is None else sufficient
        if assessed is not None:
            yield is_exactly(found.best.rating, assessed)
        yield found.best.gate if gate else negation(found.best.gate)

    def _among(self, found: Assessed, priors: list[Prior | None]) -> Formula:
        """One of the priors, said by whole ratings where it can be."""
        state, given = found.day.prior, {prior for prior in priors if prior is not None}
        parts: list[Formula] = [negation(state.given)] if None in priors else []
        for rating in range(self.worst + 1):
            alike = {prior for prior in consistent(self.worst) if prior.rating == rating}
            if alike <= given:
                parts.append(every((state.given, is_exactly(state.rating, rating))))
            elif alike & given:
                parts.append(state.among(sorted(alike & given, key=str)))
        return some(parts)

    def published(self, found: Assessed) -> Ladder:
        """The published severity, where one is given."""
        return (True, *(self.where(found, _at_least(severity)) for severity in range(1, self.worst + 1)))

    def handed_on(self, found: Assessed) -> PriorState:
        """What the day hands on to the next year, after `chain.handed_on`."""
        outcomes: dict[Prior, list[Formula]] = {}
        for worst in range(self.worst + 1):
            limit = is_exactly(found.possible, worst)
            results: dict[Prior, set[int]] = {}
            for number, (assessed, _prior, _gate, published) in enumerate(self.rows):
                if assessed is not None and assessed <= worst:
                    handed = chain.handed_on(published, assessed, worst)
                    if handed is not None:
                        results.setdefault(handed, set()).add(number)
            for handed, numbers in results.items():
                rows = frozenset(self.rows[number] for number in numbers)
                outcomes.setdefault(handed, []).append(every((limit, self.where(found, rows.__contains__))))
        reached = {handed: some(ways) for handed, ways in outcomes.items()}
        return PriorState(
            some(reached.values()),
            _ladder(reached.items(), lambda prior: prior.rating, self.worst),
            _ladder(reached.items(), lambda prior: prior.assessed, self.worst),
            _ladder(reached.items(), lambda prior: prior.pressure, chain.WORSE),
        )


def _at_least(severity: int) -> Callable[[Row], bool]:
    return lambda row: row[3].rating is not None and row[3].rating >= severity


def _ladder(reached: Iterable[tuple[Prior, Formula]], of: Callable[[Prior], int], top: int) -> Ladder:
    found = list(reached)
    return (True, *(some(way for prior, way in found if of(prior) >= n) for n in range(1, top + 1)))
