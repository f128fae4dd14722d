from __future__ import annotations

import gzip
import io
import os
import socket
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from ratingengine.errors import InvalidInput
from ratingengine.files.bounded import (
    BLOCK,
    LONGEST_LINE,
    MOST_BYTES,
    bounded_lines,
    bytes_of,
    check_swelling,
    check_unpacked,
    digest_of,
    noting,
    opened,
    read_bytes,
)

HUGE = 4 << 30


def sparse(path: Path, head: bytes = b"") -> Path:
    """A file of 4 GB in one line that takes no room on the disk."""
    with path.open("wb") as file:
        file.write(head)
        file.truncate(HUGE)
    return path


def refused(call: object) -> str:
    assert callable(call)
    with pytest.raises(InvalidInput) as caught:
        call()
    (problem,) = caught.value.problems
    return f"{problem.code} {problem.message}"


def test_what_is_no_regular_file_is_refused_without_waiting(tmp_path: Path) -> None:
    pipe, place = tmp_path / "pipe", tmp_path / "socket"
    os.mkfifo(pipe)
    said = "F101 is a device or a pipe, not a file"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(place))
        found = [refused(lambda path=path: bytes_of(path)) for path in (pipe, place, Path("/dev/zero"))]
    assert found == [said] * 3
    assert refused(lambda: bytes_of(tmp_path)) == "F101 is a directory, not a file"
    assert refused(lambda: digest_of(pipe)) == said


def test_a_loop_of_links_and_a_missing_file_are_told(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert refused(lambda: bytes_of(tmp_path / "a")).startswith("F101 cannot read the file: too many levels")
    assert refused(lambda: bytes_of(tmp_path / "gone")) == "F101 cannot read the file: no such file or directory"


def test_the_size_is_looked_at_before_reading(tmp_path: Path) -> None:
    path = sparse(tmp_path / "huge")
    assert refused(lambda: bytes_of(path)) == f"F102 file has {HUGE:,} bytes; at most {MOST_BYTES:,} are read"


def test_what_was_read_is_noted_by_digest_also_for_one_who_notes_around_it(tmp_path: Path) -> None:
    path = tmp_path / "f"
    with noting() as outer:
        path.write_bytes(b"one")
        bytes_of(path)
        with noting() as inner:
            path.write_bytes(b"two")
            read_bytes(path, "f")
        read_bytes(tmp_path / "gone", "gone")
    assert inner == {str(path): {sha256(b"two").hexdigest()}}
    assert outer == {str(path): {sha256(b"one").hexdigest(), sha256(b"two").hexdigest()}}
    assert bytes_of(path) == b"two"


def test_lines_come_as_they_are_up_to_the_longest_allowed() -> None:
    text = f"a\r\n{'b' * (LONGEST_LINE - 1)}\n\nc"
    assert list(bounded_lines(io.StringIO(text, newline=""), "f")) == text.splitlines(keepends=True)
    longer = io.StringIO(f"a\nb{text[3:]}")
    assert refused(lambda: list(bounded_lines(longer, "f"))) == "F102 the line has more than 1,048,576 characters"


def test_a_workbook_that_swells_is_refused_also_where_it_declares_to_be_small(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("sheet.xml", b" " * (40 * BLOCK))
    said = "F102 unpacks to more than 18,"
    assert refused(lambda: check_unpacked(path, "b")).startswith(said)
    raw, size = path.read_bytes(), (40 * BLOCK).to_bytes(4, "little")
    assert raw.count(size) == 2
    path.write_bytes(raw.replace(size, (40).to_bytes(4, "little")))
    assert refused(lambda: check_unpacked(path, "b")).startswith(said)


def test_a_sound_archive_and_what_is_none_pass(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sheet.xml", b" " * BLOCK)
    check_unpacked(path, "f")
    path.write_bytes(b"no archive")
    check_unpacked(path, "f")


def test_a_compressed_table_that_swells_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.csv.gz"
    with gzip.open(path, "wb", 6) as file:
        file.write(b"a,1,2\n" * (4 * BLOCK))
    assert refused(lambda: check_swelling(path, "t")) == "F102 unpacks to more than 100 times its size"
    for sound in (gzip.compress(b"a,1,2\n" * 1000), b"no gzip"):
        path.write_bytes(sound)
        check_swelling(path, "t")


def test_a_file_that_is_open_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"abc")
    with opened(path, "f") as file:
        assert file.read() == b"abc"
    assert file.closed
