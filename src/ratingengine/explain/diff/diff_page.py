"""`rate diff` as text, JSON and Markdown, all from the same values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from attrs import frozen

from ratingengine.engine.differences import Differences
from ratingengine.explain.diff.attribution import Attribution, Derivation, Term
from ratingengine.explain.diff.mixture import EVIDENCE, KINDS, Input, Mixture
from ratingengine.interface.differences import difference_blocks, differences_json, summary_json
from ratingengine.interface.page import Block, Code, Grid, Heading, Lines, Page
from ratingengine.interface.tables import cell
from ratingengine.interface.words import as_of_words, value_words
from ratingengine.model.assessment import Assessment

SCHEMA = "ratingengine/diff/1"
TERM = "ratingengine/diff-term/1"
TITLES = {
    "evidence": "evidence",
    "rules": "the rules",
    "revision": "revised records",
    "transition": "ratings of years before",
    "override": "an override",
}


@frozen
class Commands:
    """The command lines that compute each part again: one a term (by its name), one a corner (by evidence and rules)."""

    terms: Mapping[str, str]
    corners: Mapping[tuple[int, int], str]


@frozen
class Compared:
    """Two answers with all that is said of their difference."""

    before: Assessment
    after: Assessment
    differences: Differences
    attribution: Attribution
    mixture: Mixture
    commands: Commands


def diff_json(compared: Compared) -> dict[str, Any]:
    """What differs, and how much of the change of rating each input makes."""
    return {
        "schema": SCHEMA,
        "from": _side(compared, 0),
        "to": _side(compared, 1),
        "attribution": _attribution(compared),
        "differences": differences_json(compared.differences, {**compared.before.titles, **compared.after.titles}),
    }


def _side(compared: Compared, number: int) -> dict[str, Any]:
    side, answer = compared.mixture.sides[number], (compared.before, compared.after)[number]
    return {
        "country": {"iso3": side.country.iso3, "name": side.country.name_en},
        "as_of": str(side.as_of),
        "known_at": None if side.known_at is None else str(side.known_at),
        "rules": f"{answer.versions.rules} ({answer.versions.rules_digest[:12]})",
        "records": answer.versions.records_digest[:12],
        **summary_json(answer),
    }


def _attribution(compared: Compared) -> dict[str, Any]:
    attribution, words = compared.attribution, compared.mixture.method(1).scale.words
    rated = compared.before.rating is not None and compared.after.rating is not None
    kinds = {kind: sum((t.share for t in attribution.terms if t.input.kind == kind), Fraction(0)) for kind in KINDS}
    return {
        "of": "published rating" if rated else "ceiling on what is known",
        "from": words[attribution.before],
        "to": words[attribution.after],
        "bands_worse": attribution.after - attribution.before,
        "exact": attribution.orders is None,
        "orders_drawn": attribution.orders,
        "by_kind": {kind: decimal(share) for kind, share in kinds.items()},
        "terms": [_term(term, compared) for term in attribution.terms],
        "idle": [named.name for named in attribution.idle],
        "corners": [
            {
                "evidence": ("from", "to")[corner.evidence],
                "rules": ("from", "to")[corner.rules],
                "published": words[corner.severity],
                "command": compared.commands.corners[corner.evidence, corner.rules],
            }
            for corner in attribution.corners
        ],
    }


def _term(term: Term, compared: Compared) -> dict[str, Any]:
    before, after, title = _told(term.input, compared.mixture)
    return {
        "kind": term.input.kind,
        "name": term.input.name,
        "title": title,
        "from": before,
        "to": after,
        "share": decimal(term.share),
        "fraction": str(term.share) if term.error is None else None,
        "error": None if term.error is None else f"{term.error:.3f}",
        "command": compared.commands.terms[term.input.name],
    }


def _told(named: Input, mixture: Mixture) -> tuple[str | None, str | None, str]:
    """The input on both sides, where it is a value, and its title."""
    if named.kind != EVIDENCE:
        return None, None, TITLES[named.kind]
    one, other = mixture.values(0, 0)[named.name], mixture.values(1, 1)[named.name]
    return value_words(one), value_words(other), one.indicator.title


def decimal(share: Fraction) -> str:
    """A share with its sign and three decimals."""
    return f"{float(share):+.3f}" if share else "0"


def diff_page(content: dict[str, Any], compared: Compared, brief: bool) -> Page:
    """The same content as a page; a `brief` one leaves out commands, rules, and values beyond the terms."""
    attribution = content["attribution"]
    labels = _labels(compared)
    blocks: list[Block] = [Lines(tuple(_heads(content, compared))), *_shares(attribution, brief)]
    rows = tuple((c["evidence"], c["rules"], c["published"], c["command"]) for c in attribution["corners"])
    blocks += [] if brief else [Heading("Computed again in full"), Grid(("evidence", "rules", "published", "command"), rows)]
    told = content["differences"]
    blocks += difference_blocks({**told, "gained": [], "lost": [], "values": []} if brief else told, *labels)
    return Page(f"What changed: {_place(compared, 0)} → {_place(compared, 1)}", tuple(blocks))


def _place(compared: Compared, number: int) -> str:
    side, answer = compared.mixture.sides[number], (compared.before, compared.after)[number]
    same = number and side.country == compared.mixture.sides[0].country
    return ("" if same else f"{side.country.name_en} ({side.country.iso3}), ") + as_of_words(answer)


def _labels(compared: Compared) -> tuple[str, str]:
    """What heads the columns: the years or days where they differ, else the countries, else before and after."""
    one, other = compared.mixture.sides
    if one.country != other.country:
        return f"in {one.country.iso3}", f"in {other.country.iso3}"
    if one.as_of.year != other.as_of.year:
        return f"in {one.as_of.year}", f"in {other.as_of.year}"
    return (f"on {one.as_of}", f"on {other.as_of}") if one.as_of != other.as_of else ("before", "after")


def _heads(content: dict[str, Any], compared: Compared) -> Iterator[str]:
    ends = [
        f"{side['rating'] or 'none given'} ({'assessed ' + side['assessed'] if side['assessed'] else 'not assessed'})"
        for side in (content["from"], content["to"])
    ]
    yield f"Rating: {ends[0]} → {ends[1]}"
    for name in ("status", "deciding", "rules", "records"):
        one, other = (cell(side[name]) for side in (content["from"], content["to"]))
        yield f"{name.capitalize()}: {one if one == other else f'{one} → {other}'}"
    if compared.before.profile != compared.after.profile:
        yield f"The two ratings are based on different evidence (profiles); shares follow {compared.after.profile} on both sides."


def _shares(attribution: dict[str, Any], brief: bool) -> Iterator[Block]:
    bands = attribution["bands_worse"]
    how = "exact" if attribution["exact"] else f"estimated from {attribution['orders_drawn']} random orders, with standard errors"
    change = f"{abs(bands)} band{'s' if abs(bands) != 1 else ''} {'worse' if bands > 0 else 'better'}" if bands else "no band"
    words = f"{change} ({attribution['from']} → {attribution['to']})"
    yield Heading(f"How much each change in evidence contributed to the change of the {attribution['of']}: {words}")
    kinds = ", ".join(f"{TITLES[kind]} {share}" for kind, share in attribution["by_kind"].items())
    yield Lines((f"In bands, worse is positive; Shapley values, {how}. In all: {kinds}.",))
    if attribution["terms"]:
        rows: tuple[tuple[str, ...], ...] = tuple(
            (
                term["share"] + ("" if term["error"] is None else f" ± {term['error']}"),
                term["fraction"] or "",
                term["title"],
                " → ".join(end for end in (term["from"], term["to"]) if end is not None),
                term["command"],
            )
            for term in attribution["terms"]
        )
        headings: tuple[str, ...] = ("share", "exactly", "input", "from → to", "to compute it again")
        if not attribution["exact"]:
            headings, rows = headings[:1] + headings[2:], tuple(row[:1] + row[2:] for row in rows)
        if brief:
            headings, rows = headings[:-1], tuple(row[:-1] for row in rows)
        yield Grid(headings, rows)
    if attribution["idle"] and not brief:
        yield Lines((f"Changed, but did not affect the rating: {', '.join(attribution['idle'])}.",))


def term_json(derivation: Derivation, mixture: Mixture, commands: tuple[str, str] | None) -> dict[str, Any]:
    """How one share comes about."""
    words = mixture.method(1).scale.words
    before, after, title = _told(derivation.term.input, mixture)
    return {
        "schema": TERM,
        "kind": derivation.term.input.kind,
        "name": derivation.term.input.name,
        "title": title,
        "from": before,
        "to": after,
        "share": decimal(derivation.term.share),
        "fraction": str(derivation.term.share) if derivation.term.error is None else None,
        "error": None if derivation.term.error is None else f"{derivation.term.error:.3f}",
        "weights": [
            {"others": w.others, "sets": w.sets, "bands_added": str(w.added), "share": str(w.share)}
            for w in derivation.weights or ()
        ],
        "smallest": {
            "others": [other.name for other in derivation.others],
            "without": words[derivation.without],
            "with": words[derivation.within],
            "proved_smallest": derivation.smallest,
            "commands": list(commands or ()),
        },
    }


def term_page(content: dict[str, Any]) -> Page:
    """The same content as a page."""
    ends = f": {content['from']} → {content['to']}" if content["from"] is not None else ""
    exactly = f" = {content['fraction']}" if content["fraction"] else f" ± {content['error']} (drawn orders)"
    kind = "" if content["kind"] in content["name"] else f" ({content['kind']})"
    blocks: list[Block] = [Lines((f"{content['title']}{kind}{ends}", f"Share: {content['share']}{exactly} of a band"))]
    if content["weights"]:
        rows = tuple((str(w["others"]), str(w["sets"]), w["bands_added"], w["share"]) for w in content["weights"])
        blocks += [
            Heading("By how many of the other inputs are changed before"),
            Grid(("others", "sets of so many", "bands it adds over all of them", "share"), rows),
            Lines(("The share is the sum; each set counts by how many of all orders have it before the input.",)),
        ]
    smallest = content["smallest"]
    others = ", ".join(smallest["others"]) or "no other input"
    moved = smallest["without"] != smallest["with"]
    title = f"{'The smallest' if smallest['proved_smallest'] else 'A'} mixture in which it counts"
    told = f"It does not affect the rating: {smallest['without']} stays {smallest['with']}"
    if moved:
        told = f"With {others} it moves the rating: {smallest['without']} → {smallest['with']}"
    elif not smallest["proved_smallest"]:
        told = f"No mixture was found in which it moves the rating: {smallest['without']} stays {smallest['with']}"
    blocks += [Heading(title), Lines((f"{told}.",))]
    blocks += [Code(tuple(smallest["commands"]))] if smallest["commands"] else []
    return Page(f"The part of {content['name']}", tuple(blocks))
