"""Entries of rule, codebook and record files as plain values: written as YAML text, and read by the project's own readers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ratingengine.engine.assess import Method
from ratingengine.engine.execution import OpenEngine
from ratingengine.engine.loading import compile_rules
from ratingengine.engine.reference import ReferenceEngine
from ratingengine.errors import InvalidInput
from ratingengine.evidence.records.collecting import collect_evidence
from ratingengine.evidence.records.reader import read_record_file
from ratingengine.method.codebook import read_codebook
from ratingengine.method.rulefile.checks import check_rules
from ratingengine.method.rulefile.reader import read_rules
from ratingengine.model.evidence import Evidence
from ratingengine.model.indicator import Codebook
from ratingengine.model.rule import RuleSet

Entry = dict[str, Any]
"""One entry of a list in a file: keys as they are written, texts, lists and mappings."""
Files = Mapping[str, str]
"""Names below a folder, and what stands in each file."""
RATINGS = ("open", "narrowed", "obstructed", "repressed", "closed")
FACETS = ("association", "peaceful_assembly", "expression", "protection")
"""The facets of drawn codebooks; their first five letters begin the ids of their indicators."""
COUNTRY = "KAZ"
POPULATION = 2_500_000
"""Persons: what per-million values are drawn for."""
PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]*(?<! )")
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
    """A codebook as its files are read. Raises InvalidInput."""
    with TemporaryDirectory() as folder:
        codebook, _, problems = read_codebook(written(Path(folder), codebook_files(entries)))
    if problems:
        raise InvalidInput(problems)
    return codebook


def scale_text(required: Sequence[Entry] = (), profiles: Sequence[str] = ("coded",), *, free: bool = False) -> str:
    """A scale file with the five ratings and four facets; `free`: the published rating is the assessed one."""
    header = {"schema": "ratingengine/scale/1", "name": "drawn", "version": '"2026.1"', "title": "Drawn rules"}
    ratings = [{"id": word, "meaning": f"is {word}"} for word in RATINGS]
    facets = [{"id": facet, "title": facet} for facet in FACETS]
    text = listed(header, ratings=ratings, facets=facets) + f"profiles: [{', '.join(profiles)}]\n"
    return text + ("transition: none\n" if free else "") + listed({}, required=required)


def rule_file(rules: Iterable[Entry], profile: str = "coded") -> str:
    """A rule file."""
    return listed({"schema": "ratingengine/rules/1", "profile": profile}, rules=rules)


def rules_in(files: Files, codebook: Codebook) -> RuleSet:
    """The rule set of these files, read and checked. Raises InvalidInput."""
    with TemporaryDirectory() as folder:
        read, problems = read_rules(written(Path(folder), files))
    problems += check_rules(read, codebook)
    if problems:
        raise InvalidInput(problems)
    return read.rule_set


def rules_of(rules: Sequence[Entry], codebook: Codebook, required: Sequence[Entry] = (), *, free: bool = False) -> RuleSet:
    """The rule set of these rules in one file."""
    files = {"scale.yaml": scale_text(required, free=free), "sources.yaml": SOURCES, "rules.yaml": rule_file(rules)}
    return rules_in(files, codebook)


def method_of(rule_set: RuleSet, codebook: Codebook, engines: Sequence[OpenEngine] = (ReferenceEngine,)) -> Method:
    """The method with these engines on every profile."""
    compiled = compile_rules(rule_set, codebook)
    opened = {profile: tuple(engine(program) for engine in engines) for profile, program in compiled.programs.items()}
    return Method(compiled, opened, ())


def record_text(observations: Iterable[Entry], searches: Iterable[Entry] = (), country: str = COUNTRY) -> str:
    """A record file as a coder writes it: one key a line."""
    lines = ["schema: ratingengine/record/1", f"country: {country}"]
    for name, entries in (("observations", observations), ("searches", searches)):
        found = [line for entry in entries for line in _entry_lines(entry, "  ")]
        lines += [f"{name}:", *found] if found else []
    return "\n".join([*lines, ""])


def _entry_lines(entry: Entry, margin: str) -> list[str]:
    lines: list[str] = []
    for key, value in entry.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            lines += [f"{key}:", *(line for part in value for line in _entry_lines(part, "  "))]
        else:
            lines.append(f"{key}: {_scalars(value)}")
    return [f"{margin}{'  ' if number else '- '}{line}" for number, line in enumerate(lines)]


def _scalars(value: str | list[str]) -> str:
    """A text or a list of texts; what YAML could take for something else is quoted."""
    if isinstance(value, list):
        return f"[{', '.join(map(_scalars, value))}]"
    return value if PLAIN.fullmatch(value) else json.dumps(value)


def evidence_in(files: Files, codebook: Codebook, country: str = COUNTRY) -> Evidence:
    """The evidence of these record files. Raises InvalidInput."""
    with TemporaryDirectory() as name:
        folder = written(Path(name), files)
        read = [read_record_file(path, codebook) for path in sorted(folder.rglob("*.yaml"))]
    problems = [problem for _, found in read for problem in found]
    evidence, wrong = collect_evidence(country, tuple(file for file, _ in read if file is not None), {})
    if problems or wrong:
        raise InvalidInput([*problems, *wrong])
    return evidence


def evidence_of(observations: Sequence[Entry], searches: Sequence[Entry], codebook: Codebook) -> Evidence:
    """The evidence of these entries in one file; none at all is no file."""
    files = {"one.yaml": record_text(observations, searches)} if observations or searches else {}
    return evidence_in(files, codebook)
