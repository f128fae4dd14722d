"""The answer on supposed evidence, beside the one on record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ratingengine.engine.rating import Loaded
from ratingengine.explain.settings import WrongSetting, setting
from ratingengine.explain.what_if.what_if import Supposed, what_if
from ratingengine.explain.what_if.what_if_page import what_if_json, what_if_page
from ratingengine.interface.asked import Usage, asked_prior
from ratingengine.interface.page import Answer, answer_of
from ratingengine.world.countries import Country


def supposed(
    loaded: Loaded,
    country: Country,
    settings: Sequence[str],
    removals: Sequence[str],
    as_of: date,
    known_at: date | None = None,
    prior: str | None = None,
) -> Supposed:
    """Values supposed (`INDICATOR=VALUE`) and records left out; the records are not changed. Raises Usage and NotFound."""
    asked_prior(prior, loaded)
    codebook = loaded.method.codebook
    if not all(removals):
        raise Usage("--remove is empty; name a record, an event, an indicator or a source")
    try:
        values = [setting(text, codebook) for text in settings]
    except WrongSetting as wrong:
        raise Usage(f"--set {wrong}") from None
    twice = {name for name, _ in values if [other for other, _ in values].count(name) > 1}
    if twice:
        raise Usage(f"--set {', '.join(sorted(twice))}: set twice; give one value")
    return what_if(loaded, country, as_of, known_at, prior, dict(values), removals)


def what_if_answer(loaded: Loaded, country: Country, found: Supposed) -> Answer:
    """What was supposed, what differs, and the whole answer that follows."""
    content = what_if_json(found, country, loaded.method.codebook)
    return answer_of(what_if_page(content, found, country), content)
