"""Rows of a table of observations as observations, and what is wrong with them, whichever country they are of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from attrs import define, field

from ratingengine.errors import Place, Problem
from ratingengine.evidence.tables.form import DAY, NUMBER, TOTAL
from ratingengine.evidence.tables.others import of_others
from ratingengine.files.nodes import near
from ratingengine.model.evidence import Citation, Claim, Observation
from ratingengine.model.indicator import Codebook, Indicator, has_totals, is_derived
from ratingengine.model.terms import NO_VALUE, NotInTerms, scaled
from ratingengine.model.window import FIRST_YEAR, LAST_YEAR
from ratingengine.world.countries import by_iso3

REMEDY = "write the table anew with rate import"


class Wrong(Exception):
    """What is wrong with a row."""

    def __init__(self, code: str, message: str, hint: str = REMEDY) -> None:
        self.code, self.message, self.hint = code, message, hint
        super().__init__(message)


@define
class RowReader:
    """Turns rows into observations and keeps what is wrong with them."""

    name: str
    codebook: Codebook
    columns: Sequence[str]
    problems: list[Problem] = field(factory=list)
    said: list[str] = field(factory=list)
    seen: dict[tuple[Any, ...], int] = field(factory=dict)
    sound: set[tuple[Any, ...]] = field(factory=set)
    left_out: Counter[str] = field(factory=Counter)
    known: dict[str, bool | None] = field(factory=dict)

    def observation(self, line: int, row: Mapping[str, Any], iso3: str) -> Observation | None:
        """The observation of a row where it is of the country; None for others, and after keeping a row's problem."""
        own = row["iso3"] == iso3
        if own:
            self.said.append("\0".join(plain(row.get(name)) for name in self.columns))
        place = Place(self.name, line, 1)
        try:
            indicator = self._indicator(str(row["indicator"]))
            if indicator is None:
                self.left_out.update([str(row["indicator"])] if own else [])
                return None
            if _says_none(row) and not indicator.may_be_none and NO_VALUE not in indicator.words:
                return None  # these rules do not ask whether there was a value
            total = self._total(row) and has_totals(indicator)
            self._once(row, line, own=own)
            if not own:
                self._look_at(row, indicator)
                return None
            _check_keys(row)
            return _observation(row, indicator, place, total=total)
        except Wrong as wrong:
            self.problems.append(Problem(wrong.code, wrong.message, place, hint=wrong.hint))
        except NotInTerms as wrong:
            self.problems.append(Problem("I303", wrong.reason, place, hint=wrong.remedy))
        return None

    def _once(self, row: Mapping[str, Any], line: int, *, own: bool) -> None:
        """Raises Wrong for a second row of an observation; those of the country are compared with other files too, elsewhere."""
        key = tuple(row.get(name) for name in ("source", "iso3", "year", "indicator", "event"))
        first = self.seen.setdefault(key, line)
        if first != line and not own:
            name = "-".join(plain(part) for part in key if part is not None)
            raise Wrong("I301", f"record id '{name}' stands twice", f"first in line {first}; keep the row that is meant")

    def _look_at(self, row: Mapping[str, Any], indicator: Indicator) -> None:
        """Raises as `_observation` would, of which nothing is wanted; what was sound once is sound again."""
        keys, cells = (row["iso3"], row["year"]), tuple(row.get(name) for name in ("indicator", "value", "text", "low", "high"))
        if keys not in self.sound:
            _check_keys(row)
            self.sound.add(keys)
        _days(row)
        if cells not in self.sound:
            _claim(row, indicator)
            self.sound.add(cells)

    def _total(self, row: Mapping[str, Any]) -> bool:
        """Whether a row speaks of all that there was in its period."""
        event, said = plain(row.get("event")), plain(row.get(TOTAL)) if TOTAL in self.columns else ""
        if said not in ("yes", "no", ""):
            raise Wrong("F117", f"total is neither yes nor no: '{said}'", "write yes, no or nothing")
        if said == "yes" and event:
            raise Wrong("I326", "total: yes stands beside an event", "leave one of the two empty")
        return said == "yes" or (TOTAL not in self.columns and not event)

    def _indicator(self, name: str) -> Indicator | None:
        """None where other methods read it."""
        if name not in self.known:
            self.known[name] = None if of_others((name,), self.codebook) else name in self.codebook
        if self.known[name] is None:
            return None
        if not self.known[name]:
            hint = near(name, [entry.id for entry in self.codebook]) or REMEDY
            raise Wrong("I302", f"no such indicator in the codebook: '{name}'", hint)
        if is_derived(self.codebook[name]):
            raise Wrong("I302", f"a derived indicator is not coded: '{name}'", "give the count; the rest is computed")
        return self.codebook[name]


