"""Tries a property on a rule set with Hypothesis, and tells a contradiction as record files that `rate` runs."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from hypothesis import HealthCheck, given
from hypothesis import settings as tried

from ratingengine.testing.cases import Case
from ratingengine.testing.drawn_records import CountryYear
from ratingengine.testing.properties import PROPERTIES, Property
from ratingengine.testing.subject import RulesUnderTest

SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)


class Contradiction(AssertionError):
    """A property that does not hold; the message has the sentence, what contradicts it, and the smallest records that show it."""


def hold(found: Property | str, subject: RulesUnderTest, examples: int | None = None, *, profile: tried | None = None) -> None:
    """Try a property, by itself or by name, on a rule set. Raises Contradiction with the smallest case that was found.

    `examples` is how many cases are tried; None leaves it to the Hypothesis settings in `profile` (None: those in force). Raises
    KeyError for a name that is none.
    """
    chosen = PROPERTIES[found] if isinstance(found, str) else found
    base = tried(profile, deadline=None, suppress_health_check=SLOW, report_multiple_bugs=False, print_blob=False)

    def holds(case: Case) -> None:
        try_case(chosen, subject, case)

    # The database of failures keeps those of each property and each rule set apart by this name.
    holds.__name__ = f"{chosen.name}_{sha256(' '.join(subject.options).encode()).hexdigest()[:12]}"
    run = given(chosen.cases(subject))(holds)
    (base if examples is None else tried(base, max_examples=examples))(run)()


def try_case(found: Property, subject: RulesUnderTest, case: Case) -> None:
    """Try a property on one case. Raises Contradiction, also where the case cannot be answered at all."""
    cause: Exception | None = None
    try:
        wrong = found.check(subject, case)
    except Exception as failure:  # noqa: BLE001  # whatever goes wrong is told with the records that show it
        wrong, cause = f"there is no answer: {type(failure).__name__}: {failure}", failure
    if wrong is not None:
        raise Contradiction("\n".join([f"{found.name}: {found.statement}", "", wrong, *shown(subject, case)])) from cause


def shown(subject: RulesUnderTest, case: Case) -> Iterator[str]:
    """The lines of the record files of a case, each question with the command that runs it."""
    if case.order:
        yield f"\nThe rules in this order: {', '.join(case.order)}"
    for question, name in zip(case.questions, ("first", "second"), strict=False):
        texts = question.texts()
        files = [f"{name}.yaml"] if len(texts) < 2 else [f"{name}-{number}.yaml" for number in range(1, len(texts) + 1)]
        yield f"\n$ {command(subject, question, files if texts else ['EMPTY_FOLDER'])}"
        for file, text in zip(files, texts, strict=False):
            yield f"\n# {file}\n{text.rstrip()}"


def command(subject: RulesUnderTest, question: CountryYear, files: list[str]) -> str:
    """The command that answers a question from these files."""
    words = ["rate", question.country, "--year", str(question.year), *subject.options]
    words += [word for file in files for word in ("--records", file)]
    return " ".join([*words, *(("--prior", question.prior) if question.prior else ())])
