"""Coverage by real country-years: which rules fire on the records, and which conditions are ever met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from attrs import frozen

from ratingengine.engine.chain import Link
from ratingengine.engine.rating import Loaded, countries_on_record, history, latest_year, load_evidence
from ratingengine.engine.verdicts import HOLDS, Known, Verdict, judge
from ratingengine.model.condition import atoms
from ratingengine.model.window import last_day
from ratingengine.ruleset.test.load import UnderTest
from ratingengine.world.countries import by_iso3


@frozen
class OnRecord:
    """How many country-years there are; in how many each rule fires, or is not excluded; conditions that none meets, by rule."""

    country_years: int
    fired: Mapping[str, int]
    not_excluded: Mapping[str, int]
    never: tuple[tuple[str, str], ...]


def on_record(under: UnderTest, loaded: Loaded) -> OnRecord:
    """Every year on record of every country, rated by the same rules."""
    fired: Counter[str] = Counter()
    possible: Counter[str] = Counter()
    met: set[tuple[str, str]] = set()
    days: set[tuple[str, date]] = set()
    for iso3, profile, link in _links(loaded):
        days.add((iso3, link.as_of))
        fired.update({step.rule for step in link.assessment.steps})
        possible.update({step.rule for step in link.assessment.not_excluded})
        met |= set(_met(under, loaded, profile, link))
    wanted = [(rule.id, str(atom)) for rule in under.rules if rule.when is not None for atom in dict.fromkeys(atoms(rule.when))]
    never = tuple(pair for pair in wanted if pair not in met)
    ids = [rule.id for rule in under.rules]
    return OnRecord(len(days), {name: fired[name] for name in ids}, {name: possible[name] for name in ids}, never)


def _links(loaded: Loaded) -> Iterator[tuple[str, str, Link]]:
    for iso3 in countries_on_record(loaded.records):
        country = by_iso3(iso3)
        year = latest_year(load_evidence(loaded, iso3)) if country is not None else None
        if country is None or year is None:
            continue
        for profile, links in history(loaded, country, last_day(year)).items():
            for link in links:
                yield iso3, profile, link


def _met(under: UnderTest, loaded: Loaded, profile: str, link: Link) -> Iterator[tuple[str, str]]:
    method, found = loaded.method, link.assessment
    definitions = dict(method.compiled.measures[profile])
    known = Known(found, method.codebook, method.scale, found.prior, definitions)
    for rule in under.rules:
        verdict = judge(rule, known) if rule.profile == profile else None
        if verdict is not None:
            yield from ((rule.id, leaf.text) for leaf in _leaves(verdict) if leaf.verdict == HOLDS)


def _leaves(verdict: Verdict) -> Iterator[Verdict]:
    if not verdict.parts:
        yield verdict
    for part in verdict.parts:
        yield from _leaves(part)
