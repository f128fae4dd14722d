"""The decision log under many processes at once and under SIGKILL: no half line stays, no acknowledged line is lost."""

from __future__ import annotations

import json
import os
import random
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from assets.toy import OPTIONS
from e2e.command import RATE, rate, surroundings

from ratingengine.decisions import SCHEMA, append

WRITER = f"""
import os
import sys
from itertools import count
from pathlib import Path
from ratingengine.decisions import append
path, name, most, size, piece = Path(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:])
plain = os.write
if piece:
    os.write = lambda file, raw: plain(file, raw[:piece])
for number in count() if most < 0 else range(most):
    append(path, [{{"schema": "{SCHEMA}", "writer": name, "number": number, "filler": "x" * size}}])
    sys.stdout.write(f"{{number}}\\n")
    sys.stdout.flush()
"""
KILLS = 60


def start(path: Path, name: str, most: int, size: int, piece: int = 0) -> subprocess.Popen[bytes]:
    """A process that appends lines and says so after each; with `piece`, on a disk that takes so many bytes at a time."""
    command = [sys.executable, "-c", WRITER, str(path), name, *map(str, (most, size, piece))]
    return subprocess.Popen(command, stdout=subprocess.PIPE, env=surroundings())


def lines(path: Path) -> list[tuple[str, int]]:
    """Every line of the log; each must parse and the last be whole."""
    raw = path.read_bytes()
    assert raw.endswith(b"\n")
    found = [json.loads(line) for line in raw.splitlines()]
    return [(one["writer"], one["number"]) for one in found]


def test_processes_that_append_at_once_leave_exactly_their_lines(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    # A line of 9,000 bytes covers three pages, so that writes that are not kept apart would show.
    running = [start(log, f"w{n}", 40, 9_000 * (n % 2)) for n in range(8)]
    for one in running:
        one.communicate(timeout=120)
    assert [one.returncode for one in running] == [0] * 8
    found = lines(log)
    assert sorted(found) == [(f"w{n}", number) for n in range(8) for number in range(40)]
    for n in range(8):
        assert [number for name, number in found if name == f"w{n}"] == list(range(40))


def test_commands_that_rate_at_once_leave_a_line_each(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    words = [*RATE, "BVT", "--year", "2003", *OPTIONS, "--engine", "reference", "--log", str(log)]
    running = [subprocess.Popen(words, stdout=subprocess.PIPE, env=surroundings()) for _ in range(10)]
    answers = {one.communicate(timeout=120)[0] for one in running}
    assert len(answers) == 1
    found = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert [one["rating"] for one in found] == ["obstructed"] * 10


def drain(one: subprocess.Popen[bytes]) -> list[int]:
    """The numbers that a writer acknowledged before it died."""
    acknowledged, _ = one.communicate(timeout=60)
    return [int(number) for number in acknowledged.split(b"\n")[:-1]]


def wait_for_one(one: subprocess.Popen[bytes]) -> None:
    assert one.stdout is not None
    ready, _, _ = select.select([one.stdout], [], [], 60)
    assert ready


@pytest.mark.slow
def test_no_kill_loses_an_acknowledged_line_or_leaves_half_of_one(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    drawn = random.Random(11)  # noqa: S311  # when to kill, not a secret
    acknowledged: list[tuple[str, int]] = []
    halves = 0
    for kill in range(KILLS // 2):
        size, piece = drawn.choice([(0, 0), (400_000, 0), (5_000, 100), (200_000, 1_000)])
        running = {f"k{kill}-{n}": start(log, f"k{kill}-{n}", -1, size, piece) for n in range(2)}
        for one in running.values():
            wait_for_one(one)
        for one in running.values():
            time.sleep(drawn.random() * 0.02)
            one.send_signal(signal.SIGKILL)
        for name, one in running.items():
            acknowledged += [(name, number) for number in drain(one)]
        assert {one.returncode for one in running.values()} == {-signal.SIGKILL}
        halves += not log.read_bytes().endswith(b"\n")
        append(log, [{"schema": SCHEMA, "writer": "after", "number": kill}])
        found = lines(log)
        assert set(acknowledged) <= set(found)
        assert len(found) == len(set(found))
    assert halves > 0, "no kill fell into a line, so nothing was tried"


def test_a_kill_in_the_middle_of_a_line_is_put_right_by_the_next_rating(tmp_path: Path) -> None:
    """A write that stops half way is made certain here: the process dies between two parts of its line."""
    log = tmp_path / "log.jsonl"
    words = ("BVT", "--year", "2003", *OPTIONS, "--engine", "reference", "--log", str(log))
    rate(*words).answered("OBSTRUCTED")
    half = (
        "import os, signal\nplain = os.write\n"
        "def write(file, raw):\n    plain(file, raw[: len(raw) // 2])\n    os.kill(os.getpid(), signal.SIGKILL)\n"
        "os.write = write\n"
        f"from ratingengine.cli import run\nrun({list(words)!r})\n"
    )
    died = subprocess.run([sys.executable, "-c", half], env=surroundings(), capture_output=True, check=False)
    assert (died.returncode, died.stdout) == (-signal.SIGKILL, b"")
    assert not log.read_bytes().endswith(b"\n")
    rate(*words).answered("OBSTRUCTED")
    found = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert [one["rating"] for one in found] == ["obstructed"] * 2


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_log_that_may_not_be_written_gives_no_rating(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    log.write_text("", "utf-8")
    log.chmod(0o400)
    rate("BVT", "--year", "2003", *OPTIONS, "--log", str(log)).refused(1, "cannot log to", "permission denied")
