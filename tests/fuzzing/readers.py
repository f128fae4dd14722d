"""Every reader of files, each as a function of bytes that may find problems or refuse, and do nothing else.

What is read without a problem is used as in a rating: rules are compiled and run, records become values, cases get a verdict.
The other files of a method come from tests/bad/frame.
"""

from __future__ import annotations

import atexit
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from attrs import frozen

from ratingengine.engine.bounds import check_bounds
from ratingengine.engine.reference import ReferenceEngine
from ratingengine.errors import InvalidInput, Problem
from ratingengine.evidence.records.collecting import collect_evidence
from ratingengine.evidence.records.overrides import collect_overrides, read_override_file
from ratingengine.evidence.records.reader import read_record_file
from ratingengine.evidence.tables.read import country_file, sources_of
from ratingengine.evidence.values import indicator_values
from ratingengine.files.canonical_json import canonical, read_json
from ratingengine.files.nodes import parse
from ratingengine.importing.dating import Release
from ratingengine.importing.rawfile import open_raw
from ratingengine.importing.reader import read_mapping
from ratingengine.importing.run import run
from ratingengine.method.codebook import read_codebook
from ratingengine.method.compiler import compile_profile
from ratingengine.method.rulefile.checks import check_rules
from ratingengine.method.rulefile.reader import read_rules
from ratingengine.method.sources import read_sources
from ratingengine.model.indicator import Codebook
from ratingengine.model.override import governing
from ratingengine.model.rule import RuleSet
from ratingengine.publish.certificate.shape import parsed
from ratingengine.publish.certificate.verify import verify
from ratingengine.ruleset.cases import Bench
from ratingengine.ruleset.cases.folder import Suite, check_cases
from ratingengine.ruleset.cases.reader import read_cases

TESTS = Path(__file__).resolve().parents[1]
ROOT = TESTS.parent
FRAME = TESTS / "bad" / "frame"
LONGEST = 8192
"""Bytes of an input: the readers take files of 8 MiB, of which a search would try few."""
Problems = Iterable[Problem]


class Unsound(AssertionError):
    """A problem that cannot be shown."""


def sound(problems: Problems) -> None:
    """Each problem has a code, says what is wrong and, if it names a place, one that can be shown."""
    for problem in problems:
        if problem.code[0] not in "FRICB" or not problem.message or problem.message not in str(problem):
            raise Unsound(repr(problem))
        if problem.place is not None and (problem.place.line < 1 or problem.place.column < 1):
            raise Unsound(repr(problem))


@cache
def folder() -> Path:
    """Where a file under test is put."""
    found = Path(mkdtemp(prefix="ratingengine-readers-"))
    atexit.register(rmtree, found, ignore_errors=True)
    for name in ("scale.yaml", "sources.yaml", "good.yaml"):
        for kind in ("rules", "scale"):
            (found / kind).mkdir(exist_ok=True)
            (found / kind / name).write_bytes((FRAME / "rules" / name).read_bytes())
    for kind in ("codebook", "records"):
        (found / kind).mkdir()
    return found


@cache
def codebook() -> Codebook:
    """The codebook of the frame."""
    return read_codebook(FRAME / "records" / "codebook")[0]


@cache
def rule_set() -> RuleSet:
    """The rule set of the frame."""
    return read_rules(FRAME / "rules")[0].rule_set


def put(raw: bytes, name: str) -> Path:
    """The bytes as a file."""
    path = folder() / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(raw)
    return path


def run_yaml(raw: bytes) -> None:
    document, problems = parse(raw, "any.yaml")
    sound(problems)
    if document.raw != raw:
        raise Unsound("the document lost its bytes")


def run_json(raw: bytes) -> None:
    _, content, problems = read_json(raw, "any.json")
    sound(problems)
    if not problems:
        again = read_json(canonical(content), "again.json")
        if again[1] != content or again[2]:
            raise Unsound("canonical JSON reads to something else")


def run_certificate(raw: bytes) -> None:
    verify(parsed(raw, "any.json"))


def _used(found: RuleSet, entries: Codebook) -> None:
    for profile in found.scale.profiles:
        program = compile_profile(found, entries, profile)
        sound(check_bounds(program))
        for value in (-(10**15), 0, 1, 10**15):
            ReferenceEngine(program).run([value] * len(program.variables))


def _rules(raw: bytes, name: str) -> None:
    place = put(raw, name).parent
    read, problems = read_rules(place)
    problems += check_rules(read, codebook())
    sound(problems)
    if not problems:
        _used(read.rule_set, codebook())


def run_rules(raw: bytes) -> None:
    _rules(raw, "rules/under-test.yaml")


def run_scale(raw: bytes) -> None:
    _rules(raw, "scale/scale.yaml")


