"""`rate why-not` as text, JSON and Markdown, all from the same values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ratingengine.explain.facts import Facts
from ratingengine.explain.moves import move_json, move_words
from ratingengine.explain.why_not.mixed import Mixed
from ratingengine.explain.why_not.why_not import Change, WhyNot
from ratingengine.interface.page import Block, Heading, Item, Lines, Page, Points
from ratingengine.interface.words import as_of_words
from ratingengine.model.assessment import Assessment
from ratingengine.world.countries import Country

SCHEMA = "ratingengine/why-not/1"


def why_not_json(assessment: Assessment, country: Country, facts: Facts, why_not: WhyNot, further: Mixed) -> dict[str, Any]:
    """Every minimal set of changes that would give the rating asked for, nearest first; `asked` says in which sense.

    After them stand those of `further`, which move more facts less far.
    """
    scale = facts.method.scale
    beyond = "exactly" if why_not.exactly else "or worse" if why_not.worse else "or better"
    wanted = scale.word(why_not.wanted)
    return {
        "schema": SCHEMA,
        "country": {"iso3": country.iso3, "name": country.name_en},
        "as_of": str(assessment.as_of),
        "rules_on": None if assessment.versions.rules_on is None else str(assessment.versions.rules_on),
        "rating": assessment.rating,
        "assessed": assessment.chosen.assessed,
        "ceiling": assessment.chosen.ceiling,
        "asked": f"exactly {wanted}" if why_not.exactly else f"{wanted} {beyond}",
        "sets": [
            *(_set(change, assessment, facts, minimal=True) for change in why_not.changes),
            *(_set(change, assessment, facts, minimal=False) for change in further.changes),
        ],
        "alone": list(why_not.alone),
        "never": list(further.never),
        "not_excluded": list(further.unseen),
        "further_sets_complete": further.whole,
        "further_sets_up_to_size": further.tried,
        "complete": why_not.up_to is None and not why_not.non_monotone,
        "up_to_size": why_not.up_to,
        "every_way_to_move_a_set": not why_not.one_way,
        "non_monotone_rules": why_not.non_monotone,
        "runs": why_not.runs,
        "further_runs": further.runs,
    }


def _set(change: Change, assessment: Assessment, facts: Facts, *, minimal: bool) -> dict[str, Any]:
    scale = facts.method.scale
    rated = assessment.chosen.assessed is not None and change.published is not None
    return {
        "changes": [move_json(move, facts) for move in change.moves],
        "minimal": minimal,
        "distance": round(float(change.distance), 3),
        "assessed": scale.word(change.reached),
        "published": scale.word(change.published or 0) if rated else None,
    }


def why_not_page(content: dict[str, Any], assessment: Assessment, most: int, brief: bool) -> Page:
    """The same content as a page; `most` sets are written out, and a `brief` one only counts what never helps."""
    place = f"{content['country']['name']} ({content['country']['iso3']}), {as_of_words(assessment)}"
    now = f"Assessed: {content['assessed']}."
    if content["assessed"] is None:
        now = f"No rating while laws or conditions in force are missing; changes move the ceiling, now {content['ceiling']}."
    published = f" Published: {content['rating']}." if content["rating"] else ""
    sets = [entry for entry in content["sets"] if entry["minimal"]]
    blocks: list[Block] = [
        Lines((now + published, f"Asked: what would give {content['asked']}, as assessed.")),
        Lines(tuple(_completeness(content))),
    ]
    if sets:
        blocks += [Heading("Sets of changes"), _points(sets, most, 1)]
    further = [entry for entry in content["sets"] if not entry["minimal"]]
    if further:
        blocks += [Heading("More facts, each changed less"), Lines((_extent(content),)), _points(further, most, len(sets) + 1)]
    blocks.append(Lines(tuple(_others(content, brief))))
    return Page(f"Why not {content['asked']}: {place}", tuple(blocks))


def _points(sets: Sequence[dict[str, Any]], most: int, first: int) -> Points:
    shown = tuple(_item(number, entry) for number, entry in enumerate(sets[:most], start=first))
    more = (Item(f"and {len(sets) - most} more (--max, or --format json)"),) if len(sets) > most else ()
    return Points((*shown, *more))


def _extent(content: dict[str, Any]) -> str:
    """How far the search for further sets went."""
    runs = f"{content['further_runs']} runs of the reference engine"
    if content["further_sets_complete"]:
        return f"No change in these sets can be left out or made smaller, and there are no other sets: shown by {runs}."
    size = content["further_sets_up_to_size"]
    tried = "all sets were tried"
    if size is not None:
        facts = "1 fact" if size == 1 else f"{size} facts"
        tried = f"all sets of up to {facts} were tried, and some larger" if size else "only some sets were tried"
    return f"No change in these sets can be left out or made smaller. One way to change each set is given; {tried}, in {runs}."


def _completeness(content: dict[str, Any]) -> Iterator[str]:
    sets = [entry for entry in content["sets"] if entry["minimal"]]
    count = f"{len(sets)} minimal sets of changes of the evidence give it"
    if len(sets) < 2:
        count = "1 minimal set of changes of the evidence gives it" if sets else "No set of changes gives it"
    size = content["up_to_size"]
    if content["non_monotone_rules"]:
        yield f"{count}. A rule points in the better direction, so there may be others."
    elif size is None:
        yield f"{count}. Every change that gives it contains one of them, and no smaller one does: shown by {_runs(content)}."
    else:
        yield f"{count} with at most {size} changes, and no other minimal set of that size: shown by {_runs(content)}."
        yield "There are too many larger sets to list."
    if not content["every_way_to_move_a_set"]:
        yield "Some sets can be changed in other ways too; one is given."


def _runs(content: dict[str, Any]) -> str:
    return f"{content['runs']} runs of the reference engine"


def _item(number: int, content: dict[str, Any]) -> Item:
    given = (
        content["assessed"]
        if content["published"] in (None, content["assessed"])
        else f"{content['assessed']} (published {content['published']})"
    )
    return Item(f"{number}. gives {given}", tuple(Item(move_words(move)) for move in content["changes"]))


def _others(content: dict[str, Any], brief: bool) -> Iterator[str]:
    yield "Enough by itself: " + (", ".join(content["alone"]) or "nothing")
    if content["non_monotone_rules"]:
        return
    never, open_ = content["never"], content["not_excluded"]
    if never or not open_:
        yield "Cannot help, alone or with others: " + (_named(never, brief) or "none of the indicators that the rules read")
    if open_:
        yield f"Not in these sets, but might help: {_named(open_, brief)}"


def _named(names: Sequence[str], brief: bool) -> str:
    return f"{len(names)} indicators" if brief and len(names) > 1 else ", ".join(names)
