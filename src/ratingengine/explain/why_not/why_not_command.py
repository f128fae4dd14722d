"""`rate why-not`."""

from __future__ import annotations

from typing import Annotated

from ratingengine.engine.rating import rate
from ratingengine.explain.facts import facts_from
from ratingengine.explain.why_not.mixed import mixed
from ratingengine.explain.why_not.why_not import why_not
from ratingengine.explain.why_not.why_not_page import why_not_json, why_not_page
from ratingengine.interface.asked import (
    FORMATS,
    Usage,
    asked_country_day,
    asked_known,
    asked_load,
    choice,
    write,
)
from ratingengine.interface.exit_codes import DONE
from ratingengine.interface.options import CountryWords, Format, KnownAt, On, Option, Records, Rules, Year
from ratingengine.interface.page import written
from ratingengine.model.assessment import Assessment


def why_not_command(
    country: CountryWords,
    rating: Annotated[str, Option("--rating", metavar="RATING", help="The other rating; one beyond it counts too.")],
    year: Year = None,
    on: On = None,
    known_at: KnownAt = None,
    exactly: Annotated[bool, Option("--exactly", help="Exactly this rating, none beyond it.")] = False,
    most: Annotated[int, Option("--max", metavar="N", help="Sets shown at most; JSON has all.")] = 10,
    brief: Annotated[bool, Option("--brief", help="Count the evidence that cannot matter, without its names.")] = False,
    rules: Rules = None,
    records: Records = None,
    format_: Format = "text",
) -> int:
    """Show what would have to differ for another rating.

    Lists every smallest set of changes of the evidence that gives it, and the evidence that cannot matter.

    rate why-not kazakhstan 2022 --rating obstructed
    rate why-not kazakhstan 2022 --rating narrowed --exactly
    """
    choice(format_, FORMATS, "--format")
    place = asked_country_day(country, year, on)
    named = place.country
    loaded = asked_load(rules, records or (), "reference")
    as_of = place.day_in(loaded)
    scale = loaded.method.scale
    wanted = scale.severity(choice(rating, scale.words, "--rating"))
    found = rate(loaded, named, as_of, asked_known(known_at))
    chosen = found.chosen
    if wanted == scale.severity(chosen.ceiling):
        raise Usage(_already(found))
    facts = facts_from(loaded.method, chosen, named.population)
    answer = why_not(facts, wanted, exactly=exactly)
    content = why_not_json(found, named, facts, answer, mixed(facts, answer))
    write(written(why_not_page(content, found, max(1, most), brief), content, format_))
    return DONE


def _already(found: Assessment) -> str:
    """Why a rating cannot be asked for: the evidence gives it, as an assessment or ceiling, or the years before hold it back."""
    chosen = found.chosen
    if chosen.assessed is None:
        return f"no rating is given, and {chosen.ceiling} is the ceiling on what is known; ask for another one, or see rate why"
    if found.rating != chosen.assessed:
        cause = "an override gives it" if found.override is not None else "a rating moves one band a year"
        if found.change == "hold":
            cause = "an upgrade needs an open gate: see rate rules list --kind upgrade_gate, and rate why --rule ID"
        return f"the evidence gives {chosen.assessed} already, but {found.rating} is published: {cause}"
    return f"the evidence gives {chosen.assessed}; ask for another rating, or see rate why"
