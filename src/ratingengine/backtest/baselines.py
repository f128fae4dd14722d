"""What any method has to beat: last year's rating, the first year's rating held, cut points on one index; on the same pairs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from ratingengine.backtest.agreement import DRAWS, SEED, Interval, Tally, advantage, tally
from ratingengine.backtest.pairs import Pair
from ratingengine.backtest.published import Published

Key = tuple[str, int]
LAST_YEAR, FIRST_YEAR = "as last year", "first year held"


@frozen
class Baseline:
    """A baseline on the pairs that both it and we answer, ours on the same pairs, and by how much ours is ahead."""

    name: str
    tally: Tally
    ours: Tally
    exact_ahead: Interval | None
    kappa_ahead: Interval | None


def as_last_year(rows: Sequence[Published]) -> Mapping[Key, int]:
    """The published rating of the year before, where there is one."""
    severities = {(row.iso3, row.year): row.severity for row in rows}
    return {(iso3, year): severities[iso3, year - 1] for iso3, year in severities if (iso3, year - 1) in severities}


def first_years(rows: Sequence[Published]) -> Mapping[str, tuple[int, int]]:
    """The first published year of each country with its severity."""
    found: dict[str, tuple[int, int]] = {}
    for row in sorted(rows):
        found.setdefault(row.iso3, (row.year, row.severity))
    return found


def first_year_held(rows: Sequence[Published]) -> Mapping[Key, int]:
    """The rating of a country's first published year, in all later years."""
    first = first_years(rows)
    return {(row.iso3, row.year): first[row.iso3][1] for row in rows if row.year > first[row.iso3][0]}


def compared(name: str, predictions: Mapping[Key, int], pairs: Sequence[Pair], draws: int = DRAWS, seed: int = SEED) -> Baseline:
    """A baseline's predictions against the published ratings, beside ours."""
    theirs: dict[str, list[tuple[int, int]]] = {}
    ours: dict[str, list[tuple[int, int]]] = {}
    for pair in pairs:
        if pair.ours is not None and pair.key in predictions:
            truth = pair.published.severity
            theirs.setdefault(pair.published.iso3, []).append((truth, predictions[pair.key]))
            ours.setdefault(pair.published.iso3, []).append((truth, pair.ours))
    ahead = advantage(ours, theirs, draws, seed)
    return Baseline(name, _whole(theirs), _whole(ours), *ahead)


def _whole(by_country: Mapping[str, Sequence[tuple[int, int]]]) -> Tally:
    return tally(pair for pairs in by_country.values() for pair in pairs)
