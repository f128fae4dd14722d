"""The published schema describes the certificates that are made, and no others."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from support.certificates import invented

ROOT = Path(__file__).parents[2]
VALIDATOR = Draft202012Validator(json.loads((ROOT / "docs/schemas/certificate.json").read_text("utf-8")))


@pytest.mark.parametrize("signed", [False, True])
def test_a_certificate_is_as_the_schema_says(signed: bool) -> None:
    Draft202012Validator.check_schema(VALIDATOR.schema)
    assert [error.message for error in VALIDATOR.iter_errors(json.loads(invented(signed=signed)))] == []


# What a schema cannot say: a key or a file that stands twice, the calendar, the bytes of the text itself.
BEYOND_SCHEMA = {"F112-file-twice", "F112-key-twice", "F115-day"}
BAD = [path for path in sorted((ROOT / "tests/bad/certificates").glob("F11*.json")) if path.stem not in BEYOND_SCHEMA]


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_what_the_reader_refuses_in_form_is_not_as_the_schema_says(path: Path) -> None:
    assert not VALIDATOR.is_valid(json.loads(path.read_bytes()))


CHANGES: list[Callable[[dict[str, Any]], object]] = [
    lambda one: one.pop("answer"),
    lambda one: one.update(time="2026-01-01"),
    lambda one: one.update(schema="ratingengine/certificate/2"),
    lambda one: one.update(sha256="0"),
    lambda one: one["question"].update(as_of=2003),
    lambda one: one["question"]["country"].pop("population"),
    lambda one: one["files"][0].update(part="notes"),
    lambda one: one["files"][0].pop("text"),
    lambda one: one["versions"].update(engines=[]),
    lambda one: one["signature"].update(algorithm="RSA"),
    lambda one: one["signature"].update(value="AA=="),
]


@pytest.mark.parametrize("change", CHANGES)
def test_another_form_is_not_as_the_schema_says(change: Callable[[dict[str, Any]], object]) -> None:
    changed = deepcopy(json.loads(invented(signed=True)))
    change(changed)
    assert not VALIDATOR.is_valid(changed)
