"""Every comparison as `severity at or beyond a threshold`, in both directions."""

from __future__ import annotations

import pytest
from support.entries import RATINGS

from ratingengine.errors import Place
from ratingengine.model.condition import Atom
from ratingengine.model.indicator import UNBOUNDED, CategoryValue, Codebook, Indicator
from ratingengine.model.normal import NotClosed, normalise, number_of, subject_of, support_words
from ratingengine.model.rule import Measure
from ratingengine.model.scale import Rating, Scale
from ratingengine.model.terms import NotInTerms

HERE = Place("rules.yaml", 1, 1)
SCALE = Scale(tuple(Rating(word, "") for word in RATINGS), (), (), ())
WORDS = ("none", "occasional", "frequent", "routine")


def indicator(name: str, kind: str, worse: str, lowest: int, highest: int, decimals: int = 0) -> Indicator:
    """An indicator; its title and question play no part."""
    values = tuple(CategoryValue(word, "") for word in WORDS) if kind == "category" else ()
    texts = ("title", "question", "association", kind, "people")
    return Indicator(
        name,
        *texts,
        values,
        lowest,
        highest,
        decimals,
        worse,
        "event",
        "",
        "max",
        12,
        per_million=False,
        tags=(),
        standard=(),
        place=HERE,
    )


CODEBOOK = Codebook(
    {
        entry.id: entry
        for entry in (
            indicator("killed", "count", "higher", 0, UNBOUNDED),
            indicator("released", "count", "lower", 0, UNBOUNDED),
            indicator("torture", "category", "higher", 0, 3),
            indicator("banned", "yes_no", "higher", 0, 1),
            indicator("shielded", "yes_no", "lower", 0, 1),
            indicator("score", "index", "lower", 0, 1000, 1),
        )
    }
)
MEASURES = {"assoc.sum": Measure("sum", (), 1, 1, "half_up")}


def normal(subject: str, name: str, test: str, *operands: str) -> tuple[int, bool, tuple[str, str]]:
    """Threshold, whether it points in the better direction, and the canonical words."""
    atom = Atom(subject, name, test, operands, HERE, HERE)
    found = subject_of(atom, CODEBOOK, SCALE, MEASURES)
    form = normalise(atom, found)
    return form.threshold, form.better, support_words(form, found)


@pytest.mark.parametrize(
    ("name", "test", "operand", "threshold", "better", "words"),
    [
        ("killed", "at_least", "10", 10, False, ("at_least", "10")),
        ("killed", "more_than", "9", 10, False, ("at_least", "10")),
        ("killed", "at_most", "9", 9, True, ("at_most", "9")),
        ("killed", "less_than", "10", 9, True, ("at_most", "9")),
        ("killed", "is", "0", 0, True, ("at_most", "0")),
        ("released", "at_most", "9", -9, False, ("at_most", "9")),
        ("released", "less_than", "10", -9, False, ("at_most", "9")),
        ("released", "at_least", "10", -10, True, ("at_least", "10")),
        ("released", "more_than", "9", -10, True, ("at_least", "10")),
        ("torture", "at_least", "frequent", 2, False, ("at_least", "frequent")),
        ("torture", "more_than", "frequent", 3, False, ("is", "routine")),
        ("torture", "at_most", "none", 0, True, ("is", "none")),
        ("torture", "is", "routine", 3, False, ("is", "routine")),
        ("torture", "is", "none", 0, True, ("is", "none")),
        ("banned", "is", "yes", 1, False, ("is", "yes")),
        ("banned", "is", "no", 0, True, ("is", "no")),
        ("shielded", "is", "no", 0, False, ("is", "no")),
        ("shielded", "is", "yes", -1, True, ("is", "yes")),
        ("score", "at_most", "45.5", -455, False, ("at_most", "45.5")),
        ("score", "less_than", "45.5", -454, False, ("at_most", "45.4")),
        ("score", "at_least", "45.5", -455, True, ("at_least", "45.5")),
        ("score", "more_than", "45.5", -456, True, ("at_least", "45.6")),
    ],
)
def test_a_comparison_with_an_indicator(
    name: str, test: str, operand: str, threshold: int, better: bool, words: tuple[str, str]
) -> None:
    assert normal("indicator", name, test, operand) == (threshold, better, words)


