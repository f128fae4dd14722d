"""What an answer hangs on besides its table: two answers of one identity are computed alike."""

from __future__ import annotations

from hashlib import sha256

from attrs import fields

from ratingengine.model.compiled import Compiled
from ratingengine.model.indicator import Codebook, Indicator
from ratingengine.model.version import __version__

SHOWN = 16
"""Digits of a digest that a reader needs to tell two apart."""


def codebook_digest(codebook: Codebook) -> str:
    """Of what the indicators mean, wherever their files lie."""
    names = [field.name for field in fields(Indicator) if field.eq]
    said = [repr([getattr(entry, name) for name in names]) for entry in codebook]
    return sha256("\n".join(sorted(said)).encode()).hexdigest()


def identity(compiled: Compiled, shown: int | None = None) -> str:
    """Software, rules, the day whose rules they are (where one is named) and codebook; `shown` digits of each digest."""
    day = "" if compiled.day is None else f" on {compiled.day}"
    codebook = codebook_digest(compiled.codebook)[:shown]
    return f"ratingengine {__version__}; {compiled.name} {compiled.version} {compiled.digest[:shown]}{day}; codebook {codebook}"


def versions(compiled: Compiled) -> str:
    """What must be named so that the ratings can be computed again."""
    return identity(compiled, SHOWN)
