"""`--log FILE`: every rating is logged before any is shown."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ratingengine.interface.asked import Usage
from ratingengine.model.assessment import Assessment


def log(name: str | None, assessments: Iterable[Assessment]) -> None:
    """Go through the ratings, and append a line for each to the log, if one is asked for. Raises CannotWrite."""
    if name is None:
        for _ in assessments:
            pass
        return
    if not name.strip():
        raise Usage("--log is empty; name a file, or leave the option out")
    from datetime import UTC, datetime

    from ratingengine.interface.decisions import append, decision

    now = datetime.now(UTC)
    append(Path(name), (decision(assessment, now) for assessment in assessments))
