"""The method by which a frame is rated."""

from __future__ import annotations

from ratingengine.assess import Method
from ratingengine.model.compiled import Compiled
from ratingengine.opening import codebook_folder, load_method, rules_folder


def compiled_of(method: str | Method | Compiled | None) -> Compiled:
    """A rule set by name or folder, or one that is compiled already; None is the default one."""
    if isinstance(method, Compiled):
        return method
    if isinstance(method, Method):
        return method.compiled
    folder = rules_folder(method)
    return load_method(folder, codebook_folder((), folder), "reference").compiled
