"""Changes of the published rating from year to year, for every country of records or of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import evolve, frozen

from ratingengine.compare.standing import Standing
from ratingengine.model.assessment import Assessment
from ratingengine.world.countries import Country

MOVES = ("downgrade", "upgrade")
HOLD = "hold"


@frozen
class Change:
    """The rating of a year against that of the year before.

    `pressure` is where the evidence would still move it. `deciding` are the rules that set the assessed rating, `gates` those
    that opened the way up; both are empty where a table does not tell. `override` is a judgement that governs the day.
    `possible_before`: whether the evidence of the year before did not exclude a rating as bad, or, of an upgrade, as good; None
    where that is not told.
    """

    country: Country
    year: int
    change: str | None
    previous: str | None
    rating: str | None
    assessed: str | None
    pressure: str | None
    status: str | None
    deciding: tuple[str, ...] = ()
    gates: tuple[str, ...] = ()
    override: str | None = None
    by_rules: str | None = None
    possible_before: bool | None = None

    @property
    def judged(self) -> bool:
        """Whether a judgement departs from what the rules publish."""
        return self.override is not None and self.rating != self.by_rules

    @property
    def moves(self) -> bool:
        """Whether the rating moves, or is set by a judgement against the rules."""
        return self.change in MOVES or self.judged


def change_of(answer: Assessment, country: Country) -> Change:
    """What an answer says of the change in its year."""
    chosen = answer.chosen
    return Change(
        country=country,
        year=answer.as_of.year,
        change=answer.change,
        previous=answer.previous,
        rating=answer.rating,
        assessed=chosen.assessed,
        pressure=answer.pressure,
        status=chosen.status,
        deciding=chosen.deciding,
        gates=tuple(step.rule for step in chosen.steps if step.target.kind == "upgrade_gate"),
        override=None if answer.override is None else answer.override.id,
        by_rules=answer.by_rules,
    )


def changes_from(answers: Iterable[Assessment], country: Country, first: int, words: Sequence[str]) -> Iterator[Change]:
    """The changes of the years from `first` on among the answers of years that follow each other."""
    before: Assessment | None = None
    for answer in answers:
        if answer.as_of.year >= first:
            change = change_of(answer, country)
            # The rating of the year before is that of the same profile, whichever carried it then.
            possible = (None,) if before is None else before.profiles[answer.profile].possible
            yield evolve(change, possible_before=_possible(change.change, change.rating, (possible[0], possible[-1]), words))
        before = answer


def changes_in(rows: Iterable[Standing], words: Sequence[str]) -> Iterator[Change]:
    """The changes between rows of consecutive years of a table. A missing year leaves a gap.

    Where a row names the rating of the year before, that is what it is held against.
    """
    severity = {word: number for number, word in enumerate(words)}
    by_year: Mapping[tuple[str, int], Standing] = {(row.country.iso3, row.as_of.year): row for row in rows}
    for (iso3, year), row in by_year.items():
        before = by_year.get((iso3, year - 1))
        previous = row.previous or (None if before is None else before.rating)
        pressure = _direction(row.rating, row.assessed, severity)
        change = _change(previous, row.rating, pressure, severity)
        deciding, gates = ((), ()) if row.grounds is None else (row.grounds.deciding, row.grounds.gates)
        told = (change, previous, row.rating, row.assessed, pressure, row.status, deciding, gates)
        ends: tuple[str | None, str | None] = (None, None)
        if before is not None and before.profile == row.profile:  # else it tells what another profile held possible
            ends = (before.assessed, before.possible_worst)
        possible = _possible(change, row.rating, ends, words)
        yield Change(row.country, year, *told, by_rules=row.rating, possible_before=possible)


def _possible(change: str | None, rating: str | None, ends: tuple[str | None, str | None], words: Sequence[str]) -> bool | None:
    """Whether a rating as bad (or, of an upgrade, as good) was possible the year before, which had these ends: best and worst.

    None where it is no change, or the end is not told.
    """
    best, worst = ends
    if rating is not None and change == "downgrade" and worst is not None:
        return words.index(rating) <= words.index(worst)
    if rating is not None and change == "upgrade" and best is not None:
        return words.index(rating) >= words.index(best)
    return None


def _change(previous: str | None, rating: str | None, pressure: str | None, severity: Mapping[str, int]) -> str | None:
    moved = _direction(previous, rating, severity)
    if previous is None or rating is None:
        return None
    if moved is None:
        return HOLD if pressure == "better" else "unchanged"
    return "downgrade" if moved == "worse" else "upgrade"


def _direction(one: str | None, other: str | None, severity: Mapping[str, int]) -> str | None:
    """Whether the other is better or worse; None where they are equal or one is not given."""
    if one is None or other is None or one == other:
        return None
    return "worse" if severity[other] > severity[one] else "better"
