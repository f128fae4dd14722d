"""What the words of a command line mean: days, years, countries, formats."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ratingengine.countries import Country, resolve
from ratingengine.model.window import last_day
from ratingengine.rating import ENGINES, Loaded, load

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FIRST_YEAR, LAST_YEAR = 1900, 2200
FORMATS = ("text", "json", "md")


class Usage(Exception):
    """The command line asks for something that has no meaning; exit code 2."""


def asked_day(text: str, option: str) -> date:
    """A day written YYYY-MM-DD."""
    try:
        day = date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Usage(f"{option} is not a date: '{text}'; write for example {option} 2022-03-15")
    return day


def asked_year(year: int, option: str = "--year") -> int:
    """A year within the calendar that records use."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Usage(f"{option} {year} is outside {FIRST_YEAR} to {LAST_YEAR}")
    return year


def as_of_day(year: int | None, on: str | None) -> date:
    """31 December of the year, or the day; exactly one of them is given."""
    if (year is None) == (on is None):
        raise Usage("give --year YEAR (the state on 31 December) or --on DATE, one of them")
    return asked_day(on, "--on") if on is not None else last_day(asked_year(year or 0))


def asked_country(words: Sequence[str]) -> Country:
    """The country that the words name together; raises NotFound with hints."""
    return resolve(" ".join(words))


def choice(text: str, words: Sequence[str], option: str) -> str:
    """One of the words of an option."""
    if text not in words:
        raise Usage(f"{option} {text}: write one of {', '.join(words)}")
    return text


def asked_load(rules: str | None, records: Sequence[str], engine: str = "both") -> Loaded:
    """Method and records as asked for."""
    return load(rules, [Path(path) for path in records], choice(engine, ENGINES, "--engine"))


def write(text: str) -> None:
    """The answer, to stdout as UTF-8 whatever the terminal's encoding is."""
    stream = sys.stdout
    if (stream.encoding or "").lower().replace("-", "") != "utf8" and hasattr(stream, "buffer"):
        stream.flush()
        stream.buffer.write(text.encode())
        return
    stream.write(text)
