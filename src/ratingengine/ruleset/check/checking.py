"""`rate check`: every problem of rule sets, codebook, records and sources, found together, and likely mistakes in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from os.path import lexists
from pathlib import Path

from attrs import evolve, frozen

from ratingengine.engine.bounds import check_bounds
from ratingengine.engine.loading import misfiled
from ratingengine.engine.rating import countries_on_record, load, rules_folder
from ratingengine.errors import InvalidInput, NotFound, Problem
from ratingengine.evidence.records.checks import RecordContext, check_evidence, country_problem, documents_in
from ratingengine.evidence.records.collecting import collect_evidence
from ratingengine.evidence.records.documents import Text, read_texts
from ratingengine.evidence.records.overrides import collect_overrides, read_override_file
from ratingengine.evidence.records.reader import RecordFile, read_record_file
from ratingengine.evidence.records.strays import CODINGS, strays
from ratingengine.files.shipped import CODEBOOK, shipped, yaml_below
from ratingengine.importing.reader import mappings_in, read_mapping
from ratingengine.method.codebook import read_codebook
from ratingengine.method.compiler import compile_profile
from ratingengine.method.rulefile.checks import check_rules
from ratingengine.method.rulefile.reader import read_rules
from ratingengine.method.sources import Bibliography, read_sources
from ratingengine.model.indicator import Codebook
from ratingengine.ruleset.cases import Bench
from ratingengine.ruleset.cases.folder import case_folder, check_cases, read_folder
from ratingengine.ruleset.overrides.departures import departures
from ratingengine.world.countries import by_iso3


@frozen
class Report:
    """What was checked, in words, and what was found."""

    checked: tuple[str, ...]
    problems: tuple[Problem, ...]
    remarks: tuple[str, ...] = ()
    """What is allowed but should be known: overrides more than one band from the rules."""
    findings: tuple[Problem, ...] = ()
    """Likely mistakes; looked for only where there is no problem."""


def check(folders: tuple[Path, ...], documents: Path | None) -> Report:
    """Check rule sets, record folders and mappings; without folders, the shipped ones. Raises NotFound for any other folder."""
    texts = _texts(documents)
    found: list[Report] = []
    under_check = folders or (shipped("rules"), shipped("indicators"), shipped("imports"))
    for folder in under_check:
        if not folder.is_dir():
            raise NotFound(f"no such folder: '{folder}'")
    methods = [path for folder in under_check for path in rule_sets_in(folder)] or [rules_folder(None)]
    for folder in under_check:
        rule_sets = rule_sets_in(folder)
        found += [check_rule_set(path, _codebook(folders)) for path in rule_sets]
        if _has_records(folder):
            found.append(check_records(folder, texts, ratings_of(methods), _codebook_of(methods)))
        elif not rule_sets and (mappings := mappings_in(folder)):
            found.append(check_mappings(folder, mappings, _codebook(folders)))
        elif not rule_sets:
            hint = "a rule set has a scale.yaml, records have a folder a country, for example KAZ"
            raise NotFound(f"neither rules nor records nor mappings in '{folder}': {hint}")
    problems = sorted((problem for report in found for problem in report.problems), key=Problem.sort_key)
    checked = tuple(text for report in found for text in report.checked)
    # Ratings are computed only from what is sound.
    remarks = () if problems else tuple(_departing(under_check, methods))
    findings = () if problems else _findings(folders, under_check)
    return Report(checked, tuple(dict.fromkeys(problems)), remarks, findings)


def _findings(folders: tuple[Path, ...], under_check: Sequence[Path]) -> tuple[Problem, ...]:
    from ratingengine.ruleset.check.lint import lint

    rule_sets = [path for folder in under_check for path in rule_sets_in(folder)]
    records = [folder for folder in under_check if _has_records(folder)]
    mappings = [path for folder in under_check if not rule_sets_in(folder) for path in mappings_in(folder)] or mappings_in(
        shipped("imports")
    )
    return lint(tuple(dict.fromkeys(rule_sets)), tuple(dict.fromkeys(records)), _codebook(folders), CODINGS, mappings)


def _has_records(folder: Path) -> bool:
    """Whether the folder is one of records, or of the codebook that they answer; that of a rule set belongs to its rules."""
    return bool(countries_on_record([folder])) or (not rule_sets_in(folder) and (folder / CODEBOOK).is_dir())


def rule_sets_in(folder: Path) -> list[Path]:
    """The folder itself where it is a rule set, else the rule sets below it."""
    return [folder] if (folder / "scale.yaml").exists() else sorted(path.parent for path in folder.glob("*/scale.yaml"))


def ratings_of(methods: Sequence[Path]) -> tuple[str, ...]:
    """The rating words of rule sets: an override is written for one of them."""
    scales = [read_rules(path)[0].rule_set.scale for path in methods]
    return tuple(dict.fromkeys(word for scale in scales for word in scale.words))


def _departing(folders: Sequence[Path], methods: Sequence[Path]) -> Iterator[str]:
    """Overrides that lie more than one band from the rules: the only ones under check, else the default ones."""
    method = methods[0] if len(methods) == 1 else rules_folder(None)
    for folder in folders:
        if not (folder / "overrides.yaml").exists():
            continue
        try:
            loaded = load(str(method), [folder], "reference")
        except InvalidInput:  # sound rules and sound records, but not for each other
            continue
        for departure in (one for override in loaded.overrides for one in departures(loaded, override)):
            if departure.bands is not None and departure.bands > 1:
                name, rating, other = departure.override.id, departure.override.rating, departure.by_rules
                yield f"{name}: {rating} on {departure.day} is {departure.bands} bands from the {other} that the rules publish"


def _texts(documents: Path | None) -> Mapping[str, Text]:
    if documents is None:
        return {}
    if not documents.is_dir():
        raise NotFound(f"no such folder of documents: '{documents}'")
    return read_texts(documents_in(documents))


def _codebook(folders: tuple[Path, ...]) -> Path:
    """The codebook among the folders of records under check, else the shipped one."""
    beside = [path / CODEBOOK for path in folders if (path / CODEBOOK).is_dir() and not (path / "scale.yaml").exists()]
    return beside[0] if beside else shipped("indicators") / CODEBOOK


def _codebook_of(methods: Sequence[Path]) -> Path:
    """What records without a codebook are about: the one rule set under check where it brings its own, else the shipped one."""
    own = [path / CODEBOOK for path in methods if (path / CODEBOOK).is_dir()]
    return own[0] if len(own) == len(methods) == 1 else shipped("indicators") / CODEBOOK


def check_rule_set(folder: Path, codebook_folder: Path) -> Report:
    """One rule set against the codebook: form, references, directions, citations, and what the engines can take."""
    own = folder / CODEBOOK
    codebook, _, problems = read_codebook(own if own.is_dir() else codebook_folder)
    read, wrong = read_rules(folder)
    problems += wrong
    problems += check_rules(read, codebook)
    rule_set = read.rule_set
    suite, documents, wrong = read_folder(case_folder(folder))
    if not problems:
        problems += _compiled(folder, codebook)
        problems += check_cases(suite, documents, Bench.of(rule_set, codebook))
    checked = f"rule set {rule_set.name or folder.name}: {len(rule_set.rules)} rules"
    checked += f", {len(suite.cases)} cases" if suite.files else ""
    checked += f", {len(codebook.coded)} indicators of its own" if own.is_dir() else ""
    checked += f"; left alone, as their schema says they are no rules: {', '.join(read.others)}" if read.others else ""
    return Report((checked,), (*problems, *wrong))


def check_mappings(folder: Path, mappings: Sequence[Path], codebook_folder: Path) -> Report:
    """Mappings of data sets against the codebook."""
    codebook, _, problems = read_codebook(codebook_folder)
    wrong = (problem for path in mappings for problem in read_mapping(path, codebook)[2])
    return Report((f"mappings {folder.name}: {len(mappings)} data sets",), (*problems, *wrong))


def _compiled(folder: Path, codebook: Codebook) -> tuple[Problem, ...]:
    rule_set = read_rules(folder)[0].rule_set
    problems: list[Problem] = []
    for profile in rule_set.scale.profiles:
        try:
            problems += check_bounds(compile_profile(rule_set, codebook, profile))
        except InvalidInput as invalid:
            problems += invalid.problems
    return tuple(problems)


def check_records(folder: Path, texts: Mapping[str, Text], ratings: Sequence[str], asked: Path) -> Report:
    """A folder of records: codebook (else the one `asked`), sources, overrides, each country's evidence, second codings apart."""
    own = folder / CODEBOOK
    codebook, _, problems = read_codebook(own if own.is_dir() else asked)
    # Records in a folder that is no country's are read here all the same, and said to lie in the wrong one.
    problems += tuple(stray for stray in strays(folder) if stray.place is None or not yaml_in(Path(stray.place.file)))
    bibliography, wrong = read_sources(folder / "sources.yaml")
    problems += wrong
    checked = [f"codebook: {len(codebook.coded)} indicators", f"sources: {len(bibliography.sources)}"]
    # Records may cite what came with the program, as they may when a country is rated.
    common, _ = read_sources(shipped("indicators") / "sources.yaml")
    bibliography = evolve(bibliography, sources={**common.sources, **bibliography.sources})
    report = _check_overrides(folder / "overrides.yaml", ratings, bibliography, texts)
    problems += report.problems
    checked += report.checked
    for name in ("", *CODINGS):
        place = folder / name
        if place.is_dir():
            report = _check_coding(place, codebook, bibliography, texts)
            problems += report.problems
            checked += report.checked
    return Report(tuple(checked), problems)


