"""`rate country`."""

from __future__ import annotations

from typing import Annotated

from ratingengine.cli.country import answer
from ratingengine.interface.options import CountryWords, Engine, Format, KnownAt, Log, On, Option, Prior, Records, Rules, Year


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
    strict: Annotated[bool, Option("--strict", help="Exit 5 unless the rating is determined.")] = False,
    log: Log = None,
    verbose: Annotated[bool, Option("--verbose", help="With engines, digests and the trace.")] = False,
) -> int:
    """Rate one country; the word `country` may be left out."""
    return answer(country, year, on, known_at, rules, records or (), engine, format_, prior, strict, log, verbose)
