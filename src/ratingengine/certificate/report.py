"""What a verification found, as a page and as JSON of the same content."""

from __future__ import annotations

from typing import Any

from ratingengine.certificate.differences import words
from ratingengine.certificate.shape import Certificate
from ratingengine.certificate.verify import Check, verified
from ratingengine.reports.page import Grid, Heading, Lines, Page

SCHEMA = "ratingengine/verification/1"
YES = "verified: the answer follows from the files in the certificate"
NO = "NOT verified: see what fails"


def verification_json(certificate: Certificate, checks: tuple[Check, ...]) -> dict[str, Any]:
    """The verdict, every check, and every difference."""
    country = certificate.question.country
    return {
        "schema": SCHEMA,
        "country": {"iso3": country.iso3, "name": country.name_en},
        "as_of": str(certificate.question.as_of),
        "rating": words(certificate.answer.get("rating")),
        "sha256": certificate.sha256,
        "conclusion": YES if verified(checks) else NO,
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
        f"Certificate of {country['name']} ({country['iso3']}) on {content['as_of']}",
        (Lines((content["conclusion"], stated)), checks, *differing),
    )
