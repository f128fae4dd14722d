"""`rate country`."""

from __future__ import annotations

from typing import Annotated

from ratingengine.cli.country import answer
from ratingengine.interface.options import (
    CountryWords,
    Engine,
    Format,
    KnownAt,
    Log,
    On,
    Option,
    Prior,
    Records,
    Rules,
    Strict,
    Year,
)


def country_command(
    country: CountryWords,
    year: Year = None,
    on: On = None,
    known_at: KnownAt = None,
    rules: Rules = None,
    records: Records = None,
    engine: Engine = "both",
    format_: Format = "text",
    prior: Prior = None,
    strict: Strict = False,
    log: Log = None,
    verbose: Annotated[bool, Option("--verbose", help="Also show engines, digests and the trace.")] = False,
) -> int:
    """Rate one country in a year or on a day.

    Without a year: the last one that has evidence. The word `country` may be left out.

    rate kazakhstan 2022
    rate kazakhstan --on 2022-03-15 --known-at 2022-06-30
    rate KAZ 2021 --rules freedom-house --records freedom-house.csv
    """
    return answer(country, year, on, known_at, rules, records or (), engine, format_, prior, strict, log, verbose)
