"""Files written whole or not at all: beside their place first, then renamed, so that nobody ever finds half of one."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from attrs import define, field

from ratingengine.errors import CannotWrite


def cannot_write(place: Path, failure: Exception) -> CannotWrite:
    """What the system or a library says of a file, under the file's name."""
    reason = getattr(failure, "strerror", None) or str(failure).splitlines()[0]
    return CannotWrite(f"cannot write '{place}': {reason.lower()}")


@define
class Beside:
    """A file beside its place, for what is written in many steps: `keep` it or `drop` it. A link at the place stays one."""

    place: Path
    path: Path = field(init=False)

    def __attrs_post_init__(self) -> None:
        target = self.place.resolve()
        self.path = target.with_name(f".{target.name}.new-{os.getpid()}")

    def keep(self) -> None:
        """Put it into its place, with all bytes on the disk first. Raises CannotWrite, and then nothing is left."""
        try:
            with self.path.open("rb+") as file:
                os.fsync(file.fileno())
            self.path.replace(self.place.resolve())
        except OSError as failure:
            raise cannot_write(self.place, failure) from failure
        finally:
            self.drop()

    def drop(self) -> None:
        """Leave nothing behind; what is at the place stays as it is."""
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)


@contextlib.contextmanager
def whole_file(place: Path) -> Iterator[Path]:
    """The path beside to write to. Raises CannotWrite for any OSError of the block."""
    beside = Beside(place)
    try:
        yield beside.path
        beside.keep()
    except OSError as failure:
        raise cannot_write(place, failure) from failure
    finally:
        beside.drop()
