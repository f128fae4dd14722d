"""`rate what-if`: the answer on supposed evidence, and what differs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from ratingengine.explain.what_if.what_if import WrongSetting, setting, what_if
from ratingengine.explain.what_if.what_if_page import what_if_json, what_if_page
from ratingengine.interface.asked import (
    FORMATS,
    Usage,
    asked_country_day,
    asked_known,
    asked_load,
    asked_prior,
    choice,
    write,
)
from ratingengine.interface.exit_codes import DONE, UNDETERMINED
from ratingengine.interface.options import CountryWords, Engine, Format, KnownAt, On, Option, Prior, Records, Rules, Year
from ratingengine.interface.page import written
from ratingengine.model.assessment import DETERMINED


def show_what_if(
    country: Sequence[str],
    settings: Sequence[str],
    removals: Sequence[str],
    year: int | None,
    on: str | None,
    known_at: str | None,
    rules: str | None,
    records: Sequence[str],
    engine: str,
    format_: str,
    prior: str | None,
    strict: bool,
) -> int:
    """Suppose values and leave out records; the records themselves are not touched."""
    choice(format_, FORMATS, "--format")
    place = asked_country_day(country, year, on)
    named = place.country
    known = asked_known(known_at)
    loaded = asked_load(rules, records, engine)
    as_of = place.day_in(loaded)
    asked_prior(prior, loaded)
    codebook = loaded.method.codebook
    if not all(removals):
        raise Usage("--remove is empty; name a record, an event, an indicator or a source")
    try:
        supposed = [setting(text, codebook) for text in settings]
    except WrongSetting as wrong:
        raise Usage(f"--set {wrong}") from None
    twice = {name for name, _ in supposed if [other for other, _ in supposed].count(name) > 1}
    if twice:
        raise Usage(f"--set {', '.join(sorted(twice))}: set twice; give one value")
    found = what_if(loaded, named, as_of, known, prior, dict(supposed), removals)
    content = what_if_json(found, named, codebook)
    write(written(what_if_page(content, found, named), content, format_))
    return UNDETERMINED if strict and found.after.chosen.status != DETERMINED else DONE


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
    strict: Annotated[bool, Option("--strict", help="Exit code 5 unless the evidence determines the rating.")] = False,
) -> int:
    """Rate on supposed evidence and show what differs.

    No record is changed.

    rate what-if kazakhstan 2022 --set protection.investigation=effective
    rate what-if kazakhstan 2022 --remove civicus-2022-downgrade
    """
    asked = (year, on, known_at, rules, records or (), engine, format_, prior, strict)
    return show_what_if(country, set_ or (), remove or (), *asked)
