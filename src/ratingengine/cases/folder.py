"""All cases of a rule set, checked against it: unknown rules, names that the rule does not read, values out of terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import frozen

from ratingengine.cases.judge import Bench, key_of
from ratingengine.cases.reader import Case, read_cases
from ratingengine.errors import Place, Problem
from ratingengine.model.condition import Atom, atoms
from ratingengine.model.rule import Rule
from ratingengine.nodes import Document, near
from ratingengine.shipped import CASES, yaml_below
from ratingengine.terms import NotInTerms

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
    own, below = bench.reads(rule)
    for name in case.given:
        value_place, name_place = case.places[name]
        if name in own | below:
            yield from _value(case, name, value_place, document, rule, bench)
            continue
        hint = (
            near(name, sorted(own) or sorted(below)) or f"{rule.id} reads: {', '.join(sorted(own)) or 'nothing; it is a measure'}"
        )
        message = f"a case gives what {rule.id} does not rest on: '{name}'"
        yield document.problem("R242", message, name_place, hint, len(name))


def _value(case: Case, name: str, place: Place, document: Document, rule: Rule, bench: Bench) -> Iterator[Problem]:
    """A value that is none of the name's: a wrong word, or a number outside the range."""
    text = case.given[name][1]
    if text == "missing":
        return
    atom = _atom_of(name, rule, bench)
    reason, remedy = "", ""
    if atom.subject == "finding":
        if case.given[name] not in {("value", word) for word in YES_NO}:
            reason, remedy = f"a finding is {' or '.join(YES_NO)}", "write yes where it is established, no where it is excluded"
    else:
        try:
            bench.severities(atom, case.given, rule.profile)
        except NotInTerms as wrong:
            reason, remedy = wrong.reason, wrong.remedy
    if reason:
        yield document.problem("R243", f"a case gives a value outside its terms, {reason}: '{text}'", place, remedy, len(text))


def _atom_of(name: str, rule: Rule, bench: Bench) -> Atom:
    """A condition that reads the name, of the rule itself or of those beneath it."""
    rules = (rule, *(maker for made in bench.makers.values() for maker in made if maker.profile == rule.profile))
    return next(atom for r in rules if r.when is not None for atom in atoms(r.when) if key_of(atom) == name)
