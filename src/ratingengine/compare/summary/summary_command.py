"""`rate summary`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from ratingengine.compare.origin import Asked, Origin, opened, standing_on
from ratingengine.compare.standing import Standing
from ratingengine.compare.summary.population import COUNTRY_TABLE, peopled, read_population
from ratingengine.compare.summary.summary import summary
from ratingengine.interface.asked import (
    Usage,
    as_of_day,
    write,
)
from ratingengine.interface.exit_codes import DONE
from ratingengine.interface.options import Engine, KnownAt, ListFormat, Log, On, Option, Ratings, Records, Rules, Year
from ratingengine.interface.page import written
from ratingengine.interface.words import clocks


def summary_command(
    year: Year = None,
    on: On = None,
    population: Annotated[
        str | None, Option("--population", metavar="FILE.csv", help="People by iso3 and year. [default: numbers of CLDR]")
    ] = None,
    known_at: KnownAt = None,
    rules: Rules = None,
    records: Records = None,
    engine: Engine = "both",
    ratings: Ratings = None,
    format_: ListFormat = "text",
    log: Log = None,
) -> int:
    """Count countries and people under each rating.

    By region too, with the most common violations.

    rate summary --year 2019
    """
    asked = Asked(known_at, rules, records or (), engine, ratings, format_, log)
    from ratingengine.compare.summary.summary_page import summary_json, summary_page, watchlist_counts

    as_of = as_of_day(year, on)
    origin = opened(asked, (as_of.year, as_of.year))
    found, people_from = _peopled(standing_on(origin, as_of, asked), population, origin)
    counted = summary(found, origin.method.scale.words, origin.method.programs)
    told = origin.table is None or "watchlist" in origin.table.columns
    watched = watchlist_counts(found, watches=origin.watches) if told else None
    content = summary_json(counted, f"Summary, {clocks(as_of)}{origin.clocked}", origin.words, people_from, watched)
    write(written(summary_page(content), content, asked.format_, content["ratings"]))
    return DONE


def _peopled(standings: tuple[Standing, ...], file: str | None, origin: Origin) -> tuple[tuple[Standing, ...], str]:
    """The standings with the population to count, and where it is from."""
    if file is not None:
        if not file.strip():
            raise Usage("--population is empty; name a file, or leave the option out")
        return peopled(standings, read_population(Path(file), standings[0].as_of.year if standings else 0)), Path(file).name
    if origin.table is not None and "population" in origin.table.columns:
        return standings, origin.table.name
    return standings, COUNTRY_TABLE
