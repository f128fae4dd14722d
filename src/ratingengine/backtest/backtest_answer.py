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


def _ends(interval: Interval | None) -> list[float | None] | None:
    return None if interval is None else [figure(interval.low), figure(interval.high)]


def backtest_json(backtest: Backtest, about: Mapping[str, Any], titles: Mapping[str, str]) -> dict[str, Any]:
    """The whole backtest; `about` says of which rules, records and published ratings it is, `titles` are those of the rules."""
    side = backtest.sides[backtest.asked.side]
    return {
        "schema": SCHEMA,
        **about,
        "chain": backtest.asked.chained,
        "compared": backtest.asked.side,
        "resampling": {"unit": "country", "draws": backtest.asked.draws, "seed": backtest.asked.seed, "level": 0.95},
        "pairs": len(backtest.pairs),
        "countries": len({pair.published.iso3 for pair in backtest.pairs}),
        **_agreement(side),
        "insufficient": len(backtest.unanswered),
        "sides": {name: _agreement(one) for name, one in backtest.sides.items()},
        "confusion": {
            word: dict(zip(backtest.words, row, strict=True))
            for word, row in zip(backtest.words, backtest.confusion, strict=True)
        },
        "calibration": [_calibration(one) for one in backtest.calibration],
        "by_year": [_group(year) for year in backtest.groups["years"]],
        "by_region": [_group(region) for region in backtest.groups["regions"]],
        "by_sub_region": [_group(sub_region) for sub_region in backtest.groups["sub_regions"]],
        "by_published_status": [_group(status) for status in backtest.groups["published_status"]],
        "by_profile": [_group(profile) for profile in backtest.groups["profiles"]],
        "changes": _changes(backtest.changes),
        "baselines": [_baseline(baseline) for baseline in backtest.baselines],
        "mismatches": [_mismatch(pair, backtest.words, titles) for pair in backtest.mismatches],
        "unanswered": [_unanswered(pair, backtest.words) for pair in backtest.unanswered],
    }


def _figures(tally: Tally) -> dict[str, Any]:
    return {
        "n": tally.n,
        "exact": figure(tally.exact_share),
        "within_one": figure(tally.within_share),
        "weighted_kappa": figure(tally.kappa),
    }


def _agreement(agreement: Agreement) -> dict[str, Any]:
    return {
        **_figures(agreement.tally),
        "exact_interval": _ends(agreement.exact),
        "within_one_interval": _ends(agreement.within),
        "weighted_kappa_interval": _ends(agreement.kappa),
    }


def _group(group: Group) -> dict[str, Any]:
    return {"name": group.name, "pairs": group.pairs, **_figures(group.tally), "insufficient": group.unanswered}


def _calibration(calibration: Calibration) -> dict[str, Any]:
    share = Fraction(calibration.covered, calibration.group.pairs) if calibration.group.pairs else None
    kept = {key: value for key, value in _group(calibration.group).items() if key not in ("name", "insufficient")}
    return {"status": calibration.group.name, **kept, "published_among_possible": figure(share)}


def _changes(changes: Changes) -> dict[str, Any]:
    return {
        "pairs_of_years": changes.pairs,
        "rated": changes.rated,
        "stable": changes.stable,
        **{way: _direction(changes.of[way]) for way in DIRECTIONS},
        "false_alarms": {
            **{way: changes.false[way] for way in DIRECTIONS},
            "share_of_stable": figure(Fraction(sum(changes.false.values()), changes.stable)) if changes.stable else None,
            "within_one_year_of_a_change": {way: changes.excused[way] for way in DIRECTIONS},
        },
    }


def _direction(direction: Direction) -> dict[str, Any]:
    years = sorted(set(direction.leads), reverse=True)
    return {
        "published": direction.exact.published,
        "ours": direction.exact.ours,
        **_matching(direction.exact),
        "within_one_year": _matching(direction.near),
        "lead_time": {
            "mean_years": figure(direction.mean_lead),
            "met": len(direction.leads),
            "years": {str(year): direction.leads.count(year) for year in years},
        },
        "there_already": direction.already,
        "not_rated": direction.unrated,
    }


def _matching(matching: Matching) -> dict[str, Any]:
    return {"called": matching.met, "precision": figure(matching.precision), "recall": figure(matching.recall)}


def _baseline(baseline: Baseline) -> dict[str, Any]:
    return {
        "name": baseline.name,
        **_figures(baseline.tally),
        "ours": {key: value for key, value in _figures(baseline.ours).items() if key != "n"},
        "ours_ahead": {
            "exact": figure(_less(baseline.ours.exact_share, baseline.tally.exact_share)),
            "exact_interval": _ends(baseline.exact_ahead),
            "weighted_kappa": figure(_less(baseline.ours.kappa, baseline.tally.kappa)),
            "weighted_kappa_interval": _ends(baseline.kappa_ahead),
        },
    }


def _less(fraction: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if fraction is None or other is None else fraction - other


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
