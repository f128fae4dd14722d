"""The decision log: one line of JSON for each rating, appended whole or not at all by any number of processes.

What holds: where there is flock (everywhere but on Windows), processes that append through here never mix lines, a line that
append() returned from is on disk, and what a killed process left of a line is removed by the next append. flock is advisory,
and on some network file systems it holds on one machine only. Without flock a line is still one write at the end of the file,
but a half line is not repaired: it is refused, as another process might be about to complete it.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from ratingengine.engine.canonical_trace import trace_sha256
from ratingengine.errors import CannotWrite
from ratingengine.interface.json import versions_json
from ratingengine.model.assessment import Assessment

SCHEMA = "ratingengine/decision/1"
FIRST_LINE = 1 << 20
"""No line of ours is longer; a first line beyond this is of another kind."""
BLOCK = 1 << 16


def decision(assessment: Assessment, when: datetime) -> dict[str, Any]:
    """One rating as it was given at a time (UTC)."""
    chosen = assessment.chosen
    return {
        "schema": SCHEMA,
        "time": f"{when:%Y-%m-%dT%H:%M:%SZ}",
        "country": assessment.country,
        "as_of": str(assessment.as_of),
        "known_at": None if assessment.known_at is None else str(assessment.known_at),
        "rating": assessment.rating,
        "assessed": chosen.assessed,
        "status": chosen.status,
        "possible": list(chosen.possible),
        "previous": assessment.previous,
        "change": assessment.change,
        "watchlist": assessment.watchlist,
        "profile": assessment.profile,
        "deciding": list(chosen.deciding),
        "engines": list(assessment.engines),
        "versions": versions_json(assessment),
        "trace_sha256": trace_sha256(chosen.steps),
    }


def append(path: Path, lines: Iterable[dict[str, Any]]) -> None:
    """Append each as a line; all are on disk when this returns. Raises CannotWrite, and then none of them is in the file."""
    texts = [json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" for line in lines]
    try:
        with _opened(path) as (file, locked):
            end = _ready(file, path, locked)
            try:
                for text in texts:
                    _write(file, text)
                os.fsync(file)
            except OSError:
                if locked:  # else others may have written behind it
                    os.ftruncate(file, end)
                raise
            if end == 0:
                _sync_folder(path)
    except OSError as failure:
        raise _cannot(path, (failure.strerror or str(failure)).lower()) from failure


@contextmanager
def _opened(path: Path) -> Iterator[tuple[int, bool]]:
    """The log open for appending, and whether it is locked. A log that was moved away while we waited is opened anew."""
    if path.exists() and not path.is_file():
        raise _cannot(path, "is not a regular file; name a file")
    while True:
        file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644)
        try:
            locked = _locked(file)
            if not locked or _same(file, path):
                yield file, locked
                return
        finally:
            os.close(file)  # gives the lock back too


def _locked(file: int) -> bool:
    try:
        import fcntl
    except ImportError:
        return False
    fcntl.flock(file, fcntl.LOCK_EX)
    return True


def _same(file: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file), path.stat())
    except FileNotFoundError:
        return False


def _ready(file: int, path: Path, locked: bool) -> int:
    """The size of the log after what a killed process left was put right; a file of another kind is refused."""
    found = os.fstat(file)
    if not stat.S_ISREG(found.st_mode):
        raise _cannot(path, "is not a regular file; name a file")
    size = found.st_size
    if size == 0:
        return 0
    if not _ours(_at(file, 0, min(size, FIRST_LINE))):
        raise _cannot(path, f"is not a decision log: its first line has not the schema {SCHEMA}; name another file")
    if _at(file, size - 1, 1) == b"\n":
        return size
    if not locked:
        raise _cannot(path, "ends in half a line, which is not repaired without file locks; remove that line")
    whole, rest = _last_line(file, size)
    if _decision(rest):  # only the end of the line is missing, as an editor leaves it
        _write(file, b"\n")
        return size + 1
    os.ftruncate(file, whole)
    return whole


def _ours(start: bytes) -> bool:
    """Whether a file that begins so is a log of ours: by its first line, or by what a kill left of it."""
    line, newline, _ = start.partition(b"\n")
    return _decision(line) if newline else _decision(line) or line.startswith(f'{{"schema":"{SCHEMA}",'.encode())


def _decision(line: bytes) -> bool:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and found.get("schema") == SCHEMA


def _last_line(file: int, size: int) -> tuple[int, bytes]:
    """Where the last line begins, and what there is of it."""
    start = size
    rest = b""
    while start > 0 and b"\n" not in rest:
        step = min(BLOCK, start)
        start -= step
        rest = _at(file, start, step) + rest
    cut = rest.rfind(b"\n") + 1
    return start + cut, rest[cut:]


def _at(file: int, start: int, length: int) -> bytes:
    os.lseek(file, start, os.SEEK_SET)
    found = b""
    while len(found) < length:
        more = os.read(file, length - len(found))
        if not more:
            break
        found += more
    return found


def _write(file: int, text: bytes) -> None:
    """One write of the whole line; a disk that takes only a part is asked again for the rest."""
    while text:
        text = text[os.write(file, text) :]


def _sync_folder(path: Path) -> None:
    """A new file is on disk only when its folder is; where folders cannot be opened (Windows) the system sees to it."""
    if hasattr(os, "O_DIRECTORY"):
        folder = os.open(path.absolute().parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _cannot(path: Path, why: str) -> CannotWrite:
    return CannotWrite(f"cannot log to '{path}': {why}\nno rating is given that is not logged")
