"""The facade: load a method and evidence, rate a country on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from attrs import frozen

from ratingengine._version import __version__
from ratingengine.assess import Method
from ratingengine.chain import PRESSURES, Link, chain
from ratingengine.codebook import read_codebook
from ratingengine.compiler import compile_profile
from ratingengine.countries import Country
from ratingengine.engines import Engine, EngineAbsent
from ratingengine.engines.reference import ReferenceEngine
from ratingengine.errors import InvalidInput, NotFound, Problem
from ratingengine.model.assessment import INSUFFICIENT, Assessment, Prior, Versions
from ratingengine.model.evidence import Evidence, Source
from ratingengine.model.indicator import Codebook
from ratingengine.model.program import Program
from ratingengine.records.reader import RecordFile, collect_evidence, country_files, read_record_file
from ratingengine.rulefile.checks import check_rules
from ratingengine.rulefile.reader import read_rules
from ratingengine.shipped import shipped
from ratingengine.sources import read_sources

DEFAULT_RULES = "civic-space"
ENGINES = ("both", "reference", "durable")


@frozen
class Loaded:
    """What `rate` needs beside the country: the method, the folders of records, and their sources."""

    method: Method
    records: tuple[Path, ...]
    sources: Mapping[str, Source]


def rules_folder(name: str | None) -> Path:
    """A rule set by name (below the shipped `rules/`) or by folder; raises NotFound with what there is."""
    if name is None:
        return shipped("rules") / DEFAULT_RULES
    if Path(name).is_dir():
        return Path(name)
    folder = shipped("rules") / name
    if "/" not in name and "\\" not in name and folder.is_dir():
        return folder
    known = ", ".join(sorted(path.name for path in shipped("rules").iterdir() if path.is_dir()))
    raise NotFound(f"no rule set '{name}': neither a folder nor one of {known}")


def codebook_folder(records: Sequence[Path]) -> Path:
    """The codebook beside the records where they bring one, else the shipped one."""
    for path in records:
        if (path / "codebook").is_dir():
            return path / "codebook"
    return shipped("indicators") / "codebook"


def load_method(rules: Path, codebook: Path, engine: str = "both", method_day: date | None = None) -> Method:
    """Read, check and compile a rule set. Raises InvalidInput with every problem of rules and codebook."""
    entries, _, problems = read_codebook(codebook)
    read, wrong = read_rules(rules)
    problems += wrong
    problems += check_rules(read, entries)
    if problems:
        raise InvalidInput(problems)
    programs = {
        profile: compile_profile(read.rule_set, entries, profile, method_day) for profile in read.rule_set.scale.profiles
    }
    engines: dict[str, tuple[Engine, ...]] = {}
    remarks: set[str] = set()
    for profile, program in programs.items():
        engines[profile], said = open_engines(program, engine)
        remarks |= set(said)
    return Method(read.rule_set, entries, programs, engines, tuple(sorted(remarks)))


def open_engines(program: Program, engine: str) -> tuple[tuple[Engine, ...], tuple[str, ...]]:
    """The engines asked for, and a remark where one cannot run here and the reference answers in its place."""
    if engine == "reference":
        return (ReferenceEngine(program),), ()
    from ratingengine.engines.durable import DurableEngine

    try:
        durable: Engine = DurableEngine(program)
    except EngineAbsent as absent:
        return (ReferenceEngine(program),), (f"{absent}; the reference engine answers",)
    return ((durable,) if engine == "durable" else (ReferenceEngine(program), durable)), ()


def load(
    rules: str | None = None, records: Iterable[Path] = (), engine: str = "both", method_day: date | None = None
) -> Loaded:
    """Method and records for the commands; raises NotFound or InvalidInput."""
    folders = tuple(records) or (shipped("indicators"),)
    for folder in folders:
        if not folder.exists():
            raise NotFound(f"no such file or folder of records: '{folder}'")
    method = load_method(rules_folder(rules), codebook_folder(folders), engine, method_day)
    return Loaded(method, folders, load_sources(folders))


def load_sources(records: Sequence[Path]) -> Mapping[str, Source]:
    """The sources beside the records; for single files those beside the file, else the shipped ones."""
    sources: dict[str, Source] = {}
    problems: list[Problem] = []
    places = [path / "sources.yaml" if path.is_dir() else path.parent / "sources.yaml" for path in records]
    shipped_place = shipped("indicators") / "sources.yaml"
    for place in dict.fromkeys([*(p for p in places if p.exists()), shipped_place]):
        bibliography, wrong = read_sources(place)
        problems += wrong
        sources = {**bibliography.sources, **sources}
    if problems:
        raise InvalidInput(problems)
    return sources


def load_evidence(loaded: Loaded, iso3: str) -> Evidence:
    """All record files of a country. Raises InvalidInput with the problems of every file."""
    files: list[RecordFile] = []
    problems: list[Problem] = []
    for folder in loaded.records:
        for path in country_files(folder, iso3):
            found, wrong = read_record_file(path, loaded.method.codebook)
            problems += wrong
            if found is None:
                continue
            if found.country == iso3:
                files.append(found)
            elif folder.is_dir():
                message = f"the file lies in the folder {iso3} but is of {found.country}"
                hint = f"move it to {found.country}/, or correct country:"
                problems.append(Problem("I314", message, found.document.root.place if found.document.root else None, hint=hint))
    evidence, wrong = collect_evidence(iso3, tuple(files), loaded.sources)
    if problems or wrong:
        raise InvalidInput([*problems, *wrong])
    return evidence


def countries_on_record(records: Sequence[Path]) -> tuple[str, ...]:
    """The countries that have a folder of records, by code."""
    found = {path.name for folder in records if folder.is_dir() for path in folder.iterdir() if path.is_dir()}
    return tuple(sorted(name for name in found if len(name) == 3 and name.isupper()))


def rate(
    loaded: Loaded,
    country: Country,
    as_of: date,
    known_at: date | None = None,
    prior: str | None = None,
    evidence: Evidence | None = None,
) -> Assessment:
    """The answer for a country on a day. `prior` (a rating word) replaces the computed rating of the year before."""
    method = loaded.method
    full = load_evidence(loaded, country.iso3) if evidence is None else evidence
    known = full.known_at(known_at)
    given = None if prior is None else _given(method.rule_set.scale.severity(prior))
    links = {
        profile: tuple(chain(method, profile, known, as_of, country.population, given))[-1] for profile in method.programs
    }
    profile = carrying(links)
    return _assessment(loaded, country, known, known_at, links, profile)


def _given(severity: int) -> Prior:
    return Prior(severity, severity, 1)


def carrying(links: Mapping[str, Link]) -> str:
    """The first profile of the scale that is sufficient; the first one where none is."""
    sufficient = [name for name, link in links.items() if link.assessment.status != INSUFFICIENT]
    return (sufficient or list(links))[0]


def _assessment(
    loaded: Loaded, country: Country, evidence: Evidence, known_at: date | None, links: Mapping[str, Link], profile: str
) -> Assessment:
    method, link = loaded.method, links[profile]
    scale = method.rule_set.scale
    published = link.published
    return Assessment(
        country=country.iso3,
        as_of=link.as_of,
        known_at=known_at,
        rating=None if published.rating is None else scale.word(published.rating),
        previous=None if published.previous is None else scale.word(published.previous),
        change=published.change,
        pressure=PRESSURES[published.pressure],
        profile=profile,
        profiles={name: found.assessment for name, found in links.items()},
        engines=tuple(engine.name for engine in method.engines[profile]),
        remarks=method.remarks,
        evidence=evidence,
        scale=scale,
        versions=versions(method, evidence),
    )


def versions(method: Method, evidence: Evidence) -> Versions:
    """What an answer must name to be recomputed."""
    rule_set = method.rule_set
    return Versions(__version__, f"{rule_set.name} {rule_set.version}", rule_set.digest, evidence.digest)


def history(loaded: Loaded, country: Country, until: date, known_at: date | None = None) -> Mapping[str, tuple[Link, ...]]:
    """Each year's link of the chain up to a day, by profile."""
    evidence = load_evidence(loaded, country.iso3).known_at(known_at)
    return {
        profile: tuple(chain(loaded.method, profile, evidence, until, country.population))
        for profile in loaded.method.programs
    }




def latest_year(evidence: Evidence) -> int | None:
    """The last year that an observation or search begins in or is closed in; None without evidence."""
    days = [day for entry in evidence.observations for day in (entry.begun, entry.ended) if day is not None]
    days += [search.ended for search in evidence.searches]
    return max(days).year if days else None
