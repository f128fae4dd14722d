"""Keeps what is needed to look into a failure of the program: an engine's values and steps, or where it broke."""

from __future__ import annotations

import json
import shlex
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path

from ratingengine.engine.assess import EnginesDisagree
from ratingengine.engine.canonical_trace import canonical_steps
from ratingengine.errors import EngineFailure
from ratingengine.model.version import __version__


def save(failure: EngineFailure) -> str:
    """Write the case to a new file of the temporary folder; returns the sentence that names it."""
    if not isinstance(failure, EnginesDisagree):
        return ""
    content = {
        "profile": failure.program.profile,
        "values": [
            {"subject": v.subject, "name": v.name, "mirrored": v.mirrored, "severity": value}
            for v, value in zip(failure.program.variables, failure.values, strict=True)
        ],
        "steps": {name: canonical_steps(steps) for name, steps in failure.steps.items()},
    }
    return _kept(json.dumps(content, ensure_ascii=False, indent=2), ".json")


def save_traceback(words: Sequence[str]) -> str:
    """Write what went wrong, and the command line, to a new file; returns the sentence that names it."""
    return _kept(f"rate {shlex.join(words)}\nratingengine {__version__}\n\n{traceback.format_exc()}", ".txt")


def _kept(text: str, suffix: str) -> str:
    with tempfile.NamedTemporaryFile("w", prefix="ratingengine-", suffix=suffix, delete=False, encoding="utf-8") as file:
        file.write(text)
    return f"\nthe case is saved in {Path(file.name)}; please report it"
