"""Runs the real command `rate` in a process of its own and looks at all it leaves behind."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from attrs import frozen

_SCRIPT = shutil.which("rate", path=str(Path(sys.executable).parent))
RATE = (_SCRIPT,) if _SCRIPT else (sys.executable, "-c", "from ratingengine.cli import main; main()")
_FOLDER = tempfile.mkdtemp(prefix="ratingengine-tests-")
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
OWN = {
    # Caches of this test process alone: no run reads what another version of the code has kept, and each starts quickly.
    "RATINGENGINE_CACHE": f"{_FOLDER}/cache",
    "PYTHONPYCACHEPREFIX": f"{_FOLDER}/pycache",
    "PYTHONDONTWRITEBYTECODE": "",
    "COLUMNS": "100",
    "NO_COLOR": "1",
}
LIMIT = 120
"""Seconds after which a run is taken to hang."""


@frozen
class Ran:
    """What a finished run left: exit code, answer, and what it said beside it."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The answer, parsed."""
        return json.loads(self.out)

    def refused(self, code: int, *said: str) -> None:
        """Assert that the run failed with this code, gave no answer, and said each of these."""
        assert (self.code, self.out) == (code, ""), self
        for text in said:
            assert text in self.err, self

    def answered(self, *words: str) -> None:
        """Assert that the run gave an answer with each of these and had nothing to complain about."""
        assert (self.code, self.err) == (0, ""), self
        for text in words:
            assert text in self.out, self


def rate(*words: str | bytes, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Ran:
    """Run `rate` with these words. No run may end in a traceback, whatever it was given."""
    return execute([*RATE, *words], cwd, env)


def execute(command: Sequence[str | bytes], cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Ran:
    """Run any command the same way."""
    done = subprocess.run(command, capture_output=True, cwd=cwd, env=surroundings(env), timeout=LIMIT, check=False)
    found = Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
    assert "Traceback" not in found.err, found
    return found


def shell(line: str, env: Mapping[str, str] | None = None) -> Ran:
    """Run a shell line in which `rate` stands for the command under test, with pipefail."""
    quoted = " ".join(f"'{word}'" for word in RATE)
    return execute(["bash", "-o", "pipefail", "-c", f'rate() {{ {quoted} "$@"; }}\n{line}'], None, env)


def surroundings(changed: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a run: that of the tests, what is always the same, and what is changed."""
    return {**os.environ, **OWN, **(changed or {})}


def snapshot(*folders: Path) -> dict[str, str]:
    """Every file below the folders with the digest of its content."""
    files = (path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path): sha256(path.read_bytes()).hexdigest() for path in files}
