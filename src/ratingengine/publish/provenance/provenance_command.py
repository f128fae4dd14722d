"""`rate provenance`: where an answer comes from, for other programs."""

from __future__ import annotations

from ratingengine.engine.rating import load_evidence, rate
from ratingengine.interface.asked import asked_country_day, asked_known, asked_load, asked_prior
from ratingengine.interface.exit_codes import DONE
from ratingengine.interface.json import dump
from ratingengine.interface.options import CountryWords, Engine, KnownAt, On, Output, Prior, Records, Rules, Year
from ratingengine.interface.written import write_file
from ratingengine.publish.provenance.provenance import provenance


def provenance_command(
    country: CountryWords,
    year: Year = None,
    on: On = None,
    known_at: KnownAt = None,
    prior: Prior = None,
    rules: Rules = None,
    records: Records = None,
    engine: Engine = "both",
    output: Output = "-",
) -> int:
    """Write where an answer comes from, as PROV-O in JSON-LD.

    Records, sources, coders, rules and software.

    rate provenance kazakhstan 2022 -o kazakhstan.jsonld
    """
    place = asked_country_day(country, year, on)
    named = place.country
    known = asked_known(known_at)
    loaded = asked_load(rules, records or (), engine)
    as_of = place.day_in(loaded)
    asked_prior(prior, loaded)
    found = rate(loaded, named, as_of, known, prior)
    graph = provenance(found, named, load_evidence(loaded, named.iso3))
    write_file(output, dump(graph).encode())
    return DONE
