"""What an answer names so that it can be computed again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from attrs import evolve

from ratingengine.bulk.identity import codebook_digest, identity, versions
from ratingengine.bulk.method import compiled_of
from ratingengine.errors import Place
from ratingengine.model.indicator import Codebook
from ratingengine.model.version import __version__

RSF = compiled_of("rsf-situations")


def test_software_rules_day_and_codebook_are_named() -> None:
    codebook = codebook_digest(RSF.codebook)
    head = f"ratingengine {__version__}; rsf-situations {RSF.version} {RSF.digest[:16]}"
    assert versions(RSF) == f"{head}; codebook {codebook[:16]}"
    assert versions(evolve(RSF, day=date(2015, 1, 1))) == f"{head} on 2015-01-01; codebook {codebook[:16]}"
    assert RSF.digest in identity(RSF)
    assert codebook in identity(RSF)


def test_a_codebook_is_known_by_what_it_says_wherever_it_lies() -> None:
    (name,) = RSF.codebook.indicators
    entry = RSF.codebook[name]
    moved = evolve(entry, place=Place(str(Path("elsewhere.yaml")), 7, 7))
    assert codebook_digest(Codebook({name: moved})) == codebook_digest(RSF.codebook)
    assert codebook_digest(Codebook({name: evolve(entry, decimals=3)})) != codebook_digest(RSF.codebook)
