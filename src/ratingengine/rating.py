"""The facade: load a method and evidence, rate a country on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

from attrs import frozen

from ratingengine._version import __version__
from ratingengine.assess import Method
from ratingengine.cache import cached
from ratingengine.chain import NONE, PRESSURES, HandedOn, Link, chain, link_on, years_handed_on
from ratingengine.countries import Country
from ratingengine.engines import Engine, EngineAbsent
from ratingengine.engines.reference import ReferenceEngine
from ratingengine.errors import NotFound
from ratingengine.model.assessment import INSUFFICIENT, Assessment, Prior, Versions
from ratingengine.model.compiled import Compiled
from ratingengine.model.evidence import Evidence
from ratingengine.model.program import Program, StepTable
from ratingengine.shipped import country_paths, rule_files, shipped, yaml_below

DEFAULT_RULES = "civic-space"
ENGINES = ("both", "reference", "durable")


@frozen
class Loaded:
    """What `rate` needs beside the country: the method, the folders of records, and what the codebook contains."""

    method: Method
    records: tuple[Path, ...]
    codebook_digest: str


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
    """A rule set ready to run. Raises InvalidInput with every problem of rules and codebook."""

    def read() -> Compiled:
        from ratingengine.loading import load_compiled

        return load_compiled(rules, codebook, method_day)

    files = (*yaml_below(codebook), *rule_files(rules))
    compiled = cached(Compiled, files, read, f"{rules} {method_day}")
    engines: dict[str, tuple[Engine, ...]] = {}
    remarks: set[str] = set()
    for profile, program in compiled.programs.items():
        engines[profile], said = open_engines(program, engine, compiled.code[profile])
        remarks |= set(said)
    return Method(compiled, engines, tuple(sorted(remarks)))


def open_engines(program: Program, engine: str, code: bytes = b"") -> tuple[tuple[Engine, ...], tuple[str, ...]]:
    """The engines asked for, and a remark where one cannot run here and the reference answers in its place."""
    # One table of steps for both: what they find is compared on every run, and equal finds are then the same object.
    table = StepTable(program)
    reference = ReferenceEngine(program, code, table)
    if engine == "reference":
        return (reference,), ()
    from ratingengine.engines.durable import DurableEngine

    try:
        durable: Engine = DurableEngine(program, table)
    except EngineAbsent as absent:
        return (reference,), (f"{absent}; the reference engine answers",)
    return ((durable,) if engine == "durable" else (reference, durable)), ()


def load(rules: str | None = None, records: Iterable[Path] = (), engine: str = "both", method_day: date | None = None) -> Loaded:
    """Method and records for the commands; raises NotFound or InvalidInput."""
    folders = tuple(records) or (shipped("indicators"),)
    for folder in folders:
        if not folder.exists():
            raise NotFound(f"no such file or folder of records: '{folder}'")
    codebook = codebook_folder(folders)
    method = load_method(rules_folder(rules), codebook, engine, method_day)
    digests = (sha256(path.read_bytes()).hexdigest() for path in yaml_below(codebook))
    return Loaded(method, folders, sha256("".join(digests).encode()).hexdigest())


def source_files(records: Sequence[Path]) -> tuple[Path, ...]:
    """The bibliographies beside the records, then the shipped one."""
    places = [path / "sources.yaml" if path.is_dir() else path.parent / "sources.yaml" for path in records]
    shipped_place = shipped("indicators") / "sources.yaml"
    return tuple(dict.fromkeys([*(place for place in places if place.exists()), shipped_place]))


def load_evidence(loaded: Loaded, iso3: str) -> Evidence:
    """All record files of a country. Raises InvalidInput with the problems of every file."""

    def read() -> Evidence:
        from ratingengine.loading import load_country, load_sources

        return load_country(loaded.records, iso3, loaded.method.codebook, load_sources(places))

    places = source_files(loaded.records)
    files = [path for folder in loaded.records for path in country_paths(folder, iso3)]
    salt = f"{iso3} {loaded.codebook_digest} {loaded.records}"
    return cached(Evidence, (*files, *places), read, salt)


def countries_on_record(records: Sequence[Path]) -> tuple[str, ...]:
    """The countries that have a folder of records, or that a named file is of, by code."""
    found = {path.name for folder in records if folder.is_dir() for path in folder.iterdir() if path.is_dir()}
    files = [path for path in records if path.is_file()]
    if files:
        from ratingengine.loading import countries_of

        found |= countries_of(files)
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
    links = {}
    for profile in method.programs:
        if prior is not None:
            given: Prior | None = _given(method, prior)
        elif evidence is not None:
            given = years_handed_on(method, profile, known, as_of, country.population).prior
        else:
            given = _prior(loaded, country, known, as_of, known_at, profile)
        links[profile] = link_on(method, profile, known, as_of, country.population, given)
    profile = carrying(links)
    return _assessment(loaded, country, known, known_at, links, profile)


def _given(method: Method, word: str) -> Prior:
    severity = method.scale.severity(word)
    return Prior(severity, severity, NONE)


def _prior(
    loaded: Loaded, country: Country, evidence: Evidence, as_of: date, known_at: date | None, profile: str
) -> Prior | None:
    """What the year before hands on, from the cache where the same engines have run on the same content."""
    method = loaded.method

    def make() -> HandedOn:
        return years_handed_on(method, profile, evidence, as_of, country.population)

    engines = [engine.name for engine in method.engines[profile]]
    named = (profile, as_of, known_at, country.iso3, country.population, engines)
    program = sha256(method.compiled.code[profile]).hexdigest()
    salt = f"{named} {program} {method.compiled.digest} {loaded.codebook_digest} {evidence.digest}"
    return cached(HandedOn, (), make, salt).prior


def carrying(links: Mapping[str, Link]) -> str:
    """The first profile of the scale that is sufficient; the first one where none is."""
    sufficient = [name for name, link in links.items() if link.assessment.status != INSUFFICIENT]
    return (sufficient or list(links))[0]


def _assessment(
    loaded: Loaded, country: Country, evidence: Evidence, known_at: date | None, links: Mapping[str, Link], profile: str
) -> Assessment:
    method, link = loaded.method, links[profile]
    scale = method.scale
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
        titles=method.compiled.titles,
        versions=versions(method, evidence),
    )


def versions(method: Method, evidence: Evidence) -> Versions:
    """What an answer must name to be recomputed."""
    compiled = method.compiled
    return Versions(__version__, f"{compiled.name} {compiled.version}", compiled.digest, evidence.digest)


def history(loaded: Loaded, country: Country, until: date, known_at: date | None = None) -> Mapping[str, tuple[Link, ...]]:
    """Each year's link of the chain up to a day, by profile."""
    evidence = load_evidence(loaded, country.iso3).known_at(known_at)
    return {
        profile: tuple(chain(loaded.method, profile, evidence, until, country.population)) for profile in loaded.method.programs
    }


def latest_year(evidence: Evidence) -> int | None:
    """The last year that an entry begins or ends in, or was reported in as still open; None without evidence."""
    days = [day for entry in evidence.observations for day in (entry.begun, entry.ended) if day is not None]
    days += [search.ended for search in evidence.searches]
    days += [entry.reported[1] for entry in evidence.observations if entry.ended is None]
    return max(days).year if days else None
