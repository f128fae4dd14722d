"""Our answers against published ratings: every figure of `rate backtest`, from pairs alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from ratingengine.backtest.agreement import DRAWS, SEED, Agreement, agreement, confusion
from ratingengine.backtest.baselines import FIRST_YEAR, LAST_YEAR, Baseline, as_last_year, compared, first_year_held, first_years
from ratingengine.backtest.changes import Changes, changes
from ratingengine.backtest.cuts import predicted
from ratingengine.backtest.given import Given, Key
from ratingengine.backtest.pairs import (
    RATING,
    SIDES,
    Calibration,
    Group,
    Pair,
    answered,
    calibrated,
    continent_of,
    grouped,
    paired,
    profile_of,
    published_status,
    region_of,
    year_of,
)
from ratingengine.backtest.published import Published


@frozen
class Asked:
    """How the comparison is made.

    `chained`: the first published year of each country is given, and not judged. `side` of our answers is compared; intervals
    come from so many `draws` of countries with this `seed`.
    """

    chained: bool = False
    side: str = RATING
    draws: int = DRAWS
    seed: int = SEED


@frozen
class Index:
    """An index of country-years that cut points are fitted to, on all published ratings there are (`examples`)."""

    name: str
    values: Mapping[Key, Fraction]
    examples: Mapping[Key, int]


@frozen
class Backtest:
    """All figures. `sides` holds the agreement of rating and assessed, whichever of them the other figures are about."""

    asked: Asked
    words: tuple[str, ...]
    pairs: tuple[Pair, ...]
    sides: Mapping[str, Agreement]
    confusion: tuple[tuple[int, ...], ...]
    groups: Mapping[str, tuple[Group, ...]]
    calibration: tuple[Calibration, ...]
    changes: Changes
    baselines: tuple[Baseline, ...]

    @property
    def mismatches(self) -> tuple[Pair, ...]:
        """The pairs in which our rating is another one, by country and year."""
        return tuple(pair for pair in self.pairs if pair.ours is not None and not pair.exact)

    @property
    def unanswered(self) -> tuple[Pair, ...]:
        """The pairs for which we give no rating, by country and year."""
        return tuple(pair for pair in self.pairs if pair.ours is None)


GROUPS = {
    "years": year_of,
    "regions": continent_of,
    "sub_regions": region_of,
    "published_status": published_status,
    "profiles": profile_of,
}


def judged(rows: Sequence[Published], chained: bool) -> tuple[Published, ...]:
    """The published ratings that answers are held against: all, or where they start from the first, the later ones."""
    first = first_years(rows) if chained else {}
    return tuple(row for row in sorted(rows) if not chained or row.year > first[row.iso3][0])


def backtest(
    rows: Sequence[Published],
    answers: Mapping[Key, Given],
    words: Sequence[str],
    asked: Asked,
    indices: Sequence[Index] = (),
) -> Backtest:
    """Hold the answers against the published ratings; a published rating without an answer counts as one we do not give."""
    worst = len(words) - 1
    of_side = {side: paired(judged(rows, asked.chained), answers, side, worst) for side in SIDES}
    pairs = of_side[asked.side]
    return Backtest(
        asked=asked,
        words=tuple(words),
        pairs=pairs,
        sides={side: agreement(answered(found), asked.draws, asked.seed) for side, found in of_side.items()},
        confusion=confusion((pair for some in answered(pairs).values() for pair in some), len(words)),
        groups={name: grouped(pairs, of) for name, of in GROUPS.items()},
        calibration=calibrated(pairs),
        changes=changes(_published(rows), _ours(rows, pairs, asked)),
        baselines=_baselines(rows, pairs, len(words), asked, indices),
    )


def _published(rows: Sequence[Published]) -> dict[str, dict[int, int]]:
    found: dict[str, dict[int, int]] = {}
    for row in rows:
        found.setdefault(row.iso3, {})[row.year] = row.severity
    return found


def _ours(rows: Sequence[Published], pairs: Sequence[Pair], asked: Asked) -> dict[str, dict[int, int]]:
    """Our severities by country and year; a chain starts from the published one."""
    found: dict[str, dict[int, int]] = {}
    if asked.chained:
        found = {iso3: {year: severity} for iso3, (year, severity) in first_years(rows).items()}
    for pair in pairs:
        if pair.ours is not None:
            found.setdefault(pair.published.iso3, {})[pair.published.year] = pair.ours
    return found


def _baselines(
    rows: Sequence[Published], pairs: Sequence[Pair], size: int, asked: Asked, indices: Sequence[Index]
) -> tuple[Baseline, ...]:
    predictions = {LAST_YEAR: as_last_year(rows), FIRST_YEAR: first_year_held(rows)}
    predictions |= {index.name: predicted(index.values, index.examples, size) for index in indices}
    return tuple(compared(name, found, pairs, asked.draws, asked.seed) for name, found in predictions.items())
