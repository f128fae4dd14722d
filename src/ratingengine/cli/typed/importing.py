"""Commands that bring in the data of others."""

from __future__ import annotations

from typing import Annotated

import typer

from ratingengine.interface.options import Format, Rules, end

app = typer.Typer()


@app.command("import")
def import_(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A mapping: vdem, freedom-house, …, or a file of your own.")],
    file: Annotated[str, typer.Argument(metavar="FILE", help="The data set as its publisher shaped it, packed or not.")],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="The table: .parquet, or .csv with its sources beside it.")
    ],
    part: Annotated[
        str, typer.Option("--part", metavar="NAME", help="Which sheet of a workbook, or which file of an archive, is meant.")
    ] = "",
    rules: Rules = None,
    edition: Annotated[
        str | None, typer.Option("--edition", metavar="TEXT", help="Which release the file is, for example v15.")
    ] = None,
    released: Annotated[str | None, typer.Option("--released", metavar="DATE", help="The day the release came out.")] = None,
    covers: Annotated[
        str | None,
        typer.Option(
            "--covers",
            metavar="FROM..TO",
            help="The days (or years) of which a file of events has every row, for example 2016..2024.",
        ),
    ] = None,
    countries: Annotated[
        str | None,
        typer.Option(
            "--countries",
            metavar="world|CODE,…",
            help="The countries of which a file of events has every row; by default those in it.",
        ),
    ] = None,
    first: Annotated[int | None, typer.Option("--from", metavar="YEAR", help="Without earlier years.")] = None,
    last: Annotated[int | None, typer.Option("--to", metavar="YEAR", help="Without later years.")] = None,
    show: Annotated[int, typer.Option("--show", metavar="N", help="How many entries each list shows.")] = 20,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 when rows or values were left out.")] = False,
    format_: Format = "text",
) -> None:
    """Turn a data set into a table of observations that --records reads, and tell what became of each row."""
    from ratingengine.importing.import_command import Saying, show_import

    said = Saying(edition, released, covers, countries, first, last)
    end(show_import(name, file, output, part, rules, said, show, strict, format_))
