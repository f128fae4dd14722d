"""A rule set together with the codebook that it reads, and the two read from folders."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from pathlib import Path

from attrs import fields, frozen

from ratingengine.engine.loading import load_rule_set
from ratingengine.engine.opening import codebook_folder, rules_folder
from ratingengine.errors import NotFound
from ratingengine.model.indicator import Codebook
from ratingengine.model.rule import RuleSet

Folder = str | PathLike[str]


@frozen
class Rules(RuleSet):
    """A rule set, with the codebook that its rules read."""

    codebook: Codebook


def with_codebook(rule_set: RuleSet, codebook: Codebook) -> Rules:
    """The rule set on that codebook."""
    return Rules(**{field.name: getattr(rule_set, field.name) for field in fields(RuleSet)}, codebook=codebook)


def read_rules_on_codebook(rules: Folder, records: Iterable[Folder] = ()) -> Rules:
    """A rule set by folder or shipped name, as `rate --rules RULES --records RECORDS` reads it.

    The codebook is that of the rule set where it brings one, else that of the first folder of records which has one, else the
    shipped one. Raises NotFound, or InvalidInput with every problem of rules and codebook.
    """
    places = tuple(Path(place) for place in records)
    for place in places:
        if not place.exists():
            raise NotFound(f"no such file or folder of records: '{place}'")
    folder = rules_folder(str(rules))
    return with_codebook(*load_rule_set(folder, codebook_folder(places, folder)))
