"""Where the method and the records are: beside the source in a checkout, inside the package when installed."""

from __future__ import annotations

from pathlib import Path

from ratingengine.errors import NotFound

_PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """The folder `rules` or `indicators` that came with this copy of the program; raises NotFound when it is gone."""
    for root in (_PACKAGE / "shipped", _PACKAGE.parent.parent):
        if (root / name).is_dir():
            return root / name
    raise NotFound(f"the folder '{name}' that belongs to ratingengine is missing; install it again")
