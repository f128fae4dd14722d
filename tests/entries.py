"""Entries of rule, codebook and record files as plain values: written as YAML text, and read by the project's own readers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ratingengine.assess import Method
from ratingengine.codebook import read_codebook
from ratingengine.engines import OpenEngine
from ratingengine.engines.reference import ReferenceEngine
from ratingengine.loading import compile_rules
from ratingengine.model.evidence import Evidence
from ratingengine.model.indicator import Codebook
from ratingengine.model.rule import RuleSet
from ratingengine.records.reader import collect_evidence, read_record_file
from ratingengine.rulefile.checks import check_rules
from ratingengine.rulefile.reader import read_rules

Entry = dict[str, Any]
Files = Mapping[str, str]
RATINGS = ("open", "narrowed", "obstructed", "repressed", "closed")
FACETS = ("association", "peaceful_assembly", "expression", "protection")
COUNTRY = "KAZ"
INDEX: Entry = {"type": "index", "unit": "points", "range": ["0", "100"], "decimals": "1"}
SHAPES: tuple[Entry, ...] = (
    {"type": "count", "unit": "people", "time": "event", "aggregation": "sum", "per_million": "yes"},
    {"type": "count", "unit": "people", "time": "event", "aggregation": "sum"},
    {"type": "count", "unit": "people", "time": "event", "aggregation": "max"},
    {"type": "count", "unit": "people", "time": "spell", "aggregation": "sum"},
    {"type": "count", "unit": "bodies", "time": "condition", "basis": "law", "aggregation": "sum"},
    {"type": "yes_no", "time": "event", "aggregation": "any"},
    {"type": "yes_no", "time": "spell", "aggregation": "any"},
    {"type": "yes_no", "time": "condition", "basis": "law", "aggregation": "any"},
    {"type": "yes_no", "time": "condition", "basis": "practice", "aggregation": "any"},
    {"type": "category", "time": "event", "aggregation": "max"},
    {"type": "category", "time": "condition", "basis": "law", "aggregation": "max"},
    {"type": "category", "time": "condition", "basis": "practice", "aggregation": "max"},
    {"type": "share", "decimals": "2", "time": "condition", "basis": "practice", "aggregation": "max"},
    {"type": "share", "decimals": "2", "time": "event", "aggregation": "latest"},
    {**INDEX, "time": "event", "aggregation": "latest"},
    {**INDEX, "time": "event", "aggregation": "mean", "window": "36"},
)
KEYS = (
    *("id", "title", "question", "type", "unit", "values", "range", "decimals"),
    *("worse", "time", "basis", "aggregation", "window", "per_million", "may_be_none"),
)
SOURCES = """\
schema: ratingengine/sources/1
references:
  - {id: A, type: report, title: A report, issued: 2020-01-01}
  - {id: B, type: report, title: Another report, issued: 2020-01-01}
"""


def listed(header: Mapping[str, str], **lists: Iterable[Entry]) -> str:
    """A YAML file: header lines, then lists with one entry a line; empty lists are left out."""
    lines = [f"{name}: {text}" for name, text in header.items()]
    for key, entries in lists.items():
        items = [f"  - {json.dumps(entry)}" for entry in entries]
        lines += [f"{key}:", *items] if items else []
    return "\n".join([*lines, ""])


def written(folder: Path, files: Files) -> Path:
    """The folder with these files in it."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def codebook_files(entries: Sequence[Entry]) -> Files:
    """The files of a codebook, one a facet; the first five letters of an id tell the facet."""
    files = {}
    for facet in FACETS:
        own = [entry for entry in entries if entry["id"].startswith(facet[:5])]
        if own:
            files[f"{facet}.yaml"] = listed({"schema": "ratingengine/codebook/1", "facet": facet}, indicators=own)
    return files


def codebook_of(entries: Sequence[Entry]) -> Codebook:
    """A codebook as its files are read."""
    with TemporaryDirectory() as folder:
        codebook, _, problems = read_codebook(written(Path(folder), codebook_files(entries)))
    assert not problems, problems
    return codebook


def scale_text(required: Sequence[Entry] = (), profiles: Sequence[str] = ("coded",)) -> str:
    """A scale file with the five ratings and four facets."""
    header = {"schema": "ratingengine/scale/1", "name": "drawn", "version": '"2026.1"', "title": "Drawn rules"}
    ratings = [{"id": word, "meaning": f"is {word}"} for word in RATINGS]
    facets = [{"id": facet, "title": facet} for facet in FACETS]
    text = listed(header, ratings=ratings, facets=facets) + f"profiles: [{', '.join(profiles)}]\n"
    return text + listed({}, required=required)


def rule_file(rules: Iterable[Entry], profile: str = "coded") -> str:
    """A rule file."""
    return listed({"schema": "ratingengine/rules/1", "profile": profile}, rules=rules)


def rules_in(files: Files, codebook: Codebook) -> RuleSet:
    """The rule set of these files, read and checked."""
    with TemporaryDirectory() as folder:
        read, problems = read_rules(written(Path(folder), files))
    problems += check_rules(read, codebook)
    assert not problems, "\n".join(map(str, problems))
    return read.rule_set


def rules_of(rules: Sequence[Entry], codebook: Codebook, required: Sequence[Entry] = ()) -> RuleSet:
    """The rule set of these rules in one file."""
    return rules_in({"scale.yaml": scale_text(required), "sources.yaml": SOURCES, "rules.yaml": rule_file(rules)}, codebook)


def method_of(rule_set: RuleSet, codebook: Codebook, engines: Sequence[OpenEngine] = (ReferenceEngine,)) -> Method:
    """The method with these engines on every profile."""
    compiled = compile_rules(rule_set, codebook)
    opened = {profile: tuple(engine(program) for engine in engines) for profile, program in compiled.programs.items()}
    return Method(compiled, opened, ())


def record_text(observations: Iterable[Entry], searches: Iterable[Entry] = (), country: str = COUNTRY) -> str:
    """A record file."""
    header = {"schema": "ratingengine/record/1", "country": country}
    return listed(header, observations=observations, searches=searches)


def evidence_in(files: Files, codebook: Codebook) -> Evidence:
    """The evidence of these record files."""
    with TemporaryDirectory() as name:
        folder = written(Path(name), files)
        read = [read_record_file(path, codebook) for path in sorted(folder.rglob("*.yaml"))]
    problems = [problem for _, found in read for problem in found]
    evidence, wrong = collect_evidence(COUNTRY, tuple(file for file, _ in read if file is not None), {})
    assert not (*problems, *wrong), "\n".join(map(str, (*problems, *wrong)))
    return evidence


def evidence_of(observations: Sequence[Entry], searches: Sequence[Entry], codebook: Codebook) -> Evidence:
    """The evidence of these entries in one file; none at all is no file."""
    files = {"one.yaml": record_text(observations, searches)} if observations or searches else {}
    return evidence_in(files, codebook)
