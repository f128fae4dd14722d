"""`rate rules list` and `rate rules show`."""

from __future__ import annotations

from typing import Annotated

from ratingengine.interface.asked import FORMATS, LISTS, asked_rule, choice, write
from ratingengine.interface.exit_codes import DONE
from ratingengine.interface.json import dump
from ratingengine.interface.options import Argument, Format, ListFormat, Option, Records, Rules
from ratingengine.interface.tables import Table, render
from ratingengine.model.rule import KINDS
from ratingengine.ruleset.asked_rule_set import asked_codebook, asked_rule_set, verbatim
from ratingengine.ruleset.method_page import rule_json, rule_text

RULE_COLUMNS = (("id", "rule"), ("kind", "kind"), ("facet", "facet"), ("then", "concludes"), ("title", "title"))


def rules_list_command(
    rules: Rules = None,
    records: Records = None,
    kind: Annotated[str | None, Option("--kind", metavar="KIND", help="Only this kind of rule: finding, level, rating …")] = None,
    format_: ListFormat = "text",
) -> int:
    """List the rules of a rule set.

    rate rules list --kind rating
    """
    choice(format_, LISTS, "--format")
    if kind is not None:
        choice(kind, KINDS, "--kind")
    rule_set, day = asked_rule_set(rules, asked_codebook(records or (), rules))
    listed = [rule for rule in rule_set.rules.values() if day is None or rule.in_force(day)]
    rows = tuple(rule_json(rule) for rule in listed if kind in (None, rule.kind))
    in_force = f" in force on {day}" if day else ""
    title = f"{rule_set.title} ({rule_set.name} {rule_set.version}), {len(rows)} rules{in_force}"
    write(render(Table(title, "ratingengine/rules-list/1", RULE_COLUMNS, rows, "no rule"), format_))
    return DONE


def rules_show_command(
    rule: Annotated[str, Argument(metavar="RULE", help="A rule id, for example ASM-010.")],
    rules: Rules = None,
    records: Records = None,
    format_: Format = "text",
) -> int:
    """Show one rule with its rationale and legal basis.

    rate rules show RAT-001
    """
    choice(format_, FORMATS, "--format")
    rule_set, day = asked_rule_set(rules, asked_codebook(records or (), rules))
    found = asked_rule(rule, rule_set, day)
    write(dump(rule_json(found)) if format_ == "json" else verbatim(rule_text(found, rule_set), format_))
    return DONE
