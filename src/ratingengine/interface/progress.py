"""How far a long computation is: a bar on stderr where that is a terminal, nothing elsewhere."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

WIDTH = 30
T = TypeVar("T")


def progress(what: str) -> Callable[[int, int], None]:
    """Tells how many of how many are done, on one line that vanishes at the end."""
    gc.enable()  # which the start of every command turns off, since most are short
    stream = sys.stderr
    if stream is None or not stream.isatty():
        return quiet

    def tell(done: int, of: int) -> None:
        filled = WIDTH * done // max(1, of)
        bar = f"\r{what} [{'#' * filled}{'.' * (WIDTH - filled)}] {done} of {of}"
        stream.write("\r\x1b[K" if done >= of else bar)
        stream.flush()

    return tell


def quiet(_done: int, _of: int) -> None:
    """Says nothing."""


def through(what: str, listed: Sequence[T]) -> Iterator[T]:
    """Each of them in turn, telling how far it is."""
    tell = progress(what)
    for number, one in enumerate(listed):
        tell(number, len(listed))
        yield one
    tell(len(listed), len(listed))
