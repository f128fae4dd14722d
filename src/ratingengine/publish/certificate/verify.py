"""Checks a certificate: its bytes, its hashes, its signature, and above all whether its answer follows from its files."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from attrs import frozen

from ratingengine.errors import EngineFailure
from ratingengine.files.canonical_json import canonical
from ratingengine.interface.json import assessment_json
from ratingengine.model.version import __version__
from ratingengine.publish.certificate.derive import Inputs, Unreadable, derive, method_of, read_inputs
from ratingengine.publish.certificate.differences import Difference, differences
from ratingengine.publish.certificate.shape import Certificate
from ratingengine.publish.signing import SigningAbsent, holds, sound
from ratingengine.world.countries import by_iso3

HOLDS, FAILS, OPEN = "holds", "fails", "not checked"
ENGINES = ("reference", "durable")
OF_THE_MACHINE = ("engines",)
"""Which engines spoke is told by the machine that certified, and declared as such; each engine is asked alone here."""
GIVEN = "the key that was given"
BY_ENGINE = "answer by the {} engine"


@frozen
class Check:
    """One check with its verdict (HOLDS, FAILS, OPEN) and what was found."""

    name: str
    verdict: str
    said: str
    differences: tuple[Difference, ...] = ()


def verify(certificate: Certificate, key: str | None = None, engine: str = "both") -> tuple[Check, ...]:
    """Every check. `key` is the public key, in hexadecimal, that must have signed; `engine` what derives the answer again."""
    return (*whole(certificate, key), *follows(certificate, ENGINES if engine == "both" else (engine,)))


def whole(certificate: Certificate, key: str | None = None) -> tuple[Check, ...]:
    """Whether the bytes are those that were written, and who by."""
    content = canonical(certificate.body)
    signature = _signature(certificate, content, key)
    return (_canonical(certificate), _hash(certificate, content), *_files(certificate), signature)


def verified(checks: tuple[Check, ...]) -> bool:
    """Whether no check fails, and an engine has derived the answer."""
    return all(check.verdict != FAILS for check in checks) and bool(derived_by(checks))


def derived_by(checks: tuple[Check, ...]) -> tuple[str, ...]:
    """The engines whose answer is the certified one."""
    return tuple(name for name in ENGINES for check in checks if (check.name, check.verdict) == (BY_ENGINE.format(name), HOLDS))


def _canonical(certificate: Certificate) -> Check:
    wanted, found = canonical(certificate.content), certificate.raw
    if wanted == found:
        return Check("canonical form", HOLDS, f"{len(found):,} bytes of canonical JSON (RFC 8785)")
    at = next(
        (n for n, (one, other) in enumerate(zip(wanted, found, strict=False)) if one != other), min(len(wanted), len(found))
    )
    return Check("canonical form", FAILS, f"the bytes are not those of canonical JSON, first at byte {at:,}")


def _hash(certificate: Certificate, content: bytes) -> Check:
    found = sha256(content).hexdigest()
    if found == certificate.sha256:
        return Check("hash of the content", HOLDS, f"sha256 {found}")
    return Check("hash of the content", FAILS, f"stated {certificate.sha256}, the content has {found}")


def _files(certificate: Certificate) -> Iterator[Check]:
    for file, stated in zip(certificate.files, certificate.digests, strict=True):
        if file.sha256 == stated:
            yield Check(f"file {file}", HOLDS, f"sha256 {stated}")
        else:
            yield Check(f"file {file}", FAILS, f"stated sha256 {stated}, the text has {file.sha256}")


def _signature(certificate: Certificate, content: bytes, key: str | None) -> Check:
    made, name = certificate.signature, "signature"
    if made is None:
        return Check(name, OPEN, "there is none") if key is None else Check(name, FAILS, "there is none, and a key was given")
    if key is not None and made.public_key != key:
        return Check(name, FAILS, f"of the key {made.public_key}, not of {key}")
    if not sound(made.public_key):
        return Check(name, FAILS, f"the key {made.public_key} is of small order: anyone can sign for it")
    try:
        good = holds(made, content)
    except SigningAbsent as absent:
        return Check(name, FAILS, f"it cannot be checked here: {absent}")
    if not good:
        return Check(name, FAILS, f"it is not that of the key {made.public_key} for this content")
    whose = GIVEN if key is not None else "the key in the certificate; whose that is, --key tells"
    return Check(name, HOLDS, f"Ed25519, by {made.public_key}: {whose}")


def _country(certificate: Certificate) -> Check:
    """Name and population come with the software, not with the files; the population decides numbers per million."""
    stated, own = certificate.question.country, by_iso3(certificate.question.country.iso3)
    known = None if own is None else (own.name_en, own.population)
    if known == (stated.name_en, stated.population):
        return Check("country", HOLDS, f"{stated.name_en}, population {_people(stated.population)}, as this software knows it")
    here = "knows no such country" if known is None else f"has {known[0]}, population {_people(known[1])}"
    said = f"{stated.name_en}, population {_people(stated.population)}; this software {here}"
    return Check("country", FAILS, said)


def _people(number: int | None) -> str:
    return "not known" if number is None else f"{number:,}"


def _software(certificate: Certificate) -> Check:
    stated = certificate.content["versions"]["software"]
    if stated == __version__:
        return Check("software", HOLDS, f"made and checked by ratingengine {stated}")
    return Check("software", FAILS, f"made by ratingengine {stated}, and this is {__version__}: check it with that version")


def follows(certificate: Certificate, engines: tuple[str, ...] = ENGINES) -> Iterator[Check]:
    """Whether the answer follows from the embedded files, and what else was read is as stated."""
    yield _country(certificate)
    yield _software(certificate)
    try:
        inputs = read_inputs(certificate.files, certificate.question)
    except Unreadable as wrong:
        yield Check("embedded files", FAILS, f"they cannot be used: {wrong}")
        return
    found = tuple(differences(_stated(certificate), _followed(certificate, inputs)))
    yield Check("statements", FAILS if found else HOLDS, _told(found, "rule set and versions are those of the answer"), found)
    prior, words = certificate.question.prior, inputs.compiled.scale.words
    if prior is not None and prior not in words:
        yield Check("question", FAILS, f"the prior rating {prior} is none of {', '.join(words)}")
        return
    for engine in engines:
        yield _by(engine, certificate, inputs)


def _stated(certificate: Certificate) -> dict[str, Any]:
    content = certificate.content
    named = {key: content["question"]["rules"][key] for key in ("name", "version")}
    return {"rules": named, **{key: content["versions"][key] for key in ("software", "engines")}}


def _followed(certificate: Certificate, inputs: Inputs) -> dict[str, Any]:
    answer, versions = certificate.answer, certificate.answer.get("versions")
    named = {"name": inputs.compiled.name, "version": inputs.compiled.version}
    software = versions.get("software") if isinstance(versions, dict) else None
    return {"rules": named, "software": software, "engines": answer.get("engines")}


def _by(engine: str, certificate: Certificate, inputs: Inputs) -> Check:
    name, question = BY_ENGINE.format(engine), certificate.question
    try:
        method = method_of(inputs, engine)
        if method.remarks:
            return Check(name, OPEN, method.remarks[0].partition(";")[0])
        answer = assessment_json(derive(inputs, question, method), question.country)
    except Unreadable as wrong:
        beyond = all(code.startswith("C") for code in wrong.codes)
        return Check(name, OPEN if beyond else FAILS, f"the rules cannot be run: {wrong}")
    except EngineFailure as failure:
        return Check(name, FAILS, str(failure))
    found = tuple(differences(*_compared(certificate, answer)))
    rating = "no rating" if answer["rating"] is None else answer["rating"]
    return Check(name, FAILS if found else HOLDS, _told(found, f"{rating}, and the rest as certified"), found)


def _compared(certificate: Certificate, derived: dict[str, Any]) -> tuple[Any, Any]:
    """Both answers without what only the certifying machine can tell."""
    stated = {key: value for key, value in certificate.answer.items() if key not in OF_THE_MACHINE}
    return stated, {key: value for key, value in derived.items() if key not in OF_THE_MACHINE}


def _told(found: tuple[Difference, ...], otherwise: str) -> str:
    if not found:
        return otherwise
    more = f", and {len(found) - 1} more" if len(found) > 1 else ""
    return f"{found[0]}{more}"
