"""The decision log under many processes at once and under SIGKILL: no half line stays, no acknowledged line is lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from assets.toy import OPTIONS
from e2e.command import RATE, rate, surroundings

from ratingengine.interface.decisions import SCHEMA, append

WRITER = f"""
import os
import signal
import sys
from itertools import count
from pathlib import Path
from ratingengine.interface.decisions import append

def say(word):
    sys.stdout.write(f"{{word}}\\n")
    sys.stdout.flush()

def write(file, raw):
    if number != stop:
        return plain(file, raw)
    plain(file, raw[: dict(first=1, half=len(raw) // 2, unended=-1, whole=None)[cut]])
    say("stopped")
    signal.pause()

path, name, most, size, stop, cut = Path(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:6]), sys.argv[6]
plain, os.write = os.write, write
for number in range(most):
    append(path, [{{"schema": "{SCHEMA}", "writer": name, "number": number, "filler": "x" * size}}])
    say(number)
"""


def start(path: Path, name: str, most: int, size: int, stop: int = -1, cut: str = "whole") -> subprocess.Popen[bytes]:
    """A process that appends lines and says so after each. At line `stop` it writes as much as `cut` says and waits there."""
    command = [sys.executable, "-c", WRITER, str(path), name, *map(str, (most, size, stop)), cut]
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


def until_it_stops(one: subprocess.Popen[bytes]) -> list[int]:
    """The numbers that a writer acknowledged before it stopped within a line."""
    assert one.stdout is not None
    said = []
    for line in one.stdout:
        if line == b"stopped\n":
            break
        said.append(int(line))
    return said


@pytest.mark.parametrize("size", [0, 400_000])
@pytest.mark.parametrize("cut", ["first", "half", "unended", "whole"])
def test_no_kill_loses_an_acknowledged_line_or_leaves_half_of_one(tmp_path: Path, cut: str, size: int) -> None:
    log = tmp_path / "log.jsonl"
    append(log, [{"schema": SCHEMA, "writer": "before", "number": 0}])
    with start(log, "one", 9, size, stop=2, cut=cut) as one:
        assert until_it_stops(one) == [0, 1]
        # The other needs the lock, which is held in the middle of a line until the kill.
        with start(log, "other", 9, size, stop=2, cut=cut) as other:
            one.kill()
            assert until_it_stops(other) == [0, 1]
            other.kill()
    assert (one.returncode, other.returncode) == (-signal.SIGKILL, -signal.SIGKILL)
    assert log.read_bytes().endswith(b"\n") == (cut == "whole")
    append(log, [{"schema": SCHEMA, "writer": "after", "number": 0}])
    # A line whose end alone was missing is completed; it was not acknowledged, and is no less true.
    whole = [0, 1, 2] if cut in {"unended", "whole"} else [0, 1]
    expected = [(name, number) for name in ("one", "other") for number in whole]
    assert sorted(lines(log)) == sorted([("before", 0), *expected, ("after", 0)])


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
