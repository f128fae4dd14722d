"""What Hypothesis draws for the types of ratingengine, when a test or `hypothesis write` asks for one by its type.

Hypothesis calls `register` when it is imported, in every environment that has ratingengine; so this imports the types alone.
"""

from __future__ import annotations

from hypothesis import strategies as st

from ratingengine.model.evidence import Evidence
from ratingengine.model.indicator import Codebook
from ratingengine.model.rule import RuleSet


def register() -> None:
    """`st.from_type(RuleSet)`, `Codebook` and `Evidence` draw valid ones, with the strategies of `ratingengine.testing`."""
    st.register_type_strategy(Codebook, _codebook)
    st.register_type_strategy(RuleSet, _rule_set)
    st.register_type_strategy(Evidence, _evidence)


def _codebook(_: type[Codebook]) -> st.SearchStrategy[Codebook]:
    from ratingengine.testing.drawn_codebooks import codebooks

    return codebooks()


def _rule_set(_: type[RuleSet]) -> st.SearchStrategy[RuleSet]:
    from ratingengine.testing.drawn_rules import rule_sets

    return rule_sets()


def _evidence(_: type[Evidence]) -> st.SearchStrategy[Evidence]:
    from ratingengine.testing.drawn_codebooks import codebooks
    from ratingengine.testing.drawn_records import evidence

    return codebooks().flatmap(evidence)
