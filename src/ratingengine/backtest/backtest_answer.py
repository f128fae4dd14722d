"""`rate backtest` as JSON: every figure with what it counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from ratingengine.backtest.agreement import Agreement, Interval, Tally
from ratingengine.backtest.backtest import Backtest
from ratingengine.backtest.baselines import Baseline
from ratingengine.backtest.changes import DIRECTIONS, Changes, Direction, Matching
from ratingengine.backtest.pairs import Calibration, Group, Pair
from ratingengine.world.countries import by_iso3

SCHEMA = "ratingengine/backtest/1"
DIGITS = 3


def figure(value: Fraction | None) -> float | None:
    """A share, a kappa or a mean as it is shown, halves to the even digit; None where there is none."""
    return None if value is None else float(round(value, DIGITS))


def _ends(found: Interval | None) -> list[float | None] | None:
    return None if found is None else [figure(found.low), figure(found.high)]


def backtest_json(found: Backtest, about: Mapping[str, Any], titles: Mapping[str, str]) -> dict[str, Any]:
    """The whole backtest; `about` says of which rules, records and published ratings it is, `titles` are those of the rules."""
    side = found.sides[found.asked.side]
    return {
        "schema": SCHEMA,
        **about,
        "chain": found.asked.chained,
        "compared": found.asked.side,
        "resampling": {"unit": "country", "draws": found.asked.draws, "seed": found.asked.seed, "level": 0.95},
        "pairs": len(found.pairs),
        "countries": len({pair.published.iso3 for pair in found.pairs}),
        **_agreement(side),
        "insufficient": len(found.unanswered),
        "sides": {name: _agreement(one) for name, one in found.sides.items()},
        "confusion": {
            word: dict(zip(found.words, row, strict=True)) for word, row in zip(found.words, found.confusion, strict=True)
        },
        "calibration": [_calibration(one) for one in found.calibration],
        "by_year": [_group(one) for one in found.groups["years"]],
        "by_region": [_group(one) for one in found.groups["regions"]],
        "by_sub_region": [_group(one) for one in found.groups["sub_regions"]],
        "by_published_status": [_group(one) for one in found.groups["published_status"]],
        "by_profile": [_group(one) for one in found.groups["profiles"]],
        "changes": _changes(found.changes),
        "baselines": [_baseline(one) for one in found.baselines],
        "mismatches": [_mismatch(pair, found.words, titles) for pair in found.mismatches],
        "unanswered": [_unanswered(pair, found.words) for pair in found.unanswered],
    }


def _figures(tally: Tally) -> dict[str, Any]:
    return {
        "n": tally.n,
        "exact": figure(tally.exact_share),
        "within_one": figure(tally.within_share),
        "weighted_kappa": figure(tally.kappa),
    }


def _agreement(found: Agreement) -> dict[str, Any]:
    return {
        **_figures(found.tally),
        "exact_interval": _ends(found.exact),
        "within_one_interval": _ends(found.within),
        "weighted_kappa_interval": _ends(found.kappa),
    }


def _group(group: Group) -> dict[str, Any]:
    return {"name": group.name, "pairs": group.pairs, **_figures(group.tally), "insufficient": group.unanswered}


def _calibration(found: Calibration) -> dict[str, Any]:
    share = Fraction(found.covered, found.group.pairs) if found.group.pairs else None
    kept = {key: value for key, value in _group(found.group).items() if key not in ("name", "insufficient")}
    return {"status": found.group.name, **kept, "published_among_possible": figure(share)}


def _changes(found: Changes) -> dict[str, Any]:
    return {
        "pairs_of_years": found.pairs,
        "rated": found.rated,
        "stable": found.stable,
        **{way: _direction(found.of[way]) for way in DIRECTIONS},
        "false_alarms": {
            **{way: found.false[way] for way in DIRECTIONS},
            "share_of_stable": figure(Fraction(sum(found.false.values()), found.stable)) if found.stable else None,
            "within_one_year_of_a_change": {way: found.excused[way] for way in DIRECTIONS},
        },
    }


def _direction(found: Direction) -> dict[str, Any]:
    years = sorted(set(found.leads), reverse=True)
    return {
        "published": found.exact.published,
        "ours": found.exact.ours,
        **_matching(found.exact),
        "within_one_year": _matching(found.near),
        "lead_time": {
            "mean_years": figure(found.mean_lead),
            "met": len(found.leads),
            "years": {str(year): found.leads.count(year) for year in years},
        },
        "there_already": found.already,
        "not_rated": found.unrated,
    }


def _matching(found: Matching) -> dict[str, Any]:
    return {"called": found.met, "precision": figure(found.precision), "recall": figure(found.recall)}


def _baseline(found: Baseline) -> dict[str, Any]:
    return {
        "name": found.name,
        **_figures(found.tally),
        "ours": {key: value for key, value in _figures(found.ours).items() if key != "n"},
        "ours_ahead": {
            "exact": figure(_less(found.ours.exact_share, found.tally.exact_share)),
            "exact_interval": _ends(found.exact_ahead),
            "weighted_kappa": figure(_less(found.ours.kappa, found.tally.kappa)),
            "weighted_kappa_interval": _ends(found.kappa_ahead),
        },
    }


def _less(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else one - other


def pair_json(pair: Pair) -> dict[str, Any]:
    """Of which country and year a pair is."""
    country = by_iso3(pair.published.iso3)
    name = pair.published.iso3 if country is None else country.name_en
    return {"iso3": pair.published.iso3, "country": name, "year": pair.published.year}


def _mismatch(pair: Pair, words: Sequence[str], titles: Mapping[str, str]) -> dict[str, Any]:
    given = pair.given

    def word(severity: int | None) -> str | None:
        return None if severity is None else words[severity]

    return {
        **pair_json(pair),
        "published": words[pair.published.severity],
        "published_status": pair.published.status,
        "ours": word(pair.ours),
        "assessed": word(given.assessed),
        "possible": list(words[given.best : given.worst + 1]),
        "status": given.status,
        "previous": word(given.previous),
        "change": given.change,
        "gate_open": given.gate,
        "profile": given.profile or None,
        "deciding": [{"rule": rule, "title": titles.get(rule, "")} for rule in given.deciding],
    }


def _unanswered(pair: Pair, words: Sequence[str]) -> dict[str, Any]:
    return {
        **pair_json(pair),
        "published": words[pair.published.severity],
        "published_status": pair.published.status,
        "ceiling": words[pair.given.best],
        "lacking": list(pair.given.missing),
    }
