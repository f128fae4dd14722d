"""Commands that rate one country: on a day, and every year."""

from __future__ import annotations

from typing import Annotated

import typer

from ratingengine.interface.options import Country, Engine, Format, KnownAt, Log, On, Prior, Records, Rules, Year, end

app = typer.Typer()


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
    prior: Prior = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 5 unless the rating is determined.")] = False,
    log: Log = None,
) -> None:
    """Rate one country; the word `country` may be left out."""
    from ratingengine.cli.country import answer

    end(answer(country, year, on, known_at, rules, records or (), engine, format_, prior, strict, log))


@app.command("history")
def history(
    country: Country,
    from_: Annotated[
        int | None, typer.Option("--from", metavar="YEAR", help="The first year; that of the earliest evidence.")
    ] = None,
    to: Annotated[int | None, typer.Option("--to", metavar="YEAR", help="The last year; that of the latest evidence.")] = None,
    revisions: Annotated[
        bool, typer.Option("--revisions", help="How the rating for each year was known over time, report by report.")
    ] = False,
    year: Annotated[int | None, typer.Option("--year", "-y", metavar="YEAR", help="With --revisions: this year alone.")] = None,
    known_at: KnownAt = None,
    rules: Rules = None,
    records: Records = None,
    engine: Engine = "both",
    format_: Format = "text",
    log: Log = None,
) -> None:
    """Rate every year from the first evidence on."""
    if revisions or year is not None:
        if from_ is not None:
            from ratingengine.interface.asked import Usage

            raise Usage("--from goes with the history of all years, not with --revisions")
        from ratingengine.explain.history.revisions_command import show_revisions

        end(show_revisions(country, revisions, year, to, known_at, rules, records or (), engine, format_))
        return
    from ratingengine.explain.history.history_command import show_history

    end(show_history(country, from_, to, known_at, rules, records or (), engine, format_, log))
