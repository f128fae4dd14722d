"""ratingengine: civic space ratings that can be recomputed, explained and proved.

The command is `rate`. In Python: `rate`, `history`, `why`, `why_not`, `diff`, `what_if` and `panel` answer on the shipped
rules and records, `load` gives the same on others. docs/python.md says what each takes and gives; nothing else is public.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ratingengine.cli.python import Rater, diff, history, load, panel, rate, what_if, why, why_not
    from ratingengine.errors import InvalidInput, NotFound
    from ratingengine.interface.results import Diff, History, Panel, Rating, WhatIf, Why, WhyNot
    from ratingengine.model.version import __version__

_HOMES = {
    "cli.python": ("Rater", "diff", "history", "load", "panel", "rate", "what_if", "why", "why_not"),
    "errors": ("InvalidInput", "NotFound"),
    "interface.results": ("Diff", "History", "Panel", "Rating", "WhatIf", "Why", "WhyNot"),
    "model.version": ("__version__",),
}
"""Where each public name is: a name is loaded when it is asked for, so that the command starts without the others."""
_PLACES = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Diff",
    "History",
    "InvalidInput",
    "NotFound",
    "Panel",
    "Rater",
    "Rating",
    "WhatIf",
    "Why",
    "WhyNot",
    "__version__",
    "diff",
    "history",
    "load",
    "panel",
    "rate",
    "what_if",
    "why",
    "why_not",
]


def __getattr__(name: str) -> Any:
    home = _PLACES.get(name)
    if home is None:
        raise AttributeError(f"module 'ratingengine' has no attribute {name!r}; public are {', '.join(__all__)}")
    return getattr(import_module(f"ratingengine.{home}"), name)


def __dir__() -> list[str]:
    return list(__all__)
