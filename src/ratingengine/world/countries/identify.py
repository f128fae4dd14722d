"""What data sets call a country: names, ISO3, and the numbers of COW, Gleditsch and Ward, and V-Dem, which change with the year.

`apart.csv` names the units that no row of the country table stands for: states that are gone (the Soviet Union, Yugoslavia). They
are never taken for a country, nor dropped unnamed.
`identifiers.csv` has each identifier with its country or unit and the years for which it holds (both empty: always).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pkgutil import get_data
from typing import Final

from attrs import frozen

from ratingengine.world.countries.folding import fold, fold_keys
from ratingengine.world.countries.resolve import by_name
from ratingengine.world.countries.shared_names import SHARED_NAMES
from ratingengine.world.countries.table import Country, by_code, by_iso3

SCHEMES: Final = ("name", "iso3", "cow", "gw", "vdem")
WHOLE: Final = re.compile(r"0*([0-9]+?)(\.0*)?")
TIMELESS: Final = ("name", "iso3")
"""Schemes in which a text means the same in all years."""


@frozen
class Apart:
    """A unit that is no country of the table; `kind` is historical, or what a mapping calls it."""

    code: str
    name: str
    kind: str

    def __str__(self) -> str:
        return f"{self.name} ({self.kind})"


@frozen
class _Span:
    """What an identifier means from one year to another; None: without end."""

    unit: Country | Apart
    first: int | None
    last: int | None

    def holds(self, year: int) -> bool:
        return (self.first is None or self.first <= year) and (self.last is None or year <= self.last)


def identified(scheme: str, text: str, year: int) -> Country | Apart | None:
    """Whom a text means in that year under one of SCHEMES; None where it is nobody's, or a name that several share."""
    written = text.strip()
    if scheme == "name":
        return _named(written)
    if scheme == "iso3":
        return by_iso3(written)
    whole = WHOLE.fullmatch(written)  # a column of numbers with gaps is often written as decimals
    spans = _identifiers().get((scheme, whole.group(1) if whole else written), ())
    return next((span.unit for span in spans if span.holds(year)), None)


def number_in(scheme: str, country: Country, year: int) -> int | None:
    """The number that COW (`cow`) or Gleditsch and Ward (`gw`) give a country in that year; None where they give none."""
    return next((number for number, span in _numbers().get((scheme, country.iso3), ()) if span.holds(year)), None)


def all_apart() -> tuple[Apart, ...]:
    """The units that are no country, by code."""
    return tuple(dict.fromkeys(_apart().values()))


def _named(text: str) -> Country | Apart | None:
    key = fold(text)
    if key in SHARED_NAMES:
        return None
    return _apart().get(key) or by_code(text) or by_name(key)


def _rows(name: str) -> Iterator[list[str]]:
    content = get_data("ratingengine.world.countries", name)
    if content is None:
        msg = f"{name} is missing from the installed package"
        raise FileNotFoundError(msg)
    _heading, *rows = csv.reader(content.decode("utf-8").splitlines())
    return iter(rows)


@cache
def _apart() -> Mapping[str, Apart]:
    """Units by folded name."""
    named = [
        (name, Apart(code, shown, kind))
        for code, shown, kind, aliases in _rows("apart.csv")
        for name in (shown, *aliases.split("|"))
        if name
    ]
    return dict(zip(fold_keys(name for name, _ in named), (unit for _, unit in named), strict=True))


@cache
def _identifiers() -> Mapping[tuple[str, str], tuple[_Span, ...]]:
    units = {unit.code: unit for unit in all_apart()}
    found: dict[tuple[str, str], list[_Span]] = {}
    for scheme, text, code, first, last in _rows("identifiers.csv"):
        unit = by_iso3(code) or units[code]
        found.setdefault((scheme, text), []).append(_Span(unit, int(first) if first else None, int(last) if last else None))
    return {key: tuple(spans) for key, spans in found.items()}


@cache
def _numbers() -> Mapping[tuple[str, str], tuple[tuple[int, _Span], ...]]:
    """The numbers of each country under each scheme."""
    found: dict[tuple[str, str], list[tuple[int, _Span]]] = {}
    for (scheme, text), spans in _identifiers().items():
        for span in spans:
            if text.isdigit() and isinstance(span.unit, Country):
                found.setdefault((scheme, span.unit.iso3), []).append((int(text), span))
    return {key: tuple(numbers) for key, numbers in found.items()}
