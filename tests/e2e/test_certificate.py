"""Certificates by the real command, also in a copy of the program that has neither rules nor records."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from e2e.command import Ran, execute, rate
from support.certificates import PRIVATE, PUBLIC

import ratingengine

pytestmark = pytest.mark.deep

KAZAKHSTAN = ("kazakhstan", "--year", "2022")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    here = tmp_path_factory.mktemp("certificates")
    (here / "private.pem").write_bytes(PRIVATE)
    (here / "public.pem").write_bytes(PUBLIC)
    rate("certify", *KAZAKHSTAN, "-o", "kaz.json", "--sign", "private.pem", cwd=here).answered()
    return here


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package with nothing beside it."""
    here = tmp_path_factory.mktemp("bare")
    shutil.copytree(
        Path(ratingengine.__file__).parent, here / "ratingengine", ignore=shutil.ignore_patterns("__pycache__", "shipped")
    )
    return here


def elsewhere(bare: Path, cwd: Path, *words: str) -> Ran:
    """The command of the bare copy, with an empty cache of its own."""
    command = (sys.executable, "-c", "from ratingengine.cli import main; main()", *words)
    return execute(command, cwd, {"PYTHONPATH": str(bare), "RATINGENGINE_CACHE": str(cwd / "cache"), "TMPDIR": str(cwd / "tmp")})


def test_it_verifies_where_there_are_no_rules_and_no_records(folder: Path, bare: Path, tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    shutil.copy(folder / "kaz.json", tmp_path)
    shutil.copy(folder / "public.pem", tmp_path)
    assert elsewhere(bare, tmp_path, *KAZAKHSTAN).code == 3
    elsewhere(bare, tmp_path, "verify", "kaz.json", "--key", "public.pem").answered("verified: the answer", "repressed")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kaz.json", "public.pem", "tmp"]
    assert list((tmp_path / "tmp").iterdir()) == []


def test_the_answer_in_it_is_that_of_rate(folder: Path) -> None:
    answer = json.loads((folder / "kaz.json").read_text("utf-8"))["answer"]
    assert answer == rate(*KAZAKHSTAN, "--format", "json").json


def test_hashes_and_signature_can_be_checked_by_hand_as_the_page_says(folder: Path, tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not here")
    page = (Path(__file__).parents[2] / "docs/certificate.md").read_text("utf-8")
    lines = page.partition("## By hand")[2].partition("## What it proves")[0].splitlines()
    script = "\n".join(line[4:] for line in lines if line.startswith("    "))
    for name in ("kaz.json", "public.pem"):
        shutil.copy(folder / name, tmp_path / name.replace("kaz", "kaz-2022"))
    checked = execute(["bash", "-e", "-c", script.replace("python3", sys.executable)], tmp_path)
    assert checked.code == 0
    assert (checked.out + checked.err).split("\n")[:3] == ["True", "True", "Signature Verified Successfully"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b'"rating":"repressed"', b'"rating":"obstructe"', "certificate obstructe, derived repressed"),
        (b"rating_at_most: repressed", b"rating_at_most: repressee", "they cannot be used: rules/"),
        (b"reported: 2022", b"reported: 2023", "file records/KAZ/"),
        (b'"population":2', b'"population":3', "this software has Kazakhstan, population"),
    ],
)
def test_a_changed_byte_is_named_by_part(folder: Path, tmp_path: Path, old: bytes, new: bytes, said: str) -> None:
    raw = (folder / "kaz.json").read_bytes()
    assert old in raw
    (tmp_path / "changed.json").write_bytes(raw.replace(old, new, 1))
    ran = rate("verify", str(tmp_path / "changed.json"))
    assert ran.code == 1
    assert "NOT verified" in ran.out
    assert said in " ".join(ran.out.split())


def test_many_at_once_into_one_file_leave_one_whole_certificate(tmp_path: Path) -> None:
    words = [sys.executable, "-c", "from ratingengine.cli import main; main()", "certify", *KAZAKHSTAN, "-o", "c.json"]
    running = [subprocess.Popen([*words, "--engine", "reference"], cwd=tmp_path) for _ in range(4)]
    assert [one.wait(120) for one in running] == [0] * 4
    assert [path.name for path in tmp_path.iterdir()] == ["c.json"]
    rate("verify", str(tmp_path / "c.json"), "--engine", "reference").answered("verified: the answer")


def test_the_certificate_goes_through_a_pipe(tmp_path: Path) -> None:
    ran = rate("certify", *KAZAKHSTAN, "-o", "-")
    (tmp_path / "c.json").write_bytes(ran.out.encode())
    rate("verify", str(tmp_path / "c.json")).answered("verified: the answer")


def test_a_plain_rating_loads_nothing_of_all_this() -> None:
    heavy = (
        "rfc8785",
        "cryptography",
        "typer",
        *(f"ratingengine.{name}" for name in ("publish", "files.canonical_json")),
    )
    heavy += (
        "ratingengine.interface.decisions",
        "ratingengine.publish.provenance.provenance",
        "ratingengine.interface.logged",
        "fcntl",
        "tempfile",
        "yaml",
    )
    script = (
        f"import sys\nfrom ratingengine.cli import run\nrun({[*KAZAKHSTAN, '--engine', 'reference']!r})\n"
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    assert execute([sys.executable, "-c", script]).code == 0  # fills the cache
    assert execute([sys.executable, "-c", script]).err == "[]\n"
