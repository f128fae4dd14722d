"""Write the pages of docs/ that come from code, codebook and rules; with --check, name those that are stale and exit 1.

    python tools/make_docs.py [--check]

errors.md and lint.md come from `ratingengine.errors.codes`, schemas/ from the shapes that read the files, codebook.md and
rules.md from the indicators and rules of this checkout, commands.md and rate.1 from the command line.
The same input gives the same bytes on every machine.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from command_pages import commands_page, manual_page
from pages import codebook_page, errors_page, lint_page, rules_page
from readme_picture import picture

from ratingengine.errors import Problem
from ratingengine.method.codebook import read_codebook
from ratingengine.method.rulefile.checks import check_rules
from ratingengine.method.rulefile.reader import read_rules
from ratingengine.model.indicator import Codebook
from ratingengine.model.rule import RuleSet
from ratingengine.publish.certificate.shape import CERTIFICATE
from ratingengine.ruleset.schemas import SHAPES, schema_of

CERTIFICATE_SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "ratingengine certificate",
    "description": "What `rate certify` writes. `rate verify` checks its hashes, and that its answer follows from its files.",
    **CERTIFICATE.schema(),
}
ROOT = Path(__file__).resolve().parents[1]
RULES, CODEBOOK = Path("rules/civic-space"), Path("indicators/codebook")


def read_method(root: Path) -> tuple[RuleSet, Codebook, tuple[Problem, ...]]:
    """The default method of a checkout, with every problem that stands in the way of describing it."""
    codebook, _, problems = read_codebook(root / CODEBOOK)
    read, wrong = read_rules(root / RULES)
    return read.rule_set, codebook, (*problems, *wrong, *check_rules(read, codebook))


def pages(rule_set: RuleSet, codebook: Codebook) -> Mapping[str, str]:
    """Each generated page by its path below docs/."""
    found: dict[str, Callable[[], str]] = {
        "errors.md": errors_page,
        "lint.md": lint_page,
        "codebook.md": lambda: codebook_page(codebook, rule_set),
        "rules.md": lambda: rules_page(rule_set),
        "commands.md": commands_page,
        "rate.1": manual_page,
        "kazakhstan.svg": picture,
    }
    written = {name: make() for name, make in found.items()}
    for kind in SHAPES:
        written[f"schemas/{kind}.json"] = json.dumps(schema_of(kind), ensure_ascii=False, indent=2) + "\n"
    written["schemas/certificate.json"] = json.dumps(CERTIFICATE_SCHEMA, ensure_ascii=False, indent=2) + "\n"
    return written


def stale(docs: Path, made: Mapping[str, str]) -> list[str]:
    """The pages that are absent or differ from what would be written."""
    return [name for name, text in made.items() if not (docs / name).is_file() or (docs / name).read_text("utf-8") != text]


def write(docs: Path, made: Mapping[str, str]) -> None:
    """Each page beside its place first, then renamed: an error loses nothing that was there."""
    for name, text in made.items():
        target = docs / name
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f".{target.name}.new")
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(target)


def main(words: list[str] | None = None, root: Path = ROOT) -> int:
    """Write or check; 1 when pages are stale or the method has problems."""
    parser = argparse.ArgumentParser(description="Write the pages of docs/ that come from code, codebook and rules.")
    parser.add_argument("--check", action="store_true", help="write nothing; name stale pages and exit 1")
    asked = parser.parse_args(words)
    rule_set, codebook, problems = read_method(root)
    if problems:
        print(*problems, f"{len(problems)} problem(s); no page was written", sep="\n", file=sys.stderr)
        return 1
    made = pages(rule_set, codebook)
    found = stale(root / "docs", made)
    if asked.check:
        for name in found:
            print(f"docs/{name} is stale: run make docs", file=sys.stderr)
        return 1 if found else 0
    write(root / "docs", {name: made[name] for name in found})
    print(f"docs: {len(found)} of {len(made)} pages written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