def run_codebook(raw: bytes) -> None:
    found, _, problems = read_codebook(put(raw, "codebook/expression.yaml").parent)
    sound(problems)
    read, wrong = read_rules(FRAME / "rules")
    if not problems and not (wrong := wrong + check_rules(read, found)):
        _used(read.rule_set, found)
    sound(wrong)


def run_record(raw: bytes) -> None:
    file, problems = read_record_file(put(raw, "records/under-test.yaml"), codebook())
    evidence, wrong = collect_evidence("BVT", () if file is None else (file,), {})
    sound((*problems, *wrong))
    for day in (date(2003, 12, 31), date(1, 1, 1), date(9999, 12, 31)) if not problems and not wrong else ():
        indicator_values(evidence.known_at(day), codebook(), day, 1_000_000)


def run_sources(raw: bytes) -> None:
    sound(read_sources(put(raw, "sources.yaml"))[1])


def run_overrides(raw: bytes) -> None:
    scale = rule_set().scale
    file, problems = read_override_file(put(raw, "overrides.yaml"), scale.words)
    entries, wrong = collect_overrides([] if file is None else [file], {}, {})
    sound((*problems, *wrong))
    governing(entries, date(2003, 12, 31))


def run_cases(raw: bytes) -> None:
    cases, document, problems = read_cases(put(raw, "cases.yaml"))
    bench = Bench.of(rule_set(), codebook())
    wrong = check_cases(Suite(cases, (document.path,)), (document,), bench)
    sound((*problems, *wrong))
    if not problems and not wrong:
        for case in cases:
            rule = rule_set().rules[case.rule]
            bench.outcome(rule, case.given)
            bench.expected(rule, case.expect)


def run_import(raw: bytes) -> None:
    mapping, _, problems = read_mapping(put(raw, "imports/under-test.yaml"), codebook())
    sound(problems)
    if mapping is not None:
        file = put(b"unit;year;survey;permit\nThe island;2003;4;N\nKazakhstan;2004;-;N\n", "imports/under-test.csv")
        run(mapping, open_raw(file, mapping), codebook(), Release(), lambda _: None)


def run_table(raw: bytes) -> None:
    path = put(raw, "tables/under-test.csv")
    sound(country_file(path, "BVT", codebook())[1])
    sound(sources_of(path)[1])


@frozen
class Reader:
    """A reader under attack, and where files for it lie."""

    run: Callable[[bytes], None]
    seeds: tuple[str, ...]

    def attack(self, raw: bytes) -> None:
        """Read the bytes; a refusal is as good as an answer, whatever else is raised is a fault."""
        try:
            self.run(raw)
        except InvalidInput as refused:
            sound(refused.problems)

    def corpus(self) -> tuple[bytes, ...]:
        """The shipped files and those of tests/bad, as far as they are short enough."""
        paths = sorted(path for pattern in self.seeds for path in ROOT.glob(pattern) if path.is_file())
        found = (path.read_bytes() for path in paths if path.suffix in (".yaml", ".json", ".csv"))
        return tuple(raw for raw in found if len(raw) <= LONGEST)


READERS: Mapping[str, Reader] = {
    "yaml": Reader(run_yaml, ("tests/bad/*/*.yaml", "rules/**/*.yaml", "indicators/**/*.yaml")),
    "json": Reader(run_json, ("tests/bad/certificates/*",)),
    "certificate": Reader(run_certificate, ("tests/bad/certificates/*", "tests/golden/certificates/*.json")),
    "rules": Reader(run_rules, ("tests/bad/rules/*", "tests/bad/frame/rules/good.yaml", "rules/*/*.yaml")),
    "scale": Reader(run_scale, ("tests/bad/scale/*", "tests/bad/frame/rules/scale.yaml")),
    "codebook": Reader(run_codebook, ("tests/bad/codebook/*", "tests/bad/frame/records/codebook/*", "indicators/codebook/*")),
    "record": Reader(run_record, ("tests/bad/records/*", "tests/bad/frame/records/BVT/*")),
    "sources": Reader(run_sources, ("tests/bad/sources/*", "tests/bad/frame/records/sources.yaml", "rules/*/sources.yaml")),
    "overrides": Reader(run_overrides, ("tests/bad/overrides/*", "tests/bad/frame/records/overrides.yaml")),
    "import": Reader(run_import, ("tests/bad/imports/*", "tests/bad/frame/imports/*", "imports/*")),
    "table": Reader(run_table, ("tests/bad/tables/*.csv", "tests/bad/frame/tables/*.csv")),
    "cases": Reader(run_cases, ("tests/bad/cases/*", "tests/bad/frame/rules/cases/good.yaml", "rules/*/cases/*")),
}
