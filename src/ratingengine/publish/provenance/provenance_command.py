"""`rate provenance`: where an answer comes from, for other programs."""

from __future__ import annotations

from collections.abc import Sequence

from ratingengine.engine.rating import load_evidence, rate
from ratingengine.interface.asked import as_of_day, asked_country, asked_known, asked_load, asked_prior
from ratingengine.interface.exit_codes import DONE
from ratingengine.interface.json import dump
from ratingengine.interface.written import write_file
from ratingengine.publish.provenance.provenance import provenance


def show_provenance(
    country: Sequence[str],
    year: int | None,
    on: str | None,
    known_at: str | None,
    prior: str | None,
    rules: str | None,
    records: Sequence[str],
    engine: str,
    output: str,
) -> int:
    """Write the PROV-O graph of the answer that `rate COUNTRY` gives."""
    named = asked_country(country)
    as_of = as_of_day(year, on)
    known = asked_known(known_at)
    loaded = asked_load(rules, records, engine)
    asked_prior(prior, loaded)
    found = rate(loaded, named, as_of, known, prior)
    graph = provenance(found, named, load_evidence(loaded, named.iso3))
    write_file(output, dump(graph).encode())
    return DONE
