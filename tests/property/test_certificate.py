"""A certificate of any assessment verifies, and a change of any one byte of it is found."""

from __future__ import annotations

import json
import random
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from assets.toy import island
from hypothesis import given, settings
from hypothesis import strategies as st
from support.certificates import files_in, found_out, read, tiny
from support.method_files import method_files

from ratingengine.engine.opening import DEFAULT_RULES
from ratingengine.errors import InvalidInput
from ratingengine.files.shipped import shipped
from ratingengine.publish.certificate.derive import Question
from ratingengine.publish.certificate.files import Embedded, Places, files_read
from ratingengine.publish.certificate.make import certificate_body, sealed
from ratingengine.publish.certificate.report import conclusion
from ratingengine.publish.certificate.verify import FAILS, verified, verify
from ratingengine.testing.drawn_codebooks import codebooks
from ratingengine.testing.drawn_records import AS_OF, days, records
from ratingengine.testing.drawn_rules import required_groups, rule_entries
from ratingengine.testing.files import SOURCES, record_text, written

RECORDS = shipped("indicators")
SHIPPED = Places(
    shipped("rules") / DEFAULT_RULES, RECORDS / "codebook", (RECORDS,), (RECORDS / "sources.yaml",), (RECORDS / "overrides.yaml",)
)
KAZAKHSTAN = island("KAZ")


@st.composite
def drawn_files(draw: st.DrawFn) -> tuple[Embedded, ...]:
    """The files of a drawn method with drawn records."""
    codebook = draw(codebooks())
    files = method_files(codebook, draw(rule_entries(codebook)), draw(required_groups(codebook)))
    observations, searches = draw(records(codebook))
    files["records/sources.yaml"] = SOURCES
    if observations or searches:
        files["records/KAZ/one.yaml"] = record_text(observations, searches)
    with TemporaryDirectory() as name:
        return files_in(written(Path(name), files))


def failing(raw: bytes) -> list[str]:
    return [f"{check.name}: {check.said}" for check in verify(read(raw)) if check.verdict == FAILS]


@given(drawn_files(), st.one_of(st.none(), days()), st.one_of(st.none(), st.sampled_from(("open", "obstructed", "closed"))))
def test_a_certificate_of_any_assessment_verifies(files: tuple[Embedded, ...], known: date | None, prior: str | None) -> None:
    raw = sealed(certificate_body(files, Question(KAZAKHSTAN, AS_OF, known, prior), "reference"))
    assert failing(raw) == []


@pytest.mark.parametrize("year", [2010, 2011, 2015, 2019, 2022, 2023])
@pytest.mark.parametrize("known", [None, date(2022, 3, 15)])
def test_a_certificate_of_kazakhstan_verifies(year: int, known: date | None) -> None:
    question = Question(KAZAKHSTAN, date(year, 12, 31), known)
    assert failing(sealed(certificate_body(files_read(SHIPPED, "KAZ"), question, "reference"))) == []


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, Any]:
    """The content of a small certificate with one node dropped, changed or added."""
    body: dict[str, Any] = {k: v for k, v in json.loads(tiny(signed=False)).items() if k != "sha256"}
    node: Any = body
    key: Any = draw(st.sampled_from(sorted(body)))
    while isinstance(node[key], (dict, list)) and node[key] and draw(st.integers(0, 5)):
        node = node[key]
        key = draw(st.sampled_from(sorted(node))) if isinstance(node, dict) else draw(st.integers(0, len(node) - 1))
    way = draw(st.sampled_from(("drop", "change", "add")))
    other = draw(st.one_of(st.none(), st.booleans(), st.integers(0, 3), st.sampled_from(("", "x", "open", "2003-12-31", [], {}))))
    if way == "drop":
        del node[key]
    elif way == "change":
        node[key] = f"{node[key]}\n" if isinstance(node[key], str) and draw(st.booleans()) else other
    elif isinstance(node, dict):
        node["more"] = other
    else:
        node.insert(key, other if draw(st.booleans()) else node[key])
    return body


@settings(max_examples=60)
@given(mutated())
def test_no_mutation_is_verified_in_the_same_words_unless_the_answer_is_the_same(body: dict[str, Any]) -> None:
    good = read(tiny(signed=False))
    try:
        changed = read(sealed(body))
    except InvalidInput:
        return
    checks, before = verify(changed, None, "reference"), verify(good, None, "reference")
    assert verified(before)
    if verified(checks) and conclusion(changed, checks) == conclusion(good, before):
        assert (changed.answer, changed.content["versions"]) == (good.answer, good.content["versions"])


@pytest.mark.slow
def test_a_change_of_any_byte_of_a_small_certificate_is_found() -> None:
    raw = tiny()
    assert not found_out(raw)
    drawn = random.Random(7)  # noqa: S311  # which other value a byte takes, the same on every run
    others = [drawn.choice((byte ^ 1, byte ^ 32, (byte + drawn.randrange(1, 256)) % 256)) for byte in raw]
    assert [at for at, other in enumerate(others) if not found_out(raw[:at] + bytes([other]) + raw[at + 1 :])] == []


@pytest.mark.parametrize("signed", [False, True])
def test_every_other_value_of_a_byte_is_found(signed: bool) -> None:
    raw = tiny(signed)
    marks = (b'"rating":"', b'"sha256":"', b'"text":"schema: ', *((b'"public_key":"', b'"value":"') if signed else ()))
    for at in (0, 1, len(raw) - 1, *(raw.index(mark) + len(mark) for mark in marks)):
        assert [v for v in range(256) if v != raw[at] and not found_out(raw[:at] + bytes([v]) + raw[at + 1 :])] == []


def test_a_byte_added_or_lost_is_found() -> None:
    raw = tiny()
    drawn = random.Random(8)  # noqa: S311  # as above
    for at in range(0, len(raw) + 1, 13):
        assert found_out(raw[:at] + bytes([drawn.choice(b' \n"0a,')]) + raw[at:]), at
        assert at == len(raw) or found_out(raw[:at] + raw[at + 1 :]), at


@pytest.fixture(scope="module")
def kazakhstan() -> bytes:
    return sealed(certificate_body(files_read(SHIPPED, "KAZ"), Question(KAZAKHSTAN, date(2022, 12, 31)), "reference"))


@settings(max_examples=100)
@given(data=st.data())
def test_a_change_of_any_byte_of_kazakhstan_in_2022_is_found(kazakhstan: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(kazakhstan) - 1))
    value = data.draw(st.integers(0, 255).filter(lambda value: value != kazakhstan[at]))
    assert found_out(kazakhstan[:at] + bytes([value]) + kazakhstan[at + 1 :])
