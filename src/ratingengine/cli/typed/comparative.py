"""Commands about several countries: compare, changes, watchlist, summary and map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ratingengine.interface.options import Engine, Format, KnownAt, Log, On, Records, Rules, Year, end

if TYPE_CHECKING:
    from ratingengine.compare.compare_commands import Asked

app = typer.Typer()

Ratings = Annotated[
    str | None,
    typer.Option(
        "--ratings", metavar="FILE", help="Ratings of a table (.csv or .parquet), as `rate batch` writes it, in place of records."
    ),
]


def _asked(
    known_at: str | None,
    rules: str | None,
    records: list[str] | None,
    engine: str,
    ratings: str | None,
    format_: str,
    log: str | None,
) -> Asked:
    from ratingengine.compare.compare_commands import Asked

    return Asked(known_at, rules, records or (), engine, ratings, format_, log)


@app.command("compare")
def compare(
    countries: Annotated[
        list[str], typer.Argument(metavar="COUNTRY COUNTRY…", help="Two or more; put names of several words in quotes.")
    ],
    year: Year = None,
    on: On = None,
    known_at: KnownAt = None,
    rules: Rules = None,
    records: Records = None,
    engine: Engine = "both",
    ratings: Ratings = None,
    format_: Format = "text",
    log: Log = None,
) -> None:
    """Set countries side by side: what differs first, then the rules that decide."""
    from ratingengine.compare.compare_commands import show_compare

    end(show_compare(countries, year, on, _asked(known_at, rules, records, engine, ratings, format_, log)))


@app.command("changes")
def changes(
    from_: Annotated[int, typer.Option("--from", metavar="YEAR", help="The first year.")],
    to: Annotated[int, typer.Option("--to", metavar="YEAR", help="The last year.")],
    known_at: KnownAt = None,
    rules: Rules = None,
    records: Records = None,
    engine: Engine = "both",
    ratings: Ratings = None,
    format_: Format = "text",
    log: Log = None,
) -> None:
    """List every downgrade and upgrade with the rules that decide, and apart from them the holds."""
    from ratingengine.compare.compare_commands import show_changes

    end(show_changes(from_, to, _asked(known_at, rules, records, engine, ratings, format_, log)))


@app.command("watchlist")
def watchlist(
    year: Year = None,
    on: On = None,
    known_at: KnownAt = None,
    rules: Rules = None,
    records: Records = None,
    engine: Engine = "both",
    ratings: Ratings = None,
    format_: Format = "text",
    log: Log = None,
) -> None:
    """List the countries that are on the watchlist, with the rules that put them there."""
    from ratingengine.compare.compare_commands import show_watchlist

    end(show_watchlist(year, on, _asked(known_at, rules, records, engine, ratings, format_, log)))


@app.command("summary")
def summary(
    year: Year = None,
    on: On = None,
    population: Annotated[
        str | None, typer.Option("--population", metavar="FILE.csv", help="People by iso3 and year; CLDR's numbers without it.")
    ] = None,
    known_at: KnownAt = None,
    rules: Rules = None,
    records: Records = None,
    engine: Engine = "both",
    ratings: Ratings = None,
    format_: Format = "text",
    log: Log = None,
) -> None:
    """Count countries and people under each rating, by region, and the most common violations."""
    from ratingengine.compare.compare_commands import show_summary

    end(show_summary(year, on, population, _asked(known_at, rules, records, engine, ratings, format_, log)))


@app.command("map")
def map_(
    output: Annotated[str, typer.Option("-o", "--output", metavar="FILE.svg|FILE.html", help="Where to draw; - prints the SVG.")],
    year: Year = None,
    on: On = None,
    known_at: KnownAt = None,
    rules: Rules = None,
    records: Records = None,
    engine: Engine = "both",
    ratings: Ratings = None,
    format_: Format = "text",
    log: Log = None,
) -> None:
    """Draw a world map of the ratings, and print its text alternative."""
    from ratingengine.compare.compare_commands import show_map

    end(show_map(year, on, output, _asked(known_at, rules, records, engine, ratings, format_, log)))
