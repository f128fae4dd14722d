"""What holds of every rule set: each property says its sentence, draws its cases, and tells what contradicts it."""

from __future__ import annotations

from ratingengine.testing.properties.form import Property
from ratingengine.testing.properties.ordering import idempotence, order_of_records, order_of_rules, totality
from ratingengine.testing.properties.published import one_band, watchlist
from ratingengine.testing.properties.tracing import completeness, engine_agreement, soundness
from ratingengine.testing.properties.worsening import missing, monotonicity, prior_monotonicity

__all__ = ["PROPERTIES", "Property"]

PROPERTIES: dict[str, Property] = {
    found.name: found
    for found in (
        engine_agreement,
        order_of_rules,
        order_of_records,
        totality,
        idempotence,
        monotonicity,
        prior_monotonicity,
        missing,
        soundness,
        completeness,
        watchlist,
        one_band,
    )
}
"""All properties by name, in the order in which they are tried."""
