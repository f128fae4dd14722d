"""How a rule stands on the evidence: each condition held, open or excluded, and how far it is from holding."""

from __future__ import annotations

from attrs import frozen

from ratingengine.engine.chain import PRESSURES
from ratingengine.model.assessment import NOT_RATED, FacetLevel, Prior, ProfileAssessment
from ratingengine.model.condition import All, AnyOf, Atom, Condition
from ratingengine.model.indicator import Codebook, digits
from ratingengine.model.normal import normalise, subject_of
from ratingengine.model.rule import Measure, Rule
from ratingengine.model.scale import Scale

HOLDS, POSSIBLE, EXCLUDED = "holds", "not excluded", "excluded"


@frozen
class Verdict:
    """A condition with its verdict and the value of an atom.

    `lacking` is what it is short of in its own unit (words: steps; parts: how many); None where that is nothing or unknown.
    """

    text: str
    verdict: str
    value: str
    lacking: str | None
    parts: tuple[Verdict, ...]


@frozen
class Known:
    """What conditions are judged on."""

    assessment: ProfileAssessment
    codebook: Codebook
    scale: Scale
    prior: Prior | None
    definitions: dict[str, Measure]

    @property
    def findings(self) -> frozenset[str]:
        """The findings that are established."""
        return frozenset(step.target.name for step in self.assessment.steps if step.target.kind == "finding")

    @property
    def open_findings(self) -> frozenset[str]:
        """The findings that are not excluded."""
        return frozenset(step.target.name for step in self.assessment.not_excluded if step.target.kind == "finding")


def judge(rule: Rule, known: Known) -> Verdict | None:
    """The verdict on a rule's condition; None for a measure."""
    return None if rule.when is None else _judge(rule.when, known)


def _judge(condition: Condition, known: Known) -> Verdict:
    if isinstance(condition, Atom):
        return _atom(condition, known)
    parts = tuple(_judge(part, known) for part in condition.parts)
    if isinstance(condition, All):
        text, needed = "all of", len(parts)
    elif isinstance(condition, AnyOf):
        text, needed = "any of", 1
    else:
        text, needed = f"at least {condition.count} of", condition.count
    held = sum(part.verdict == HOLDS for part in parts)
    open_ = sum(part.verdict == POSSIBLE for part in parts)
    verdict = HOLDS if held >= needed else POSSIBLE if held + open_ >= needed else EXCLUDED
    return Verdict(text, verdict, "", str(needed - held) if needed > held else None, parts)


def _atom(atom: Atom, known: Known) -> Verdict:
    if atom.subject == "finding":
        verdict = HOLDS if atom.name in known.findings else POSSIBLE if atom.name in known.open_findings else EXCLUDED
        return Verdict(str(atom), verdict, "", None if verdict == HOLDS else "1", ())
    subject = subject_of(atom, known.codebook, known.scale, known.definitions)
    ends = _ends(atom, known)
    if ends is None:
        return Verdict(str(atom), POSSIBLE, "not known", None, ())
    normal = normalise(atom, subject)
    best, worst = ends
    lacking = normal.threshold - best if not normal.better else worst - normal.threshold
    reached = normal.threshold - worst if not normal.better else best - normal.threshold
    verdict = HOLDS if lacking <= 0 else POSSIBLE if reached <= 0 else EXCLUDED
    decimals = subject.decimals if subject.indicator is None else subject.indicator.decimals
    # No evidence moves a level that no rule sets, so that there is no distance to it.
    short = lacking > 0 and not (atom.subject == "level" and _facet(atom, known).status == NOT_RATED)
    return Verdict(str(atom), verdict, _words(atom, known), digits(lacking, decimals) if short else None, ())


def _ends(atom: Atom, known: Known) -> tuple[int, int] | None:
    """The severities at the best and worst end."""
    if atom.subject == "indicator":
        value = known.assessment.values[atom.name]
        return value.best, value.worst
    if atom.subject == "level":
        facet = _facet(atom, known)
        return known.scale.severity(facet.ceiling), known.scale.severity(facet.worst)
    if atom.subject == "measure":
        measured = known.assessment.measures[atom.name].value
        return measured.best, measured.worst
    if known.prior is None:
        return None
    severity = {"rating": known.prior.rating, "assessed": known.prior.assessed, "pressure": known.prior.pressure}[atom.name]
    return severity, severity


def _facet(atom: Atom, known: Known) -> FacetLevel:
    return next(facet for facet in known.assessment.facets if facet.facet == atom.name)


def _words(atom: Atom, known: Known) -> str:
    """The value of a level or prior; that of an indicator is put into words by the report."""
    if atom.subject == "level":
        facet = _facet(atom, known)
        return "not rated" if facet.status == NOT_RATED else facet.ceiling
    if atom.subject == "prior" and known.prior is not None:
        if atom.name == "pressure":
            return PRESSURES[known.prior.pressure] or "none"
        return known.scale.word(known.prior.rating if atom.name == "rating" else known.prior.assessed)
    return ""
