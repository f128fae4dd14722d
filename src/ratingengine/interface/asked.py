"""What the words of a command line mean: days, years, countries, formats."""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from ratingengine.engine.rating import ENGINES, Loaded, countries_on_record, load
from ratingengine.engine.years import last_year
from ratingengine.errors import NotFound
from ratingengine.errors.visible import visible
from ratingengine.files.shipped import shipped
from ratingengine.interface.terminal import coloured, escaped
from ratingengine.model.window import FIRST_YEAR, LAST_YEAR, last_day
from ratingengine.world.countries import Country, resolve

if TYPE_CHECKING:
    from ratingengine.model.rule import Rule, RuleSet

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
YEARS = re.compile(r"([0-9]{4})(?:(?:-|–|\.\.)([0-9]{4}))?")
FORMATS = ("text", "json", "md")
LISTS = (*FORMATS, "csv")
"""The forms of an answer that is a list."""
SHIPPED = "shipped"


class Usage(ValueError):
    """What is asked for has no meaning; exit code 2 of the command line."""


def asked_day(text: str, option: str, example: str = "") -> date:
    """A day written YYYY-MM-DD."""
    try:
        day = date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Usage(f"{option} is not a date: '{text}'; write for example {example or f'{option} 2022-03-15'}")
    return day


def asked_days(text: str, option: str) -> tuple[date, date]:
    """The first and last day of `FROM..TO`, each a year or a day, or of one of them alone."""
    first, dots, last = text.partition("..")
    begin, end = _day_of(first, option, last=False), _day_of(last if dots else first, option, last=True)
    if begin > end:
        raise Usage(f"{option} {text}: the later day stands first")
    return begin, end


def _day_of(text: str, option: str, *, last: bool) -> date:
    whole = text.strip()
    if re.fullmatch(r"[0-9]{4}", whole):
        whole += "-12-31" if last else "-01-01"
    return asked_day(whole, option, f"{option} 2016..2024 or {option} 2016-01-01..2025-06-30")


def asked_known(known_at: str | None) -> date | None:
    """The day that --known-at names, if it does."""
    return None if known_at is None else asked_day(known_at, "--known-at")


