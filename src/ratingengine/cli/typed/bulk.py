"""Commands on tables of country-years."""

from __future__ import annotations

from typing import Annotated

import typer

from ratingengine.interface.options import Format, Rules, end

app = typer.Typer()

Tables = Annotated[
    list[str],
    typer.Argument(metavar="RECORDS...", help="A CSV or Parquet table, wide or a row an observation; several of these."),
]
Backend = Annotated[str, typer.Option("--backend", metavar="polars|duckdb|spark", help="What executes the rules.")]
Codebook = Annotated[str | None, typer.Option("--codebook", metavar="DIR", help="The codebook; that of the rules without it.")]


@app.command("batch")
def batch(
    records: Tables,
    output: Annotated[str | None, typer.Option("-o", metavar="FILE", help="The ratings, .csv or .parquet; - for stdout.")] = None,
    backend: Backend = "polars",
    explain: Annotated[bool, typer.Option("--explain", help="Also a column of true and false for each rule.")] = False,
    any_unit: Annotated[
        bool, typer.Option("--any-unit", help="Rate codes too that are of no country: territories and other units of the table.")
    ] = False,
    trace: Annotated[str | None, typer.Option("--trace", metavar="ISO3:YEAR", help="Show how this row is rated.")] = None,
    rules: Rules = None,
    codebook: Codebook = None,
    format_: Format = "text",
) -> None:
    """Rate tables of country-years at once."""
    from ratingengine.bulk.batch_command import show_batch

    end(show_batch(records, output, backend, explain, trace, rules, codebook, format_, any_unit=any_unit))


State = Annotated[
    str | None, typer.Option("--state", metavar="FILE", help="Keep what is found so far, and go on from it after a stop.")
]
Most = Annotated[int, typer.Option("--max", metavar="N", help="How many are written out.")]


@app.command("simulate")
def simulate(
    records: Tables,
    output: Annotated[str | None, typer.Option("-o", metavar="FILE", help="All probabilities, .csv or .parquet.")] = None,
    draws: Annotated[int, typer.Option("--draws", metavar="N", help="Draws of every value known within bounds.")] = 10_000,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="The same seed gives the same answer.")] = 1,
    state: State = None,
    most: Most = 20,
    rules: Rules = None,
    codebook: Codebook = None,
    format_: Format = "text",
) -> None:
    """Give the probability of each rating where values are known within bounds."""
    from ratingengine.bulk.uncertainty_command import show_simulate

    end(show_simulate(records, output, draws, seed, state, most, rules, codebook, format_))


@app.command("sensitivity")
def sensitivity(
    records: Tables,
    share: Annotated[int, typer.Option("--share", metavar="PER CENT", help="How far, besides one step.")] = 10,
    state: State = None,
    most: Most = 20,
    rules: Rules = None,
    codebook: Codebook = None,
    format_: Format = "text",
) -> None:
    """Move each threshold and show which ratings change."""
    from ratingengine.bulk.uncertainty_command import show_sensitivity

    end(show_sensitivity(records, share, state, most, rules, codebook, format_))
