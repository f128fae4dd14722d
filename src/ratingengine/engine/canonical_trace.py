"""The canonical trace: the same bytes for the same steps on every engine and machine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from ratingengine.model.program import Step, Support


def canonical_steps(steps: Iterable[Step]) -> list[dict[str, Any]]:
    """Steps as plain values, sorted by stratum and rule id, supports sorted."""
    ordered = sorted(steps, key=lambda step: (step.stratum, step.rule))
    return [
        {
            "conclusion": step.conclusion,
            "rule": step.rule,
            "stratum": step.stratum,
            "supports": [support_text(support) for support in sorted(step.supports)],
        }
        for step in ordered
    ]


def support_text(support: Support) -> list[str]:
    """A support as four texts: subject, name, test, operand."""
    return [support.subject, support.name, support.test, support.operand]


def trace_sha256(steps: Iterable[Step]) -> str:
    """SHA-256 of the canonical steps as compact JSON with sorted keys."""
    text = json.dumps(canonical_steps(steps), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
