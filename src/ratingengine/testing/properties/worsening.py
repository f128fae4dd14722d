"""Worse evidence never helps, and less evidence only leaves more open."""

from __future__ import annotations

from ratingengine.engine.assess import assess
from ratingengine.engine.chain import Link
from ratingengine.model.assessment import INSUFFICIENT, ProfileAssessment
from ratingengine.testing.cases import Case, less_evidence, worse_evidence, worse_year_before
from ratingengine.testing.properties.form import Property
from ratingengine.testing.subject import RulesUnderTest
from ratingengine.testing.told import in_words


def _better(subject: RulesUnderTest, case: Case, what: str) -> str | None:
    """Where the second question has a better answer than the first, in any year and any profile."""
    for profile in subject.method.programs if case.second else ():
        first, second = (subject.links(question, profile) for question in case.questions)
        for before, after in zip(first, second, strict=True):
            if _known(before.assessment) != _known(after.assessment):
                break  # A bound moved to the very end of its range says nothing: that is less evidence, not worse.
            if _improves(subject, before, after):
                return f"{in_words(before, subject.method)};\nbut {what}: {in_words(after, subject.method)}"
    return None


def _known(profile_assessment: ProfileAssessment) -> list[str]:
    return [name for name, value in profile_assessment.values.items() if value.known]


def _improves(subject: RulesUnderTest, before: Link, after: Link) -> bool:
    severity = subject.rules.scale.severity
    first, second = before.published.rating, after.published.rating
    if first is not None and second is not None and second < first:
        return True
    one, other = before.assessment, after.assessment
    words = [(one.ceiling, other.ceiling), (one.possible[-1], other.possible[-1])]
    words += [(was.ceiling, now.ceiling) for was, now in zip(one.facets, other.facets, strict=True)]
    return any(severity(now) < severity(was) for was, now in words)


def _worse_evidence(subject: RulesUnderTest, case: Case) -> str | None:
    return _better(subject, case, "with worse evidence")


def _worse_year_before(subject: RulesUnderTest, case: Case) -> str | None:
    return _better(subject, case, "after a worse year")


def _less(subject: RulesUnderTest, case: Case) -> str | None:
    severity = subject.rules.scale.severity
    for profile in subject.method.programs if case.second else ():
        more, less = (
            assess(
                subject.method,
                profile,
                subject.evidence(question),
                question.as_of,
                subject.country.population,
                subject.prior(question),
            )
            for question in case.questions
        )
        spans = [(more.ceiling, more.possible[-1], less.ceiling, less.possible[-1], "the rating")]
        spans += [
            (one.ceiling, one.worst, two.ceiling, two.worst, one.facet) for one, two in zip(more.facets, less.facets, strict=True)
        ]
        for best, worst, new_best, new_worst, what in spans:
            if severity(new_best) > severity(best) or severity(new_worst) < severity(worst):
                said = f"{what} is {best} to {worst}; with less evidence it is {new_best} to {new_worst}"
                return f"{case.first.year}, profile {profile}: {said}"
        if more.status == INSUFFICIENT and less.status != INSUFFICIENT:
            return f"{case.first.year}, profile {profile}: not enough evidence for a rating; with less evidence there is one"
    return None


monotonicity = Property(
    "monotonicity", "Worse evidence never gives a better rating or level, in no year.", worse_evidence, _worse_evidence
)
prior_monotonicity = Property(
    "prior_monotonicity", "A worse rating of the year before never gives a better rating.", worse_year_before, _worse_year_before
)
missing = Property("missing", "Removing evidence only widens what is possible.", less_evidence, _less)
