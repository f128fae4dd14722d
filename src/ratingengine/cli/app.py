"""The commands as typer knows them. `rate WORD` with a word that is no command asks for a country."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from ratingengine import __version__
from ratingengine.cli.quick import COMMANDS
from ratingengine.cli.typed import answers, audit, backtest, bulk, certificate, comparative, importing, method, overrides, trials
from ratingengine.interface.asked import Usage
from ratingengine.interface.exit_codes import DONE, USAGE


class CountryFirst(TyperGroup):
    """Sends a first word that is no command to the country command."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the country command in front where none is named."""
        own = {"--help", "--version"}
        if args and args[0] not in self.commands and args[0] not in own:
            args = [COMMANDS[0], *args]
        return super().parse_args(ctx, args)


app = typer.Typer(cls=CountryFirst, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"ratingengine {__version__}")
        raise typer.Exit


@app.callback()
def _rate(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """Rate civic space from sourced evidence, and explain the rating.

    rate kazakhstan --year 2022

    rate history KAZ

    rate rules show RAT-001
    """


PARTS = (answers, audit, backtest, bulk, certificate, comparative, importing, method, overrides, trials)
for part in PARTS:
    app.add_typer(part.app)


def invoke(words: Sequence[str]) -> int:
    """Run a command line through typer; returns its exit code."""
    streams = sys.stdout, sys.stderr
    try:
        app(list(words) or ["--help"], prog_name="rate")
    except Usage as wrong:
        typer.echo(str(wrong), err=True)
        return USAGE
    except SystemExit as end:
        if sys.stdout is not streams[0]:  # typer puts others in their place when the reader has gone, and exits 1
            sys.stdout, sys.stderr = streams
            raise BrokenPipeError from None
        return end.code if isinstance(end.code, int) else DONE
    return DONE
