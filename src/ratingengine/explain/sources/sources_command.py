"""`rate sources COUNTRY`: the sources behind an answer, and the rating without each of them."""

from __future__ import annotations

from collections.abc import Sequence

from ratingengine.engine.rating import load_evidence, rate
from ratingengine.explain.sources.sources import leave_one_out, sources_behind
from ratingengine.explain.sources.sources_page import sources_json, sources_page
from ratingengine.interface.asked import FORMATS, as_of_day, asked_country, asked_known, asked_load, choice, write
from ratingengine.interface.exit_codes import DONE
from ratingengine.interface.page import written


def show_sources(
    country: Sequence[str],
    year: int | None,
    on: str | None,
    known_at: str | None,
    leave_out: bool,
    rules: str | None,
    records: Sequence[str],
    format_: str,
) -> int:
    """The sources that count on the day; with `leave_out` also the answer without each source, publisher and coder."""
    choice(format_, FORMATS, "--format")
    named = asked_country(country)
    as_of = as_of_day(year, on)
    known = asked_known(known_at)
    loaded = asked_load(rules, records, "reference")
    evidence = load_evidence(loaded, named.iso3)
    found = rate(loaded, named, as_of, known)
    rows = leave_one_out(loaded, named, found, evidence) if leave_out else None
    content = sources_json(found, named, sources_behind(found, evidence), rows)
    write(written(sources_page(found, named, content), content, format_))
    return DONE
