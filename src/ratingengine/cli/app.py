"""The commands as typer knows them. `rate WORD` with a word that is no command asks for a country.

A command's module is loaded when the command is asked for, or when all are listed.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import partial
from importlib import import_module
from typing import Annotated, Any, ClassVar

import typer
from typer.core import TyperGroup

from ratingengine.cli.commands import BELOW, COMMANDS, FIRST, PANELS, Place
from ratingengine.cli.help import WIDTH, Command, paragraphs_of, write_exit_codes, write_text
from ratingengine.interface.asked import Usage
from ratingengine.interface.command import command
from ratingengine.interface.exit_codes import DONE, USAGE
from ratingengine.interface.options import countries
from ratingengine.model.version import __version__

HELP = {"help_option_names": ["-h", "--help"], "max_content_width": WIDTH}
new_app = partial(typer.Typer, rich_markup_mode=None, pretty_exceptions_enable=False, context_settings=HELP)


def loaded(name: str, place: Place) -> Any:
    """The command, with its options."""
    if isinstance(place, Mapping):
        below = new_app(cls=_group(place), help=BELOW[name], add_completion=False)
        below.callback()(lambda: None)
        made: Any = typer.main.get_command(below)
        made.name = name
        return made
    module, _, function = place.partition(":")
    single = new_app(add_completion=False)
    single.command(name, cls=Command, context_settings=HELP)(command(getattr(import_module(f"ratingengine.{module}"), function)))
    return typer.main.get_command(single)


class Commands(TyperGroup):
    """Commands that are loaded one by one."""

    places: ClassVar[Mapping[str, Place]] = {}

    def list_commands(self, _ctx: Any) -> list[str]:
        """Their names, in the order of the table."""
        return list(self.places)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that is named; a word that is nearly one is answered with it."""
        near = [] if args[0] in self.places else get_close_matches(args[0], list(self.places), n=1)
        if near:
            ctx.fail(f"No such command '{args[0]}'. Did you mean '{near[0]}'?")
        return super().resolve_command(ctx, args)

    def get_command(self, _ctx: Any, cmd_name: str) -> Any:
        """The command of that name, or None."""
        place = self.places.get(cmd_name)
        return None if place is None else loaded(cmd_name, place)


def _group(places: Mapping[str, str]) -> type[Commands]:
    return type("Below", (Commands,), {"places": places})


class CountryFirst(Commands):
    """Sends a first word that is no command to the country command, and lists commands by what they are for."""

    places = COMMANDS

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the country command in front where none is named."""
        if args and args[0] not in COMMANDS and args[0] not in {opt for param in self.get_params(ctx) for opt in param.opts}:
            args = [FIRST, *args]
        return super().parse_args(ctx, args)

    def format_usage(self, _ctx: Any, formatter: Any) -> None:
        """A country stands where a command may."""
        formatter.write_usage("rate", "COUNTRY [YEAR] [OPTIONS]")
        formatter.write_usage("rate", "COMMAND … [OPTIONS]", prefix="       ")

    def format_help_text(self, _ctx: Any, formatter: Any) -> None:
        """What it does, and examples."""
        write_text(formatter, *paragraphs_of(self.help or ""))

    def format_epilog(self, _ctx: Any, formatter: Any) -> None:
        """What the exit codes say."""
        write_exit_codes(formatter)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """A list for each panel."""
        for panel, names in PANELS.items():
            with formatter.section(panel):
                room = formatter.width - 6 - max(map(len, COMMANDS))
                formatter.write_dl([(name, self.get_command(ctx, name).get_short_help_str(room)) for name in names])

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Commands, and countries."""
        begun = super().shell_complete(ctx, incomplete)
        # The class of an item is private to typer, which has its copy of click.
        item = type(super().shell_complete(ctx, "")[0])
        return [*begun, *(item(name, help=code) for name, code in countries(incomplete))]


app = new_app(cls=CountryFirst)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"ratingengine {__version__}")
        raise typer.Exit


@app.callback()
def _rate(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """Rate civic space from sourced evidence, and explain the rating.

    rate kazakhstan 2022
    rate why kazakhstan 2022
    rate rules show RAT-001
    """


def invoke(words: Sequence[str]) -> int:
    """Run a command line through typer; returns its exit code."""
    streams = sys.stdout, sys.stderr
    try:
        app(list(words) or ["--help"], prog_name="rate")
    except Usage as wrong:
        typer.echo(f"error: {wrong}", err=True)
        return USAGE
    except SystemExit as end:
        if sys.stdout is not streams[0]:  # typer puts others in their place when the reader has gone, and exits 1
            sys.stdout, sys.stderr = streams
            raise BrokenPipeError from None
        return end.code if isinstance(end.code, int) else DONE
    return DONE
