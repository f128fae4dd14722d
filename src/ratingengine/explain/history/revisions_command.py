"""`rate history COUNTRY --revisions`: how the rating for each year was known over time."""

from __future__ import annotations

from collections.abc import Sequence

from ratingengine.engine.chain import first_year
from ratingengine.engine.rating import latest_year, load_evidence
from ratingengine.explain.history.revisions import revisions
from ratingengine.explain.history.revisions_page import revisions_json, revisions_page
from ratingengine.interface.asked import FORMATS, Usage, asked_load, asked_year, asked_years, choice, write
from ratingengine.interface.exit_codes import DONE
from ratingengine.interface.page import written
from ratingengine.model.evidence import Evidence
from ratingengine.model.window import last_day


def show_revisions(
    country: Sequence[str],
    asked: bool,
    year: int | None,
    to: int | None,
    known_at: str | None,
    rules: str | None,
    records: Sequence[str],
    engine: str,
    format_: str,
) -> int:
    """Each year as known on its last day and on each later day that changed the answer."""
    choice(format_, FORMATS, "--format")
    if not asked:
        raise Usage("--year goes with --revisions; for one year alone: rate COUNTRY --year YEAR, up to a year: --to YEAR")
    if known_at is not None:
        raise Usage("--revisions shows every day on which something became known; leave --known-at out")
    if year is not None and to is not None:
        raise Usage("give --year YEAR (one year) or --to YEAR (all years up to it), one of them")
    named, span = asked_years(country)
    if span is not None:
        if span[0] != span[1] or year is not None or to is not None:
            raise Usage("give one year, behind the country or as --year, or up to which: --to YEAR")
        year = span[0]
    loaded = asked_load(rules, records, engine)
    evidence = load_evidence(loaded, named.iso3)
    years = _years(evidence, year, to)
    found = revisions(loaded, named, evidence, years)
    day = loaded.method.compiled.day
    write(written(revisions_page(found, named, day), revisions_json(found, named, day), format_))
    return DONE


def _years(evidence: Evidence, year: int | None, to: int | None) -> Sequence[int]:
    """The one year asked for, or all from the first evidence on."""
    if year is not None:
        return (asked_year(year),)
    last = latest_year(evidence) if to is None else asked_year(to, "--to")
    return range(first_year(evidence, last_day(last)), last + 1) if last else ()
