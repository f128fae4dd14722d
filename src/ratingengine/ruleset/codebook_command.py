"""`rate codebook`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from ratingengine.engine.rating import codebook_folder
from ratingengine.errors import InvalidInput, NotFound
from ratingengine.files.nodes import near
from ratingengine.interface.asked import FORMATS, LISTS, Usage, choice, write
from ratingengine.interface.exit_codes import DONE
from ratingengine.interface.json import dump
from ratingengine.interface.options import Argument, ListFormat, Option, Records, Rules
from ratingengine.interface.tables import Table, render
from ratingengine.method.codebook import read_codebook
from ratingengine.model.indicator import Indicator, base_of
from ratingengine.ruleset.asked_rule_set import asked_codebook, asked_rule_set, verbatim
from ratingengine.ruleset.method_page import indicator_json, indicator_text
from ratingengine.ruleset.searching import searched

INDICATOR_COLUMNS = (("id", "indicator"), ("type", "type"), ("time", "time"), ("worse", "worse"), ("title", "title"))


def codebook_command(
    indicator: Annotated[str | None, Argument(metavar="[INDICATOR]", help="The indicator to show in full.")] = None,
    find: Annotated[
        str | None, Option("--find", metavar="WORDS", help="List the indicators that speak of this, hand-coded ones first.")
    ] = None,
    records: Records = None,
    rules: Rules = None,
    format_: ListFormat = "text",
) -> int:
    """List the indicators, or show one in full.

    With its question, its values and the rules that read it.

    rate codebook
    rate codebook --find "tear gas"
    rate codebook assembly.lethal_force
    """
    choice(format_, LISTS, "--format")
    folder = asked_codebook(records or (), rules)
    codebook, _, problems = read_codebook(folder)
    if problems:
        raise InvalidInput(problems)
    if indicator is not None and find is not None:
        raise Usage("name an indicator, or give --find, one of them")
    if indicator is None:
        entries = codebook.coded if find is None else searched(codebook, find)
        rows = tuple(indicator_json(entry) for entry in entries)
        of = f" of {len(codebook.coded)}" if find is not None else ""
        speaking = f" that speak of '{find}'" if find is not None else ""
        title = f"Codebook, {len(rows)}{of} indicators{speaking}"
        if find is not None and not rows:
            raise NotFound(f"no indicator speaks of '{find}'; try fewer or other words, or see: rate codebook")
        write(render(Table(title, "ratingengine/codebook-list/1", INDICATOR_COLUMNS, rows), format_))
        return DONE
    choice(format_, FORMATS, "--format")
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
