"""The command that holds ratings against published ones."""

from __future__ import annotations

from typing import Annotated

import typer

from ratingengine.interface.options import Format, Records, Rules, end

app = typer.Typer()

Against = Annotated[
    str, typer.Option("--against", metavar="CSV", help="Published ratings: iso3, year, rating, and status if known.")
]
Ratings = Annotated[
    str | None,
    typer.Option("--ratings", metavar="CSV|PARQUET", help="Our ratings from a file, in place of rules and records."),
]
Chain = Annotated[bool, typer.Option("--chain", help="Start from each country's first published rating.")]
Suggest = Annotated[bool, typer.Option("--suggest", help="Also what would reconcile each difference.")]
Profile = Annotated[str | None, typer.Option("--profile", metavar="P", help="This profile alone.")]
Of = Annotated[
    str, typer.Option("--of", metavar="rating|assessed", help="What is compared: as published, or the year's evidence alone.")
]
Baseline = Annotated[
    list[str] | None,
    typer.Option("--baseline", metavar="INDICATOR|CSV:COLUMN", help="Also cut points on this index; repeatable."),
]
Countries = Annotated[
    str | None,
    typer.Option("--countries-in", metavar="development|held-out|FILE", help="These alone; a file names one a line."),
]
First = Annotated[int | None, typer.Option("--from", metavar="YEAR", help="Published ratings from this year on.")]
Last = Annotated[int | None, typer.Option("--to", metavar="YEAR", help="Published ratings up to this year.")]
Draws = Annotated[int | None, typer.Option("--draws", metavar="N", help="Resamples behind an interval; 2000.")]
Seed = Annotated[int | None, typer.Option("--seed", metavar="N", help="Their seed; 1.")]
Most = Annotated[int, typer.Option("--max", metavar="N", help="How many differences are written out; JSON has all.")]


@app.command("backtest")
def backtest(
    against: Against,
    records: Records = None,
    rules: Rules = None,
    ratings: Ratings = None,
    chain: Chain = False,
    suggest: Suggest = False,
    profile: Profile = None,
    of: Of = "rating",
    baseline: Baseline = None,
    countries: Countries = None,
    first: First = None,
    last: Last = None,
    draws: Draws = None,
    seed: Seed = None,
    most: Most = 20,
    format_: Format = "text",
) -> None:
    """Hold our ratings against published ones: agreement, changes, baselines, and every difference."""
    from ratingengine.backtest.backtest_command import Asked, show_backtest

    sources = {"against": against, "records": tuple(records or ()), "rules": rules, "ratings": ratings}
    options = {"chain": chain, "suggest": suggest, "profile": profile, "of": of, "baselines": tuple(baseline or ())}
    limits = {"countries": countries, "first": first, "last": last, "draws": draws, "seed": seed, "most": most}
    end(show_backtest(Asked(**sources, **options, **limits, format_=format_)))  # type: ignore[arg-type]
