"""Files that a command writes: whole or not at all."""

from __future__ import annotations

import sys
from pathlib import Path

from ratingengine.errors import CannotWrite
from ratingengine.files.whole import cannot_write, whole_file
from ratingengine.interface.asked import Usage, write, write_raw


def write_file(name: str, content: bytes) -> None:
    """The file, or nothing of it; `-` is stdout. Raises CannotWrite."""
    if not name.strip():
        raise Usage("-o is empty; name a file, or - for stdout")
    if name == "-":
        # A pipe gets the bytes of the file; a person nothing that acts on the terminal.
        (write if sys.stdout.isatty() else write_raw)(content.decode())
        return
    path = Path(name)
    try:
        if path.is_dir():
            raise CannotWrite(f"cannot write '{name}': is a directory; name a file in it")
        if path.exists() and not path.is_file():
            path.write_bytes(content)  # a device or a pipe is not replaced, and keeps no half
        else:
            with whole_file(path) as beside:
                beside.write_bytes(content)
    except OSError as failure:
        raise cannot_write(path, failure) from failure