@pytest.mark.parametrize(
    ("subject", "name", "test", "operand", "threshold", "better", "words"),
    [
        ("level", "association", "at_most", "obstructed", 2, False, ("at_most", "obstructed")),
        ("level", "association", "less_than", "obstructed", 3, False, ("at_most", "repressed")),
        ("level", "association", "is", "closed", 4, False, ("is", "closed")),
        ("prior", "rating", "at_least", "narrowed", 1, True, ("at_least", "narrowed")),
        ("prior", "rating", "more_than", "narrowed", 0, True, ("is", "open")),
        ("prior", "assessed", "at_most", "repressed", 3, False, ("at_most", "repressed")),
        ("prior", "pressure", "is", "better", 0, True, ("is", "better")),
        ("prior", "pressure", "is", "worse", 2, False, ("is", "worse")),
        ("measure", "assoc.sum", "at_least", "2.5", 25, False, ("at_least", "2.5")),
        ("measure", "assoc.sum", "more_than", "2.5", 26, False, ("at_least", "2.6")),
        ("measure", "assoc.sum", "less_than", "2.5", 24, True, ("at_most", "2.4")),
    ],
)
def test_a_comparison_on_the_scale_counts_from_best_to_worst(
    subject: str, name: str, test: str, operand: str, threshold: int, better: bool, words: tuple[str, str]
) -> None:
    assert normal(subject, name, test, operand) == (threshold, better, words)


@pytest.mark.parametrize(
    ("operands", "threshold", "better"),
    [(("frequent", "routine"), 2, False), (("routine", "frequent", "occasional"), 1, False), (("none", "occasional"), 1, True)],
)
def test_one_of_reaches_to_an_end(operands: tuple[str, ...], threshold: int, better: bool) -> None:
    assert normal("indicator", "torture", "one_of", *operands)[:2] == (threshold, better)


@pytest.mark.parametrize(
    "operands", [("frequent",), ("occasional", "frequent"), ("occasional", "routine"), ("none", "routine"), WORDS]
)
def test_one_of_values_that_do_not_reach_to_one_end_is_refused(operands: tuple[str, ...]) -> None:
    with pytest.raises(NotClosed):
        normal("indicator", "torture", "one_of", *operands)


@pytest.mark.parametrize(
    ("subject", "name", "operand", "reason"),
    [
        ("indicator", "torture", "often", "not a value"),
        ("indicator", "killed", "many", "not a number"),
        ("indicator", "killed", "1.5", "more digits"),
        ("indicator", "killed", "-1", "outside the range"),
        ("indicator", "score", "100.1", "outside the range"),
        ("indicator", "score", "45.55", "more digits"),
        ("level", "association", "severe", "not a word of the scale"),
        ("prior", "pressure", "open", "not a word of the scale"),
        ("measure", "assoc.sum", "2.55", "more digits than the measure keeps"),
    ],
)
def test_an_operand_outside_its_terms_is_refused(subject: str, name: str, operand: str, reason: str) -> None:
    with pytest.raises(NotInTerms, match=reason):
        normal(subject, name, "at_least", operand)


def test_the_words_of_the_scale_are_told_to_who_wrote_another() -> None:
    with pytest.raises(NotInTerms) as refused:
        normal("level", "association", "at_least", "severe")
    assert refused.value.reason == "not a word of the scale"
    assert refused.value.remedy == "write one of: open, narrowed, obstructed, repressed, closed"


@pytest.mark.parametrize(("decimals", "value", "text"), [(0, 7, "7"), (1, 25, "2.5"), (2, -5, "-0.05")])
def test_a_measure_is_written_with_its_decimals(decimals: int, value: int, text: str) -> None:
    assert number_of(Measure("sum", (), 1, decimals, "half_up"), value) == text


def test_an_unknown_name_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        normal("indicator", "wounded", "at_least", "1")
