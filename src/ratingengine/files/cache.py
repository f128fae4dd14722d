"""Read results kept between runs, by content: same bytes in, same values out. Losing the cache costs time only.

The folder is RATINGENGINE_CACHE (or `off`), else `ratingengine` below the user's cache folder. Entries are plain values
that cannot run (`plain`), the user's alone as the folder is. A value is kept under the bytes that it was made of, or not at all.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from ratingengine.files.bounded import noting, read_bytes
from ratingengine.files.plain import NotPlain, read, written
from ratingengine.model.version import __version__

SCHEMA = "ratingengine/cache/1"
MOST_ENTRIES = 64
MOST_BYTES = 64 * 1024 * 1024
"""Of an entry, and of a file that it is made of."""
READERS = ("backtest", "engines", "model", "reading", "records", "rulefile", "tables")
"""Packages beside the modules that make what is kept."""
ENTRY = re.compile(r"[A-Za-z]+-[0-9a-f]{40}")
T = TypeVar("T")


def cached(kind: type[T], files: Iterable[Path], make: Callable[[], T], salt: str = "") -> T:
    """The value for the content of these files: from the cache, else made and kept. Problems of `make` are never kept.

    A value is kept only where `make` read all of these files through `files`, no other, and each as it was looked up.
    """
    folder = cache_folder()
    if folder is None:
        return make()
    with noting() as looked_up:
        key = _key(kind, files, salt)
    if key is None:
        return make()
    found = _fetch(folder / key, kind)
    if found is not None:
        return found
    with noting() as used:
        value = make()
    if _same(looked_up, used):
        _keep(folder, key, value)
    return value


def _same(looked_up: Mapping[str, set[str]], used: Mapping[str, set[str]]) -> bool:
    """Whether the same bytes of the same files were read, each once or unchanged."""
    return dict(looked_up) == dict(used) and all(len(digests) == 1 for digests in used.values())


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
    for path in files:
        raw, _ = read_bytes(path, str(path), MOST_BYTES)
        if raw is None:  # its reader says why
            return None
        total.update(f"\0{path}\0{len(raw)}\0{Path.cwd()}\0".encode())
        total.update(raw)
    return f"{kind.__name__}-{total.hexdigest()[:40]}"


@functools.cache
def _own_code() -> str:
    """In a checkout the code changes without its version: the newest change of a source file stands for it."""
    folder = Path(__file__).parent.parent
    with contextlib.suppress(OSError):
        return str(max(entry.stat().st_mtime_ns for part in (folder, *_packages(folder)) for entry in os.scandir(part)))
    return ""


def _packages(folder: Path) -> list[Path]:
    return [Path(entry.path) for entry in os.scandir(folder) if entry.is_dir() and entry.name in READERS]


def _fetch(path: Path, kind: type[T]) -> T | None:
    """The value of an entry; None where it is not there, is not private, or is not what was kept under that name."""
    try:
        if not _private(path.parent.stat()):
            return None
        number = os.open(path, os.O_RDONLY | _flag("O_NOFOLLOW") | _flag("O_NONBLOCK") | _flag("O_BINARY"))
        with os.fdopen(number, "rb") as file:
            found = os.fstat(number)
            if not stat.S_ISREG(found.st_mode) or not _private(found) or found.st_size > MOST_BYTES:
                return None
            raw = file.read()
        head, _, content = raw.partition(b"\n")
        if head != _head(path.name, content):
            return None
        value = read(content, kind.__module__)
    except Exception:  # noqa: BLE001  # whatever is wrong with an entry, it is made anew
        return None
    return value if isinstance(value, kind) else None


def _head(name: str, content: bytes) -> bytes:
    return f"{SCHEMA} {name} {hashlib.sha256(content).hexdigest()}".encode()


def _private(found: os.stat_result) -> bool:
    """Whether only the user may read and write it; where the system has no such owners, its own rules hold."""
    return not hasattr(os, "getuid") or (found.st_uid == os.getuid() and not found.st_mode & (stat.S_IRWXG | stat.S_IRWXO))


def _flag(name: str) -> int:
    return int(getattr(os, name, 0))


def _keep(folder: Path, key: str, value: object) -> None:
    """Whole, so that a reader never sees half an entry; a full or read-only disk is no error."""
    with contextlib.suppress(OSError, NotPlain):
        content = written(value, type(value).__module__)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not _private(folder.stat()):
            return
        beside = folder / f".{key}.new-{os.getpid()}"
        number = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _flag("O_NOFOLLOW") | _flag("O_BINARY"), 0o600)
        try:
            with os.fdopen(number, "wb") as file:
                file.write(_head(key, content) + b"\n" + content)
            beside.replace(folder / key)
        finally:
            beside.unlink(missing_ok=True)
        _prune(folder)


def _prune(folder: Path) -> None:
    """The oldest entries beyond so many go; what else lies in a folder that the user named stays."""
    entries = [entry for entry in os.scandir(folder) if ENTRY.fullmatch(entry.name) and entry.is_file(follow_symlinks=False)]
    for entry in sorted(entries, key=lambda entry: entry.stat().st_mtime)[:-MOST_ENTRIES]:
        Path(entry.path).unlink(missing_ok=True)
