"""`rate compare`."""

from __future__ import annotations

from typing import Annotated

from ratingengine.compare.compare.compare_page import compare_json, compare_page
from ratingengine.compare.compare.side_by_side import side_by_side
from ratingengine.compare.origin import Asked, opened, standing_on
from ratingengine.interface.asked import (
    Usage,
    as_of_day,
    write,
)
from ratingengine.interface.exit_codes import DONE
from ratingengine.interface.options import Argument, Engine, KnownAt, ListFormat, Log, On, Ratings, Records, Rules, Year
from ratingengine.interface.page import written
from ratingengine.interface.words import clocks
from ratingengine.world.countries import resolve


def compare_command(
    countries: Annotated[
        list[str], Argument(metavar="COUNTRY COUNTRY…", help="Two or more; put names of several words in quotes.")
    ],
    year: Year = None,
    on: On = None,
    known_at: KnownAt = None,
    rules: Rules = None,
    records: Records = None,
    engine: Engine = "both",
    ratings: Ratings = None,
    format_: ListFormat = "text",
    log: Log = None,
) -> int:
    """Set countries side by side, what differs first.

    rate compare kazakhstan egypt --year 2019
    """
    asked = Asked(known_at, rules, records or (), engine, ratings, format_, log)
    named = tuple(dict.fromkeys(resolve(name) for name in countries))
    if len(named) < 2:
        raise Usage("name two or more different countries, each as one word or in quotes: rate compare KAZ 'South Africa'")
    as_of = as_of_day(year, on)
    origin = opened(asked, (as_of.year, as_of.year))
    found = side_by_side(standing_on(origin, as_of, asked, named), origin.titles)
    content = compare_json(found, clocks(as_of) + origin.clocked, origin.words)
    rows = [{"aspect": entry["name"], **entry["said"]} for entry in content["differs"]]
    write(written(compare_page(content), content, asked.format_, rows))
    return DONE
