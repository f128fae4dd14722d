"""`rate why-not` as text, JSON and Markdown, all from the same values."""

from __future__ import annotations

from typing import Any

from ratingengine.audit.facts import PRIOR, Facts, Move
from ratingengine.audit.why_not import WhyNot
from ratingengine.countries import Country
from ratingengine.model.assessment import Assessment
from ratingengine.reports.why import as_of_words

SCHEMA = "ratingengine/why-not/1"


def why_not_json(assessment: Assessment, country: Country, facts: Facts, found: WhyNot) -> dict[str, Any]:
    """Every minimal set of changes that would give the rating asked for or a better one, smallest first."""
    scale = facts.method.scale
    return {
        "schema": SCHEMA,
        "country": {"iso3": country.iso3, "name": country.name_en},
        "as_of": str(assessment.as_of),
        "rules_on": None if assessment.versions.rules_on is None else str(assessment.versions.rules_on),
        "rating": assessment.rating,
        "assessed": assessment.chosen.assessed,
        "ceiling": assessment.chosen.ceiling,
        "asked": f"assessed {scale.word(found.wanted)} or better",
        "sets": [[_move(move, facts) for move in moves] for moves in found.sets],
        "alone": list(found.alone),
        "never": list(found.never),
    }


def _move(move: Move, facts: Facts) -> dict[str, Any]:
    if move.indicator == PRIOR:
        return {"indicator": PRIOR, "title": "the rating of the year before", "present": "known", "wanted": "not known"}
    indicator = facts.values[move.indicator].indicator
    return {
        "indicator": move.indicator,
        "title": indicator.title,
        "present": indicator.number(move.present),
        "wanted": indicator.number(move.wanted),
        "thresholds_crossed": move.crossed,
    }


def why_not_text(content: dict[str, Any], assessment: Assessment, most: int) -> str:
    """The same content for a terminal; `most` sets are written out."""
    name, sets = content["country"]["name"], content["sets"]
    now = content["assessed"] or f"at most {content['ceiling']} on what is known"
    count = f"{len(sets)} minimal set{'s' if len(sets) != 1 else ''} of changes"
    lines = [f"Why {name} is not {content['asked']} on {as_of_words(assessment)} (assessed: {now})", ""]
    if content["assessed"] is None:
        lines += ["No rating is given while standing facts are missing; what follows moves the ceiling.", ""]
    lines += [f"{count} of the evidence would give it, and no other or smaller one:"]
    for moves in sets[:most]:
        lines.append("")
        lines += [f"  {move['title']}: {move['present']} → {move['wanted']}  ({move['indicator']})" for move in moves]
    if len(sets) > most:
        lines += ["", f"  and {len(sets) - most} more (--max, or --format json)"]
    lines += ["", "Suffices by itself: " + (", ".join(content["alone"]) or "nothing")]
    lines.append("Never helps: " + (", ".join(content["never"]) or "nothing of what is known"))
    return "\n".join(lines) + "\n"


def why_not_markdown(content: dict[str, Any], assessment: Assessment, most: int) -> str:
    """The same content as Markdown."""
    head, *rest = why_not_text(content, assessment, most).split("\n")
    return f"# {head}\n\n```\n" + "\n".join(rest).strip("\n") + "\n```\n"
