"""What takes longer than a moment says on a terminal how far it is, and says nothing in a pipe."""

from __future__ import annotations

import os
import pty
import subprocess
import sys

import pytest
from assets.toy import OPTIONS

PROGRAM = [sys.executable, "-c", "from ratingengine.cli import main; main()"]
LONG = {
    "robust --all": (("robust", "--all", "--year", "2003", *OPTIONS), "rating countries"),
    "panel": (("panel", *OPTIONS), "rating countries"),
    "coverage": (("coverage", *OPTIONS), "reading records"),
    "changes": (("changes", "--from", "2001", "--to", "2004", *OPTIONS), "rating countries"),
    "prove": (("prove", OPTIONS[1], "--records", OPTIONS[3], "--theorem", "T2"), "proving theorems"),
}


def shown(words: tuple[str, ...]) -> tuple[str, str]:
    """What a terminal sees of stderr, and a pipe."""
    here, there = pty.openpty()
    with subprocess.Popen([*PROGRAM, *words], stdout=subprocess.DEVNULL, stderr=there) as running:
        os.close(there)
        seen = b""
        while True:
            try:
                part = os.read(here, 65536)
            except OSError:  # Linux says so at the end
                break
            if not part:
                break
            seen += part
        running.wait()
    os.close(here)
    return seen.decode(), subprocess.run([*PROGRAM, *words], capture_output=True, check=False).stderr.decode()


@pytest.mark.parametrize("name", LONG)
def test_a_terminal_sees_how_far_it_is_and_a_pipe_does_not(name: str) -> None:
    words, what = LONG[name]
    terminal, pipe = shown(words)
    assert f"\r{what} [" in terminal
    assert terminal.endswith("\r\x1b[K")
    assert what not in pipe
