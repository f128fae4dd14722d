"""Where the thresholds of the profile `indices` come from, and how its ratings agree with published ones.

    python benchmarks/indices_thresholds.py [--benchmark DIR] [--format text|json]

The weights are those of rules/civic-space/indices.yaml. Cuts between ratings are looked for on the development countries alone:
of each pair of neighbours the point at which a logistic regression on the points short of full freedom gives either side
even odds. What the rules then rate is counted on both parts. Which part a country is in hangs on a hash of its code alone.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from attrs import frozen

from ratingengine.backtest.splitting import DEVELOPMENT, FOLDS, fold_of, part_of
from ratingengine.engine.chain import NONE, chain
from ratingengine.engine.rating import Loaded, load
from ratingengine.errors import Place
from ratingengine.model.assessment import Prior
from ratingengine.model.evidence import Citation, Claim, Evidence, Observation
from ratingengine.model.window import last_day

PROFILE = "indices"
BENCHMARK = Path(__file__).resolve().parent.parent.parent / "shared" / "benchmark"
COLUMNS = {
    "vdem16_v2x_civlib": "vdem.v2x_civlib",
    "vdem15_v2csreprss": "vdem.v2csreprss",
    "vdem15_v2caassemb": "vdem.v2caassemb",
    "vdem16_v2x_freexp_altinf": "vdem.v2x_freexp_altinf",
    "fh_D1": "fiw.d1",
    "fh_E1": "fiw.e1",
    "fh_E2": "fiw.e2",
    "fh_CL": "fiw.civil_liberties_score",
    "rsf_score_next_edition": "rsf.score",
    "pts_s": "pts.state_department",
    "stop_shutdowns": "stop.shutdowns",
    "cpj_killed": "cpj.journalists_killed",
}
MEASURES = ("indices.overall", "indices.freedom_house", "indices.vdem")
GRID = 5
FIRST, LAST = 2019, 2025
NOWHERE = Place("", 0, 0)

Key = tuple[str, int]
Pair = tuple[int, int]


def in_development(iso3: str) -> bool:
    """Whether thresholds may be looked at on the country: about half are."""
    return part_of(iso3) == DEVELOPMENT


@frozen
class Year:
    """A country-year: the published severity, points short by measure where all inputs are known, and what we rate."""

    iso3: str
    year: int
    published: int
    short: Mapping[str, float]
    assessed: int | None
    rating: int | None
    status: str
    possible: tuple[int, ...]


def evidence(loaded: Loaded, rows: Iterable[Mapping[str, str]]) -> dict[str, Evidence]:
    """The rows of the table of indices as evidence, by country."""
    found: dict[str, list[Observation]] = {}
    for row in rows:
        iso3, year = row["iso3"], int(row["year"])
        for column, name in COLUMNS.items():
            if row[column]:
                indicator = loaded.method.codebook[name]
                scaled = int((Decimal(row[column]) * 10**indicator.decimals).to_integral_value())
                made = Observation(
                    id=f"{iso3}-{year}-{name}",
                    country=iso3,
                    indicator=name,
                    claim=Claim("value", scaled, scaled, indicator.number(scaled)),
                    begun=date(year, 1, 1),
                    begun_by=False,
                    ended=last_day(year),
                    event="",
                    reported=(last_day(year), last_day(year)),
                    sources=(Citation("benchmark", column, NOWHERE),),
                    coder="benchmark",
                    confidence="high",
                    note="",
                    place=NOWHERE,
                )
                found.setdefault(iso3, []).append(made)
    return {iso3: Evidence(iso3, tuple(entries), (), {}, "") for iso3, entries in found.items()}


def years_of(loaded: Loaded, known: Mapping[str, Evidence], published: Mapping[Key, int]) -> list[Year]:
    """Every published country-year, rated from its own history."""
    method, severity = loaded.method, loaded.method.scale.severity
    found = []
    for iso3 in sorted({iso3 for iso3, _ in published}):
        for link in chain(method, PROFILE, known[iso3], last_day(LAST), None):
            key = iso3, link.as_of.year
            if key not in published:
                continue
            given = link.assessment
            figures = {name: given.measures[name] for name in MEASURES}
            full = [name for name, one in figures.items() if all(given.values[entry].known for entry in one.inputs)]
            short = {name: figures[name].value.best / 10 for name in full}
            assessed = None if given.assessed is None else severity(given.assessed)
            possible = tuple(map(severity, given.possible))
            found.append(Year(*key, published[key], short, assessed, link.published.rating, given.status, possible))
    return found


def chained(loaded: Loaded, known: Mapping[str, Evidence], published: Mapping[Key, int]) -> dict[Key, int | None]:
    """What we publish after FIRST where every country starts from its published rating of that year."""
    found: dict[Key, int | None] = {}
    for iso3 in sorted({iso3 for iso3, year in published if year == FIRST}):
        prior = Prior(published[iso3, FIRST], published[iso3, FIRST], NONE)
        where = (loaded.method, PROFILE, known[iso3], last_day(LAST), None, prior)
        for link in chain(*where, since=last_day(FIRST + 1)):
            found[iso3, link.as_of.year] = link.published.rating
    return found


def even_odds(pairs: Sequence[tuple[float, bool]]) -> float:
    """Where a logistic regression of the second on the first gives even odds (Newton's method, standardised)."""
    mean = sum(x for x, _ in pairs) / len(pairs)
    spread = math.sqrt(sum((x - mean) ** 2 for x, _ in pairs) / len(pairs))
    level, slope = 0.0, 0.0
    for _ in range(50):
        sums = [1e-9, 0.0, 1e-9, 0.0, 0.0]
        for x, worse in pairs:
            u = (x - mean) / spread
            chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, level + slope * u))))
            weight, rest = chance * (1 - chance), worse - chance
            for place, term in enumerate((weight, weight * u, weight * u * u, rest, rest * u)):
                sums[place] += term
        a, b, c, g, h = sums
        level, slope = level + (c * g - b * h) / (a * c - b * b), slope + (a * h - b * g) / (a * c - b * b)
    return mean - spread * level / slope