def asked_year(year: int, option: str = "--year") -> int:
    """A year within the calendar that records use."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Usage(f"{option} {year} is outside {FIRST_YEAR} to {LAST_YEAR}")
    return year


def asked_span(first: int | None, last: int | None) -> None:
    """Two years, either of which may be left open, within the calendar and in their order."""
    for year, option in ((first, "--from"), (last, "--to")):
        if year is not None:
            asked_year(year, option)
    if first is not None and last is not None and first > last:
        raise Usage(f"--from {first} is after --to {last}")


def as_of_day(year: int | None, on: str | None) -> date:
    """31 December of the year, or the day; exactly one of them is given."""
    if (year is None) == (on is None):
        raise Usage("give --year YEAR (the state on 31 December) or --on DATE, one of them")
    return asked_day(on, "--on") if on is not None else last_day(asked_year(year or 0))


@frozen
class CountryDay:
    """A country and the day asked about; `day` None: the end of the last year that its evidence speaks of."""

    country: Country
    day: date | None

    def day_in(self, loaded: Loaded) -> date:
        """The day, for this evidence; raises NotFound where there is neither a day nor evidence."""
        if self.day is not None:
            return self.day
        year = last_year(loaded, self.country)
        if year is None:
            raise NotFound(
                f"nothing on record is about {self.country}, so there is no last year to rate; give tables with --records FILE "
                f"(rate import makes them), or ask for a year: rate {self.country.iso3} 2022"
            )
        return last_day(year)


def asked_country_day(words: Sequence[str], year: int | None, on: str | None) -> CountryDay:
    """The country, and its day by a year behind the name, by --year or by --on; raises NotFound with hints, and Usage."""
    country, span = asked_years(words)
    if span is not None and span[0] != span[1]:
        raise Usage(f"{span[0]}-{span[1]} are several years; give one, or see rate history {country.iso3} {span[0]}-{span[1]}")
    if (year is not None) + (on is not None) + (span is not None) > 1:
        raise Usage("give one year or day: behind the country, as --year YEAR (the state on 31 December) or as --on DATE")
    if on is not None:
        return CountryDay(country, asked_day(on, "--on"))
    if span is None and year is None:
        return CountryDay(country, None)
    return CountryDay(country, last_day(asked_year(span[0] if span is not None else year or 0)))


def asked_country(words: Sequence[str]) -> Country:
    """The country that the words name together; raises NotFound with hints."""
    return resolve(" ".join(words))


def asked_years(words: Sequence[str]) -> tuple[Country, tuple[int, int] | None]:
    """The country that the words name together, and the years behind it: `2022`, or `2016-2022`; raises NotFound with hints."""
    behind = YEARS.fullmatch(words[-1].strip()) if len(words) > 1 else None
    if behind is None:
        return asked_country(words), None
    first, last = (asked_year(int(year), "the year") for year in (behind[1], behind[2] or behind[1]))
    if first > last:
        raise Usage(f"{words[-1]}: the later year stands first")
    return asked_country(words[:-1]), (first, last)


def choice(text: str, words: Sequence[str], option: str) -> str:
    """One of the words of an option."""
    if text not in words:
        raise Usage(f"{option} {text}: write one of {', '.join(words)}")
    return text


def asked_rules(text: str | None) -> tuple[str | None, date | None]:
    """`NAME`, `DIR`, `NAME@DATE`, `DIR@DATE` or `@DATE`: the rule set (None: the default), and the day of its rules if any.

    A folder whose own name ends in `@…` is that folder.
    """
    if text is None or Path(text).is_dir():
        return text, None
    name, at, day = text.rpartition("@")
    if not at or "/" in day:
        return text, None
    return name or None, asked_day(day, "--rules …@DATE", "--rules @2026-11-22")


def asked_load(rules: str | None, records: Sequence[str], engine: str = "both") -> Loaded:
    """Method and records as asked for."""
    choice(engine, ENGINES, "--engine")
    for option, path in (("--rules", rules), *(("--records", path) for path in records)):
        if path is not None and not path.strip():
            raise Usage(f"{option} is empty; name a folder, or leave the option out")
    folders = asked_records(records)
    for folder in folders:
        _of_countries(folder)
    name, day = asked_rules(rules)
    return load(name, folders, engine, day)


def asked_records(records: Sequence[str]) -> list[Path]:
    """The folders and files of records; `shipped` stands for those that came with the program. Raises NotFound."""
    paths = [shipped("indicators") if path == SHIPPED and not Path(path).exists() else Path(path) for path in records]
    for path in paths:
        if not path.exists():
            raise NotFound(f"no such file or folder of records: '{path}' (those that came with the program: --records shipped)")
    return paths


def asked_file(path: str, option: str) -> Path:
    """A file that an option names; raises Usage where the name is empty, NotFound where there is no such file."""
    if not path.strip():
        raise Usage(f"{option} is empty; name a file")
    if not Path(path).exists():
        raise NotFound(f"{option}: no such file: '{path}'")
    return Path(path)


def asked_prior(word: str | None, loaded: Loaded) -> None:
    """The rating of the year before must be a word of the scale."""
    if word is not None:
        choice(word, loaded.method.scale.words, "--prior")


def _of_countries(folder: Path) -> None:
    """A folder of one country would silently count as no evidence, as records are looked for in a folder below it."""
    beside = ("sources.yaml", "overrides.yaml")
    loose = sorted(path.name for path in folder.glob("*.yaml") if path.name not in beside) if folder.is_dir() else []
    if loose and not countries_on_record([folder]):
        raise NotFound(f"no country's folder below '{folder}', only {loose[0]}: name the folder above it, or the files")


def write(text: str) -> None:
    """The answer, to stdout as UTF-8 whatever the terminal's encoding is; nothing of a file in it acts on a terminal."""
    shown = visible(text)
    write_raw(escaped(shown) if coloured() else shown)


def say(text: str) -> None:
    """The same beside the answer, to stderr."""
    sys.stderr.write(visible(text))


def write_raw(text: str) -> None:
    """The bytes of a file, letter for letter, to stdout."""
    stream = sys.stdout
    if (stream.encoding or "").lower().replace("-", "") != "utf8" and hasattr(stream, "buffer"):
        stream.flush()
        stream.buffer.write(text.encode())
        return
    stream.write(text)


def asked_rule(name: str, rule_set: RuleSet, day: date | None = None) -> Rule:
    """The rule of that id, in any case; raises NotFound with what is near, or where it is not in force on the day asked for."""
    found = rule_set.rules.get(name.upper())
    if found is None:
        close = difflib.get_close_matches(name.upper(), list(rule_set.rules), n=1)
        hint = f"did you mean '{close[0]}'?" if close else "see: rate rules list"
        raise NotFound(f"no rule '{name}' in {rule_set.name}; {hint}")
    if day is not None and not found.in_force(day):
        ended = f" until {found.until}" if found.until else ""
        raise NotFound(f"rule {found.id} is not in force on {day}: it is since {found.since}{ended}")
    return found
