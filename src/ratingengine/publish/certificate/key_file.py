"""Files of keys that a command names."""

from __future__ import annotations

from pathlib import Path

from ratingengine.errors import NotFound
from ratingengine.files.bounded import bytes_of

MOST_OF_A_KEY = 64 * 1024


def key_in(name: str, option: str) -> bytes:
    """The bytes of the file; raises NotFound, and InvalidInput where it is too long."""
    path = Path(name)
    if not path.exists():
        raise NotFound(f"{option}: no such file: '{name}'")
    return bytes_of(path, MOST_OF_A_KEY)
