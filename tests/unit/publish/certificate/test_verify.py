"""What verification finds: nothing in a good certificate, the right thing in a changed or forged one."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from assets.toy import island
from attrs import evolve
from support.certificates import INVENTED, PRIVATE, PUBLIC, QUESTION, edited, invented, read

from ratingengine.errors import EngineFailure
from ratingengine.errors.extras import to_install
from ratingengine.files import shipped as shipped_module
from ratingengine.files.canonical_json import canonical
from ratingengine.publish.certificate.derive import Question, Unreadable
from ratingengine.publish.certificate.files import files_read
from ratingengine.publish.certificate.make import certificate_body, sealed
from ratingengine.publish.certificate.verify import FAILS, HOLDS, OPEN, Check, verified, verify
from ratingengine.publish.signing import public_key

needs_durable = pytest.mark.skipif(sys.version_info >= (3, 13), reason="durable-rules does not run there")


def checks(raw: bytes, key: str | None = None, engine: str = "reference") -> dict[str, Check]:
    return {check.name: check for check in verify(read(raw), key, engine)}


def failing(raw: bytes, key: str | None = None, engine: str = "reference") -> dict[str, str]:
    return {name: check.said for name, check in checks(raw, key, engine).items() if check.verdict == FAILS}


def test_a_certificate_verifies_without_any_folder_or_cache_of_this_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = invented()
    monkeypatch.setattr(shipped_module, "_PACKAGE", tmp_path / "nowhere" / "src" / "package")
    monkeypatch.setenv("RATINGENGINE_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    assert failing(raw) == {}
    assert list(tmp_path.iterdir()) == []


@needs_durable
def test_each_engine_derives_the_answer_alone() -> None:
    for raw in (invented("both"), invented("reference"), invented("durable")):
        found = checks(raw, engine="both")
        assert [found[f"answer by the {engine} engine"].verdict for engine in ("reference", "durable")] == [HOLDS, HOLDS]
        assert verified(tuple(found.values()))


def test_where_durable_rules_is_not_there_it_says_so_and_verifies(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = invented("both")
    monkeypatch.setitem(sys.modules, "durable", None)
    found = checks(raw, engine="both")
    assert found["answer by the durable engine"].verdict == OPEN
    assert "durable-rules" in found["answer by the durable engine"].said
    assert found["answer by the reference engine"].verdict == HOLDS
    assert verified(tuple(found.values()))


@pytest.mark.parametrize(
    "question",
    [
        evolve(QUESTION, known_at=date(2003, 1, 31)),
        evolve(QUESTION, prior="closed"),
        evolve(QUESTION, in_force=date(2001, 1, 1)),
        Question(island("HMD"), date(2004, 12, 31)),
        Question(island("FIN"), date(1990, 12, 31)),
    ],
)
def test_every_kind_of_question_verifies(question: Question) -> None:
    raw = sealed(certificate_body(files_read(INVENTED, question.country.iso3), question, "reference"))
    assert failing(raw) == {}
    assert read(raw).question == evolve(question, country=read(raw).question.country)


def test_a_day_on_which_no_rule_is_in_force_is_told_and_derives_nothing() -> None:
    found = failing(edited(lambda body: body["question"]["rules"].update(in_force="1999-01-01")))
    assert found == {
        "embedded files": "they cannot be used: no rule of invented, profile 'coded', is in force on 1999-01-01: "
        "there are rules from 2000-01-01 on"
    }


def test_a_changed_rating_is_named_with_what_was_derived() -> None:
    found = failing(edited(lambda body: body["answer"].update(rating="closed")))
    assert found == {"answer by the reference engine": "rating: certificate closed, derived obstructed"}


def _record(body: dict[str, Any], old: str, new: str) -> None:
    """Change a record and its hash."""
    file = next(file for file in body["files"] if file["path"] == "BVT/2003.yaml")
    assert old in file["text"]
    file["text"] = file["text"].replace(old, new)
    file["sha256"] = hashlib.sha256(file["text"].encode()).hexdigest()


def _put(path: str, value: object) -> Callable[[dict[str, Any]], None]:
    *way, last = path.split(".")

    def change(body: dict[str, Any]) -> None:
        for name in way:
            body = body[name]
        body[last] = value

    return change


BY_ENGINE, OF_COUNTRY, STATED = "answer by the reference engine", "country", "statements"
FORGERIES: dict[str, tuple[Callable[[dict[str, Any]], object], str, str]] = {
    "record": (lambda body: _record(body, "at_least: 3", "at_least: 30"), BY_ENGINE, "derived"),
    "remark in a record": (lambda body: _record(body, "schema:", "# a remark\nschema:"), BY_ENGINE, "versions.records"),
    "record removed": (lambda body: body["files"].pop(-4), BY_ENGINE, "derived"),
    "trace": (lambda body: body["answer"]["trace"].pop(), BY_ENGINE, "certificate absent"),
    "year": (_put("answer.year", 2003.5), BY_ENGINE, "year: certificate 2003.5, derived 2003"),
    "truth for one": (_put("answer.watchlist", 1), BY_ENGINE, "watchlist: certificate 1, derived true"),
    "null for absent": (_put("answer.extra", None), BY_ENGINE, "extra: certificate nothing, derived absent"),
    "day": (_put("question.as_of", "2004-12-31"), BY_ENGINE, "year: certificate 2003, derived 2004"),
    "known": (_put("question.known_at", "2003-01-31"), BY_ENGINE, "known_at: certificate nothing, derived 2003-01-31"),
    "population": (_put("question.country.population", 7), OF_COUNTRY, "population 7; this software has Bouvet Island"),
    "name": (_put("question.country.name", "Elsewhere"), OF_COUNTRY, "Elsewhere"),
    "no such country": (_put("question.country.iso3", "XQX"), OF_COUNTRY, "knows no such country"),
    "rule set": (_put("question.rules.name", "other"), STATED, "rules.name: certificate other, derived invented"),
    "engines": (_put("versions.engines", ["durable"]), STATED, "engines[0]: certificate durable, derived reference"),
    "prior": (_put("question.prior", "bad"), "question", "the prior rating bad is none of open"),
    "answer without versions": (lambda body: body["answer"].pop("versions"), STATED, "software"),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_with_good_hashes_is_found_by_deriving_the_answer(name: str) -> None:
    change, check, said = FORGERIES[name]
    found = failing(edited(change))
    assert check in found
    assert said in found[check] + "".join(map(str, checks(edited(change))[check].differences))
    assert not {"canonical form", "hash of the content"} & found.keys()


def test_embedded_files_that_cannot_be_read_are_named_as_in_the_certificate() -> None:
    found = failing(edited(lambda body: _record(body, "at_least: 3", "at_most: many")))
    assert found.keys() == {"embedded files"}
    assert "records/BVT/2003.yaml:" in found["embedded files"]
    assert "I303" in found["embedded files"]
    assert "ratingengine-" not in found["embedded files"]


@pytest.mark.parametrize(
    "path", ["../../../escaped.yaml", "/escaped.yaml", "..\\escaped.yaml", "C:escaped.yaml", "a/../../b.yaml"]
)
def test_no_path_of_a_certificate_leads_out_of_the_temporary_folder(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a" / "b" / "c").mkdir(parents=True)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "a" / "b" / "c"))
    for number in range(len(read(invented()).files)):
        failing(edited(lambda body, n=number: body["files"][n].update(path=path)))  # type: ignore[misc]
    assert [found for found in tmp_path.rglob("*") if found.is_file()] == []
    assert list((tmp_path / "a" / "b" / "c").iterdir()) == []


def test_bytes_that_are_not_canonical_are_found_although_they_say_the_same() -> None:
    raw = invented()
    assert failing(raw + b"\n") == {"canonical form": f"the bytes are not those of canonical JSON, first at byte {len(raw):,}"}
    assert failing(raw.replace(b',"files":', b', "files":', 1)).keys() == {"canonical form"}


def test_a_file_that_is_not_as_its_hash_says_is_named() -> None:
    found = failing(invented().replace(b"title: Banners", b"title: Bannera", 1))
    assert "hash of the content" in found
    assert [name for name in found if name.startswith("file ")] == ["file rules/coded.yaml"]


def test_another_version_of_the_software_is_not_verified_whatever_it_leaves_out() -> None:
    def older(body: dict[str, Any]) -> None:
        body["versions"]["software"] = body["answer"]["versions"]["software"] = "0.0.9"

    def emptied(body: dict[str, Any]) -> None:
        older(body)
        body["answer"] = {"versions": {"software": "0.0.9"}, "engines": body["answer"]["engines"], "rating": None}

    def crowded(body: dict[str, Any]) -> None:
        older(body)
        body["question"]["country"]["population"] = 1_000_000_000

    assert failing(edited(older))["software"].startswith("made by ratingengine 0.0.9, and this is ")
    assert {"software", BY_ENGINE} <= failing(edited(emptied)).keys()
    assert {"software", "country"} <= failing(edited(crowded)).keys()


def _again(body: dict[str, Any], path: str, root: int, **changed: str) -> None:
    """A file of the certificate once more, under another root."""
    file = next(file for file in body["files"] if file["path"] == path)
    at = max(number for number, other in enumerate(body["files"], start=1) if other["part"] == file["part"])
    body["files"].insert(at, {**file, "root": root, **changed})


MISPLACED: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "a second root of rules": (lambda body: _again(body, "scale.yaml", 2), "rules have a second root, and are read from one"),
    "a root left out": (lambda body: body["files"][-1].update(root=3), "the roots of sources are not numbered"),
    "another order": (lambda body: body["files"].insert(0, body["files"].pop()), "not stand in the order"),
    "two files of one bibliography": (
        lambda body: body["files"].append({**body["files"][-1], "path": "more.yaml"}),
        "the roots of sources are not numbered",
    ),
}


@pytest.mark.parametrize("name", MISPLACED)
def test_files_that_are_not_as_they_are_taken_give_no_answer(name: str) -> None:
    change, said = MISPLACED[name]
    found = failing(edited(change))
    assert found.keys() == {"embedded files"}
    assert said in found["embedded files"]


def test_what_no_engine_has_derived_is_not_verified(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "durable", None)
    found = verify(read(invented()), None, "durable")
    assert [check.verdict for check in found if check.name.startswith("answer by")] == [OPEN]
    assert not verified(found)


def test_a_failing_engine_is_a_failing_check(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise EngineFailure("it broke")

    monkeypatch.setattr("ratingengine.publish.certificate.verify.derive", fail)
    assert failing(invented()) == {BY_ENGINE: "it broke"}


def test_rules_beyond_the_bounds_of_an_engine_leave_its_answer_open(monkeypatch: pytest.MonkeyPatch) -> None:
    def beyond(*_: object) -> None:
        raise Unreadable(["C401"], "C401 too many")

    monkeypatch.setattr("ratingengine.publish.certificate.verify.method_of", beyond)
    found = checks(invented())[BY_ENGINE]
    assert (found.verdict, found.said) == (OPEN, "the rules cannot be run: C401 too many")


def test_a_signature_is_checked_and_with_a_key_must_be_of_it() -> None:
    own, other = public_key(PUBLIC), "0" * 64
    assert checks(invented(signed=True))["signature"].verdict == HOLDS
    assert checks(invented(signed=True), own)["signature"].said.endswith("the key that was given")
    assert "not of" in failing(invented(signed=True), other)["signature"]
    assert failing(invented(), own)["signature"] == "there is none, and a key was given"
    forged = edited(lambda body: body["answer"].update(rating="open"), invented(signed=True))
    resigned = sealed({k: v for k, v in read(forged).content.items() if k not in ("sha256", "signature")}, PRIVATE)
    assert failing(resigned, own).keys() == {BY_ENGINE}


@pytest.mark.parametrize("key", ["01" + "00" * 31, "01" + "00" * 30 + "80", "00" * 32, "ee" + "ff" * 30 + "7f"])
def test_a_key_for_which_anyone_can_sign_does_not_pass(key: str) -> None:
    body = dict(read(invented(signed=True)).content)
    body["signature"] = {**body["signature"], "public_key": key, "value": "01" + "00" * 63}
    found = failing(canonical(body))
    assert found == {"signature": f"the key {key} is of small order: anyone can sign for it"}


def test_a_signature_over_other_content_does_not_hold() -> None:
    raw = invented(signed=True).replace(b"title: Banners", b"title: Bannera", 1)
    assert "not that of the key" in failing(raw)["signature"]


def test_a_signature_that_cannot_be_checked_here_does_not_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = invented(signed=True)
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.asymmetric", None)
    assert to_install("cryptography") in failing(raw)["signature"]
    assert failing(invented()) == {}


def test_the_same_question_gives_the_same_bytes() -> None:
    assert sealed(certificate_body(files_read(INVENTED, "BVT"), QUESTION, "reference"), PRIVATE) == invented(signed=True)
