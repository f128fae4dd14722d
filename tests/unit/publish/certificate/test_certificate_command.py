"""`rate certify` and `rate verify` from inside the process: what they write, print and refuse."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from assets.toy import OPTIONS, RECORDS, RULES
from support.certificates import PRIVATE, PUBLIC, edited, invented

from ratingengine.cli import run
from ratingengine.errors import CannotWrite
from ratingengine.errors.extras import to_install
from ratingengine.interface.terminal import MOST
from ratingengine.interface.written import write_file
from ratingengine.publish.certificate import certify_command as module
from ratingengine.publish.certificate import make

ASKED = ["certify", "BVT", "--year", "2003", "--engine", "reference", *OPTIONS]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "private.pem").write_bytes(PRIVATE)
    (tmp_path / "public.pem").write_bytes(PUBLIC)
    return tmp_path


def test_a_certificate_is_written_whole_and_nothing_beside_it(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*ASKED, "-o", "c.json"]) == 0
    assert (here / "c.json").read_bytes() == invented()
    assert sorted(path.name for path in here.iterdir()) == ["c.json", "private.pem", "public.pem"]
    assert run(["verify", "c.json", "--engine", "reference"]) == 0
    assert "verified: the answer follows" in capsys.readouterr().out


def test_a_dash_writes_the_same_bytes_to_stdout(here: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run([*ASKED, "-o", "-"]) == 0
    assert capsysbinary.readouterr().out == invented()


def test_a_signed_certificate_is_of_the_key_that_is_given(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*ASKED, "-o", "c.json", "--sign", "private.pem"]) == 0
    assert (here / "c.json").read_bytes() == invented(signed=True)
    assert run(["verify", "c.json", "--key", "public.pem", "--engine", "reference"]) == 0
    assert "the key that was given" in capsys.readouterr().out


def test_a_forgery_exits_1_and_tells_what_differs(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "c.json").write_bytes(edited(lambda body: body["answer"].update(rating="closed", change="downgrade")))
    assert run(["verify", "c.json"]) == 1
    out = capsys.readouterr().out
    assert "NOT verified" in out
    assert "rating: certificate closed, derived obstructed" in out


def leaves(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [leaf for key, inner in value.items() if key != "schema" for leaf in leaves(inner)]
    return [leaf for inner in value for leaf in leaves(inner)] if isinstance(value, list) else [str(value)]


@pytest.mark.parametrize("form", ["text", "md"])
def test_text_and_markdown_have_every_leaf_of_the_json(
    here: Path, form: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(MOST))
    (here / "c.json").write_bytes(edited(lambda body: body["answer"].update(rating="closed", watchlist=1)))
    assert run(["verify", "c.json", "--format", "json"]) == 1
    found = leaves(json.loads(capsys.readouterr().out))
    assert run(["verify", "c.json", "--format", form]) == 1
    shown = " ".join(capsys.readouterr().out.replace("\\", "").split())
    assert [leaf for leaf in found if leaf not in shown] == []
    assert len(found) > 40


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["verify", "nothing.json"], 3, "no such file: 'nothing.json'"),
        (["verify", "."], 4, "is a directory"),
        (["verify", "private.pem"], 4, "F122 not valid JSON"),
        (["verify", "public.pem", "--format", "xml"], 2, "--format xml"),
        (["verify", "c.json", "--key", "nothing.pem"], 3, "--key: no such file"),
        (["verify", "c.json", "--key", "private.pem"], 2, "not a public key"),
        (["verify", "c.json", "--engine", "both of them"], 2, "--engine"),
        ([*ASKED, "-o", "."], 1, "is a directory"),
        ([*ASKED, "-o", "no/where.json"], 1, "cannot write 'no/where.json': no such file or directory"),
        ([*ASKED, "-o", " "], 2, "-o is empty"),
        (ASKED, 2, "output"),
        ([*ASKED, "-o", "x.json", "--sign", "nothing.pem"], 3, "--sign: no such file"),
        ([*ASKED, "-o", "x.json", "--sign", "public.pem"], 2, "openssl genpkey"),
        ([*ASKED, "-o", "x.json", "--prior", "bad"], 2, "--prior bad: write one of open"),
        (["certify", "nowhere", "--year", "2003", "-o", "x.json"], 3, "nowhere"),
        (["certify", "BVT", "-o", "x.json"], 3, "nothing on record is about Bouvet Island"),
    ],
)
def test_what_cannot_be_done_is_told_and_leaves_nothing(
    words: list[str], code: int, said: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "c.json").write_bytes(invented())
    assert run(words) == code
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.out == ""
    assert sorted(path.name for path in here.iterdir()) == ["c.json", "private.pem", "public.pem"]


def test_without_cryptography_signing_tells_the_remedy(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.asymmetric", None)
    assert run([*ASKED, "-o", "c.json", "--sign", "private.pem"]) == 2
    assert to_install("cryptography") in capsys.readouterr().err
    assert run([*ASKED, "-o", "c.json"]) == 0


def test_a_file_whose_name_no_certificate_can_hold_is_told(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "records" / "BVT").mkdir(parents=True)
    for name in ("codebook", "sources.yaml"):
        (here / "records" / name).symlink_to(RECORDS / name)
    (here / "records" / "BVT" / "two\nlines.yaml").write_bytes((RECORDS / "BVT" / "2003.yaml").read_bytes())
    words = ["certify", "BVT", "--year", "2003", "--rules", str(RULES), "--records", "records", "-o", "c.json"]
    assert run(words) == 1
    assert "rename the file" in capsys.readouterr().err
    assert not (here / "c.json").exists()


def test_files_that_change_while_they_are_read_give_no_certificate(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def other(*_: object) -> dict[str, Any]:
        return {**make.certificate_body(*_), "answer": {"versions": {"records": "other"}}}  # type: ignore[arg-type]

    monkeypatch.setattr(module, "certificate_body", other)
    assert run([*ASKED, "-o", "c.json"]) == 1
    assert "changed while they were read" in capsys.readouterr().err


def test_a_link_is_followed_and_a_device_or_pipe_is_not_replaced(here: Path) -> None:
    (here / "real").mkdir()
    (here / "link.json").symlink_to(here / "real" / "c.json")
    write_file("link.json", b"x")
    assert (here / "link.json").is_symlink()
    assert (here / "real" / "c.json").read_bytes() == b"x"
    os.mkfifo(here / "pipe")
    reader = os.open(here / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    write_file("pipe", b"through")
    assert os.read(reader, 20) == b"through"
    os.close(reader)
    assert (here / "pipe").is_fifo()


def test_a_full_disk_leaves_the_old_file_and_nothing_beside(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "c.json").write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotWrite, match=r"cannot write 'c.json': no space left on device"):
        write_file("c.json", b"new")
    assert (here / "c.json").read_bytes() == b"old"
    assert len(list(here.iterdir())) == 3


@pytest.mark.parametrize("place", ["private.pem", "hard.pem", "soft.pem", "other.pem"])
def test_no_key_is_replaced_by_a_certificate(here: Path, place: str, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "hard.pem").hardlink_to(here / "private.pem")
    (here / "soft.pem").symlink_to(here / "private.pem")
    (here / "other.pem").write_bytes(PRIVATE)
    assert run([*ASKED, "-o", place, "--sign", "private.pem"]) == 1
    said = "it is a key or a certificate in PEM" if place == "other.pem" else "it is a file that is read; name another one"
    assert said in capsys.readouterr().err
    assert {path.read_bytes() for path in here.glob("*.pem")} == {PRIVATE, PUBLIC}
