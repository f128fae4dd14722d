"""Commands that explain an answer."""

from __future__ import annotations

from typing import Annotated

import typer

from ratingengine.cli.options import Country, Format, KnownAt, On, Records, Rules, Year, end

app = typer.Typer()


@app.command("why")
def why(
    country: Country,
    year: Year = None,
    on: On = None,
    known_at: KnownAt = None,
    rule: Annotated[str | None, typer.Option("--rule", metavar="ID", help="Also how this rule stands, held or not.")] = None,
    full: Annotated[bool, typer.Option("--full", help="Also the whole trace.")] = False,
    rules: Rules = None,
    records: Records = None,
    format_: Format = "text",
) -> None:
    """Explain a rating: the deciding path, every minimal support, one rule's conditions."""
    from ratingengine.cli.audit import show_why

    end(show_why(country, year, on, known_at, rule, full, rules, records or (), format_))


@app.command("why-not")
def why_not(
    country: Country,
    rating: Annotated[str, typer.Option("--rating", metavar="RATING", help="The rating asked for; one beyond it counts too.")],
    year: Year = None,
    on: On = None,
    known_at: KnownAt = None,
    exactly: Annotated[bool, typer.Option("--exactly", help="No rating beyond the one asked for.")] = False,
    most: Annotated[int, typer.Option("--max", metavar="N", help="How many sets are written out; JSON has all.")] = 10,
    rules: Rules = None,
    records: Records = None,
    format_: Format = "text",
) -> None:
    """Show every minimal set of changes of evidence that would give another rating."""
    from ratingengine.cli.audit import show_why_not

    end(show_why_not(country, year, on, known_at, rating, exactly, most, rules, records or (), format_))


@app.command("robust")
def robust(
    country: Annotated[list[str] | None, typer.Argument(metavar="[COUNTRY]", help="A country, unless --all.")] = None,
    all_: Annotated[bool, typer.Option("--all", help="Rank all countries on record.")] = False,
    year: Year = None,
    on: On = None,
    known_at: KnownAt = None,
    rules: Rules = None,
    records: Records = None,
    format_: Format = "text",
) -> None:
    """Tell how firm a rating is: what remains possible, and how few claims carry it."""
    from ratingengine.cli.robust import show_robust

    end(show_robust(country or (), all_, year, on, known_at, rules, records or (), format_))


@app.command("sources")
def sources(
    country: Country,
    year: Year = None,
    on: On = None,
    known_at: KnownAt = None,
    leave_one_out: Annotated[
        bool, typer.Option("--leave-one-out", help="Also the rating without each source, publisher and coder.")
    ] = False,
    rules: Rules = None,
    records: Records = None,
    format_: Format = "text",
) -> None:
    """Show the sources behind an answer, and which of them carry the rating."""
    from ratingengine.cli.sources import show_sources

    end(show_sources(country, year, on, known_at, leave_one_out, rules, records or (), format_))
