"""`rate what-if`: the answer on supposed evidence, and what differs."""

from __future__ import annotations

from typing import Annotated

from ratingengine.explain.what_if.what_if_answer import supposed, what_if_answer
from ratingengine.interface.asked import FORMATS, asked_country_day, asked_known, asked_load, choice, write
from ratingengine.interface.exit_codes import DONE, UNDETERMINED
from ratingengine.interface.options import CountryWords, Engine, Format, KnownAt, On, Option, Prior, Records, Rules, Strict, Year
from ratingengine.model.assessment import DETERMINED


def what_if_command(
    country: CountryWords,
    set_: Annotated[
        list[str] | None,
        Option("--set", metavar="INDICATOR=VALUE", help="Suppose a value: 7, yes, 3..5, 3.., ..5 or unknown; repeatable."),
    ] = None,
    remove: Annotated[
        list[str] | None,
        Option("--remove", metavar="NAME", help="Leave out a record, event, indicator or source; repeatable."),
    ] = None,
    year: Year = None,
    on: On = None,
    known_at: KnownAt = None,
    rules: Rules = None,
    records: Records = None,
    engine: Engine = "both",
    format_: Format = "text",
    prior: Prior = None,
    strict: Strict = False,
) -> int:
    """Rate on supposed evidence and show what differs.

    No record is changed.

    rate what-if kazakhstan 2022 --set protection.investigation=effective
    rate what-if kazakhstan 2022 --remove civicus-2022-downgrade
    """
    choice(format_, FORMATS, "--format")
    place = asked_country_day(country, year, on)
    known = asked_known(known_at)
    loaded = asked_load(rules, records or (), engine)
    found = supposed(loaded, place.country, set_ or (), remove or (), place.day_in(loaded), known, prior)
    write(what_if_answer(loaded, place.country, found).write(format_))
    return UNDETERMINED if strict and found.after.chosen.status != DETERMINED else DONE
