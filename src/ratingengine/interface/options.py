"""The options that commands share, each declared once, as typer declares them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer
from attrs import frozen

from ratingengine.interface.exit_codes import DONE

Argument, Option = typer.Argument, typer.Option


def countries(incomplete: str) -> list[tuple[str, str]]:
    """Countries whose English name begins so, for completion on the command line: name and code."""
    from ratingengine.world.countries import all_countries

    begun = incomplete.casefold()
    named = ((country.name_en.casefold(), country.iso3) for country in all_countries())
    return sorted((name, code) for name, code in named if name.startswith(begun))


CountryWords = Annotated[
    list[str],
    Argument(
        metavar="COUNTRY [YEAR]",
        help="A name in English, Russian, French or Spanish, or a code; a year may follow.",
        autocompletion=countries,
    ),
]
Year = Annotated[int | None, Option("--year", "-y", metavar="YEAR", help="The state on 31 December of this year.")]
On = Annotated[str | None, Option("--on", metavar="DATE", help="The state on this day, for example 2022-03-15.")]
KnownAt = Annotated[str | None, Option("--known-at", metavar="DATE", help="Leave out evidence that was reported later.")]
Rules = Annotated[
    str | None,
    Option(
        "--rules",
        metavar="NAME|DIR[@DATE]",
        help="The rule set; with @DATE its rules in force on that day. [default: civic-space]",
    ),
]
Records = Annotated[
    list[str] | None,
    Option("--records", metavar="DIR|FILE|shipped", help="Use these records in place of the shipped ones; repeatable."),
]
Engine = Annotated[str, Option("--engine", metavar="both|reference|durable", help="The program that executes the rules.")]
Prior = Annotated[
    str | None, Option("--prior", metavar="RATING", help="The rating of the year before, in place of the computed one.")
]
Log = Annotated[str | None, Option("--log", metavar="FILE.jsonl", help="Append each rating to this decision log.")]
Format = Annotated[str, Option("--format", metavar="text|json|md", help="Form of the answer.")]
ListFormat = Annotated[str, Option("--format", metavar="text|json|md|csv", help="Form of the answer.")]
Strict = Annotated[bool, Option("--strict", help="Exit code 5 unless the evidence determines the rating.")]
Ratings = Annotated[
    str | None,
    Option("--ratings", metavar="FILE", help="Read ratings that `rate batch` wrote (.csv or .parquet), in place of records."),
]
Tables = Annotated[
    list[str], Argument(metavar="RECORDS...", help="CSV or Parquet tables: a row per country-year, or a row per observation.")
]
Codebook = Annotated[str | None, Option("--codebook", metavar="DIR", help="The codebook. [default: that of the rule set]")]
State = Annotated[
    str | None, Option("--state", metavar="FILE", help="Keep the state of the work, and continue from it after a stop.")
]
Output = Annotated[str, Option("--output", "-o", metavar="FILE", help="The file to write; - prints it.")]
Entries = Annotated[int, Option("--max", metavar="N", help="Entries shown at most.")]
Sets = Annotated[int, Option("--max", metavar="N", help="Sets shown at most; JSON has all.")]


@frozen(kw_only=True)
class Moment:
    """The day that is asked about, and the last day of what may be known."""

    year: Year = None
    on: On = None
    known_at: KnownAt = None


@frozen(kw_only=True)
class Ground:
    """By which rules, and on which records; none given: those that came with the program."""

    rules: Rules = None
    records: Records = None

    @property
    def folders(self) -> Sequence[str]:
        """The records that are named."""
        return self.records or ()


def end(code: int) -> None:
    """Leave the command with an exit code."""
    if code != DONE:
        raise typer.Exit(code)
