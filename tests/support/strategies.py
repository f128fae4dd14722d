"""The strategies of `ratingengine.testing`, under the names that the tests use."""

from __future__ import annotations

from ratingengine.testing.drawn_codebooks import DEGREES, codebook_entries, codebooks
from ratingengine.testing.drawn_facts import priors, values, vectors
from ratingengine.testing.drawn_records import AS_OF, days, evidence, observation_entries, records, search_entries
from ratingengine.testing.drawn_rules import compared, required_groups, rule_entries, rule_sets
from ratingengine.testing.files import POPULATION

__all__ = [
    "AS_OF",
    "DEGREES",
    "POPULATION",
    "codebook_entries",
    "codebooks",
    "compared",
    "days",
    "evidence",
    "observation_entries",
    "priors",
    "records",
    "required_groups",
    "rule_entries",
    "rule_sets",
    "search_entries",
    "values",
    "vectors",
]
