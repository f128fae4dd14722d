"""What `rate verify` says of a good certificate and of a forged one, and a provenance, kept as files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from assets.toy import OPTIONS
from e2e.command import rate
from support.certificates import edited, invented
from support.golden_fixture import Golden
from support.kept_answers import FORMATS, KINDS, normalised

EXPECTED = Path(__file__).parent / "certificates"
CERTIFICATES = {
    "good": (0, invented(signed=True)),
    "forged": (1, edited(lambda body: body["answer"].update(rating="closed", change="hold"))),
}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", CERTIFICATES)
def test_the_verdict_is_the_kept_one(name: str, form: str, golden: Golden, tmp_path: Path) -> None:
    code, raw = CERTIFICATES[name]
    (tmp_path / "certificate.json").write_bytes(raw)
    ran = rate("verify", str(tmp_path / "certificate.json"), "--engine", "reference", "--format", form)
    assert (ran.code, ran.err) == (code, "")
    text = re.sub(
        r"[0-9,]+ bytes|ratingengine [0-9.]+|Python [0-9.]+[a-z0-9]*|durable-rules ([0-9.]+|none)\b",
        "<so much>",
        normalised(ran.out),
    )
    golden(text, EXPECTED / f"{name}.{KINDS[form]}")


def test_the_provenance_is_the_kept_one(golden: Golden) -> None:
    ran = rate("provenance", "BVT", "--year", "2003", *OPTIONS, "--engine", "reference")
    ran.answered()
    golden(re.sub(r"(re:software:|ratingengine )[0-9][0-9.]*", r"\1<version>", normalised(ran.out)), EXPECTED / "provenance.json")


def test_every_kept_file_is_compared() -> None:
    assert {path.name for path in EXPECTED.iterdir()} == {
        "provenance.json",
        *(f"{name}.{kind}" for name in CERTIFICATES for kind in KINDS.values()),
    }