def cuts(years: Iterable[Year], measure: str) -> list[float]:
    """The points between neighbouring ratings."""
    told = [(year.short[measure], year.published) for year in years if measure in year.short]
    return [even_odds([(short, published > severity) for short, published in told]) for severity in range(4)]


def rounded(found: Iterable[float]) -> list[int]:
    """On the grid."""
    return [GRID * round(cut / GRID) for cut in found]


def scatter(years: Sequence[Year], measure: str) -> float:
    """How far one publisher's points stray from those of all, in its own points, once both ladders are laid side by side."""
    both = [year for year in years if {measure, MEASURES[0]} <= year.short.keys()]
    steps = [(0.0, *cuts(both, name), 100.0) for name in (MEASURES[0], measure)]
    strays = [year.short[measure] - moved(year.short[MEASURES[0]], *steps) for year in both]
    mean = sum(strays) / len(strays)
    return math.sqrt(sum((stray - mean) ** 2 for stray in strays) / len(strays))


def moved(point: float, ladder: Sequence[float], other: Sequence[float]) -> float:
    """The point of the other ladder that stands as far between its rungs."""
    rung = max(n for n in range(5) if point >= ladder[n])
    return other[rung] + (point - ladder[rung]) / (ladder[rung + 1] - ladder[rung]) * (other[rung + 1] - other[rung])


def agreement(pairs: Iterable[Pair]) -> dict[str, float | int]:
    """Pairs of published severity and ours: how many, exact, within one, quadratic kappa."""
    told = list(pairs)
    n = len(told)
    by_chance = sum((a - b) ** 2 for a, _ in told for _, b in told) / n
    seen = sum((a - b) ** 2 for a, b in told)
    return {
        "n": n,
        "exact": round(sum(a == b for a, b in told) / n, 3),
        "within_one": round(sum(abs(a - b) <= 1 for a, b in told) / n, 3),
        "weighted_kappa": round(1 - seen / by_chance, 3) if by_chance else 1.0,
    }


def across_folds(years: Sequence[Year]) -> dict[str, float | int]:
    """The procedure judged on the development countries: cuts from all others but a fifth of them, rounded, on that fifth."""
    pairs: list[Pair] = []
    for fold in range(0, FOLDS, 2):
        ladder = rounded(cuts([year for year in years if fold_of(year.iso3) != fold], MEASURES[0]))
        inside = (year for year in years if fold_of(year.iso3) == fold and MEASURES[0] in year.short)
        pairs += [(year.published, sum(year.short[MEASURES[0]] >= cut for cut in ladder)) for year in inside]
    return agreement(pairs)


