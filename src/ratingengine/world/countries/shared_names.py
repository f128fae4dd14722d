"""Names that several countries share; none of them is a country's own, so the user has to choose."""

from __future__ import annotations

from typing import Final

from ratingengine.world.countries.folding import fold

_CONGO = ("COD", "COG")
_GUIANA = ("GUF", "GUY")
_KOREA = ("KOR", "PRK")
_SAINT_MARTIN = ("MAF", "SXM")
_VIRGIN_ISLANDS = ("VGB", "VIR")

_CHOICES: Final = {
    "Congo": _CONGO,
    "Kongo": _CONGO,
    "Конго": _CONGO,
    "Guiana": _GUIANA,
    "Гвиана": _GUIANA,
    "Korea": _KOREA,
    "Corée": _KOREA,
    "Корея": _KOREA,
    "Saint Martin": _SAINT_MARTIN,
    "St. Martin": _SAINT_MARTIN,
    "San Martín": _SAINT_MARTIN,
    "Сен-Мартен": _SAINT_MARTIN,
    "Virgin Islands": _VIRGIN_ISLANDS,
    "Îles Vierges": _VIRGIN_ISLANDS,
    "Islas Vírgenes": _VIRGIN_ISLANDS,
    "Виргинские острова": _VIRGIN_ISLANDS,
}

SHARED_NAMES: Final = {fold(name): codes for name, codes in _CHOICES.items()}
"""Folded name -> ISO3 codes of the countries it may mean, in alphabetical order."""