def _check_keys(row: Mapping[str, Any]) -> None:
    """Raises Wrong for a country or a year that there is not."""
    code, year = plain(row["iso3"]), plain(row["year"])
    if by_iso3(code) is None:
        meant = f"did you mean {code.upper()}?" if by_iso3(code.upper()) else "write its three-letter code, for example KAZ"
        raise Wrong("I313", f"no country has the ISO3 code '{code}'", meant)
    if not (re.fullmatch("[0-9]{4}", year) and FIRST_YEAR <= int(year) <= LAST_YEAR):
        raise Wrong("F116", f"not a year: '{year}'", f"write four digits, {FIRST_YEAR} to {LAST_YEAR}")


def _observation(row: Mapping[str, Any], indicator: Indicator, place: Place, *, total: bool) -> Observation:
    begun, ended, reported = _days(row)
    source, event = plain(row["source"]), plain(row.get("event"))
    parts = (source, row["iso3"], str(row["year"]), indicator.id, *([event] if event else []))
    return Observation(
        id="-".join(parts),
        country=row["iso3"],
        indicator=indicator.id,
        claim=_claim(row, indicator),
        begun=begun,
        begun_by=False,
        ended=ended,
        event=event,
        reported=(reported, reported),
        sources=(Citation(source, plain(row["locator"]), place),),
        coder="import",
        confidence="high",
        note="; ".join(filter(None, (plain(row.get("edition")), _band(row), plain(row.get("note"))))),
        place=place,
        total=total,
    )


def _days(row: Mapping[str, Any]) -> tuple[date, date, date]:
    """Begin, end and report. Raises Wrong where one is no day, or they are in another order."""
    begun, ended, reported = (_day(row[key]) for key in ("from", "to", "reported"))
    if begun is None or ended is None or reported is None:
        raise Wrong("F115", "from, to or reported is not a date")
    if ended < begun or reported < begun:
        raise Wrong("I304", f"ends {ended} or is reported {reported}, before it began {begun}")
    return begun, ended, reported


def plain(cell: Any) -> str:
    """A cell as text; numbers without trailing zeros, and nothing for none."""
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}" if cell else "0"
    return "" if cell is None else str(cell)


def _day(cell: Any) -> date | None:
    if isinstance(cell, str):
        return _written_day(cell)
    return cell if isinstance(cell, date) and FIRST_YEAR <= cell.year <= LAST_YEAR else None


@lru_cache(maxsize=4096)
def _written_day(text: str) -> date | None:
    """A day as a table has it: the same few stand in most rows."""
    try:
        return _day(date.fromisoformat(text)) if re.fullmatch(DAY, text) else None
    except ValueError:
        return None


def _claim(row: Mapping[str, Any], indicator: Indicator) -> Claim:
    """The point where there is one; else the band, or the one end of it that is known."""
    for key in ("value", "low", "high"):
        _check_number(row.get(key))
        if indicator.words and key != "value" and row.get(key) is not None:
            raise NotInTerms(f"{indicator.id} has words, not numbers: {key} is '{plain(row[key])}'", "write the word in text")
    low, high = (None if row.get(key) is None else _scaled(row[key], indicator) for key in ("low", "high"))
    if low is not None and high is not None and low > high:
        raise NotInTerms("low is above high", REMEDY)
    said = row.get("text") if indicator.words else row["value"]
    if indicator.may_be_none and _says_none(row):
        return Claim("value", None, None, NO_VALUE)
    if said is not None:
        number = _scaled(said, indicator)
        return Claim("value", number, number, indicator.number(number))
    if low is None and high is None:
        raise NotInTerms("a row without value, text, low or high", REMEDY)
    form = "between" if low is not None and high is not None else "at_most" if low is None else "at_least"
    return Claim(form, low, high, " to ".join(indicator.number(end) for end in (low, high) if end is not None))


def _says_none(row: Mapping[str, Any]) -> bool:
    """Whether a row says that its source gives no value."""
    return row.get("text") == NO_VALUE and all(row.get(name) is None for name in ("value", "low", "high"))


def _check_number(cell: Any) -> None:
    if isinstance(cell, str) and not re.fullmatch(NUMBER, cell):
        raise NotInTerms(f"not a number: '{cell}'", "write digits, for example 12 or 0.50")


def _scaled(cell: Any, indicator: Indicator) -> int:
    if indicator.words:
        return _in_terms(str(cell), indicator)
    return _in_terms(plain(Decimal(cell)), indicator)


def _in_terms(text: str, indicator: Indicator) -> int:
    try:
        return scaled(indicator, text)
    except NotInTerms as wrong:
        raise NotInTerms(f"{wrong.reason}: '{text}'", wrong.remedy) from None


def _band(row: Mapping[str, Any]) -> str:
    """The band beside a point, in words."""
    low, high = plain(row.get("low")), plain(row.get("high"))
    return f"from {low} to {high}" if low and high and row.get("value") is not None else ""
