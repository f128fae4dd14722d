"""`rate robust`: how firm a rating is, for one country or for all on record."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from ratingengine.engine.rating import Loaded, countries_on_record, load_evidence, rate
from ratingengine.explain.facts import Facts, facts_from
from ratingengine.explain.robust.robust import FIRM, FRAGILE, UNDETERMINED, Robust, robust
from ratingengine.explain.robust.robust_page import RANKING, ranking_page, robust_json, robust_page
from ratingengine.interface.asked import (
    FORMATS,
    LISTS,
    Usage,
    as_of_day,
    asked_country_day,
    asked_known,
    asked_load,
    choice,
    write,
)
from ratingengine.interface.exit_codes import DONE
from ratingengine.interface.options import Argument, KnownAt, ListFormat, On, Option, Records, Rules, Sets, Year
from ratingengine.interface.page import written
from ratingengine.interface.progress import through
from ratingengine.interface.words import day
from ratingengine.model.assessment import Assessment
from ratingengine.world.countries import Country, by_iso3

ORDER = (FIRM, FRAGILE, UNDETERMINED)


def _robust(loaded: Loaded, country: Country, as_of: date, known: date | None) -> tuple[Assessment, Facts, Robust]:
    answer = rate(loaded, country, as_of, known)
    chosen = answer.chosen
    facts = facts_from(loaded.method, chosen, country.population)
    evidence = load_evidence(loaded, country.iso3).known_at(known)
    judged = None if answer.override is None else loaded.method.scale.severity(answer.override.rating)
    return answer, facts, robust(facts, evidence, as_of, rated=answer.rating is not None, judged=judged)


def _ranking(loaded: Loaded, as_of: date, known: date | None, format_: str) -> str:
    rows = []
    for code in through("rating countries", countries_on_record(loaded.records)):
        country = by_iso3(code)
        if country is not None:
            answer, facts, found = _robust(loaded, country, as_of, known)
            content = robust_json(answer, country, facts, found)
            kept = ("rating", "assessed", "verdict", "claims_to_flip", "carried_by_sources", "possible", "published_possible")
            rows.append({"iso3": code, "country": country.name_en, **{key: content[key] for key in kept}})
    rows.sort(key=_rank)
    return written(ranking_page(rows, day(as_of)), {"schema": RANKING, "as_of": str(as_of), "rows": rows}, format_, rows)


def _rank(row: dict[str, Any]) -> tuple[int, int, int, str]:
    """Firmest first: the verdict, then how few ratings are possible, then how many claims it takes to flip it, none last."""
    claims = row["claims_to_flip"]
    # Where no claim flips it, it is the best rating or rests on silence: that is no firmness of evidence.
    return ORDER.index(row["verdict"]), len(row["possible"]), 0 if claims is None else -claims, row["iso3"]


def robust_command(
    country: Annotated[list[str] | None, Argument(metavar="[COUNTRY]", help="A country, unless --all.")] = None,
    all_: Annotated[bool, Option("--all", help="Rank all countries on record.")] = False,
    year: Year = None,
    on: On = None,
    known_at: KnownAt = None,
    most: Sets = 3,
    rules: Rules = None,
    records: Records = None,
    format_: ListFormat = "text",
) -> int:
    """Show how firm a rating is.

    What is still possible, and how few claims or sources the rating depends on.

    rate robust kazakhstan 2022
    rate robust --all --year 2019
    """
    choice(format_, LISTS, "--format")
    if all_ == bool(country or ()):
        raise Usage("name a country, or give --all, one of them")
    place = None if all_ else asked_country_day(country or (), year, on)
    known = asked_known(known_at)
    if not all_:
        choice(format_, FORMATS, "--format")
    if place is None:
        as_of = as_of_day(year, on)
        write(_ranking(asked_load(rules, records or (), "reference"), as_of, known, format_))
        return DONE
    loaded = asked_load(rules, records or (), "reference")
    named = place.country
    answer, facts, found = _robust(loaded, named, place.day_in(loaded), known)
    content = robust_json(answer, named, facts, found)
    write(written(robust_page(content, answer, max(1, most)), content, format_))
    return DONE
