"""Conditions: their atoms in written order, and their words."""

from __future__ import annotations

import pytest
from assets.toy import HERE

from ratingengine.model.condition import All, AnyOf, Atom, Condition, NOf, atoms, describe


def atom(subject: str, name: str, test: str = "holds", *operands: str) -> Atom:
    return Atom(subject, name, test, operands, HERE, HERE)


KILLED = atom("indicator", "assembly.killed", "at_least", "3")
COUNT = atom("measure", "assembly.harm", "more_than", "2.5")
LETHAL = atom("finding", "assembly.lethal")
LEVEL = atom("level", "association", "is", "closed")
PRIOR = atom("prior", "pressure", "one_of", "none", "worse")
NESTED = All((AnyOf((KILLED, NOf(2, (LETHAL, LEVEL, PRIOR), HERE))), COUNT))


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (KILLED, "assembly.killed at least 3"),
        (COUNT, "assembly.harm more than 2.5"),
        (LETHAL, "finding assembly.lethal"),
        (LEVEL, "level association is closed"),
        (PRIOR, "prior pressure one of none or worse"),
    ],
)
def test_an_atom_is_written_in_the_words_of_the_rule(found: Atom, words: str) -> None:
    assert str(found) == describe(found) == words


def test_atoms_come_in_written_order() -> None:
    assert list(atoms(NESTED)) == [KILLED, LETHAL, LEVEL, PRIOR, COUNT]
    assert list(atoms(KILLED)) == [KILLED]


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (All((KILLED, LETHAL)), "assembly.killed at least 3 and finding assembly.lethal"),
        (AnyOf((KILLED, LETHAL)), "assembly.killed at least 3 or finding assembly.lethal"),
        (NOf(1, (KILLED, LETHAL), HERE), "1 of: assembly.killed at least 3; finding assembly.lethal"),
        (All((LETHAL,)), "finding assembly.lethal"),
        (All((AnyOf((LETHAL,)), KILLED)), "finding assembly.lethal and assembly.killed at least 3"),
        (All((AnyOf((LETHAL, LEVEL)),)), "finding assembly.lethal or level association is closed"),
        (
            NESTED,
            (
                "(assembly.killed at least 3 or (2 of: finding assembly.lethal; level association is closed; "
                "prior pressure one of none or worse)) and assembly.harm more than 2.5"
            ),
        ),
    ],
)
def test_parts_are_joined_and_in_parentheses_only_where_they_would_be_misread(condition: Condition, words: str) -> None:
    assert describe(condition) == words
