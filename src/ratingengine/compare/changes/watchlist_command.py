"""`rate watchlist`."""

from __future__ import annotations

from ratingengine.compare.changes import changes_page as changes_report
from ratingengine.compare.origin import Asked, opened, standing_on
from ratingengine.errors import NotFound
from ratingengine.interface.asked import (
    as_of_day,
    write,
)
from ratingengine.interface.exit_codes import DONE
from ratingengine.interface.options import Engine, KnownAt, ListFormat, Log, On, Ratings, Records, Rules, Year
from ratingengine.interface.page import written
from ratingengine.interface.words import clocks


def watchlist_command(
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
    """List the countries on the watchlist, with the reason.

    rate watchlist --year 2022
    """
    asked = Asked(known_at, rules, records or (), engine, ratings, format_, log)
    as_of = as_of_day(year, on)
    origin = opened(asked, (as_of.year, as_of.year))
    if origin.table is not None and "watchlist" not in origin.table.columns:
        raise NotFound(f"{origin.table.name} has no column 'watchlist'")
    standings = standing_on(origin, as_of, asked)
    title = f"Watchlist, {clocks(as_of)}{origin.clocked}"
    content = changes_report.watchlist_json(standings, title, origin.words, origin.titles, watches=origin.watches)
    write(written(changes_report.watchlist_page(content), content, asked.format_, content["rows"]))
    return DONE
