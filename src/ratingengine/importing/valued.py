"""Rows that are country-years with values: an observation a column."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal

from attrs import define, evolve, field, frozen

from ratingengine.evidence.tables.form import Row
from ratingengine.importing.binding import Binding
from ratingengine.importing.cells import Refused, band_of, fitted, number_of, rescaled, word_of
from ratingengine.importing.columns import NOWHERE, BoundColumn
from ratingengine.importing.dating import Dating, Sink
from ratingengine.importing.outcome import Duplicate, Tally
from ratingengine.importing.placing import Placed, Span
from ratingengine.model.indicator import has_totals
from ratingengine.model.terms import NO_VALUE

MOST_REMEMBERED = 50_000
"""Different texts of one column whose meaning is kept; a measurement-model variable has some thousands."""


@frozen
class Value:
    """What a cell says in the indicator's terms; `rounded`: it had more decimals than are kept."""

    number: Decimal | None
    word: str | None
    rounded: bool


@frozen
class Said:
    """A column's value in a row, with its band."""

    column: BoundColumn
    value: Value
    low: Decimal | None = None
    high: Decimal | None = None
    note: str | None = None


def _between(said: Said) -> Said:
    """What a best estimate and its ends say together; in some rows of UCDP it lies beyond one, or the two are crossed."""
    best = said.value.number
    ends = [end for end in (said.low, said.high, best) if end is not None]
    if min(ends) == max(ends):
        return evolve(said, low=None, high=None)
    return evolve(said, value=evolve(said.value, number=None), low=min(ends), high=max(ends), note=f"best estimate {best:f}")


@define
class Valuer:
    """Takes rows one by one; the first row of a country-year with any value stands, and every later one with a value is told."""

    binding: Binding
    dating: Dating
    tally: Tally
    unit: str
    _first: dict[tuple[str, int], tuple[int, int]] = field(factory=dict, init=False)
    _read: dict[int, dict[str, Value | Refused]] = field(factory=dict, init=False)

    def see(self, countries: Sequence[str], span: Span, cells: Sequence[str]) -> None:
        """Nothing is said of country-years without a row."""

    def take(self, line: int, cells: Sequence[str], where: Placed, sink: Sink) -> None:
        """One row: its values for each of its countries and wanted years that no row before was of."""
        wanted, span = self.dating.release, where.span
        years = range(max(span[0], wanted.first), min(span[1] or span[0], wanted.last) + 1)
        meant = self.binding.meant(cells)
        if all(self._says_nothing(cells, column) for column in meant):
            # It says nothing, so it does not stand before another: Kosovo has a row among countries and one among territories.
            self.tally.missing += len(meant)
            self.tally.empty += 1
            return
        texts = hash(tuple(cells[column.at] for column in self.binding.columns))
        new = [(iso3, year) for iso3 in where.countries for year in years if self._is_new(iso3, year, line, texts)]
        if not new:
            self.tally.duplicates += 1
            return
        said = [one for column in meant if (one := self._say(line, cells, column)) is not None]
        for iso3, year in new:
            self._hand_on(said, iso3, year, line, cells, sink)
        self.tally.mapped += bool(said)
        self.tally.empty += not said

    def doubt(self, cells: Sequence[str] | None, countries: Collection[str], span: Span) -> None:
        """A row that is left out takes only its own values along."""

    def finish(self, sink: Sink) -> None:
        """Everything was handed on row by row, and no row says nothing."""

    def _says_nothing(self, cells: Sequence[str], column: BoundColumn) -> bool:
        return not column.column.blank_is_none and cells[column.at].strip() in self.binding.missing

    def _is_new(self, iso3: str, year: int, line: int, texts: int) -> bool:
        first, before = self._first.setdefault((iso3, year), (line, texts))
        if first != line:
            self.tally.duplicate_rows.append(Duplicate(line, first, iso3, year, before == texts))
        return first == line

    def _say(self, line: int, cells: Sequence[str], column: BoundColumn) -> Said | None:
        text = cells[column.at].strip()
        if text in self.binding.missing:
            if column.column.blank_is_none:
                self.tally.none += 1
                return Said(column, Value(None, NO_VALUE, rounded=False))
            self.tally.missing += 1
            return None
        value = self._value(text, column)
        try:
            if isinstance(value, Refused):
                raise value
            low, high = self._band(cells, column)
        except Refused as refused:
            self.tally.refused_values += 1
            self.tally.refuse(line, column.name, refused.text or text, str(refused))
            return None
        self.tally.rounded += value.rounded
        return _between(Said(column, value, low, high)) if column.between else Said(column, value, low, high)

    def _value(self, text: str, column: BoundColumn) -> Value | Refused:
        read = self._read.setdefault(id(column), {})
        if text not in read:
            if len(read) >= MOST_REMEMBERED:
                read.clear()
            try:
                read[text] = self._new_value(text, column)
            except Refused as refused:
                read[text] = refused
        return read[text]

    def _new_value(self, text: str, column: BoundColumn) -> Value:
        if column.indicator.words:
            return Value(None, word_of(text, column.words, column.indicator), rounded=False)
        number = rescaled(number_of(column.words.word(text), self.binding.decimal), column.column)
        kept = fitted(number, column.indicator)
        return Value(kept, None, rounded=kept != number)

    def _band(self, cells: Sequence[str], column: BoundColumn) -> tuple[Decimal | None, Decimal | None]:
        if column.low == NOWHERE:
            return None, None
        texts = [cells[at].strip() for at in (column.low, column.high)]
        if any(text in self.binding.missing for text in texts):
            return None, None
        low, high = (number_of(text, self.binding.decimal) for text in texts)
        return band_of(low, high, column.column, column.indicator)

    def _hand_on(self, said: Sequence[Said], iso3: str, year: int, line: int, cells: Sequence[str], sink: Sink) -> None:
        if not said:
            return
        self.tally.observations += len(said)
        self.tally.saw(iso3, year)
        # What is the same for all columns is made once: a file may have a thousand of them.
        first, last, reported = date(year, 1, 1), date(year, 12, 31), self.dating.reported(cells, year)
        edition, note = self.dating.edition(cells), self._note(year)
        source, place = self.binding.mapping.data.id, f"{self.unit} {line}, column "
        for one in said:
            sink(
                Row(
                    iso3=iso3,
                    year=year,
                    indicator=one.column.indicator.id,
                    value=one.value.number,
                    text=one.value.word,
                    low=one.low,
                    high=one.high,
                    begun=first,
                    ended=last,
                    reported=reported,
                    source=source,
                    locator=place + one.column.name,
                    event=None,
                    total="yes" if has_totals(one.column.indicator) else None,
                    edition=edition,
                    note="; ".join(filter(None, (one.note, note))) or None,
                )
            )

    def _note(self, year: int) -> str | None:
        """The method that the publisher followed in the year, where it is not the first one."""
        breaks = [entry.what for entry in self.binding.mapping.breaks if entry.first <= year]
        return breaks[-1] if breaks else None
