"""Atoms to one normal form: `severity >= threshold`, where severity is the subject's value turned so that higher is worse."""

from __future__ import annotations

from attrs import frozen

from ratingengine.errors import Place
from ratingengine.model.condition import Atom
from ratingengine.model.indicator import UNBOUNDED, Codebook, Indicator, digits
from ratingengine.model.rule import Measure
from ratingengine.model.scale import Scale
from ratingengine.model.terms import NotInTerms, scaled

PRESSURE = ("better", "none", "worse")
"""Last year's assessed rating against the one published then, best first."""


@frozen
class Normal:
    """The severity reaches `threshold` (worse), or, when `better`, is at most `threshold`."""

    threshold: int
    better: bool


@frozen
class Subject:
    """What an atom tests: its words best first or None for numbers, the lowest and highest severity, and how text is read."""

    indicator: Indicator | None
    words: tuple[str, ...] | None
    lowest: int
    highest: int
    flipped: bool
    decimals: int = 0

    def severity(self, text: str) -> int:
        """The severity of an operand; raises NotInTerms."""
        if self.indicator is not None:
            return self.indicator.severity(scaled(self.indicator, text))
        if self.words is not None:
            if text not in self.words:
                raise NotInTerms("not a word of the scale", "write one of: " + ", ".join(self.words))
            return self.words.index(text)
        return scaled(_plain(self.decimals), text)

    def words_of(self, severity: int) -> str:
        """A severity as it would be written as operand."""
        if self.indicator is not None:
            return self.indicator.number(self.indicator.severity(severity))
        return self.words[severity] if self.words is not None else digits(severity, self.decimals)


def _plain(decimals: int) -> Indicator:
    """A measure's number, read as an index without limits would be."""
    return Indicator(
        id="the measure",
        title="",
        question="",
        facet="",
        type="index",
        unit="",
        values=(),
        lowest=-UNBOUNDED,
        highest=UNBOUNDED,
        decimals=decimals,
        worse="higher",
        time="",
        basis="",
        aggregation="latest",
        window_months=12,
        per_million=False,
        tags=(),
        standard=(),
        place=Place("", 0, 0),
    )


def number_of(measure: Measure, value: int) -> str:
    """What a measure comes to, as it is written."""
    return digits(value, measure.decimals)


def subject_of(atom: Atom, codebook: Codebook, scale: Scale, measures: dict[str, Measure]) -> Subject:
    """The subject of a numeric or word atom; KeyError when the name is not defined."""
    if atom.subject == "indicator":
        entry = codebook[atom.name]
        ends = sorted((entry.severity(entry.lowest), entry.severity(entry.highest)))
        return Subject(entry, None, ends[0], ends[1], entry.worse == "lower")
    if atom.subject == "measure":
        return Subject(None, None, -UNBOUNDED, UNBOUNDED, False, measures[atom.name].decimals)
    words = PRESSURE if atom.name == "pressure" and atom.subject == "prior" else scale.words
    # On a scale of ratings `at_most obstructed` means no better than obstructed: the words count from good to bad.
    return Subject(None, words, 0, len(words) - 1, True)


def normalise(atom: Atom, subject: Subject) -> Normal:
    """The normal form of an atom; raises NotInTerms for an operand outside the subject's terms, NotClosed for an open set."""
    severities = [subject.severity(text) for text in atom.operands]
    if atom.test in ("is", "one_of"):
        return _closed(set(severities), subject)
    bound = severities[0]
    upward = atom.test in ("at_least", "more_than")
    strict = 1 if atom.test in ("more_than", "less_than") else 0
    better = upward == subject.flipped
    return Normal(bound - strict if better else bound + strict, better)


def vacuous(normal: Normal, subject: Subject) -> str:
    """Why a condition says nothing: it holds for every value, on no evidence at all, or for none; empty where it tells."""
    every = normal.threshold >= subject.highest if normal.better else normal.threshold <= subject.lowest
    none = normal.threshold < subject.lowest if normal.better else normal.threshold > subject.highest
    return "every value meets the condition" if every else "no value can meet the condition" if none else ""


class NotClosed(Exception):
    """`is` or `one_of` on values that do not reach to an end of the range."""


def _closed(severities: set[int], subject: Subject) -> Normal:
    lowest, highest = min(severities), max(severities)
    if len(severities) != highest - lowest + 1 or (lowest == subject.lowest and highest == subject.highest):
        raise NotClosed
    if highest == subject.highest:
        return Normal(lowest, False)
    if lowest == subject.lowest:
        return Normal(highest, True)
    raise NotClosed


def support_words(normal: Normal, subject: Subject) -> tuple[str, str]:
    """The canonical test and operand of a normal form: `at_least` or `at_most`, `is` at the end of a word scale."""
    operand = subject.words_of(normal.threshold)
    end = subject.lowest if normal.better else subject.highest
    if normal.threshold == end and (subject.words is not None or (subject.indicator and subject.indicator.words)):
        return "is", operand
    upward = normal.better == subject.flipped
    return ("at_least" if upward else "at_most"), operand
