"""Files that are made to fill the memory or to hang: each ends in a message, in a process that is given 1 GiB."""

from __future__ import annotations

import gzip
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from e2e.command import RATE, Ran, execute

MEGABYTE = 1 << 20


def bounded(*words: str, cwd: Path) -> Ran:
    """Run `rate` in at most 1 GiB of memory."""
    return execute(["bash", "-c", 'ulimit -v 1048576; exec "$@"', "-", *RATE, *words], cwd)


def sparse(path: Path) -> None:
    """4 GB in one line, which take no room on the disk."""
    with path.open("wb") as file:
        file.truncate(4 << 30)


def columns(path: Path) -> None:
    """200,000 of them."""
    path.write_text(",".join(["iso3", "year", "rating", *(f"c{n}" for n in range(200_000))]) + "\n", "utf-8")


def cell(path: Path) -> None:
    """30 MB in one."""
    path.write_bytes(b"Country,Year,iso3,year,rating\nAlbania,2020,ALB,2020," + b"x" * (30 * MEGABYTE))


def deep(path: Path) -> None:
    """A million brackets."""
    path.write_bytes(b"[" * 1_000_000)


def many(path: Path) -> None:
    """Two million values."""
    path.write_bytes(b"a: [" + b"1," * 2_000_000 + b"]")


def aliases(path: Path) -> None:
    """A few lines that stand for billions of values."""
    path.write_text("a: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(9)), "utf-8")


def workbook(path: Path) -> None:
    """A workbook of 400 MB."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive, archive.open("xl/a.xml", "w") as file:
        for _ in range(400):
            file.write(b" " * MEGABYTE)


def compressed(path: Path) -> None:
    """Rows that are 200 times as long when unpacked."""
    with gzip.open(path, "wb", 6) as file:
        file.write(b"Country,Year,PTS_A\n" + b"a,1,2\n" * (5 * MEGABYTE))


def pipe(path: Path) -> None:
    """Nobody will ever write into it."""
    os.mkfifo(path)


RECORDS, RATINGS = ("kazakhstan", "--year", "2022", "--records"), ("compare", "kaz", "fra", "--year", "2022", "--ratings")
IMPORT, VERIFY, SIGN = ("import", "pts"), ("verify",), ("certify", "kaz", "--year", "2022", "-o", "c.json", "--sign")
LOG = ("kazakhstan", "--year", "2022", "--log")
CASES: list[tuple[Callable[[Path], None], str, tuple[str, ...], str]] = [
    (sparse, "f.yaml", RECORDS, "F102"),
    (sparse, "f.csv", RECORDS, "F102"),
    (sparse, "f.csv", RATINGS, "F102"),
    (sparse, "f.csv", IMPORT, "F102"),
    (sparse, "f.json", VERIFY, "F102"),
    (sparse, "f.pem", SIGN, "F102"),
    (sparse, "f.jsonl", LOG, "is not a decision log"),
    (columns, "f.csv", RATINGS, "F102"),
    (columns, "f.csv", RECORDS, "F102"),
    (columns, "f.csv", IMPORT, "F102"),
    (cell, "f.csv", RATINGS, "F102"),
    (cell, "f.csv", IMPORT, "F102"),
    (deep, "f.yaml", RECORDS, "F109"),
    (deep, "f.json", VERIFY, "F109"),
    (many, "f.yaml", RECORDS, "F102"),
    (aliases, "f.yaml", RECORDS, "F106"),
    (workbook, "f.xlsx", IMPORT, "F102"),
    (compressed, "f.csv.gz", IMPORT, "F102"),
    (pipe, "f.yaml", RECORDS, "a device or a pipe"),
    (pipe, "f.csv", RECORDS, "a device or a pipe"),
    (pipe, "f.csv", RATINGS, "a device or a pipe"),
    (pipe, "f.csv", IMPORT, "a device or a pipe"),
    (pipe, "f.json", VERIFY, "a device or a pipe"),
    (pipe, "f.pem", SIGN, "a device or a pipe"),
    (pipe, "f.jsonl", LOG, "is not a regular file"),
]


@pytest.mark.parametrize(("make", "name", "words", "said"), CASES)
def test_a_bomb_ends_in_a_message(
    make: Callable[[Path], None], name: str, words: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    make(tmp_path / name)
    written = ("-o", "made.csv") if words is IMPORT else ()
    ran = bounded(*words, name, *written, cwd=tmp_path)
    assert ran.code in (1, 3, 4), ran
    assert ran.out == ""
    assert said in ran.err
    assert name in ran.err
    assert "bug" not in ran.err
    assert {path.name for path in tmp_path.iterdir()} == {name}
