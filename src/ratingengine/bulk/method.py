"""The method by which a frame is rated."""

from __future__ import annotations

from ratingengine.engine.assess import Method
from ratingengine.engine.opening import codebook_folder, load_method, rules_folder
from ratingengine.model.compiled import Compiled


def compiled_of(method: str | Method | Compiled | None) -> Compiled:
    """A rule set by name or folder, or one that is compiled already; None is the default one."""
    return method if isinstance(method, Compiled) else method_of(method).compiled


def method_of(method: str | Method | None) -> Method:
    """The same with the reference engine, which explains."""
    if isinstance(method, Method):
        return method
    folder = rules_folder(method)
    return load_method(folder, codebook_folder((), folder), "reference")
