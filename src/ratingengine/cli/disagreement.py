"""Keeps what is needed to look into an engine failure: the program's values and each engine's steps."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from ratingengine.assess import EnginesDisagree
from ratingengine.errors import EngineFailure
from ratingengine.reports.canonical import canonical_steps


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
    with tempfile.NamedTemporaryFile("w", prefix="ratingengine-", suffix=".json", delete=False, encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=2)
    return f"\nthe case is saved in {Path(file.name)}; please report it"
