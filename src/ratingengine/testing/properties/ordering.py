"""There is one answer, and it does not depend on order, or on what was asked before."""

from __future__ import annotations

from attrs import evolve

from ratingengine.engine.assess import Method
from ratingengine.engine.chain import Link
from ratingengine.model.assessment import INSUFFICIENT
from ratingengine.testing.cases import Case, reordered_records, reordered_rules, single
from ratingengine.testing.properties.form import Property
from ratingengine.testing.subject import RulesUnderTest
from ratingengine.testing.told import in_words, told


def _differing(method: Method, links: tuple[Link, ...], other: tuple[Link, ...], but: str) -> str | None:
    """The first year that two answers give otherwise; `but` says what was changed."""
    if len(links) != len(other):
        return f"{len(links)} years are rated, but {but} {len(other)}"
    for first, second in zip(links, other, strict=True):
        before, after = told(first), told(second)
        parts = [name for name in before if before[name] != after[name]]
        if parts:
            return f"{in_words(first, method)};\nbut {but}: {in_words(second, method)}.\nWhat differs: {', '.join(parts)}"
    return None


def _rules(subject: RulesUnderTest, case: Case) -> str | None:
    turned = evolve(subject.rules, rules={name: subject.rules.rules[name] for name in case.order})
    other = subject.other(turned, case.order)
    for profile in subject.method.programs:
        first, second = subject.links(case.first, profile), subject.links(case.first, profile, other)
        if found := _differing(subject.method, first, second, f"with the rules from {case.order[0]} to {case.order[-1]}"):
            return found
    return None


def _records(subject: RulesUnderTest, case: Case) -> str | None:
    for profile in subject.method.programs if case.second else ():
        first, second = (subject.links(question, profile) for question in case.questions)
        if found := _differing(subject.method, first, second, "with the same entries in another order"):
            return found
    return None


def _again(subject: RulesUnderTest, case: Case) -> str | None:
    for profile in subject.method.programs:
        first, second = subject.links(case.first, profile), subject.links(case.first, profile)
        if found := _differing(subject.method, first, second, "asked a second time"):
            return found
        third = subject.links(case.first, profile, subject.other(subject.rules, ("read anew",)))
        if found := _differing(subject.method, first, third, "with the method read anew"):
            return found
    return None


def _total(subject: RulesUnderTest, case: Case) -> str | None:
    words = subject.rules.scale.words
    for profile in subject.method.programs:
        links = subject.links(case.first, profile)
        for link in links:
            assessment = link.assessment
            severities = [words.index(word) for word in assessment.possible if word in words]
            run = list(range(severities[0], severities[-1] + 1)) if severities else []
            rated, sufficient = link.published.rating is not None, assessment.status != INSUFFICIENT
            if (
                not run
                or severities != run
                or len(run) != len(assessment.possible)
                or assessment.possible[0] != assessment.ceiling
            ):
                possible = assessment.possible
                return f"{in_words(link, subject.method)}: the possible ratings {possible} do not run from the ceiling down"
            if rated != sufficient or (assessment.assessed is None) == sufficient:
                return (
                    f"{in_words(link, subject.method)}: status {assessment.status}, but {'a' if rated else 'no'} rating is given"
                )
            if rated and link.published.rating not in range(len(words)):
                return f"{link.as_of.year}: the rating is not on the scale"
        if not links or links[-1].as_of != case.first.as_of:
            return f"{case.first.year}, profile {profile}: there is no answer"
    return None


order_of_rules = Property("order_of_rules", "The order of rules has no meaning.", reordered_rules, _rules)
order_of_records = Property(
    "order_of_records", "The order of records and of record files has no meaning.", reordered_records, _records
)
idempotence = Property("idempotence", "The same question has the same answer.", single, _again)
totality = Property(
    "totality",
    "Every country-year has one answer: a rating on the scale, or none where there is not enough evidence.",
    single,
    _total,
)