def counted(years: Sequence[Year]) -> dict[str, Any]:
    """The agreement of one part of the countries."""
    rated = [year for year in years if year.rating is not None and year.assessed is not None]
    found: dict[str, Any] = {"countries": len({year.iso3 for year in years}), "unrated": len(years) - len(rated)}
    found["rating"] = agreement((year.published, year.rating or 0) for year in rated)
    found["assessed"] = agreement((year.published, year.assessed or 0) for year in rated)
    for status in ("determined", "bounded"):
        some = [year for year in rated if year.status == status]
        found[status] = agreement((year.published, year.assessed or 0) for year in some)
        found[status]["published_among_possible"] = round(sum(year.published in year.possible for year in some) / len(some), 3)
    return found


def counted_chain(given: Mapping[Key, int | None], published: Mapping[Key, int]) -> dict[str, Any]:
    """The chain from FIRST, against holding that year's rating, and downgrades met in the same year, or one or three apart."""
    told = [(key, rating) for key, rating in given.items() if rating is not None and key in published]
    found: dict[str, Any] = {"chained": agreement((published[key], rating) for key, rating in told)}
    found["held"] = agreement((published[key], published[key[0], FIRST]) for key, _ in told)
    ours = {**dict(told), **{(iso3, FIRST): published[iso3, FIRST] for (iso3, _), _ in told}}
    theirs = {key: severity for key, severity in published.items() if (key[0], FIRST) in ours and key[1] >= FIRST}
    called, real = ([k for k in side if (k[0], k[1] - 1) in side and side[k] > side[k[0], k[1] - 1]] for side in (ours, theirs))
    for apart in (0, 1, 3):
        met = met_within(called, real, apart)
        found[f"downgrades within {apart}"] = {"published": len(real), "ours": len(called), "met": met}
    return found


def met_within(called: Sequence[Key], real: Sequence[Key], apart: int) -> int:
    """How many can be paired off, each with one other of the same country, at most so many years apart."""
    free, met = set(called), 0
    for iso3, year in sorted(real):
        near = sorted((abs(year - own), own) for name, own in free if name == iso3 and abs(year - own) <= apart)
        if near:
            free.discard((iso3, near[0][1]))
            met += 1
    return met


def everything(folder: Path) -> dict[str, Any]:
    """All figures."""
    loaded = load(engine="reference")
    severity = loaded.method.scale.severity
    with (folder / "published_ratings.csv").open(encoding="utf-8", newline="") as file:
        published = {(row["iso3"], int(row["year"])): severity(row["rating"]) for row in csv.DictReader(file)}
    with (folder / "indicators_2012_2025.csv").open(encoding="utf-8", newline="") as file:
        known = evidence(loaded, [row for row in csv.DictReader(file) if row["iso3"] in {iso3 for iso3, _ in published}])
    years = years_of(loaded, known, published)
    development = [year for year in years if in_development(year.iso3)]
    chains = chained(loaded, known, published)
    found: dict[str, Any] = {"cuts": {name: [round(cut, 1) for cut in cuts(development, name)] for name in MEASURES}}
    found["rounded"] = rounded(cuts(development, MEASURES[0]))
    found["scatter"] = {name: round(scatter(development, name), 1) for name in MEASURES[1:]}
    found["procedure across folds of development"] = across_folds(development)
    parts: dict[str, Callable[[str], bool]] = {
        "development": in_development,
        "held-out": lambda iso3: not in_development(iso3),
        "all": lambda _: True,
    }
    for part, inside in parts.items():
        found[part] = counted([year for year in years if inside(year.iso3)])
        found[part] |= counted_chain({key: rating for key, rating in chains.items() if inside(key[0])}, published)
    return found


def text(found: Any, depth: int = 0) -> str:
    """Names and figures, one a line."""
    if not isinstance(found, dict):
        return f" {found}\n"
    lines = (f"{'  ' * depth}{name}:{text(value, depth + 1)}" for name, value in found.items())
    return ("\n" if depth else "") + "".join(lines)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="Thresholds and agreement of the profile indices")
    parser.add_argument("--benchmark", type=Path, default=BENCHMARK)
    parser.add_argument("--format", choices=("text", "json"), default="text")
    asked = parser.parse_args()
    found = everything(asked.benchmark)
    print(json.dumps(found, indent=2) if asked.format == "json" else text(found), end="\n" if asked.format == "json" else "")


if __name__ == "__main__":
    main()
