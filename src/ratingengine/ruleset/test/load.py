"""What `rate test` works on: a checked rule set, its codebook, and the cases that belong to it."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

from ratingengine.errors import InvalidInput, NotFound
from ratingengine.files.declared import shown_path
from ratingengine.method.codebook import read_codebook
from ratingengine.method.rulefile.checks import check_rules
from ratingengine.method.rulefile.reader import ReadRules, read_rules
from ratingengine.model.rule import Rule
from ratingengine.ruleset.cases import Bench
from ratingengine.ruleset.cases.folder import Suite, case_folder, check_cases, read_folder


@frozen
class UnderTest:
    """A rule set as read, the bench for its cases, the cases, and the folder that they come from."""

    read: ReadRules
    bench: Bench
    suite: Suite
    case_folder: str

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of today's method that have a condition, by id."""
        return tuple(rule for rule in self.bench.rule_set.rules.values() if rule.until is None and rule.when is not None)

    @property
    def measures(self) -> tuple[Rule, ...]:
        """The rules of today's method that compute a number, by id."""
        return tuple(rule for rule in self.bench.rule_set.rules.values() if rule.until is None and rule.measure is not None)


def load_under_test(rules: Path, codebook: Path, cases: Path | None = None) -> UnderTest:
    """Read and check all three. Raises InvalidInput with every problem, NotFound where there are no cases."""
    folder = case_folder(rules) if cases is None else cases
    if cases is not None and not cases.is_dir():
        raise NotFound(f"no such folder of cases: '{cases}'")
    entries, _, problems = read_codebook(codebook)
    read, wrong = read_rules(rules)
    suite, documents, unread = read_folder(folder)
    problems += wrong + unread + check_rules(read, entries)
    if problems:
        raise InvalidInput(problems)
    if not suite.files:
        hint = "write cases there, or name another folder with --cases; see docs/testing-rules.md"
        raise NotFound(f"no cases of {read.rule_set.name} in '{shown_path(folder)}': {hint}")
    bench = Bench.of(read.rule_set, entries)
    problems = check_cases(suite, documents, bench)
    if problems:
        raise InvalidInput(problems)
    return UnderTest(read, bench, suite, shown_path(folder))
