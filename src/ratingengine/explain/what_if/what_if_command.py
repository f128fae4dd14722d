"""`rate what-if`: the answer on supposed evidence, and what differs."""

from __future__ import annotations

from collections.abc import Sequence

from ratingengine.explain.what_if.what_if import WrongSetting, setting, what_if
from ratingengine.explain.what_if.what_if_page import what_if_json, what_if_page
from ratingengine.interface.asked import (
    FORMATS,
    Usage,
    as_of_day,
    asked_country,
    asked_known,
    asked_load,
    asked_prior,
    choice,
    write,
)
from ratingengine.interface.exit_codes import DONE, UNDETERMINED
from ratingengine.interface.page import written
from ratingengine.model.assessment import DETERMINED


def show_what_if(
    country: Sequence[str],
    settings: Sequence[str],
    removals: Sequence[str],
    year: int | None,
    on: str | None,
    known_at: str | None,
    rules: str | None,
    records: Sequence[str],
    engine: str,
    format_: str,
    prior: str | None,
    strict: bool,
) -> int:
    """Suppose values and leave out records; the records themselves are not touched."""
    choice(format_, FORMATS, "--format")
    named = asked_country(country)
    as_of = as_of_day(year, on)
    known = asked_known(known_at)
    loaded = asked_load(rules, records, engine)
    asked_prior(prior, loaded)
    codebook = loaded.method.codebook
    if not all(removals):
        raise Usage("--remove is empty; name a record, an event, an indicator or a source")
    try:
        supposed = [setting(text, codebook) for text in settings]
    except WrongSetting as wrong:
        raise Usage(f"--set {wrong}") from None
    twice = {name for name, _ in supposed if [other for other, _ in supposed].count(name) > 1}
    if twice:
        raise Usage(f"--set {', '.join(sorted(twice))}: set twice; give one value")
    found = what_if(loaded, named, as_of, known, prior, dict(supposed), removals)
    content = what_if_json(found, named, codebook)
    write(written(what_if_page(content, found, named), content, format_))
    return UNDETERMINED if strict and found.after.chosen.status != DETERMINED else DONE
