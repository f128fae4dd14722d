"""`rate why-not`."""

from __future__ import annotations

from typing import Annotated

from ratingengine.explain.why_not.why_not_answer import why_not_answer
from ratingengine.interface.asked import LISTS, asked_country_day, asked_known, asked_load, choice, write
from ratingengine.interface.exit_codes import DONE
from ratingengine.interface.options import CountryWords, KnownAt, ListFormat, On, Option, Records, Rules, Sets, Year


def why_not_command(
    country: CountryWords,
    rating: Annotated[str, Option("--rating", metavar="RATING", help="The other rating; one beyond it counts too.")],
    year: Year = None,
    on: On = None,
    known_at: KnownAt = None,
    exactly: Annotated[bool, Option("--exactly", help="Exactly this rating, none beyond it.")] = False,
    most: Sets = 10,
    brief: Annotated[bool, Option("--brief", help="Count the evidence that cannot matter, without its names.")] = False,
    rules: Rules = None,
    records: Records = None,
    format_: ListFormat = "text",
) -> int:
    """Show what would have to differ for another rating.

    Lists every smallest set of changes of the evidence that gives it, and the evidence that cannot matter.

    rate why-not kazakhstan 2022 --rating obstructed
    rate why-not kazakhstan 2022 --rating narrowed --exactly
    """
    choice(format_, LISTS, "--format")
    place = asked_country_day(country, year, on)
    loaded = asked_load(rules, records or (), "reference")
    as_of, known = place.day_in(loaded), asked_known(known_at)
    answer = why_not_answer(loaded, place.country, rating, as_of, known, exactly=exactly, most=most, brief=brief)
    write(answer.write(format_))
    return DONE
