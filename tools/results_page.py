"""The page docs/results.md, from what the runs of `make_results.py` gave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from ratingengine.interface.page import Block, Code, Grid, Heading, Lines, Page

BARS: tuple[tuple[str, str, float], ...] = (
    ("cut points on one index, exact", "exact", 0.69),
    ("cut points on one index, kappa", "weighted_kappa", 0.90),
    ("best fitted model, exact", "exact", 0.74),
    ("best fitted model, kappa", "weighted_kappa", 0.921),
    ("far aim, exact", "exact", 0.75),
    ("far aim, within one band", "within_one", 0.995),
    ("far aim, kappa", "weighted_kappa", 0.93),
)
"""What was asked of the rules, on countries that no threshold was set on."""
FIRST_HELD = "first year held"


@frozen
class Made:
    """What the runs gave: import reports by mapping, comparisons by name, our rating of each country and year, fitted models."""

    imports: Mapping[str, Mapping[str, Any]]
    runs: Mapping[str, Mapping[str, Any]]
    ours: Mapping[tuple[str, int], str | None]
    models: Mapping[str, Sequence[Mapping[str, Any]]]
    commands: tuple[str, ...]


def page(made: Made) -> Page:
    """All of it as a page."""
    blocks: list[Block] = [Lines(tuple(_about(made)))]
    blocks += [Heading("What was asked and what was reached"), _bars(made)]
    blocks += [Heading("Agreement"), _agreement(made.runs)]
    for name, rows in made.models.items():
        blocks += [Heading(f"Fitted models on the same pairs, {name}"), _models(rows)]
    whole = made.runs["all countries"]
    blocks += [Heading("Against baselines, on the pairs that both answer"), _baselines(made.runs)]
    for key, what in (("by_year", "year"), ("by_region", "region"), ("by_published_status", "published rating is")):
        blocks += [Heading(f"All countries by {what}"), _groups(whole[key], what)]
    blocks += [Heading("All countries by status of our answer"), _statuses(whole["calibration"])]
    blocks += [Heading("Changes of rating"), _changes(made.runs), Lines(tuple(_alarms(made.runs)))]
    blocks += [Heading("Our ratings"), Lines(tuple(_legend(whole))), _ours(made, whole)]
    blocks += [Heading("Data and commands"), _data(made.imports), Code(("make results", *made.commands))]
    return Page("Results", tuple(blocks))


def _about(made: Made) -> Iterator[str]:
    whole = made.runs["all countries"]
    yield "Written by make results; every figure is explained in backtest.md, how the thresholds were set in method.md."
    yield (
        f"Rules {whole['rules']}, profile indices; {whole['pairs']} published country-years of {whole['countries']} countries, "
        f"{whole['against']['years']}; {whole['n']} rated by us, {whole['insufficient']} not, for want of standing facts."
    )
    yield (
        "No published rating enters ours, but for the first of each country where it says chained. Held-out countries are those "
        "on which no threshold was set: a hash of the country's code decides. Published ratings mix indices with a panel's "
        "judgement: agreement is a comparison, not a proof."
    )


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _ends(found: Sequence[float] | None) -> str:
    return "–" if found is None else f"{_number(found[0])} to {_number(found[1])}"


def _bars(made: Made) -> Grid:
    held, chained = made.runs["held-out"], made.runs["chained, all countries"]
    rows = [(f"held-out: {what}", f"{bar:.3f}", _number(held[key]), _reached(held[key], bar)) for what, key, bar in BARS]
    first = next(one for one in chained["baselines"] if one["name"] == FIRST_HELD)
    ours = first["ours"]["exact"]
    rows.append(
        ("chained 2019 on: first year held, exact", _number(first["exact"]), _number(ours), _reached(ours, first["exact"]))
    )
    down = chained["changes"]["downgrades"]
    for key in ("precision", "recall"):
        rows.append((f"chained: {key} of downgrades, very year", "0.500", _number(down[key]), _reached(down[key], 0.5)))
        near = down["within_one_year"][key]
        rows.append((f"chained: {key} of downgrades, within a year", "0.500", _number(near), _reached(near, 0.5)))
    return Grid(("bar", "asked", "reached", ""), tuple(rows))


def _reached(value: float | None, bar: float) -> str:
    return "yes" if value is not None and value >= bar else "no"


def _agreement(runs: Mapping[str, Any]) -> Grid:
    headings = ("comparison", "our", "n", "exact", "95 %", "within one", "kappa", "95 %")
    rows = [
        (
            name,
            side,
            str(one["n"]),
            _number(one["exact"]),
            _ends(one["exact_interval"]),
            _number(one["within_one"]),
            _number(one["weighted_kappa"]),
            _ends(one["weighted_kappa_interval"]),
        )
        for name, found in runs.items()
        for side, one in found["sides"].items()
    ]
    return Grid(headings, tuple(rows))


def _models(rows: Sequence[Mapping[str, Any]]) -> Grid:
    cells = (
        (
            one["name"],
            str(one["n"]),
            _number(one["exact"]),
            _ends(one["exact_interval"]),
            _number(one["within_one"]),
            _number(one["weighted_kappa"]),
        )
        for one in rows
    )
    return Grid(("model", "n", "exact", "95 %", "within one", "kappa"), tuple(cells))


def _baselines(runs: Mapping[str, Any]) -> Grid:
    headings = ("comparison", "baseline", "n", "exact", "kappa", "our exact", "our kappa", "exact ahead, 95 %")
    rows = [
        (
            name,
            one["name"],
            str(one["n"]),
            _number(one["exact"]),
            _number(one["weighted_kappa"]),
            _number(one["ours"]["exact"]),
            _number(one["ours"]["weighted_kappa"]),
            f"{_number(one['ours_ahead']['exact'])} ({_ends(one['ours_ahead']['exact_interval'])})",
        )
        for name, found in runs.items()
        for one in found["baselines"]
    ]
    return Grid(headings, tuple(rows))


def _groups(groups: Sequence[Mapping[str, Any]], what: str) -> Grid:
    rows = (
        (
            one["name"],
            str(one["pairs"]),
            str(one["n"]),
            _number(one["exact"]),
            _number(one["within_one"]),
            _number(one["weighted_kappa"]),
            str(one["insufficient"]),
        )
        for one in groups
    )
    return Grid((what, "pairs", "n", "exact", "within one", "kappa", "insufficient"), tuple(rows))


def _statuses(found: Sequence[Mapping[str, Any]]) -> Grid:
    rows = (
        (
            one["status"],
            str(one["pairs"]),
            _number(one["exact"]),
            _number(one["within_one"]),
            _number(one["published_among_possible"]),
        )
        for one in found
    )
    return Grid(("status", "pairs", "exact", "within one", "published among possible"), tuple(rows))


def _changes(runs: Mapping[str, Any]) -> Grid:
    headings = (
        "comparison",
        "",
        "published",
        "ours",
        "precision",
        "recall",
        "precision ±1",
        "recall ±1",
        "mean lead",
        "there already",
    )
    rows = []
    for name, found in runs.items():
        for way in ("downgrades", "upgrades"):
            one = found["changes"][way]
            near = one["within_one_year"]
            shares = (_number(value) for value in (one["precision"], one["recall"], near["precision"], near["recall"]))
            lead = _number(one["lead_time"]["mean_years"])
            rows.append((name, way, str(one["published"]), str(one["ours"]), *shares, lead, str(one["there_already"])))
    return Grid(headings, tuple(rows))


def _alarms(runs: Mapping[str, Any]) -> Iterator[str]:
    for name, found in runs.items():
        changes = found["changes"]
        alarms = changes["false_alarms"]
        count = alarms["downgrades"] + alarms["upgrades"]
        yield f"{name}: {count} false alarms on {changes['stable']} stable pairs ({_number(alarms['share_of_stable'])})."


def _legend(whole: Mapping[str, Any]) -> Iterator[str]:
    words = tuple(whole["confusion"])
    yield ", ".join(f"{number} {word}" for number, word in enumerate(words, start=1)) + "; – none is given."
    yield "The last column: in how many of the years that are rated on both sides ours is the published one."


def _ours(made: Made, whole: Mapping[str, Any]) -> Grid:
    words = tuple(whole["confusion"])
    years = sorted({year for _, year in made.ours})
    differing = {(one["iso3"], one["year"]) for one in whole["mismatches"]}
    rows = []
    for iso3 in sorted({code for code, _ in made.ours}):
        said = {year: made.ours[iso3, year] for year in years if (iso3, year) in made.ours}
        answered = [year for year, word in said.items() if word is not None]
        same = sum((iso3, year) not in differing for year in answered)
        cells = (
            "" if year not in said else "–" if (word := said[year]) is None else str(words.index(word) + 1) for year in years
        )
        rows.append((iso3, *cells, f"{same} of {len(answered)}"))
    return Grid(("country", *map(str, years), "as published"), tuple(rows))


def _data(imports: Mapping[str, Mapping[str, Any]]) -> Grid:
    rows = (
        (name, found["file"]["name"], found["file"]["sha256"][:12], found["source"]["version"], found["source"]["licence"])
        for name, found in imports.items()
    )
    return Grid(("mapping", "file", "SHA-256", "release", "licence"), tuple(rows))
