"""`rate backtest` as a page, from what JSON shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ratingengine.backtest.suggestions import reconciling, summed
from ratingengine.interface.page import Block, Grid, Heading, Item, Lines, Page, Points

FIGURES = ("n", "exact", "within_one", "weighted_kappa")
HEADINGS = ("n", "exact", "within one", "kappa")
SPLITS = {
    "by_year": "year",
    "by_region": "region of M49",
    "by_sub_region": "sub-region of M49",
    "by_published_status": "published rating is",
    "by_profile": "profile",
}
DIRECTIONS = ("downgrades", "upgrades")


def backtest_page(content: dict[str, Any], most: int) -> Page:
    """The content as a page; `most` mismatches are written out."""
    blocks: list[Block] = [Lines(tuple(_about(content))), Lines(tuple(_summary(content)))]
    blocks += [Heading("Published (rows) against ours (columns)"), _confusion(content["confusion"])]
    blocks += [Heading("By status of our answer"), _calibration(content["calibration"])]
    for key, what in SPLITS.items():
        blocks += [Heading(f"By {what}" if key != "by_published_status" else "By how the published rating is known")]
        blocks += [_groups(content[key], what)]
    blocks += [Heading("Changes from year to year"), _changes(content["changes"]), Lines(tuple(_leads(content["changes"])))]
    blocks += [Heading("Against baselines, on the pairs that both answer"), _baselines(content["baselines"])]
    blocks += _mismatches(content["mismatches"], most)
    if "suggestions" in content:
        blocks += summed(content["suggestions"])
    blocks += _unanswered(content["unanswered"])
    return Page(f"Backtest of {content['rules']} against {content['against']['file']}", tuple(blocks))


def cell(value: Any) -> str:
    """A number with its three digits, a word as it is, a dash for none."""
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def ends(found: Sequence[float | None] | None) -> str:
    """An interval."""
    return "–" if found is None else f"{cell(found[0])} to {cell(found[1])}"


def _about(content: dict[str, Any]) -> Iterator[str]:
    against = content["against"]
    extent = f"{against['rows']} of {against['countries']} countries, {against['years']}"
    yield f"Published ratings: {extent} ({against['sha256'][:12]})."
    on = "" if content["rules_on"] is None else f", as of {content['rules_on']}"
    yield f"Versions: software {content['software']}, rules {content['rules']}{on} ({content['rules_sha256'][:12]})."
    yield f"Our answers: {', '.join(content['answers'])} ({content['answers_sha256'][:12]})."
    yield f"Countries: {content['split']}. Profile: {content['profile'] or 'the first that is sufficient'}."
    if content["chain"]:
        yield "Chain: on. Each country starts from its first published rating, which is not judged; the rules run on from there."
    else:
        yield "Chain: off. Each country starts from its own first evidence; no published rating enters."
    yield f"Compared: our {content['compared']}. Judgements (overrides) are left out."
    sampling = content["resampling"]
    yield (
        f"Intervals: {sampling['level']} of {sampling['draws']} resamples by {sampling['unit']}, seed {sampling['seed']}, "
        "percentiles."
    )


def _summary(content: dict[str, Any]) -> Iterator[str]:
    yield (
        f"{content['pairs']} country-years of {content['countries']} countries; {content['n']} answered, "
        f"{content['insufficient']} without a rating of ours."
    )
    yield f"exact {cell(content['exact'])} ({ends(content['exact_interval'])})"
    yield f"within one band {cell(content['within_one'])} ({ends(content['within_one_interval'])})"
    yield f"quadratic weighted kappa {cell(content['weighted_kappa'])} ({ends(content['weighted_kappa_interval'])})"
    for name, side in content["sides"].items():
        yield (
            f"our {name}: n {side['n']}, exact {cell(side['exact'])} ({ends(side['exact_interval'])}), within one "
            f"{cell(side['within_one'])} ({ends(side['within_one_interval'])}), kappa {cell(side['weighted_kappa'])} "
            f"({ends(side['weighted_kappa_interval'])})"
        )


def _confusion(found: dict[str, dict[str, int]]) -> Grid:
    words = tuple(found)
    return Grid(("published", *words), tuple((word, *(str(found[word][other]) for other in words)) for word in words))


def _groups(found: Sequence[dict[str, Any]], what: str) -> Grid:
    rows = ((one["name"], str(one["pairs"]), *(cell(one[key]) for key in FIGURES), str(one["insufficient"])) for one in found)
    return Grid((what, "pairs", *HEADINGS, "insufficient"), tuple(rows))


def _calibration(found: Sequence[dict[str, Any]]) -> Grid:
    rows = (
        (one["status"], str(one["pairs"]), *(cell(one[key]) for key in FIGURES), cell(one["published_among_possible"]))
        for one in found
    )
    return Grid(("status", "pairs", *HEADINGS, "published among possible"), tuple(rows))


def _changes(content: dict[str, Any]) -> Grid:
    headings = ("", "published", "ours", "called", "precision", "recall", "called ±1 year", "precision ±1", "recall ±1")
    rows = []
    for way in DIRECTIONS:
        one = content[way]
        near = one["within_one_year"]
        counts = (str(one[key]) for key in ("published", "ours", "called"))
        shares = (cell(one["precision"]), cell(one["recall"]), str(near["called"]), cell(near["precision"]), cell(near["recall"]))
        rows.append((way, *counts, *shares))
    return Grid(headings, tuple(rows))


def _leads(content: dict[str, Any]) -> Iterator[str]:
    for way in DIRECTIONS:
        one = content[way]
        lead = one["lead_time"]
        years = ", ".join(f"{year} ({count})" for year, count in lead["years"].items()) or "none"
        yield (
            f"Lead of our {way}, years before the published one, of {lead['met']} met within three: mean "
            f"{cell(lead['mean_years'])}; {years}. Ours was already there the year before in {one['there_already']}; "
            f"not rated by us: {one['not_rated']}."
        )
    alarms = content["false_alarms"]
    near = alarms["within_one_year_of_a_change"]
    yield (
        f"{content['pairs_of_years']} published pairs of years, {content['rated']} rated by us, of which {content['stable']} "
        "stable. "
        f"False alarms on these: {alarms['downgrades']} downgrades and {alarms['upgrades']} upgrades (share "
        f"{cell(alarms['share_of_stable'])}); {near['downgrades']} and {near['upgrades']} of them within a year of a "
        "published one."
    )


def _baselines(found: Sequence[dict[str, Any]]) -> Grid:
    headings = ("baseline", *HEADINGS, "our exact", "within one", "kappa", "exact ahead", "kappa ahead")
    rows = []
    for one in found:
        ours, ahead = one["ours"], one["ours_ahead"]
        rows.append(
            (
                one["name"],
                *(cell(one[key]) for key in FIGURES),
                *(cell(ours[key]) for key in FIGURES[1:]),
                f"{cell(ahead['exact'])} ({ends(ahead['exact_interval'])})",
                f"{cell(ahead['weighted_kappa'])} ({ends(ahead['weighted_kappa_interval'])})",
            )
        )
    return Grid(headings, tuple(rows))


def _mismatches(rows: Sequence[dict[str, Any]], most: int) -> Iterator[Block]:
    if not rows:
        yield Lines(("All our ratings are as published.",))
        return
    yield Heading(f"Where our rating differs ({len(rows)})")
    yield Points(tuple(_mismatch(row) for row in rows[:most]))
    if len(rows) > most:
        yield Lines((f"and {len(rows) - most} more (--max, or --format json)",))


def _mismatch(content: dict[str, Any]) -> Item:
    published = f"published {content['published']} ({content['published_status']})"
    head = f"{content['iso3']} {content['country']} {content['year']}: {published}, ours {content['ours']}"
    change = "" if content["change"] is None else f", {content['change']} from {content['previous']}"
    gate = "open" if content["gate_open"] else "closed"
    possible = ", ".join(content["possible"])
    state = f"assessed {content['assessed']}, {content['status']}, possible {possible}{change}, upgrade gate {gate}"
    deciding = "; ".join(f"{rule['rule']} {rule['title']}" for rule in content["deciding"]) or "no rule"
    parts = [Item(f"{state}; profile {content['profile'] or 'not told'}"), Item(f"decided by {deciding}")]
    return Item(head, (*parts, *reconciling(content)))


def _unanswered(rows: Sequence[dict[str, Any]]) -> Iterator[Block]:
    if not rows:
        return
    yield Heading(f"Without a rating ({len(rows)})")
    groups: dict[tuple[str, str, str, str], list[str]] = {}
    for row in rows:
        lacking = ", ".join(row["lacking"])
        groups.setdefault((row["iso3"], row["country"], lacking, row["ceiling"]), []).append(
            f"{row['year']} {row['published']} ({row['published_status']})"
        )
    items = []
    for (iso3, name, lacking, ceiling), years in groups.items():
        said = f"no standing fact of {lacking}" if lacking else "nothing on record"
        items.append(Item(f"{iso3} {name}: {said}, at best {ceiling}; published {', '.join(years)}"))
    yield Points(tuple(items))
