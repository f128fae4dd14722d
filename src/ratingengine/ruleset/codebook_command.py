"""`rate codebook`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from ratingengine.engine.rating import codebook_folder
from ratingengine.errors import InvalidInput, NotFound
from ratingengine.files.nodes import near
from ratingengine.interface.asked import FORMATS, choice, write
from ratingengine.interface.exit_codes import DONE
from ratingengine.interface.json import dump
from ratingengine.interface.options import Argument, Format, Records, Rules
from ratingengine.interface.tables import Table, render
from ratingengine.method.codebook import read_codebook
from ratingengine.model.indicator import Indicator, base_of
from ratingengine.ruleset.asked_rule_set import asked_codebook, asked_rule_set, verbatim
from ratingengine.ruleset.method_page import indicator_json, indicator_text

INDICATOR_COLUMNS = (("id", "indicator"), ("type", "type"), ("time", "time"), ("worse", "worse"), ("title", "title"))


def codebook_command(
    indicator: Annotated[str | None, Argument(metavar="[INDICATOR]", help="The indicator to show in full.")] = None,
    records: Records = None,
    rules: Rules = None,
    format_: Format = "text",
) -> int:
    """List the indicators, or show one in full.

    With its question, its values and the rules that read it.

    rate codebook
    rate codebook assembly.lethal_force
    """
    choice(format_, FORMATS, "--format")
    folder = asked_codebook(records or (), rules)
    codebook, _, problems = read_codebook(folder)
    if problems:
        raise InvalidInput(problems)
    if indicator is None:
        rows = tuple(indicator_json(entry) for entry in codebook.coded)
        title = f"Codebook, {len(rows)} indicators"
        write(render(Table(title, "ratingengine/codebook-list/1", INDICATOR_COLUMNS, rows), format_))
        return DONE
    if indicator not in codebook:
        hint = near(indicator, [entry.id for entry in codebook]) or "see: rate codebook"
        raise NotFound(f"no indicator '{indicator}'; {hint}")
    found = codebook[indicator]
    readers = _readers(found, rules, folder)
    write(dump(indicator_json(found)) if format_ == "json" else verbatim(indicator_text(found, readers), format_))
    return DONE


def _readers(indicator: Indicator, rules: str | None, codebook: Path) -> tuple[str, ...]:
    """The rules that read an indicator. The default rules know the shipped codebook only."""
    if rules is None and codebook != codebook_folder(()):
        return ()
    rule_set, day = asked_rule_set(rules, codebook)
    readers = (rule for rule in rule_set.rules.values() if any(indicator.id == base_of(name) for name in rule.indicators))
    return tuple(rule.id for rule in readers if day is None or rule.in_force(day))
