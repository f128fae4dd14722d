"""The step from one year to the next, tabulated from `chain.publish` and `chain.handed_on` themselves.

Both are functions of a few words of the scale, so their tables are finite and complete: what is proved of the tables holds of the
code that runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from attrs import define, frozen

from ratingengine.engine import chain
from ratingengine.engine.chain import Published
from ratingengine.errors import EngineFailure
from ratingengine.model.assessment import Prior
from ratingengine.model.scale import Scale
from ratingengine.proofs.days import Assessed
from ratingengine.proofs.priors import PriorState, consistent
from ratingengine.proofs.semantics import Ladder, is_exactly
from ratingengine.proofs.solver import Formula, every, negation, some


@frozen
class Row:
    """Assessed severity (None: insufficient), what the year before handed on, whether a gate is open, and what is published."""

    assessed: int | None
    prior: Prior | None
    gate: bool
    published: Published


Wanted = Callable[[Row], bool]
Numbers = frozenset[int]


@define(frozen=True, slots=False, eq=False)
class Change:
    """The table of `chain.publish` for a scale whose worst severity is `worst`; rows are named by their numbers.

    `free`: the scale has no transition.
    """

    worst: int
    rows: tuple[Row, ...]
    free: bool = False

    @classmethod
    def of(cls, scale: Scale) -> Change:
        """Every row."""
        worst = scale.worst
        found = [
            Row(assessed, prior, gate, chain.publish(assessed, prior, gate, scale.free))
            for assessed in (None, *range(worst + 1))
            for prior in (None, *consistent(worst))
            for gate in (False, True)
        ]
        return cls(worst, tuple(found), scale.free)

    def numbers(self, wanted: Wanted) -> Numbers:
        """The rows that are wanted."""
        return frozenset(number for number, row in enumerate(self.rows) if wanted(row))

    @cached_property
    def reaching(self) -> tuple[Numbers, ...]:
        """By severity, the rows that publish it or a graver one."""
        ratings = [row.published.rating for row in self.rows]
        return tuple(
            frozenset(n for n, rating in enumerate(ratings) if rating is not None and rating >= severity)
            for severity in range(self.worst + 1)
        )

    @cached_property
    def handing(self) -> tuple[Mapping[Prior, Numbers], ...]:
        """By the worst possible severity, the rows after which each prior is handed on: the table of `chain.handed_on`.

        Raises EngineFailure for a prior that proofs leave out of account.
        """
        foreseen = frozenset(consistent(self.worst))
        tables: list[dict[Prior, set[int]]] = [{} for _ in range(self.worst + 1)]
        for number, row in enumerate(self.rows):
            for limit in range(self.worst + 1 if row.assessed is not None else 0):
                handed = chain.handed_on(row.published, row.assessed, limit)
                if handed is not None and handed not in foreseen:
                    raise EngineFailure(f"the chain hands on {handed}, which proofs leave out of account: mend proofs.priors")
                if handed is not None and limit >= (row.assessed or 0):
                    tables[limit].setdefault(handed, set()).add(number)
        return tuple({prior: frozenset(found) for prior, found in table.items()} for table in tables)

    def where(self, assessed: Assessed, wanted: Wanted) -> Formula:
        """The day falls into a row that is wanted."""
        return _On(self, assessed).rows(self.numbers(wanted))

    def published(self, assessed: Assessed) -> Ladder:
        """The published severity, where one is given."""
        on = _On(self, assessed)
        return (True, *(on.rows(rows) for rows in self.reaching[1:]))

    def handed_on(self, assessed: Assessed) -> PriorState:
        """What the day hands on to the next year."""
        on = _On(self, assessed)
        outcomes: dict[Prior, list[Formula]] = {}
        for limit, table in enumerate(self.handing):
            possible = is_exactly(assessed.possible, limit)
            for handed, rows in table.items():
                outcomes.setdefault(handed, []).append(every((possible, on.rows(rows))))
        reached = {handed: some(ways) for handed, ways in outcomes.items()}
        return PriorState(
            some(reached.values()),
            _ladder(reached.items(), lambda prior: prior.rating, self.worst),
            _ladder(reached.items(), lambda prior: prior.assessed, self.worst),
            _ladder(reached.items(), lambda prior: prior.pressure, chain.WORSE),
        )


class _On:
    """The table on one day."""

    def __init__(self, change: Change, assessed: Assessed) -> None:
        self._change = change
        self._found = assessed
        self._priors: dict[frozenset[Prior | None], Formula] = {}
        gate, sufficient = assessed.best.gate, assessed.day.sufficient
        self._cases: dict[tuple[int | None, bool], Formula] = {}
        for severity in (None, *range(change.worst + 1)):
            given = negation(sufficient) if severity is None else every((sufficient, is_exactly(assessed.best.rating, severity)))
            self._cases[(severity, True)] = every((given, gate))
            self._cases[(severity, False)] = every((given, negation(gate)))

    def rows(self, numbers: Numbers) -> Formula:
        """The day falls into one of these rows."""
        groups: dict[tuple[int | None, bool], set[Prior | None]] = {}
        for number in numbers:
            row = self._change.rows[number]
            groups.setdefault((row.assessed, row.gate), set()).add(row.prior)
        return some(every((self._cases[case], self._among(frozenset(groups[case])))) for case in self._cases if case in groups)

    def _among(self, priors: frozenset[Prior | None]) -> Formula:
        """One of the priors, said by whole ratings where it can be."""
        if priors not in self._priors:
            state = self._found.day.prior
            parts: list[Formula] = [negation(state.given)] if None in priors else []
            for rating in range(self._change.worst + 1):
                alike = [prior for prior in consistent(self._change.worst) if prior.rating == rating]
                wanted = [prior for prior in alike if prior in priors]
                if wanted == alike:
                    parts.append(every((state.given, is_exactly(state.rating, rating))))
                elif wanted:
                    parts.append(state.among(wanted))
            self._priors[priors] = some(parts)
        return self._priors[priors]


def _ladder(reached: Iterable[tuple[Prior, Formula]], of: Callable[[Prior], int], top: int) -> Ladder:
    found = list(reached)
    return (True, *(some(way for prior, way in found if of(prior) >= n) for n in range(1, top + 1)))
