"""Certificates for tests: of the invented method, and one so small that every byte of it can be changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assets.toy import RECORDS, RULES, island
from cryptography.hazmat.primitives import serialization as form
from cryptography.hazmat.primitives.asymmetric import ed25519
from support.entries import SHAPES, SOURCES, Entry, listed, record_text, rule_file, scale_text, written

from ratingengine.errors import InvalidInput
from ratingengine.files.shipped import shipped
from ratingengine.publish.certificate.derive import Question
from ratingengine.publish.certificate.files import Embedded, Places, files_read
from ratingengine.publish.certificate.make import certificate_body, sealed
from ratingengine.publish.certificate.shape import Certificate, parsed
from ratingengine.publish.certificate.verify import FAILS, whole

SIGNER = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PRIVATE = SIGNER.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
PUBLIC = SIGNER.public_key().public_bytes(form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo)
INVENTED = Places(RULES, RECORDS / "codebook", (RECORDS,), (RECORDS / "sources.yaml", shipped("indicators") / "sources.yaml"))
QUESTION = Question(island(), date(2003, 12, 31))


@cache
def invented(engine: str = "reference", signed: bool = False) -> bytes:
    """A certificate of Bouvet Island in 2003."""
    return sealed(certificate_body(files_read(INVENTED, "BVT"), QUESTION, engine), PRIVATE if signed else None)


def read(raw: bytes) -> Certificate:
    """A certificate as it is read from a file."""
    return parsed(raw, "certificate.json")


def edited(change: Callable[[dict[str, Any]], object], raw: bytes | None = None) -> bytes:
    """A certificate whose content was changed and sealed anew, as a forger would."""
    content = dict(read(invented() if raw is None else raw).content)
    content.pop("sha256")
    content.pop("signature", None)
    change(content)
    return sealed(content)


def found_out(raw: bytes) -> bool:
    """Whether a changed certificate is refused or fails a check that needs no engine."""
    try:
        return any(check.verdict == FAILS for check in whole(read(raw)))
    except InvalidInput:
        return True


def files_in(folder: Path, iso3: str = "KAZ") -> tuple[Embedded, ...]:
    """What a certificate takes from a folder with rules, a codebook, records and a bibliography."""
    places = Places(folder / "rules", folder / "codebook", (folder / "records",), (folder / "records/sources.yaml",))
    return files_read(places, iso3)


def tiny(signed: bool = True) -> bytes:
    """One indicator, one rule, one observation."""
    indicator: Entry = {"id": "expre.i0", "title": "I", "question": "?", **SHAPES[6], "worse": "higher"}
    order = ("id", "title", "question", "type", "worse", "time", "aggregation")
    book = listed({"schema": "ratingengine/codebook/1", "facet": "expression"}, indicators=[{k: indicator[k] for k in order}])
    rule: Entry = {"id": "RUL-001", "title": "R", "kind": "rating", "when": {"indicator": "expre.i0", "is": "yes"}}
    rule |= {"then": {"rating_at_most": "closed"}, "rationale": "drawn", "sources": ["A p. 1"], "since": "2026-01-01"}
    seen: Entry = {"id": "KAZ-001", "indicator": "expre.i0", "value": "yes", "from": "2003-02-01", "to": "2003-02-01"}
    seen |= {"reported": "2003-02-02", "sources": [{"source": "A", "locator": "p. 1"}], "coder": "A", "confidence": "high"}
    files = {
        "rules/scale.yaml": scale_text(),
        "rules/sources.yaml": SOURCES,
        "rules/rules.yaml": rule_file([rule]),
        "codebook/expression.yaml": book,
        "records/sources.yaml": SOURCES,
        "records/KAZ/one.yaml": record_text([seen]),
    }
    with TemporaryDirectory() as name:
        taken = files_in(written(Path(name), files))
    return sealed(certificate_body(taken, Question(island("KAZ"), date(2003, 12, 31)), "reference"), PRIVATE if signed else None)
