"""Which country-years on record two rule sets rate differently, by the published chain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from attrs import evolve, frozen

from ratingengine.engine.chain import Link
from ratingengine.engine.differences import Differences, differences
from ratingengine.engine.rating import Loaded, answer_of, carrying, countries_on_record, history, latest_year, load, load_evidence
from ratingengine.model.assessment import Assessment
from ratingengine.model.window import last_day
from ratingengine.proofs.rules_diff.side import Side
from ratingengine.world.countries import Country, by_iso3


@frozen
class Moved:
    """A country-year that comes out otherwise, and what differs."""

    country: Country
    as_of: date
    before: Assessment
    after: Assessment
    differing: Differences


@frozen
class Impact:
    """How many country-years there are; those whose answer differs; how many differ in the rules that hold alone."""

    country_years: int
    moved: tuple[Moved, ...]
    rules_alone: int


def impact(old: Side, new: Side, records: Sequence[Path]) -> Impact:
    """Every year on record of every country under both rule sets. Raises InvalidInput where records do not fit."""
    sides = (_loaded(old, records), _loaded(new, records))
    found = [moved for iso3 in countries_on_record(sides[0].records) for moved in _country(sides, iso3)]
    told = tuple(one for one in found if one.differing.aspects or one.differing.levels)
    alone = sum(bool(one.differing.gained or one.differing.lost) for one in found) - sum(
        bool(one.differing.gained or one.differing.lost) for one in told
    )
    return Impact(len(found), told, alone)


def _loaded(side: Side, records: Sequence[Path]) -> Loaded:
    # What the rules say is asked here: a judgement stands under any rules.
    return evolve(load(str(side.folder), records, "reference", side.day), overrides=())


def _country(sides: tuple[Loaded, Loaded], iso3: str) -> Iterator[Moved]:
    country = by_iso3(iso3)
    year = None if country is None else latest_year(load_evidence(sides[0], iso3))
    if country is None or year is None:
        return
    links = [history(side, country, last_day(year), evidence=load_evidence(side, iso3)) for side in sides]
    days = [link.as_of for link in next(iter(links[0].values()))]
    for number, day in enumerate(days):
        before, after = (
            _answer(side, country, {profile: years[number] for profile, years in of_side.items()})
            for side, of_side in zip(sides, links, strict=True)
        )
        yield Moved(country, day, before, after, differences(before, after))


def _answer(side: Loaded, country: Country, links: Mapping[str, Link]) -> Assessment:
    return answer_of(side, country, load_evidence(side, country.iso3), None, links, carrying(links))
