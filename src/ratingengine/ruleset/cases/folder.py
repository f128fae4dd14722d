"""All cases of a rule set, checked against it: unknown rules, names that the rule does not read, values out of terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import frozen

from ratingengine.errors import Place, Problem
from ratingengine.files.nodes import Document, near
from ratingengine.files.shipped import CASES, yaml_below
from ratingengine.model.condition import Atom, atoms
from ratingengine.model.rule import Rule
from ratingengine.model.terms import NotInTerms, scaled
from ratingengine.ruleset.cases.judge import MISSING, OUTCOMES, Bench, key_of, says_none
from ratingengine.ruleset.cases.reader import Case, read_cases

YES_NO = ("yes", "no")


@frozen
class Suite:
    """The cases read from files, in the order of files and lines; `files` are the paths as they are shown."""

    cases: tuple[Case, ...]
    files: tuple[str, ...]

    def of(self, rule: str) -> tuple[Case, ...]:
        """The cases of one rule."""
        return tuple(case for case in self.cases if case.rule == rule)


def case_folder(rules: Path) -> Path:
    """Where the cases of a rule set lie: the folder `cases` beside its rule files."""
    return rules / CASES


def read_folder(folder: Path) -> tuple[Suite, tuple[Document, ...], tuple[Problem, ...]]:
    """Every case file below a folder, with problems of form; none where there is no such folder."""
    read = [read_cases(path) for path in yaml_below(folder)] if folder.is_dir() else []
    problems = tuple(problem for _, _, found in read for problem in found)
    cases = tuple(case for found, _, _ in read for case in found)
    return Suite(cases, tuple(document.path for _, document, _ in read)), tuple(document for _, document, _ in read), problems


def check_cases(suite: Suite, documents: Sequence[Document], bench: Bench) -> tuple[Problem, ...]:
    """What is wrong between the cases and the rules they are about."""
    files = {document.path: document for document in documents}
    return tuple(problem for case in suite.cases for problem in _check(case, files[case.place.file], bench))


def _check(case: Case, document: Document, bench: Bench) -> Iterator[Problem]:
    rule = bench.rule_set.rules.get(case.rule)
    if rule is None:
        hint = near(case.rule, list(bench.rule_set.rules)) or "see: rate rules list"
        yield document.problem("R241", f"a case of a rule that is not there: '{case.rule}'", case.place, hint, len(case.rule))
        return
    yield from _expected(case, document, rule, bench)
    own, below = bench.reads(rule)
    for name in case.given:
        value_place, name_place = case.places[name]
        if name in own | below:
            yield from _value(case, name, value_place, document, rule, bench)
            continue
        hint = near(name, sorted(own) or sorted(below)) or f"{rule.id} reads: {', '.join(sorted(own))}"
        message = f"a case gives what {rule.id} does not rest on: '{name}'"
        yield document.problem("R242", message, name_place, hint, len(name))


def _expected(case: Case, document: Document, rule: Rule, bench: Bench) -> Iterator[Problem]:
    """A number of a rule that computes none, a verdict on one that does, or a number that it cannot come to."""
    width = len(case.expect)
    if case.expect not in OUTCOMES and rule.measure is None:
        hint = f"write one of: {', '.join(OUTCOMES)}"
        yield document.problem("R245", f"{rule.id} computes no number, it fires or not", case.expect_place, hint, width)
    elif case.expect in OUTCOMES and rule.measure is not None:
        hint = f"write a number, two in brackets, or {MISSING}"
        yield document.problem("R245", f"{rule.id} computes a number, it does not fire", case.expect_place, hint, width)
    else:
        try:
            bench.expected(rule, case.expect)
        except NotInTerms as wrong:
            message = f"{wrong.reason}: '{case.expect}'"
            yield document.problem(
                "R243", f"a case expects a value outside its terms, {message}", case.expect_place, wrong.remedy, width
            )


def _value(case: Case, name: str, place: Place, document: Document, rule: Rule, bench: Bench) -> Iterator[Problem]:
    """A value that is none of the name's: a wrong word, or a number outside the range."""
    text = case.given[name][1]
    if text == "missing":
        return
    reason, remedy = _fault(case, name, rule, bench)
    if reason:
        yield document.problem("R243", f"a case gives a value outside its terms, {reason}: '{text}'", place, remedy, len(text))


def _fault(case: Case, name: str, rule: Rule, bench: Bench) -> tuple[str, str]:
    """What is wrong with a given value and what to do; nothing where it is right."""
    try:
        if name in bench.codebook:
            if says_none(bench.codebook[name], case.given[name]):
                return "", ""
            scaled(bench.codebook[name], case.given[name][1])
            return "", ""
        atom = _atom_of(name, rule, bench)
        if atom.subject != "finding":
            bench.severities(atom, case.given, rule.profile)
            return "", ""
    except NotInTerms as wrong:
        return wrong.reason, wrong.remedy
    if case.given[name] in {("value", word) for word in YES_NO}:
        return "", ""
    return f"a finding is {' or '.join(YES_NO)}", "write yes where it is established, no where it is excluded"


def _atom_of(name: str, rule: Rule, bench: Bench) -> Atom:
    """A condition that reads the name, of the rule itself or of those beneath it."""
    rules = (rule, *(maker for made in bench.makers.values() for maker in made if maker.profile == rule.profile))
    return next(atom for r in rules if r.when is not None for atom in atoms(r.when) if key_of(atom) == name)
