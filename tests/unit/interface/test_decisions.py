"""The decision log: what a line says, and what becomes of files that are damaged, foreign or cannot be written."""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from assets.toy import island, loaded

from ratingengine.engine.canonical_trace import trace_sha256
from ratingengine.engine.rating import rate
from ratingengine.errors import CannotWrite
from ratingengine.interface import decisions
from ratingengine.interface.decisions import SCHEMA, append, decision

WHEN = datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC)
HEAD = f'{{"schema":"{SCHEMA}",'


def line(number: int, size: int = 10) -> dict[str, Any]:
    return {"schema": SCHEMA, "number": number, "filler": "x" * size}


def text(number: int, size: int = 10) -> str:
    return json.dumps(line(number, size), separators=(",", ":")) + "\n"


def test_a_line_says_what_was_answered_when_and_from_what() -> None:
    found = rate(loaded(), island(), date(2003, 12, 31), date(2004, 6, 1))
    assert decision(found, WHEN) == {
        "schema": SCHEMA,
        "time": "2026-01-02T03:04:05Z",
        "country": "BVT",
        "as_of": "2003-12-31",
        "known_at": "2004-06-01",
        "rating": "obstructed",
        "assessed": found.chosen.assessed,
        "status": found.chosen.status,
        "possible": list(found.chosen.possible),
        "previous": "narrowed",
        "change": "downgrade",
        "watchlist": found.watchlist,
        "profile": "coded",
        "deciding": list(found.chosen.deciding),
        "engines": ["reference"],
        "versions": {
            "software": found.versions.software,
            "rules": f"{found.versions.rules} sha256:{found.versions.rules_digest}",
            "rules_on": None,
            "records": f"sha256:{found.versions.records_digest}",
            "overrides": None,
        },
        "trace_sha256": trace_sha256(found.chosen.steps),
    }


def test_lines_are_appended_in_order(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    append(path, [line(1), line(2)])
    append(path, [line(3, 200_000)])
    append(path, [])
    assert path.read_text("utf-8") == text(1) + text(2) + text(3, 200_000)


@pytest.mark.parametrize("cut", [1, 20, 200_000])
def test_half_a_last_line_is_removed_by_the_next_append(cut: int, tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(text(1) + text(2, 300_000)[: -cut - 1], "utf-8")
    append(path, [line(3)])
    assert path.read_text("utf-8") == text(1) + text(3)


def test_half_a_first_line_is_removed_where_it_is_told_as_ours(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(HEAD + '"num', "utf-8")
    append(path, [line(3)])
    assert path.read_text("utf-8") == text(3)


def test_a_whole_last_line_that_lacks_only_its_end_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    for before in ("", text(1)):
        path.write_text(before + text(2).rstrip("\n"), "utf-8")
        append(path, [line(3)])
        assert path.read_text("utf-8") == before + text(2) + text(3)


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b"\n",
        b"notes of mine",
        b"notes of mine\n",
        b'{"schema":"ratingengine/decision/2"}\n',
        b'["ratingengine/decision/1"]\n',
        HEAD[:-1].encode(),
        b"\xff\xfe\n",
        b"[" * 200_000 + b"\n",
        b"x" * 3_000_000,
    ],
)
def test_a_file_of_another_kind_is_refused_and_left_as_it_is(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(CannotWrite, match=r"is not a decision log.*name another file"):
        append(path, [line(1)])
    assert path.read_bytes() == content


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", Path("/dev/null")):
        with pytest.raises(CannotWrite, match="is not a regular file"):
            append(path, [line(1)])
    with pytest.raises(CannotWrite, match="no such file or directory"):
        append(tmp_path / "no" / "log.jsonl", [line(1)])


def test_a_short_write_is_completed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = os.write
    monkeypatch.setattr(os, "write", lambda file, raw: plain(file, raw[:7]))
    append(tmp_path / "log.jsonl", [line(1), line(2)])
    assert (tmp_path / "log.jsonl").read_text("utf-8") == text(1) + text(2)


@pytest.mark.parametrize("broken", ["write", "fsync"])
def test_a_full_disk_leaves_the_log_as_it_was(broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "log.jsonl"
    append(path, [line(1)])
    plain = os.write
    calls: list[int] = []

    def full(file: int, raw: bytes = b"") -> int:
        calls.append(file)
        if broken == "write" and len(calls) == 1:
            return plain(file, raw[:9])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, broken, full)
    with pytest.raises(CannotWrite, match="no space left on device"):
        append(path, [line(2), line(3)])
    monkeypatch.undo()
    assert path.read_text("utf-8") == text(1)


def test_a_log_that_was_moved_away_while_we_waited_is_opened_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, moved = tmp_path / "log.jsonl", tmp_path / "log.1"
    append(path, [line(1)])
    plain = decisions._locked

    def locked(file: int) -> bool:
        if not moved.exists():
            path.rename(moved)
        return plain(file)

    monkeypatch.setattr(decisions, "_locked", locked)
    append(path, [line(2)])
    assert (moved.read_text("utf-8"), path.read_text("utf-8")) == (text(1), text(2))


def test_without_locks_lines_are_appended_and_a_half_line_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)
    path = tmp_path / "log.jsonl"
    append(path, [line(1)])
    append(path, [line(2)])
    path.write_text(path.read_text("utf-8") + HEAD, "utf-8")
    with pytest.raises(CannotWrite, match="half a line, which is not repaired without file locks"):
        append(path, [line(3)])
    assert path.read_text("utf-8") == text(1) + text(2) + HEAD
