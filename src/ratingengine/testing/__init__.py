"""Property tests for rule sets: strategies, ready properties, and a pytest plugin (`pytest --rate-rules DIR`).

Needs the extra `testing`. Source: docs/property-testing.md. Names are loaded when they are first asked for, since pytest imports
this package at every start for the plugin's sake.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ratingengine.testing.cases import Case
    from ratingengine.testing.drawn_codebooks import codebooks
    from ratingengine.testing.drawn_records import CountryYear, Records, country_years, evidence, records
    from ratingengine.testing.drawn_rules import rule_sets
    from ratingengine.testing.holding import Contradiction, hold
    from ratingengine.testing.properties import PROPERTIES, Property
    from ratingengine.testing.ready import RuleProperties
    from ratingengine.testing.rules import Rules, read_rules_on_codebook, with_codebook
    from ratingengine.testing.subject import RulesUnderTest, folder_under_test, under_test

__all__ = [
    "PROPERTIES",
    "Case",
    "Contradiction",
    "CountryYear",
    "Property",
    "Records",
    "RuleProperties",
    "Rules",
    "RulesUnderTest",
    "codebooks",
    "country_years",
    "evidence",
    "folder_under_test",
    "hold",
    "read_rules_on_codebook",
    "records",
    "rule_sets",
    "under_test",
    "with_codebook",
]

_HOMES = {
    "cases": ("Case",),
    "drawn_codebooks": ("codebooks",),
    "holding": ("Contradiction", "hold"),
    "properties": ("PROPERTIES", "Property"),
    "ready": ("RuleProperties",),
    "drawn_records": ("CountryYear", "Records", "country_years", "evidence", "records"),
    "drawn_rules": ("rule_sets",),
    "rules": ("Rules", "read_rules_on_codebook", "with_codebook"),
    "subject": ("RulesUnderTest", "folder_under_test", "under_test"),
}


def __getattr__(name: str) -> Any:
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
