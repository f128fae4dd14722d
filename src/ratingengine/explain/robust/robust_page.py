"""`rate robust` as text, JSON and Markdown, all from the same values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ratingengine.explain.facts import Facts
from ratingengine.explain.moves import move_json, move_words
from ratingengine.explain.robust.robust import FIRM, FRAGILE, UNRATED, Robust
from ratingengine.interface.page import Block, Grid, Heading, Item, Lines, Page, Points
from ratingengine.interface.words import day
from ratingengine.model.assessment import Assessment
from ratingengine.model.evidence import Observation
from ratingengine.world.countries import Country

SCHEMA = "ratingengine/robust/1"
RANKING = "ratingengine/robust-ranking/1"
VERDICTS = {
    FIRM: "one rating can be published on this evidence, and no single claim or source carries it",
    FRAGILE: "one rating can be published on this evidence, but it hangs on a single claim or source",
}
"""What the words mean; undetermined is explained by its cause."""


def robust_json(assessment: Assessment, country: Country, facts: Facts, robust: Robust) -> dict[str, Any]:
    """Verdict, ratings still possible, the claims that carry the rating, and the open values that would worsen it."""
    words = facts.method.scale.words
    claims = {entry.id: entry for value in facts.values.values() for entry in value.observations}
    rated = assessment.rating is not None
    flip = robust.flip
    reached = [None if severity == UNRATED else words[severity] for severity in flip.reached]
    return {
        "schema": SCHEMA,
        "country": {"iso3": country.iso3, "name": country.name_en},
        "as_of": str(assessment.as_of),
        "rating": assessment.rating,
        "assessed": assessment.chosen.assessed,
        "ceiling": assessment.chosen.ceiling,
        "previous": assessment.previous,
        "override": None if assessment.override is None else assessment.override.id,
        "verdict": robust.verdict,
        "possible": [words[severity] for severity in robust.possible.severities],
        "possible_exact": robust.possible.exact,
        "published_possible": [words[severity] for severity in robust.published] if rated else [],
        "claims_to_flip": flip.size if flip.sets else None,
        "no_smaller_set": flip.proved,
        "searched_below": flip.size if flip.cut else None,
        "flips": [[_claim(claims[name], facts) for name in names] for names in flip.sets],
        "flipped_to": next(iter(reached)) if len(set(reached)) == 1 else None,
        "flips_to": reached,
        "carried_by_sources": list(robust.sources),
        "worsened_by": [[move_json(move, facts) for move in moves] for moves in robust.worse_by],
    }


def _claim(entry: Observation, facts: Facts) -> dict[str, Any]:
    return {
        "id": entry.id,
        "title": facts.values[entry.indicator].indicator.title,
        "claim": f"{entry.claim.form.replace('_', ' ')} {entry.claim.text}",
        "places": [str(citation) for citation in entry.sources],
    }


def robust_page(content: dict[str, Any], assessment: Assessment, most: int) -> Page:
    """The same content as a page; `most` sets of each kind are written out."""
    place = f"{content['country']['name']} ({content['country']['iso3']}), {day(assessment.as_of)}"
    blocks: list[Block] = [Lines(tuple(_summary(content)))]
    if content["flips"]:
        told = ["" if len(set(content["flips_to"])) == 1 else f"{to or 'no rating'}: " for to in content["flips_to"]]
        blocks += [Heading(_flip_title(content)), Points(tuple(_numbered(content["flips"], _claim_words, most, told)))]
    elif content["searched_below"] is not None:
        fewer = f"It is the same without any {content['searched_below'] - 1} claims; larger sets are too many to search."
        blocks.append(Lines((fewer,)))
    else:
        blocks.append(Lines(("No claim carries it: it is the same without any of them.",)))
    sources = ", ".join(content["carried_by_sources"]) or "none"
    blocks.append(Lines((f"Sources that carry it, each by itself: {sources}.",)))
    if content["worsened_by"]:
        title = "Smallest sets of open values that would give a worse assessment"
        blocks += [Heading(title), Points(tuple(_numbered(content["worsened_by"], move_words, most)))]
    return Page(f"How firm the rating is: {place}", tuple(blocks))


def _summary(content: dict[str, Any]) -> Iterator[str]:
    rating = content["rating"]
    if rating is None:
        yield f"{content['verdict']}: no rating is given, since standing facts are missing."
        yield f"On what is known: at most {content['ceiling']}."
    else:
        yield f"{content['verdict']}: {VERDICTS.get(content['verdict'], _several(content))}."
        before = f", {content['previous']} the year before" if content["previous"] else ""
        judged = f", by override {content['override']}" if content["override"] else ""
        yield f"Rating: {rating} (assessed: {content['assessed'] or 'nothing, not enough evidence'}{before}{judged})."
    sense = "exactly these" if content["possible_exact"] else "at most these; the search was cut"
    yield f"Assessments that missing and uncertain values leave possible: {', '.join(content['possible'])} ({sense})."
    if rating is not None:
        yield f"Published for these: {', '.join(content['published_possible'])}."


def _several(content: dict[str, Any]) -> str:
    return f"the evidence leaves {len(content['published_possible'])} published ratings possible"


def _flip_title(content: dict[str, Any]) -> str:
    size = content["claims_to_flip"]
    claims = "1 claim" if size == 1 else f"{size} claims"
    proof = "no smaller set does" if content["no_smaller_set"] else "no smaller set was found"
    reached = set(content["flips_to"])
    then = "another rating or none would be assessed"
    if len(reached) == 1:
        rating = reached.pop()
        then = f"it would be assessed {rating}" if rating else "no rating would be given"
    return f"Without {claims} {then}; {proof}"


def _numbered(
    sets: Sequence[Sequence[dict[str, Any]]], words: Any, most: int, told: Sequence[str] | None = None
) -> Iterator[Item]:
    """Each set with its claims or moves; `told` stands before each where they lead to different ratings."""
    for number, found in enumerate(sets[:most], start=1):
        before = told[number - 1] if told else ""
        if len(found) == 1:
            yield Item(f"{number}. {before}{words(found[0])}")
        else:
            yield Item(f"{number}. {before}{'both' if len(found) == 2 else 'all'} of", tuple(Item(words(one)) for one in found))
    if len(sets) > most:
        yield Item(f"and {len(sets) - most} more (--max, or --format json)")


def _claim_words(claim: dict[str, Any]) -> str:
    return f"{claim['id']} {claim['title']}: {claim['claim']} [{'; '.join(claim['places'])}]"


def ranking_page(rows: Sequence[dict[str, Any]], as_of: str) -> Page:
    """All countries on record, the firmest first."""
    headings = (
        "code",
        "country",
        "rating",
        "verdict",
        "claims to flip",
        "sources that carry it",
        "possible",
        "published possible",
    )
    cells = tuple(
        (
            row["iso3"],
            row["country"],
            row["rating"] or "–",
            row["verdict"],
            "–" if row["claims_to_flip"] is None else str(row["claims_to_flip"]),
            ", ".join(row["carried_by_sources"]) or "–",
            ", ".join(row["possible"]),
            ", ".join(row["published_possible"]) or "–",
        )
        for row in rows
    )
    meanings = (f"{word}: {meaning}." for word, meaning in VERDICTS.items())
    legend = Lines((*meanings, "undetermined: no rating, or several ratings could be published."))
    return Page(f"How firm the ratings are, {as_of}", (Grid(headings, cells), legend))
