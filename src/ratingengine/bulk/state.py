"""What a long computation has found so far, in a file, so that it can be stopped and taken up again."""

from __future__ import annotations

import json
from os.path import lexists
from pathlib import Path
from typing import Any

from attrs import frozen

from ratingengine.errors import InvalidInput, Place, Problem
from ratingengine.files.bounded import bytes_of
from ratingengine.files.whole import whole_file

MOST_BYTES = 64 * 1024 * 1024
SCHEMA = "ratingengine/state/1"


@frozen
class State:
    """A file (None: nothing is kept) and what the computation is of: its inputs, method and settings as one digest."""

    path: Path | None
    digest: str

    def read(self) -> dict[str, Any]:
        """What was found, empty at the start. Raises InvalidInput where the file is of another computation."""
        if self.path is None or not lexists(self.path):
            return {}
        try:
            kept = json.loads(bytes_of(self.path, MOST_BYTES))
            found = kept["found"] if kept["schema"] == SCHEMA else None
        except (ValueError, KeyError, TypeError, RecursionError, InvalidInput):
            kept, found = {}, None
        if not isinstance(found, dict) or kept.get("digest") != self.digest:
            message = "the state is of another table, method, codebook, software, seed or number of draws, or is no state"
            raise InvalidInput(
                [Problem("B507", message, Place(str(self.path), 1, 1), hint="name another file with --state, or remove this one")]
            )
        return found

    def write(self, content: dict[str, Any]) -> None:
        """Keep what was found, whole or not at all. Raises CannotWrite."""
        if self.path is None:
            return
        with whole_file(self.path, rewritten=True) as beside:
            beside.write_text(json.dumps({"schema": SCHEMA, "digest": self.digest, "found": content}), "utf-8")
