"""Add a stub of a rule, and of its cases, under an id that is still free.

    make new-rule ID=ASM-099

The stub goes to the end of the file that holds the rules of that prefix. It passes `make rules-check`, and its condition, its
conclusion and its citations are placeholders taken from the last rule of the file: replace every one of them.
"""

from __future__ import annotations

import argparse
import re
import sys
from datetime import date
from pathlib import Path

from attrs import frozen

from ratingengine.errors import InvalidInput
from ratingengine.files.shipped import CASES
from ratingengine.method.codebook import read_codebook
from ratingengine.method.rulefile.reader import read_rules
from ratingengine.model.condition import Atom, atoms
from ratingengine.model.indicator import Codebook
from ratingengine.model.normal import normalise, subject_of
from ratingengine.model.rule import Rule, RuleSet

FORM = re.compile(r"([A-Z]{2,8})-[0-9]{3}")
CASES_HEAD = "schema: ratingengine/cases/1\ncases:\n"


class Refused(Exception):
    """The stub cannot be written; the message says why."""


@frozen
class Method:
    """The rule set and codebook as they stand, without a check across them: work may be under way."""

    rule_set: RuleSet
    codebook: Codebook

    @classmethod
    def read(cls, rules: Path, indicators: Path) -> Method:
        """Both from their folders; raises InvalidInput where a file has errors of form."""
        read, problems = read_rules(rules)
        codebook, _, wrong = read_codebook(indicators / "codebook")
        if problems or wrong:
            raise InvalidInput([*problems, *wrong])
        return cls(read.rule_set, codebook)

    def template(self, prefix: str) -> Rule:
        """The last rule of the prefix that concludes something by itself."""
        rules = self.rule_set.rules
        found = [rule for key, rule in rules.items() if key.startswith(f"{prefix}-") and rule.when is not None]
        if not found:
            known = ", ".join(sorted({key.partition("-")[0] for key in rules}))
            raise Refused(f"no rule has the prefix {prefix}; known are {known}. Write the first rule of a new file by hand")
        # A finding that no rule reads is an error, so a stub concludes something else where it can.
        return next((rule for rule in reversed(found) if rule.kind != "finding"), found[-1])


def stub(rule_id: str, template: Rule, method: Method, today: date) -> str:
    """The rule as text, with the first test of the template for its condition."""
    scale, then = method.rule_set.scale, template.then
    conclusions = {
        "finding": f"{{finding: {then.name}, facet: {then.facet}}}",
        "level": f"{{facet: {then.facet}, level_at_most: {scale.words[1]}}}",
        "rating": f"{{rating_at_most: {scale.words[1]}}}",
        "upgrade_gate": "{gate: open}",
        "watchlist": "{watchlist: on}",
    }
    cited = [
        f"    {key}:\n" + "".join(f"      - {citation}\n" for citation in citations)
        for key, citations in (("legal_basis", template.legal_basis), ("sources", template.sources))
        if citations
    ]
    return (
        f"\n  - id: {rule_id}\n"
        "    title: What the rule catches, in a few words\n"
        f"    kind: {template.kind}\n"
        f"    when: {written(first_atom(template))}\n"
        f"    then: {conclusions[template.kind]}\n"
        "    rationale: >\n"
        "      Why this very threshold, and not the next lower or higher one.\n"
        f"{''.join(cited)}"
        f"    since: {today.isoformat()}\n"
    )


def first_atom(rule: Rule) -> Atom:
    """The first test in the rule's condition."""
    if rule.when is None:
        raise Refused(f"{rule.id} is a measure, which tests nothing: write the rule by hand")
    return next(atoms(rule.when))


def written(atom: Atom) -> str:
    """The test as it stands in a rule file."""
    if atom.subject == "finding":
        return f"{{finding: {atom.name}}}"
    operand = f"[{', '.join(atom.operands)}]" if atom.test == "one_of" else atom.operands[0]
    return f"{{{atom.subject}: {atom.name}, {atom.test}: {operand}}}"


def cases(rule_id: str, atom: Atom, method: Method) -> str:
    """Both sides of the test, and the missing value."""
    name = f"{atom.subject}.{atom.name}" if atom.subject in ("level", "prior") else atom.name
    at, short = both_sides(atom, method)
    lines = [
        ("at the threshold", f"{{{name}: {at}}}", "fires"),
        ("just short of it", f"{{{name}: {short}}}", "does_not_fire"),
        ("nothing known", "{}", "possible"),
    ]
    return "".join(
        f"  - rule: {rule_id}\n    name: {what}\n    given: {given}\n    expect: {expected}\n" for what, given, expected in lines
    )


def both_sides(atom: Atom, method: Method) -> tuple[str, str]:
    """The mildest value that meets the test, and the nearest that does not."""
    if atom.subject == "finding":
        return "yes", "no"
    measures = {rule.then.name: rule.measure for rule in method.rule_set.rules.values() if rule.measure is not None}
    subject = subject_of(atom, method.codebook, method.rule_set.scale, measures)
    normal = normalise(atom, subject)
    return subject.words_of(normal.threshold), subject.words_of(normal.threshold + (1 if normal.better else -1))


def add(rule_id: str, rules: Path, indicators: Path, case_folder: Path) -> tuple[Path, Path]:
    """Append both stubs; returns the files. Raises Refused, or InvalidInput where the method cannot be read."""
    form = FORM.fullmatch(rule_id)
    if form is None:
        raise Refused(f"'{rule_id}' is no rule id: write capitals, a hyphen and three digits, for example ASM-099")
    method = Method.read(rules, indicators)
    if rule_id in method.rule_set.rules:
        raise Refused(f"{rule_id} exists at {method.rule_set.rules[rule_id].place}; ids are never reused, also of ended rules")
    template = method.template(form[1])
    rule_file = Path(template.place.file)
    case_file = case_folder / rule_file.name
    before = case_file.read_text("utf-8") if case_file.exists() else CASES_HEAD
    case_folder.mkdir(parents=True, exist_ok=True)
    case_file.write_text(before + cases(rule_id, first_atom(template), method), "utf-8")
    rule_file.write_text(rule_file.read_text("utf-8") + stub(rule_id, template, method, date.today()), "utf-8")  # noqa: DTZ011
    return rule_file, case_file


def main() -> int:
    """Add the stubs and say where they are."""
    parser = argparse.ArgumentParser(description="Add a stub of a rule and of its cases.")
    parser.add_argument("id", help="a free rule id, for example ASM-099")
    parser.add_argument("--rules", type=Path, default=Path("rules/civic-space"), metavar="DIR")
    parser.add_argument("--indicators", type=Path, default=Path("indicators"), metavar="DIR")
    parser.add_argument("--cases", type=Path, metavar="DIR", help="beside the rules")
    asked = parser.parse_args()
    try:
        rule_file, case_file = add(asked.id, asked.rules, asked.indicators, asked.cases or asked.rules / CASES)
    except (Refused, InvalidInput) as refused:
        print(refused, file=sys.stderr)
        return 1
    print(f"{asked.id}: stub at the end of {rule_file}, three cases at the end of {case_file}")
    print("Replace every line of the stub before you rate: it takes part at once. Then: make rules-check test golden")
    return 0


if __name__ == "__main__":
    sys.exit(main())
