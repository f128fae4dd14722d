"""Shares of a change, worked out by hand on the invented island: 2002 narrowed, 2003 assessed repressed, published obstructed.

Published moves one band a year. Of the values that differ, banners (repressed assembly), papers (repressed expression) and the
insult law could count. Either facet alone gives narrowed, which the permit gives already; both together give repressed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import pytest
from assets.toy import island, loaded
from attrs import evolve
from support.entries import KEYS, SHAPES, SOURCES, Entry, listed, rule_file, scale_text, written

from ratingengine.engine.rating import load
from ratingengine.explain.diff.attribution import attribute, derive
from ratingengine.explain.diff.mixture import EVIDENCE, Input, Mixture, Side
from ratingengine.model.value import IndicatorValue

LOADED = loaded()
PAPERS, BANNERS, INSULT = "expression.papers_closed", "assembly.banners_taken", "expression.insult_law"
NOTHING, HALF = Fraction(0), Fraction(1, 2)


def mixture(one: date, other: date) -> Mixture:
    return Mixture(Side(LOADED, island(), one), Side(LOADED, island(), other), "coded")


YEARS = mixture(date(2002, 12, 31), date(2003, 12, 31))


def test_two_that_count_only_together_share_alike() -> None:
    found = attribute(YEARS)
    assert (found.before, found.after, found.orders) == (1, 2, None)
    assert {term.input: (term.share, term.error) for term in found.terms} == {
        Input(EVIDENCE, PAPERS): (HALF, None),
        Input(EVIDENCE, BANNERS): (HALF, None),
    }
    # The law of insult changes from no to yes, and the march is on the watchlist only: neither moves the rating in any mixture.
    assert {idle.name for idle in found.idle} >= {INSULT}
    assert [(corner.evidence, corner.rules, corner.severity) for corner in found.corners] == [(0, 0, 1), (1, 1, 2)]


def test_the_smallest_mixture_is_the_other_of_the_two() -> None:
    found = derive(YEARS, Input(EVIDENCE, PAPERS))
    assert [other.name for other in found.others] == [BANNERS]
    assert (found.without, found.within, found.smallest, found.term.share) == (1, 2, True, HALF)
    # With no other changed it adds nothing; with the one other it adds a band, in one of the two orders.
    weights = found.weights or ()
    assert [(w.others, w.sets, w.added, w.share) for w in weights] == [(0, 1, NOTHING, NOTHING), (1, 1, Fraction(1), HALF)]


def test_an_input_that_is_idle_moves_the_rating_with_no_others() -> None:
    found = derive(YEARS, Input(EVIDENCE, INSULT))
    assert (found.without, found.within, found.others, found.term.share) == (1, 1, (), NOTHING)


def test_an_input_that_does_not_differ_has_no_share() -> None:
    with pytest.raises(KeyError):
        derive(YEARS, Input(EVIDENCE, "assembly.permit"))


def test_the_same_question_twice_has_nothing_to_share() -> None:
    day = date(2003, 12, 31)
    found = attribute(mixture(day, day))
    assert (found.terms, found.idle, found.before) == ((), (), found.after)


class _Sum(Mixture):
    """A mixture that is a band worse as soon as so many of its inputs have changed, whichever they are."""

    def __init__(self, count: int, needed: int) -> None:
        side = Side(LOADED, island(), date(2003, 12, 31))
        super().__init__(side, side, "coded")
        self.needed = needed
        self.inputs = tuple(Input("transition", f"input {number:02}") for number in range(count))

    def worth(self, members: int) -> int:
        return int(members.bit_count() >= self.needed)


@pytest.mark.parametrize(("needed", "smallest"), [(3, True), (17, False)])
def test_beyond_sixteen_inputs_a_mixture_is_still_found_and_said_to_be_the_smallest_only_when_it_is(
    needed: int, smallest: bool
) -> None:
    many = _Sum(20, needed)
    found = derive(many, many.inputs[19])
    assert found.term.error is not None
    assert found.weights is None
    assert (len(found.others), found.without, found.within) == (needed - 1, 0, 1)
    assert found.smallest == smallest


def test_the_first_of_equally_small_mixtures_is_given() -> None:
    many = _Sum(5, 3)
    assert [other.name for other in derive(many, many.inputs[4]).others] == ["input 00", "input 01"]
    shares = {term.share for term in attribute(many).terms}
    assert shares == {Fraction(1, 5)}


def test_inputs_that_only_a_measure_brings_together_count(tmp_path: Path) -> None:
    """A sum of at least ten closes; each of two inputs goes from nothing known to six, and no test reads either by itself."""
    facet, names = "association", ("assoc.i0", "assoc.i1")
    book = [{"id": name, "title": name, "question": "What?", **SHAPES[1], "worse": "higher"} for name in names]
    inputs = [{"indicator": name, "weight": "1", "from": ["0", "10"], "to": ["0", "10"]} for name in names]
    summed = {"of": "sum", "inputs": inputs, "needs": "2", "decimals": "0", "rounding": "down"}
    when = {"measure": "measured.x", "at_least": "10"}
    said: Entry = {"rationale": "drawn", "sources": ["A p. 1"], "since": "2000-01-01"}
    rules: list[Entry] = [
        {"id": "RUL-001", "title": "S", "kind": "measure", "measure": summed, "then": {"measure": "measured.x", "facet": facet}},
        {"id": "RUL-002", "title": "R", "kind": "rating", "when": when, "then": {"rating_at_most": "closed"}},
    ]
    entries = [{key: entry[key] for key in KEYS if key in entry} for entry in book]
    files = {"rules/scale.yaml": scale_text(), "rules/sources.yaml": SOURCES, "records/sources.yaml": SOURCES}
    files["rules/rules.yaml"] = rule_file([{**rule, **said} for rule in rules])
    files["records/codebook/association.yaml"] = listed({"schema": "ratingengine/codebook/1", "facet": facet}, indicators=entries)
    written(tmp_path, files)
    side = Side(load(str(tmp_path / "rules"), [tmp_path / "records"], "reference"), island(), date(2003, 12, 31))
    found = attribute(_Supposed(side, dict.fromkeys(names, (6, 6))))
    assert (found.before, found.after, found.idle) == (0, 4, ())
    assert {term.input.name: term.share for term in found.terms} == dict.fromkeys(names, Fraction(2))


class _Supposed(Mixture):
    """A side against itself with other values."""

    def __init__(self, side: Side, settings: dict[str, tuple[int, int]]) -> None:
        self.settings = settings
        super().__init__(side, evolve(side), "coded")

    def values(self, day: int, records: int) -> Mapping[str, IndicatorValue]:
        found = super().values(day, records)
        if not day:
            return found
        changed = {name: evolve(found[name], lowest=low, highest=high) for name, (low, high) in self.settings.items()}
        return {**found, **changed}


def test_all_pairs_of_the_inputs_of_the_years_agree_with_the_shares() -> None:
    places = {named.name: number for number, named in enumerate(YEARS.inputs)}
    for pair in combinations(places, 2):
        members = sum(1 << places[name] for name in pair)
        assert YEARS.worth(members) == (2 if set(pair) == {PAPERS, BANNERS} else 1)
