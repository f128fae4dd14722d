"""Thresholds that no country-year on record crosses: rules that these records cannot tell from others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from attrs import frozen

from ratingengine.engine.rating import Loaded, countries_on_record, history, latest_year, load_evidence
from ratingengine.errors import Problem
from ratingengine.model.condition import Atom, atoms
from ratingengine.model.normal import Normal, Subject
from ratingengine.model.rule import Rule
from ratingengine.model.window import last_day
from ratingengine.ruleset.cases import Bench
from ratingengine.ruleset.check.rules import UnderLint, idle_conditions
from ratingengine.world.countries import by_iso3

Key = tuple[str, str, str, bool]
"""Profile, subject, name, and whether the better direction is asked for."""


@frozen
class Extremes:
    """How far the records go: how many country-years there are, and the furthest that any establishes of each key."""

    country_years: int
    furthest: Mapping[Key, int]


@frozen
class Cut:
    """A threshold of a rule."""

    rule: Rule
    atom: Atom
    normal: Normal
    subject: Subject

    @property
    def key(self) -> Key:
        """What it is a threshold of."""
        return (self.rule.profile, self.atom.subject, self.atom.name, self.normal.better)


def uncrossed(under: UnderLint, loaded: Loaded) -> Iterator[Problem]:
    """One finding for each subject with thresholds that no country-year meets, at the first of them."""
    extremes = _extremes(loaded)
    found: dict[Key, list[Cut]] = {}
    idle = {(condition.rule.id, condition.atom) for condition in idle_conditions(under)}
    for cut in _cuts(under):
        if (cut.rule.id, cut.atom) in idle:  # no evidence at all would cross it, and L513 says so
            continue
        reached = extremes.furthest.get(cut.key)
        if reached is None or (reached > cut.normal.threshold if cut.normal.better else reached < cut.normal.threshold):
            found.setdefault(cut.key, []).append(cut)
    for key, cuts in found.items():
        yield _finding(under, cuts, extremes, extremes.furthest.get(key))


def _finding(under: UnderLint, cuts: list[Cut], extremes: Extremes, reached: int | None) -> Problem:
    first = cuts[0]
    by_words: dict[str, list[str]] = {}
    for cut in cuts:
        by_words.setdefault(str(cut.atom), []).append(cut.rule.id)
    words = "; ".join(f"{text} ({', '.join(dict.fromkeys(rules))})" for text, rules in by_words.items())
    end = first.subject.lowest if not first.normal.better else first.subject.highest
    furthest = (
        "nothing of it is established" if reached in (None, end) else f"the furthest is {first.subject.words_of(reached or 0)}"
    )
    message = f"none of {extremes.country_years} country-years on record meets {words}: {furthest}"
    hint = "code evidence that tells, or keep in mind that the records try neither side of it; cases do (rate test)"
    return under.files.finding("L504", message, first.atom.operand_place, hint, len(first.atom.operands[0]))


def _cuts(under: UnderLint) -> Iterator[Cut]:
    bench = Bench.of(under.rule_set, under.codebook)
    for rule in under.rules:
        inputs = () if rule.measure is None else (entry.atom for entry in rule.measure.inputs if isinstance(entry.atom, Atom))
        for atom in (*(() if rule.when is None else atoms(rule.when)), *inputs):
            if atom.subject in ("indicator", "measure"):
                yield Cut(rule, atom, *bench.meaning(atom, rule.profile))


def _extremes(loaded: Loaded) -> Extremes:
    days: set[tuple[str, date]] = set()
    furthest: dict[Key, int] = {}
    for iso3 in countries_on_record(loaded.records):
        country = by_iso3(iso3)
        year = None if country is None else latest_year(load_evidence(loaded, iso3))
        if country is None or year is None:
            continue
        for profile, links in history(loaded, country, last_day(year)).items():
            for link in links:
                days.add((iso3, link.as_of))
                _take(furthest, profile, "indicator", link.assessment.values)
                _take(furthest, profile, "measure", link.assessment.measured)
    return Extremes(len(days), furthest)


def _take(furthest: dict[Key, int], profile: str, subject: str, values: Mapping[str, object]) -> None:
    for name, value in values.items():
        best, worst = getattr(value, "best"), getattr(value, "worst")  # noqa: B009
        up, down = (profile, subject, name, False), (profile, subject, name, True)
        furthest[up] = max(furthest.get(up, best), best)
        furthest[down] = min(furthest.get(down, worst), worst)
