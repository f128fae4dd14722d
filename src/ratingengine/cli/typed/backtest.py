"""The command that holds ratings against published ones."""

from __future__ import annotations

from typing import Annotated

import typer

from ratingengine.cli.options import Format, Records, Rules, end

app = typer.Typer()


@app.command("backtest")
def backtest(
    against: Annotated[
        str, typer.Option("--against", metavar="CSV", help="Published ratings: iso3, year, rating, and status if known.")
    ],
    records: Records = None,
    rules: Rules = None,
    ratings: Annotated[
        str | None, typer.Option("--ratings", metavar="CSV", help="Our ratings from a file, in place of rules and records.")
    ] = None,
    chain: Annotated[bool, typer.Option("--chain", help="Start from each country's first published rating.")] = False,
    suggest: Annotated[bool, typer.Option("--suggest", help="Also what would reconcile each difference.")] = False,
    profile: Annotated[str | None, typer.Option("--profile", metavar="P", help="This profile alone.")] = None,
    of: Annotated[
        str, typer.Option("--of", metavar="rating|assessed", help="What is compared: as published, or the year's evidence alone.")
    ] = "rating",
    baseline: Annotated[
        list[str] | None,
        typer.Option("--baseline", metavar="INDICATOR|CSV:COLUMN", help="Also cut points on this index; repeatable."),
    ] = None,
    countries: Annotated[
        str | None,
        typer.Option("--countries-in", metavar="development|held-out|FILE", help="These alone; a file names one a line."),
    ] = None,
    first: Annotated[int | None, typer.Option("--from", metavar="YEAR", help="Published ratings from this year on.")] = None,
    last: Annotated[int | None, typer.Option("--to", metavar="YEAR", help="Published ratings up to this year.")] = None,
    draws: Annotated[int | None, typer.Option("--draws", metavar="N", help="Resamples behind an interval; 2000.")] = None,
    seed: Annotated[int | None, typer.Option("--seed", metavar="N", help="Their seed; 1.")] = None,
    most: Annotated[int, typer.Option("--max", metavar="N", help="How many differences are written out; JSON has all.")] = 20,
    format_: Format = "text",
) -> None:
    """Hold our ratings against published ones: agreement, changes, baselines, and every difference."""
    from ratingengine.cli.backtest import Asked, show_backtest

    asked = Asked(
        against=against,
        records=tuple(records or ()),
        rules=rules,
        ratings=ratings,
        chain=chain,
        suggest=suggest,
        profile=profile,
        of=of,
        baselines=tuple(baseline or ()),
        countries=countries,
        first=first,
        last=last,
        draws=draws,
        seed=seed,
        most=most,
        format_=format_,
    )
    end(show_backtest(asked))
