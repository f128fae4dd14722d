"""What a verification found, as a page and as JSON of the same content."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ratingengine.interface.page import Grid, Heading, Lines, Page
from ratingengine.publish.certificate.differences import words
from ratingengine.publish.certificate.shape import Certificate
from ratingengine.publish.certificate.verify import GIVEN, OPEN, Check, derived_by, verified

SCHEMA = "ratingengine/verification/1"
NO = "NOT verified: see what fails"


def conclusion(certificate: Certificate, checks: tuple[Check, ...]) -> str:
    """The verdict in a line: what is vouched for, and what the certificate states that nobody has derived."""
    if not verified(checks):
        return NO
    asked, country = certificate.question, certificate.question.country
    known = "" if asked.known_at is None else f", as known on {asked.known_at},"
    named = f"{words(certificate.answer.get('rating'))} for {country.name_en} ({country.iso3}) on {asked.as_of}{known}"
    by = " and ".join(derived_by(checks))
    lacking = "; ".join(_not_vouched_for(certificate, checks))
    return (
        f"verified: the answer follows from the files in the certificate: {named} by the {by} engine; not vouched for: {lacking}"
    )


def _not_vouched_for(certificate: Certificate, checks: tuple[Check, ...]) -> Iterator[str]:
    yield "that these files are true, or the published ones"
    signature, versions = certificate.signature, certificate.content["versions"]
    if signature is None:
        yield "who made it, as it is not signed"
    elif not any(check.name == "signature" and check.said.endswith(GIVEN) for check in checks):
        yield f"whose the key {signature.public_key} is"
    if certificate.question.prior is not None:
        yield f"the prior rating {certificate.question.prior}, given from outside"
    durable = "none" if versions["durable_rules"] is None else versions["durable_rules"]
    spoke = " and ".join(versions["engines"])
    yield f"that {spoke} spoke when it was made, with Python {versions['python']} and durable-rules {durable}"
    yield from (f"the {check.name}, not checked here" for check in checks if check.verdict == OPEN and check.name != "signature")


def verification_json(certificate: Certificate, checks: tuple[Check, ...]) -> dict[str, Any]:
    """The verdict, every check, and every difference."""
    country = certificate.question.country
    return {
        "schema": SCHEMA,
        "country": {"iso3": country.iso3, "name": country.name_en},
        "as_of": str(certificate.question.as_of),
        "rating": words(certificate.answer.get("rating")),
        "sha256": certificate.sha256,
        "conclusion": conclusion(certificate, checks),
        "checks": [
            {
                "check": check.name,
                "verdict": check.verdict,
                "found": check.said,
                "differences": [{"where": d.where, "certificate": d.certified, "derived": d.derived} for d in check.differences],
            }
            for check in checks
        ],
    }


def verification_page(content: dict[str, Any]) -> Page:
    """The page of the same content."""
    country = content["country"]
    checks = Grid(("verdict", "check", "found"), tuple((c["verdict"], c["check"], c["found"]) for c in content["checks"]))
    found = [(c["check"], d["where"], d["certificate"], d["derived"]) for c in content["checks"] for d in c["differences"]]
    differing = (Heading("Differences"), Grid(("check", "where", "certificate", "derived"), tuple(found))) if found else ()
    stated = f"stated rating: {content['rating']}; content sha256 {content['sha256']}"
    return Page(
        content["conclusion"],
        (Lines((f"Certificate of {country['name']} ({country['iso3']}) on {content['as_of']}", stated)), checks, *differing),
    )
