"""`rate sources COUNTRY`: the sources behind an answer, and the rating without each of them."""

from __future__ import annotations

from typing import Annotated

from ratingengine.engine.rating import load_evidence, rate
from ratingengine.explain.sources.sources import leave_one_out as without_each
from ratingengine.explain.sources.sources import sources_behind
from ratingengine.explain.sources.sources_page import sources_json, sources_page
from ratingengine.interface.asked import LISTS, asked_country_day, asked_known, asked_load, choice, write
from ratingengine.interface.exit_codes import DONE
from ratingengine.interface.options import CountryWords, KnownAt, ListFormat, On, Option, Records, Rules, Year
from ratingengine.interface.page import written


def sources_command(
    country: CountryWords,
    year: Year = None,
    on: On = None,
    known_at: KnownAt = None,
    leave_one_out: Annotated[
        bool, Option("--leave-one-out", help="Also show the rating without each source, publisher and coder.")
    ] = False,
    rules: Rules = None,
    records: Records = None,
    format_: ListFormat = "text",
) -> int:
    """List the sources of a rating and what depends on each.

    rate sources kazakhstan 2022
    rate sources kazakhstan 2022 --leave-one-out
    """
    choice(format_, LISTS, "--format")
    place = asked_country_day(country, year, on)
    named = place.country
    known = asked_known(known_at)
    loaded = asked_load(rules, records or (), "reference")
    as_of = place.day_in(loaded)
    evidence = load_evidence(loaded, named.iso3)
    found = rate(loaded, named, as_of, known)
    rows = without_each(loaded, named, found, evidence) if leave_one_out else None
    content = sources_json(found, named, sources_behind(found, evidence), rows)
    write(written(sources_page(found, named, content), content, format_, content["without" if leave_one_out else "sources"]))
    return DONE
