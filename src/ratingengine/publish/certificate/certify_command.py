"""`rate certify`."""

from __future__ import annotations

from typing import Annotated

from ratingengine.engine.rating import codebook_folder, override_files, rate, rules_folder, source_files
from ratingengine.errors import CannotWrite, InvalidInput
from ratingengine.interface.asked import (
    Usage,
    asked_country_day,
    asked_known,
    asked_load,
    asked_prior,
    asked_rules,
)
from ratingengine.interface.exit_codes import DONE
from ratingengine.interface.options import CountryWords, Engine, KnownAt, On, Option, Output, Prior, Records, Rules, Year
from ratingengine.interface.written import write_file
from ratingengine.model.assessment import Assessment
from ratingengine.publish.certificate.derive import Question, Unreadable
from ratingengine.publish.certificate.files import Places, files_read
from ratingengine.publish.certificate.key_file import key_in
from ratingengine.publish.certificate.make import certificate_body, sealed
from ratingengine.publish.certificate.shape import parsed
from ratingengine.publish.signing import BadKey, SigningAbsent


def certify_command(
    country: CountryWords,
    output: Output,
    year: Year = None,
    on: On = None,
    known_at: KnownAt = None,
    prior: Prior = None,
    rules: Rules = None,
    records: Records = None,
    engine: Engine = "both",
    sign: Annotated[str | None, Option("--sign", metavar="PEM", help="Sign with this Ed25519 private key.")] = None,
) -> int:
    """Write a certificate that anyone can check.

    It holds the answer and every file that the answer was read from.

    rate certify kazakhstan 2022 -o kazakhstan.json
    rate certify kazakhstan 2022 -o kazakhstan.json --sign private.pem
    """
    place = asked_country_day(country, year, on)
    named = place.country
    known = asked_known(known_at)
    key = None if sign is None else key_in(sign, "--sign")
    # The ordinary run first: it says what is wrong with rules and records in their own names.
    loaded = asked_load(rules, records or (), engine)
    as_of = place.day_in(loaded)
    asked_prior(prior, loaded)
    usual = rate(loaded, named, as_of, known, prior)
    name, in_force = asked_rules(rules)
    rules_at = rules_folder(name)
    folders = (rules_at, codebook_folder(loaded.records, rules_at))
    places = Places(*folders, loaded.records, source_files(loaded.records), override_files(loaded.records))
    try:
        content = _certified(places, Question(named, as_of, known, prior, in_force), engine, key, usual)
        parsed(content, output)
    except InvalidInput as unfit:
        raise CannotWrite(f"a certificate cannot hold this: {unfit.problems[0].message}; rename the file") from unfit
    except (BadKey, SigningAbsent) as wrong:
        raise Usage(f"--sign {sign}: {wrong}") from wrong
    write_file(output, content)
    return DONE


def _certified(places: Places, question: Question, engine: str, key: bytes | None, usual: Assessment) -> bytes:
    """The certificate's bytes, of the same records as the ordinary answer; raises CannotWrite where they changed meanwhile."""
    try:
        body = certificate_body(files_read(places, question.country.iso3), question, engine)
    except (Unreadable, UnicodeError) as changed:
        raise CannotWrite(f"the files changed while they were read: {changed}; try again") from changed
    if body["answer"]["versions"]["records"] != f"sha256:{usual.versions.records_digest}":
        raise CannotWrite("the records changed while they were read; try again")
    return sealed(body, key)
