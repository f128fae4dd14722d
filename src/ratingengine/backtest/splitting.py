"""Which countries rules may be fitted on, and which they are judged on: decided by a hash of the country's code alone.

The order of files, the number of countries and the seed of a run do not enter, so that a country never changes sides.
"""

from __future__ import annotations

from hashlib import sha256

FOLDS = 10
DEVELOPMENT, HELD_OUT = "development", "held-out"
PARTS = (DEVELOPMENT, HELD_OUT)
"""Thresholds may be chosen by looking at the first; what is reported as agreement is that of the second."""


def fold_of(iso3: str, folds: int = FOLDS) -> int:
    """The fold of a country, 0 to `folds` - 1: its SHA-256 as a number, modulo."""
    return int.from_bytes(sha256(iso3.encode("ascii")).digest(), "big") % folds


def part_of(iso3: str) -> str:
    """One of PARTS; even folds of FOLDS are for development, so about half of all countries."""
    return HELD_OUT if fold_of(iso3) % 2 else DEVELOPMENT
