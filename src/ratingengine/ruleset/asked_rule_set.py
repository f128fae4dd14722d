"""The rule set and codebook that a command names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ratingengine.engine.loading import load_rule_set, rules_exist
from ratingengine.engine.rating import codebook_folder, rules_folder
from ratingengine.interface.asked import asked_records, asked_rules
from ratingengine.interface.page import fenced
from ratingengine.model.rule import RuleSet


def asked_rule_set(rules: str | None, codebook: Path) -> tuple[RuleSet, date | None]:
    """The rule set, checked against the codebook, and the day whose rules are asked for."""
    name, day = asked_rules(rules)
    rule_set, _ = load_rule_set(rules_folder(name), codebook)
    rules_exist(rule_set, day)
    return rule_set, day


def asked_codebook(records: Sequence[str], rules: str | None) -> Path:
    """The folder of the codebook: that of the records, or of the rule set."""
    return codebook_folder(asked_records(records), rules_folder(asked_rules(rules)[0]))


def verbatim(text: str, format_: str) -> str:
    """The text, in Markdown as a block that is left as it is."""
    return f"{fenced(text[:-1])}\n" if format_ == "md" else text
