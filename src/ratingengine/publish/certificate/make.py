"""Makes a certificate: the files are taken once, and the answer is derived from what was taken."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from ratingengine.files.canonical_json import canonical
from ratingengine.interface.json import assessment_json
from ratingengine.model.version import __version__
from ratingengine.publish.certificate.derive import Question, derive, method_of, read_inputs
from ratingengine.publish.certificate.files import Embedded
from ratingengine.publish.signing import ALGORITHM, sign

SCHEMA = "ratingengine/certificate/1"


def certificate_body(files: Sequence[Embedded], question: Question, engine: str = "both") -> dict[str, Any]:
    """The content without hash and signature. Raises Unreadable, or UnicodeDecodeError for a file that is no UTF-8."""
    inputs = read_inputs(files, question)
    found = derive(inputs, question, method_of(inputs, engine))
    compiled, country = inputs.compiled, question.country
    return {
        "schema": SCHEMA,
        "question": {
            "country": {"iso3": country.iso3, "name": country.name_en, "population": country.population},
            "as_of": str(question.as_of),
            "known_at": _day(question.known_at),
            "prior": question.prior,
            "rules": {"name": compiled.name, "version": compiled.version, "in_force": _day(question.in_force)},
        },
        "files": [
            {"part": file.part, "root": file.root, "path": file.path, "sha256": file.sha256, "text": file.raw.decode()}
            for file in files
        ],
        # Why an engine did not speak on this machine is nothing that anyone could derive; `engines` says which spoke.
        "answer": {**assessment_json(found, country), "remarks": []},
        "versions": {
            "software": __version__,
            "python": platform.python_version(),
            "durable_rules": durable_version(),
            "engines": list(found.engines),
        },
    }


def sealed(body: dict[str, Any], private_pem: bytes | None = None) -> bytes:
    """The certificate as canonical bytes: the body with its hash, and its signature where a key is given.

    Hash and signature are of the same bytes, the canonical body without the two. Raises BadKey or SigningAbsent.
    """
    content = canonical(body)
    whole = {**body, "sha256": sha256(content).hexdigest()}
    if private_pem is not None:
        made = sign(private_pem, content)
        whole["signature"] = {"algorithm": ALGORITHM, "public_key": made.public_key, "value": made.value}
    return canonical(whole)


def durable_version() -> str | None:
    """The release of durable-rules that is installed; None without it."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("durable-rules")
    except PackageNotFoundError:
        return None


def _day(day: object) -> str | None:
    return None if day is None else str(day)
