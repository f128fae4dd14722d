"""The commands as typer knows them. `rate WORD` with a word that is no command asks for a country."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from ratingengine._version import __version__
from ratingengine.cli import DONE, USAGE
from ratingengine.cli.asked import Usage
from ratingengine.cli.quick import COMMANDS


class CountryFirst(TyperGroup):
    """Sends a first word that is no command to the country command."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the country command in front where none is named."""
        own = {"--help", "--version"}
        if args and args[0] not in self.commands and args[0] not in own:
            args = [COMMANDS[0], *args]
        return super().parse_args(ctx, args)


app = typer.Typer(cls=CountryFirst, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)

Country = Annotated[
    list[str], typer.Argument(metavar="COUNTRY", help="A name in English, Russian, French or Spanish, or a code.")
]
Year = Annotated[int | None, typer.Option("--year", "-y", metavar="YEAR", help="The state on 31 December of this year.")]
On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The state on this day, for example 2022-03-15.")]
KnownAt = Annotated[str | None, typer.Option("--known-at", metavar="DATE", help="Without evidence reported later.")]
Rules = Annotated[str | None, typer.Option("--rules", metavar="NAME|DIR", help="The rule set; civic-space by default.")]
Records = Annotated[
    list[str] | None, typer.Option("--records", metavar="DIR|FILE", help="Records in place of the shipped ones; repeatable.")
]
Engine = Annotated[str, typer.Option("--engine", metavar="both|reference|durable", help="What executes the rules.")]
Format = Annotated[str, typer.Option("--format", metavar="text|json|md", help="How the answer is written.")]


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


@app.command("country")
def country(
    country: Country,
    year: Year = None,
    on: On = None,
    known_at: KnownAt = None,
    rules: Rules = None,
    records: Records = None,
    engine: Engine = "both",
    format_: Format = "text",
    prior: Annotated[str | None, typer.Option("--prior", metavar="RATING", help="The rating of the year before.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 5 unless the rating is determined.")] = False,
) -> None:
    """Rate one country; the word `country` may be left out."""
    from ratingengine.cli.country import answer

    _end(answer(country, year, on, known_at, rules, records or (), engine, format_, prior, strict))


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

    _end(show_why(country, year, on, known_at, rule, full, rules, records or (), format_))


@app.command("why-not")
def why_not(
    country: Country,
    rating: Annotated[str, typer.Option("--rating", metavar="RATING", help="The better rating asked for.")],
    year: Year = None,
    on: On = None,
    known_at: KnownAt = None,
    most: Annotated[int, typer.Option("--max", metavar="N", help="How many sets are written out; JSON has all.")] = 10,
    rules: Rules = None,
    records: Records = None,
    format_: Format = "text",
) -> None:
    """Show every minimal set of changes of evidence that would give a better rating."""
    from ratingengine.cli.audit import show_why_not

    _end(show_why_not(country, year, on, known_at, rating, most, rules, records or (), format_))


@app.command("history")
def history(
    country: Country,
    to: Annotated[int | None, typer.Option("--to", metavar="YEAR", help="The last year; that of the latest evidence.")] = None,
    known_at: KnownAt = None,
    rules: Rules = None,
    records: Records = None,
    engine: Engine = "both",
    format_: Format = "text",
) -> None:
    """Rate every year from the first evidence on."""
    from ratingengine.cli.tables import show_history

    _end(show_history(country, to, known_at, rules, records or (), engine, format_))


@app.command("changes")
def changes(
    from_: Annotated[int, typer.Option("--from", metavar="YEAR", help="The first year.")],
    to: Annotated[int, typer.Option("--to", metavar="YEAR", help="The last year.")],
    known_at: KnownAt = None,
    rules: Rules = None,
    records: Records = None,
    engine: Engine = "both",
    format_: Format = "text",
) -> None:
    """List every downgrade, upgrade and hold of the countries on record."""
    from ratingengine.cli.tables import show_changes

    _end(show_changes(from_, to, known_at, rules, records or (), engine, format_))


@app.command("watchlist")
def watchlist(
    year: Year = None,
    on: On = None,
    known_at: KnownAt = None,
    rules: Rules = None,
    records: Records = None,
    engine: Engine = "both",
    format_: Format = "text",
) -> None:
    """List the countries on record that are on the watchlist, with the rules that put them there."""
    from ratingengine.cli.tables import show_watchlist

    _end(show_watchlist(year, on, known_at, rules, records or (), engine, format_))


@app.command("codebook")
def codebook(
    indicator: Annotated[str | None, typer.Argument(help="One indicator, in full.")] = None,
    records: Records = None,
    rules: Rules = None,
    format_: Format = "text",
) -> None:
    """List the indicators, or show one with its question and anchors."""
    from ratingengine.cli.method import show_codebook

    _end(show_codebook(indicator, records or (), rules, format_))


@app.command("check")
def check(
    folders: Annotated[
        list[str] | None, typer.Argument(metavar="[DIR]...", help="Rule sets or records; the shipped ones.")
    ] = None,
    documents: Annotated[
        str | None, typer.Option("--documents", metavar="DIR", help="The coded documents, to check locators and wording.")
    ] = None,
    format_: Annotated[str, typer.Option("--format", metavar="text|json", help="How problems are written.")] = "text",
) -> None:
    """Check rule sets, codebook and records; exit 1 when something is found."""
    from ratingengine.cli.method import show_check

    _end(show_check(folders or (), documents, format_))


@app.command("agreement")
def agreement(
    first: Annotated[str | None, typer.Argument(metavar="[DIR]", help="The first coding; the shipped records.")] = None,
    second: Annotated[str | None, typer.Argument(metavar="[DIR]", help="The second coding; `recoded` below the first.")] = None,
    format_: Annotated[str, typer.Option("--format", metavar="text|json", help="How the answer is written.")] = "text",
) -> None:
    """Report how far two independent codings agree (Krippendorff's alpha)."""
    from ratingengine.cli.method import show_agreement

    _end(show_agreement(first, second, format_))


@app.command("schema")
def schema(
    kind: Annotated[str, typer.Argument(metavar="rules|scale|codebook|record|sources|cases", help="Which file format.")],
) -> None:
    """Print the JSON Schema of a file format, for editors."""
    from ratingengine.cli.method import show_schema

    _end(show_schema(kind))


rules_app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, help="List and show rules.")
app.add_typer(rules_app, name="rules")


@rules_app.command("list")
def rules_list(
    rules: Rules = None,
    records: Records = None,
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help="finding, level, rating …")] = None,
    format_: Format = "text",
) -> None:
    """List the rules of a rule set."""
    from ratingengine.cli.method import show_rules

    _end(show_rules(rules, records or (), kind, format_))


@rules_app.command("show")
def rules_show(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="A rule id, for example ASM-010.")],
    rules: Rules = None,
    records: Records = None,
    format_: Format = "text",
) -> None:
    """Show one rule: condition, conclusion, rationale, legal basis."""
    from ratingengine.cli.method import show_rule

    _end(show_rule(rule, rules, records or (), format_))


def _end(code: int) -> None:
    if code != DONE:
        raise typer.Exit(code)


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
