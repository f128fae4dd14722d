"""The split hangs on the code of a country and on nothing else."""

from __future__ import annotations

from collections import Counter

from ratingengine.backtest.splitting import DEVELOPMENT, FOLDS, HELD_OUT, fold_of, part_of
from ratingengine.world.countries import all_countries


def test_a_country_is_where_it_always_was() -> None:
    """Whoever changes this makes every figure on held-out countries worthless."""
    codes = ("AFG", "KAZ", "EGY", "FIN", "USA", "ZWE")
    assert [fold_of(code) for code in codes] == FOLDS_KEPT
    assert [part_of(code) for code in codes] == [HELD_OUT if fold % 2 else DEVELOPMENT for fold in FOLDS_KEPT]


def test_folds_are_about_alike_and_parts_are_halves() -> None:
    codes = [country.iso3 for country in all_countries()]
    folds = Counter(map(fold_of, codes))
    assert set(folds) == set(range(FOLDS))
    assert max(folds.values()) < 3 * min(folds.values())
    parts = Counter(map(part_of, codes))
    assert abs(parts[DEVELOPMENT] - parts[HELD_OUT]) < len(codes) // 8
    assert {fold_of(code, 2) for code in codes} == {0, 1}


FOLDS_KEPT = [5, 1, 1, 3, 4, 8]
