"""Read results kept between runs, by content: same bytes in, same values out. Losing the cache costs time only.

The folder is RATINGENGINE_CACHE (or `off`), else `ratingengine` below the user's cache folder. Entries are pickles, so a folder
that others can write to is not used.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import pickle
import stat
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from ratingengine._version import __version__
from ratingengine.errors import CannotWrite
from ratingengine.whole import whole_file

MOST_ENTRIES = 64
READERS = ("backtest", "engines", "model", "reading", "records", "rulefile", "tables")
"""Packages beside the modules that make what is kept."""
T = TypeVar("T")


def cached(kind: type[T], files: Iterable[Path], make: Callable[[], T], salt: str = "") -> T:
    """The value for the content of these files: from the cache, else made and kept. Problems of `make` are never kept."""
    folder = cache_folder()
    if folder is None:
        return make()
    key = _key(kind, files, salt)
    if key is None:
        return make()
    found = _fetch(folder / key, kind)
    if found is not None:
        return found
    value = make()
    _keep(folder, key, value)
    return value


def cache_folder() -> Path | None:
    """Where entries are kept; None when the cache is off or there is no home."""
    named = os.environ.get("RATINGENGINE_CACHE")
    if named:
        return None if named == "off" else Path(named)
    base = os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(base) if base else Path.home() / ".cache") / "ratingengine"
    except RuntimeError:
        return None


def _key(kind: type[T], files: Iterable[Path], salt: str) -> str | None:
    """A digest of the paths (places of rules name them) and bytes of the files, and of what would read them."""
    total = hashlib.sha256(f"{kind.__name__} {__version__} {sys.version} {_own_code()} {salt}".encode())
    try:
        for path in files:
            raw = path.read_bytes()
            total.update(f"\0{path}\0{len(raw)}\0{Path.cwd()}\0".encode())
            total.update(raw)
    except OSError:
        return None
    return f"{kind.__name__}-{total.hexdigest()[:40]}"


@functools.cache
def _own_code() -> str:
    """In a checkout the code changes without its version: the newest change of a source file stands for it."""
    folder = Path(__file__).parent
    with contextlib.suppress(OSError):
        return str(max(entry.stat().st_mtime_ns for part in (folder, *_packages(folder)) for entry in os.scandir(part)))
    return ""


def _packages(folder: Path) -> list[Path]:
    return [Path(entry.path) for entry in os.scandir(folder) if entry.is_dir() and entry.name in READERS]


def _fetch(path: Path, kind: type[T]) -> T | None:
    try:
        if not _private(path.parent):
            return None
        value = pickle.loads(path.read_bytes())  # noqa: S301  # written by this program into a folder that is the user's alone
    except Exception:  # noqa: BLE001  # whatever is wrong with an entry, it is made anew
        return None
    return value if isinstance(value, kind) else None


def _private(folder: Path) -> bool:
    found = folder.stat()
    own = not hasattr(os, "getuid") or found.st_uid == os.getuid()
    return own and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _keep(folder: Path, key: str, value: object) -> None:
    """Whole, so that a reader never sees half an entry; a full or read-only disk is no error."""
    with contextlib.suppress(OSError, CannotWrite, pickle.PicklingError):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not _private(folder):
            return
        with whole_file(folder / key) as beside:
            beside.write_bytes(pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL))
        _prune(folder)


def _prune(folder: Path) -> None:
    entries = sorted((path for path in folder.iterdir() if path.is_file()), key=lambda path: path.stat().st_mtime)
    for path in entries[:-MOST_ENTRIES]:
        path.unlink(missing_ok=True)