def yaml_in(path: Path) -> bool:
    """Whether a path is a folder with files of records."""
    return path.is_dir() and not path.is_symlink() and bool(yaml_below(path))


def _check_overrides(path: Path, ratings: Sequence[str], bibliography: Bibliography, texts: Mapping[str, Text]) -> Report:
    if not lexists(path):
        return Report((), ())
    file, problems = read_override_file(path, ratings)
    if file is None:
        return Report((), problems)
    entries, wrong = collect_overrides([file], bibliography.sources, texts, bibliography.whole)
    return Report((f"overrides: {len(entries)}",), (*problems, *wrong))


def _check_coding(folder: Path, codebook: Codebook, bibliography: Bibliography, texts: Mapping[str, Text]) -> Report:
    countries = sorted(path for path in folder.iterdir() if path.is_dir() and path.name not in ("codebook", *CODINGS))
    problems: tuple[Problem, ...] = ()
    observations = 0
    for country in countries:
        files, found = _country(country, codebook)
        problems += found
        evidence, wrong = collect_evidence(country.name, files, bibliography.sources)
        problems += wrong
        observations += len(evidence.observations)
        documents = {file.document.path: file.document for file in files}
        problems += check_evidence(RecordContext(evidence, codebook, documents, texts, bibliography.whole))
    label = f"records {folder.name}: {observations} observations of {len(countries)} countries"
    at_hand = sum(1 for source in bibliography.sources.values() if source.document in texts)
    return Report((label + (f", {at_hand} sources with the document at hand" if texts else ""),), problems)


def _country(folder: Path, codebook: Codebook) -> tuple[tuple[RecordFile, ...], tuple[Problem, ...]]:
    files: list[RecordFile] = []
    problems: list[Problem] = []
    for path in yaml_below(folder):
        file, wrong = read_record_file(path, codebook)
        problems += wrong
        if file is None:
            continue
        problems += country_problem(file, by_iso3(file.country) is not None)
        if file.country != folder.name:
            problems += misfiled(file, folder.name)
        files.append(file)
    return tuple(files), tuple(problems)
