"""`rate certify` and `rate verify`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ratingengine.engine.rating import ENGINES, codebook_folder, override_files, rate, rules_folder, source_files
from ratingengine.errors import CannotWrite, InvalidInput, NotFound
from ratingengine.files.bounded import bytes_of
from ratingengine.interface.asked import (
    FORMATS,
    Usage,
    as_of_day,
    asked_country,
    asked_known,
    asked_load,
    asked_prior,
    asked_rules,
    choice,
    write,
)
from ratingengine.interface.exit_codes import DONE, FOUND
from ratingengine.interface.page import written
from ratingengine.interface.written import write_file
from ratingengine.publish.certificate.derive import Question, Unreadable
from ratingengine.publish.certificate.files import Places, files_read
from ratingengine.publish.certificate.make import certificate_body, sealed
from ratingengine.publish.certificate.report import verification_json, verification_page
from ratingengine.publish.certificate.shape import parsed, read_certificate
from ratingengine.publish.certificate.verify import verified, verify
from ratingengine.publish.signing import BadKey, SigningAbsent, public_key

MOST_OF_A_KEY = 64 * 1024


def show_certify(
    country: Sequence[str],
    year: int | None,
    on: str | None,
    known_at: str | None,
    prior: str | None,
    rules: str | None,
    records: Sequence[str],
    engine: str,
    output: str,
    sign: str | None,
) -> int:
    """Write a certificate of the answer that `rate COUNTRY` gives."""
    named = asked_country(country)
    as_of = as_of_day(year, on)
    known = asked_known(known_at)
    key = None if sign is None else _key(sign, "--sign")
    # The ordinary run first: it says what is wrong with rules and records in their own names.
    loaded = asked_load(rules, records, engine)
    asked_prior(prior, loaded)
    usual = rate(loaded, named, as_of, known, prior)
    name, in_force = asked_rules(rules)
    rules_at = rules_folder(name)
    folders = (rules_at, codebook_folder(loaded.records, rules_at))
    places = Places(*folders, loaded.records, source_files(loaded.records), override_files(loaded.records))
    question = Question(named, as_of, known, prior, in_force)
    try:
        body = certificate_body(files_read(places, named.iso3), question, engine)
        content = sealed(body, key)
        parsed(content, output)
    except (Unreadable, UnicodeError) as changed:
        raise CannotWrite(f"the files changed while they were read: {changed}; try again") from changed
    except InvalidInput as unfit:
        raise CannotWrite(f"a certificate cannot hold this: {unfit.problems[0].message}; rename the file") from unfit
    except (BadKey, SigningAbsent) as wrong:
        raise Usage(f"--sign {sign}: {wrong}") from wrong
    if body["answer"]["versions"]["records"] != f"sha256:{usual.versions.records_digest}":
        raise CannotWrite("the records changed while they were read; try again")
    write_file(output, content)
    return DONE


def show_verify(file: str, key: str | None, engine: str, format_: str) -> int:
    """Check a certificate; 1 when a check fails."""
    choice(format_, FORMATS, "--format")
    choice(engine, ENGINES, "--engine")
    path = Path(file)
    if not path.exists():
        raise NotFound(f"no such file: '{file}'")
    certificate = read_certificate(path)
    try:
        wanted = None if key is None else public_key(_key(key, "--key"))
    except (BadKey, SigningAbsent) as wrong:
        raise Usage(f"--key {key}: {wrong}") from wrong
    checks = verify(certificate, wanted, engine)
    content = verification_json(certificate, checks)
    write(written(verification_page(content), content, format_))
    return DONE if verified(checks) else FOUND


def _key(name: str, option: str) -> bytes:
    path = Path(name)
    if not path.exists():
        raise NotFound(f"{option}: no such file: '{name}'")
    return bytes_of(path, MOST_OF_A_KEY)
