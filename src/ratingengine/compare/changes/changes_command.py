"""`rate changes`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from ratingengine.compare.changes import changes_page as changes_report
from ratingengine.compare.changes.changing import Change, changes_from, changes_in
from ratingengine.compare.origin import RATING, Asked, Origin, opened
from ratingengine.compare.standing import on_record
from ratingengine.engine.rating import Loaded
from ratingengine.engine.years import years_of
from ratingengine.interface.asked import (
    asked_span,
    write,
)
from ratingengine.interface.exit_codes import DONE
from ratingengine.interface.logged import log as log_to
from ratingengine.interface.options import Engine, KnownAt, ListFormat, Log, Option, Ratings, Records, Rules
from ratingengine.interface.page import written
from ratingengine.interface.progress import through
from ratingengine.model.assessment import Assessment
from ratingengine.model.window import last_day


def changes_command(
    from_: Annotated[int, Option("--from", metavar="YEAR", help="The first year.")],
    to: Annotated[int, Option("--to", metavar="YEAR", help="The last year.")],
    known_at: KnownAt = None,
    rules: Rules = None,
    records: Records = None,
    engine: Engine = "both",
    ratings: Ratings = None,
    format_: ListFormat = "text",
    log: Log = None,
) -> int:
    """List downgrades, upgrades and held ratings, with reasons.

    rate changes --from 2019 --to 2022
    """
    asked = Asked(known_at, rules, records or (), engine, ratings, format_, log)
    asked_span(from_, to)
    origin = opened(asked, (from_ - 1, to))
    if origin.loaded is not None:
        found = _rated_changes(origin, origin.loaded, from_, to, asked.log)
    else:
        rows = () if origin.table is None else origin.table.rows
        found = list(changes_in((row for row in rows if row.as_of == last_day(row.as_of.year)), origin.method.scale.words))
    found = sorted((one for one in found if from_ <= one.year <= to), key=lambda one: (one.year, one.country.iso3))
    title = f"Changes from {from_} to {to}{origin.clocked}"
    content = changes_report.changes_json(found, title, origin.words, origin.titles)
    write(written(changes_report.changes_page(content), content, asked.format_, content["rows"]))
    return DONE


def _rated_changes(origin: Origin, loaded: Loaded, first: int, last: int, log: str | None) -> list[Change]:
    """The changes of all countries on record; an answer, which holds all its evidence, is let go before the next country.

    The year before the first is rated as well, for what was possible then; it is no answer.
    """
    found: list[Change] = []
    words = origin.method.scale.words

    def answers() -> Iterator[Assessment]:
        for country in through(RATING, on_record(loaded)):
            years = years_of(loaded, country, last_day(last), origin.known, last_day(max(first - 1, 1)))
            found.extend(changes_from(years, country, first, words))
            yield from (year for year in years if year.as_of.year >= first)

    log_to(log, answers())
    return found
