"""What must hold between the parts of a mapping, and between it, the codebook and the country table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from ratingengine.evidence.records.reader import known_indicator
from ratingengine.evidence.tables.others import shipped_indicators
from ratingengine.files.collect import Collector, Fields, Located
from ratingengine.importing.cells import number_or_none
from ratingengine.importing.mapping import Column
from ratingengine.model.indicator import Codebook, Indicator
from ratingengine.model.terms import NotInTerms, scaled
from ratingengine.world.countries import by_iso3

FOR_COUNTS = ("weight", "at_least", "covers")
FOR_VALUES = ("bands", "order", "one_a_year")


def known(columns: Iterable[Column], codebook: Codebook) -> tuple[Column, ...]:
    """The columns whose indicator the codebook has."""
    return tuple(column for column in columns if column.indicator in codebook)


def covered_day(text: str, *, last: bool) -> date | None:
    """The first or last day that a year or day of `covers` means; None where there is none, or the calendar lacks it."""
    try:
        return date.fromisoformat(text if "-" in text else f"{text}-12-31" if last else f"{text}-01-01")
    except ValueError:
        return None


def check_mapping(fields: Fields, codebook: Codebook, collector: Collector, *, strict: bool) -> None:
    """Records every problem that the shape of the file cannot show.

    `strict`: so is an indicator that the codebook lacks, and every other that comes with the program.
    """
    entries: list[Fields] = [entry.value for entry in fields.get("indicators", ())]
    _check_time(fields.get("time"), collector)
    _check_source(fields.get("source"), collector)
    _check_covers(fields.get("covers"), collector)
    _check_units(fields.get("units", ()), collector)
    _check_kinds(fields, entries, collector)
    seen: dict[object, Fields] = {}
    for entry in entries:
        if "indicator" in entry:
            _check_twice(entry, seen, collector)
            named = entry.at("indicator")
            asked = named.value in codebook or (strict and named.value not in shipped_indicators())
            indicator = known_indicator(named, codebook, collector, "map the count") if asked else None
            if indicator is not None:
                _check_entry(entry, indicator, collector)


def _check_time(time: Fields | None, collector: Collector) -> None:
    if time is None:
        return
    if not {"year", "from"} & set(time.keys):
        collector.add("F114", "the time has neither year nor from", time.place, "write year: or from: with names of columns")
    for key, other in (("shift", "year"), ("to", "from"), ("forms", "from"), ("open", "to")):
        if key in time.keys and other not in time.keys:
            collector.add("I323", f"{key} without {other}", time.keys[key], f"write {other}: too, or leave {key}: out")


def _check_source(source: Fields | None, collector: Collector) -> None:
    first, last = (None, None) if source is None else source.get("issued", (None, None))
    if source is not None and first is not None and last is not None and first > last:
        collector.add("I304", "issued: the later date stands first", source.place_of("issued"), "write [earliest, latest]")


def _check_covers(covers: Fields | None, collector: Collector) -> None:
    if covers is None:
        return
    days: list[date] = []
    for key in [key for key in ("from", "to") if key in covers]:
        day = covered_day(covers.get(key), last=key == "to")
        if day is None:
            collector.add_at("F115", "not a day", covers.at(key), "write a year, or a day as 2018-06-30")
        else:
            days.append(day)
    if days != sorted(days):
        collector.add("I304", "covers: to is before from", covers.place_of("to"), "write the later one at to:")


def _check_units(units: Iterable[Located[Fields]], collector: Collector) -> None:
    for unit in units:
        codes = [unit.value.at("is")] if "is" in unit.value else []
        for code in (*codes, *unit.value.get("of", ())):
            if by_iso3(code.value) is None:
                hint = "write its three-letter code, or apart: with a name"
                collector.add_at("I313", "no such country", code, hint)
        if "of" in unit.value.keys and "apart" not in unit.value.keys:
            collector.add("I323", "of without apart", unit.value.keys["of"], "write apart: with a name, or leave of: out")
    always = [unit.value for unit in units if not {"from", "to"} & set(unit.value.keys)]
    _check_written(always, "unit", collector)


def _check_written(entries: Iterable[Fields], what: str, collector: Collector) -> None:
    seen: dict[str | Decimal, Fields] = {}
    for entry in entries:
        text = entry.get("written")
        if text is None:
            continue
        number = number_or_none(text, ".")
        key = text if number is None else number
        if seen.setdefault(key, entry) is not entry:
            hint = f"first at line {seen[key].place.line}; keep one"
            collector.add_at("I324", f"the text of a {what} stands twice", entry.at("written"), hint)


def _check_kinds(fields: Fields, entries: list[Fields], collector: Collector) -> None:
    counting = [entry for entry in entries if {"rows", "sum"} & set(entry.keys) and "columns" not in entry.keys]
    valued = [entry for entry in entries if "columns" in entry.keys and not {"rows", "sum"} & set(entry.keys)]
    if counting and valued:
        hint = "make two mappings: a row is either a country-year with values, or something that is counted"
        collector.add("I323", "values of rows beside rows that are counted", valued[0].keys["columns"], hint)
    for key in FOR_COUNTS:
        if key in fields.keys and not counting:
            collector.add("I323", f"{key} is for rows that are counted", fields.keys[key], "leave it out")
    for key in FOR_VALUES:
        if key in fields.keys and not valued:
            collector.add("I323", f"{key} is for values of rows", fields.keys[key], "leave it out")
    order: Fields | None = fields.get("order")
    if order is not None and "indicator" in order and order.get("indicator") not in {one.get("indicator") for one in entries}:
        collector.add_at("I302", "no such indicator in the mapping", order.at("indicator"), "name one of those that are mapped")


def _check_twice(entry: Fields, seen: dict[object, Fields], collector: Collector) -> None:
    """An indicator may stand twice where its columns have other names or its rows pass other tests."""
    columns = tuple(text.value for key in ("columns", "sum") for text in entry.get(key, ()))
    tests = tuple(
        (tuple(text.value for text in test.value.get(key, ())))
        for test in entry.get("where", ())
        for key in ("columns", "is", "begins")
    )
    for column in columns or ("",):
        key = (entry.get("indicator"), column, tests)
        if seen.setdefault(key, entry) is not entry:
            hint = f"first at line {seen[key].place.line}; keep one, or name other columns"
            collector.add_at("I324", "an indicator is mapped twice from the same rows", entry.at("indicator"), hint)
            return


def _check_entry(entry: Fields, indicator: Indicator, collector: Collector) -> None:
    counted = {"rows", "sum"} & set(entry.keys)
    if counted and "columns" in entry.keys:
        return  # one of them too many, which is told already
    if counted and indicator.type != "count":
        message = f"rows are counted, and {indicator.id} is of type {indicator.type}"
        collector.add_at("I323", message, entry.at("indicator"), "name an indicator of type count, or columns:")
    for key in ("times", "plus"):
        if key in entry.keys and (indicator.words or counted):
            reason = "has words" if indicator.words else "is counted"
            collector.add("I323", f"{key} has no use: {indicator.id} {reason}", entry.keys[key], "leave it out")
    for key, other in (("low", "high"), ("high", "low")):
        if key in entry.keys and (counted or indicator.words or other not in entry.keys):
            collector.add(
                "I323", f"{key} is for a number with both its ends", entry.keys[key], f"write {other}: too, or leave it out"
            )
    if "blank" in entry.keys and counted:
        collector.add("I323", f"blank has no use: {indicator.id} is counted", entry.keys["blank"], "leave it out")
    if "words" in entry.keys and counted:
        collector.add("I323", f"words have no use: {indicator.id} is counted", entry.keys["words"], "leave them out")
        return
    words: tuple[Located[Fields], ...] = entry.get("words", ())
    _check_written([word.value for word in words], "word", collector)
    for word in words:
        if "value" in word.value:
            try:
                scaled(indicator, word.value.get("value"))
            except NotInTerms as wrong:
                collector.add_at("I303", wrong.reason, word.value.at("value"), wrong.remedy)
