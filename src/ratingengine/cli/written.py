"""Files that a command writes: whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from ratingengine.cli.asked import Usage, write
from ratingengine.errors import CannotWrite


def write_file(name: str, content: bytes) -> None:
    """Written beside and renamed, so that nobody ever finds half a file; `-` is stdout. Raises CannotWrite."""
    if not name.strip():
        raise Usage("-o is empty; name a file, or - for stdout")
    if name == "-":
        write(content.decode())
        return
    path = Path(name)
    try:
        if path.is_dir():
            raise CannotWrite(f"cannot write '{name}': is a directory; name a file in it")
        if path.exists() and not path.is_file():
            path.write_bytes(content)  # a device or a pipe is not replaced, and keeps no half
        else:
            _replace(path.resolve(), content)
    except OSError as failure:
        raise CannotWrite(f"cannot write '{name}': {(failure.strerror or str(failure)).lower()}") from failure


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name}.new-{os.getpid()}")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
