"""The scale: words and severities, best first."""

from __future__ import annotations

import pytest

from ratingengine.model.scale import FREE, ONE_BAND, Facet, Rating, Scale

SCALE = Scale(tuple(Rating(word, "") for word in ("good", "fair", "bad")), (Facet("press", ""), Facet("assembly", "")), (), ())


def test_severity_counts_from_the_best_word() -> None:
    assert SCALE.words == ("good", "fair", "bad")
    assert [SCALE.severity(word) for word in SCALE.words] == [0, 1, 2]
    assert [SCALE.word(severity) for severity in range(3)] == ["good", "fair", "bad"]
    assert (SCALE.worst, SCALE.facet_ids) == (2, ("press", "assembly"))
    assert Scale(SCALE.ratings[:2], (), (), ()).worst == 1
    with pytest.raises(ValueError, match="not in tuple"):
        SCALE.severity("poor")


@pytest.mark.parametrize(
    ("best", "worst", "words"), [(0, 2, ("good", "fair", "bad")), (1, 1, ("fair",)), (1, 2, ("fair", "bad"))]
)
def test_between_holds_both_ends(best: int, worst: int, words: tuple[str, ...]) -> None:
    assert SCALE.between(best, worst) == words


@pytest.mark.parametrize(("transition", "free"), [(ONE_BAND, False), (FREE, True), ("NONE".lower(), True)])
def test_a_scale_without_a_transition_is_free(transition: str, free: bool) -> None:
    assert Scale((), (), (), (), transition).free is free
    assert not SCALE.free
