"""The options that commands share, as typer declares them."""

from __future__ import annotations

from typing import Annotated

import typer

from ratingengine.interface.exit_codes import DONE

Country = Annotated[
    list[str], typer.Argument(metavar="COUNTRY", help="A name in English, Russian, French or Spanish, or a code.")
]
Year = Annotated[int | None, typer.Option("--year", "-y", metavar="YEAR", help="The state on 31 December of this year.")]
On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The state on this day, for example 2022-03-15.")]
KnownAt = Annotated[str | None, typer.Option("--known-at", metavar="DATE", help="Without evidence reported later.")]
Rules = Annotated[
    str | None,
    typer.Option(
        "--rules",
        metavar="NAME|DIR[@DATE]",
        help="The rule set, civic-space by default; with @DATE its rules in force on that day.",
    ),
]
Records = Annotated[
    list[str] | None,
    typer.Option("--records", metavar="DIR|FILE|shipped", help="Records in place of the shipped ones; repeatable."),
]
Engine = Annotated[str, typer.Option("--engine", metavar="both|reference|durable", help="What executes the rules.")]
Prior = Annotated[str | None, typer.Option("--prior", metavar="RATING", help="The rating of the year before.")]
Log = Annotated[str | None, typer.Option("--log", metavar="FILE.jsonl", help="Append every rating to this decision log.")]
Format = Annotated[str, typer.Option("--format", metavar="text|json|md", help="How the answer is written.")]


def end(code: int) -> None:
    """Leave the command with an exit code."""
    if code != DONE:
        raise typer.Exit(code)
