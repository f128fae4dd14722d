"""`rate why`: what a rating rests on."""

from __future__ import annotations

from typing import Annotated

from ratingengine.explain.why.why_answer import why_answer
from ratingengine.interface.asked import FORMATS, asked_country_day, asked_known, asked_load, choice, write
from ratingengine.interface.exit_codes import DONE
from ratingengine.interface.options import CountryWords, Format, KnownAt, On, Option, Records, Rules, Year


def why_command(
    country: CountryWords,
    year: Year = None,
    on: On = None,
    known_at: KnownAt = None,
    rule: Annotated[str | None, Option("--rule", metavar="ID", help="Also show whether this rule holds, and why.")] = None,
    full: Annotated[bool, Option("--full", help="Also show the whole trace.")] = False,
    rules: Rules = None,
    records: Records = None,
    format_: Format = "text",
) -> int:
    """Explain a rating: the rules and the evidence that decide it.

    Shows the deciding rules down to the paragraph of each source, and every smallest set of facts that gives the rating.

    rate why kazakhstan 2022
    rate why kazakhstan 2022 --rule ASC-030
    """
    choice(format_, FORMATS, "--format")
    place = asked_country_day(country, year, on)
    loaded = asked_load(rules, records or (), "reference")
    as_of = place.day_in(loaded)
    answer = why_answer(loaded, place.country, as_of, asked_known(known_at), rules=rules, rule=rule, full=full)
    write(answer.write(format_))
    return DONE
