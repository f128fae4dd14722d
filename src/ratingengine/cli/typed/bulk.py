"""Commands on tables of country-years."""

from __future__ import annotations

from typing import Annotated

import typer

from ratingengine.cli.options import Format, Rules, end

app = typer.Typer()

Table = Annotated[str, typer.Argument(metavar="RECORDS", help="A CSV or Parquet table, wide or with a row an observation.")]
Backend = Annotated[str, typer.Option("--backend", metavar="polars|duckdb|spark", help="What executes the rules.")]
Codebook = Annotated[str | None, typer.Option("--codebook", metavar="DIR", help="The codebook; that of the rules without it.")]


@app.command("batch")
def batch(
    records: Table,
    output: Annotated[str | None, typer.Option("-o", metavar="FILE", help="The ratings, .csv or .parquet; - for stdout.")] = None,
    backend: Backend = "polars",
    explain: Annotated[bool, typer.Option("--explain", help="Also a column of true and false for each rule.")] = False,
    trace: Annotated[str | None, typer.Option("--trace", metavar="ISO3:YEAR", help="Show how this row is rated.")] = None,
    rules: Rules = None,
    codebook: Codebook = None,
    format_: Format = "text",
) -> None:
    """Rate a table of country-years at once."""
    from ratingengine.cli.bulk import show_batch

    end(show_batch(records, output, backend, explain, trace, rules, codebook, format_))
