"""Indicators of a table that the codebook in use lacks: of other methods, which read them, or misspelt."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache

from ratingengine.files.shipped import shipped, yaml_below
from ratingengine.method.codebook import ID
from ratingengine.model.indicator import Codebook

NEAR = 0.9
"""So alike that a name is taken for a misspelt one (1: the same)."""
ENTRY = re.compile(rf"^\s*- id: ({ID})\s*$", re.MULTILINE)


def of_others(names: Iterable[str], codebook: Codebook) -> frozenset[str]:
    """The names that are left to other methods: none of this codebook, and not so near to one of it that it is meant."""
    return frozenset(name for name in names if name not in codebook and re.fullmatch(ID, name) and not misspelt(name, codebook))


def misspelt(name: str, codebook: Codebook) -> bool:
    """Whether a name that the codebook lacks is so near to one of it that this one is meant."""
    near = get_close_matches(name, [entry.id for entry in codebook], n=1, cutoff=NEAR)
    return bool(near) and name not in shipped_indicators()


@cache
def shipped_indicators() -> frozenset[str]:
    """The indicators of all codebooks that come with the program."""
    files = [path for part in ("indicators", "rules") for path in yaml_below(shipped(part)) if path.parent.name == "codebook"]
    return frozenset(name for path in files for name in ENTRY.findall(path.read_text("utf-8")))
