"""Method and evidence made ready: rule sets, engines, record folders, overrides; what is read is kept by the cache."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from os.path import lexists
from pathlib import Path

from attrs import frozen

from ratingengine.engine.assess import Method
from ratingengine.engine.execution import Engine, EngineAbsent
from ratingengine.engine.reference import ReferenceEngine
from ratingengine.errors import InvalidInput, NotFound
from ratingengine.evidence.records.strays import strays
from ratingengine.evidence.tables.form import sidecar
from ratingengine.files.cache import cached
from ratingengine.files.shipped import CODEBOOK, country_paths, rule_files, shipped, yaml_below
from ratingengine.model.compiled import Compiled
from ratingengine.model.evidence import Evidence
from ratingengine.model.override import Override, Overrides
from ratingengine.model.program import Program, StepTable
from ratingengine.world.countries import by_iso3

DEFAULT_RULES = "civic-space"
ENGINES = ("both", "reference", "durable")


@frozen
class Loaded:
    """What `rate` needs beside the country: method, folders of records, a digest of the codebook, and the overrides of all."""

    method: Method
    records: tuple[Path, ...]
    codebook_digest: str
    overrides: tuple[Override, ...] = ()


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


def codebook_folder(records: Sequence[Path], rules: Path | None = None) -> Path:
    """The codebook of the rule set where it brings one, else the one beside the records, else the shipped one."""
    for path in (*([] if rules is None else [rules]), *records):
        if (path / CODEBOOK).is_dir():
            return path / CODEBOOK
    return shipped("indicators") / CODEBOOK


def load_method(rules: Path, codebook: Path, engine: str = "both", method_day: date | None = None) -> Method:
    """A rule set ready to run. Raises InvalidInput with every problem of rules and codebook."""

    def read() -> Compiled:
        from ratingengine.engine.loading import load_compiled

        return load_compiled(rules, codebook, method_day)

    files = (*yaml_below(codebook), *rule_files(rules))
    return ready(cached(Compiled, files, read, f"{rules} {method_day}"), engine)


def ready(compiled: Compiled, engine: str = "both") -> Method:
    """A compiled method with the engines asked for."""
    engines: dict[str, tuple[Engine, ...]] = {}
    remarks: set[str] = set()
    for profile, program in compiled.programs.items():
        engines[profile], said = open_engines(program, engine)
        remarks |= set(said)
    return Method(compiled, engines, tuple(sorted(remarks)))


def open_engines(program: Program, engine: str) -> tuple[tuple[Engine, ...], tuple[str, ...]]:
    """The engines asked for, and a remark where one cannot run here and the reference answers in its place."""
    # One table of steps for both: what they find is compared on every run, and equal finds are then the same object.
    table = StepTable(program)
    reference = ReferenceEngine(program, table)
    if engine == "reference":
        return (reference,), ()
    from ratingengine.engine.durable import DurableEngine

    try:
        durable: Engine = DurableEngine(program, table)
    except EngineAbsent as absent:
        return (reference,), (f"{absent}; the reference engine answers",)
    return ((durable,) if engine == "durable" else (reference, durable)), ()


def load(rules: str | None = None, records: Iterable[Path] = (), engine: str = "both", method_day: date | None = None) -> Loaded:
    """Method and records for the commands; raises NotFound or InvalidInput."""
    given, of_rules = tuple(records), rules_folder(rules)
    for folder in given:
        if not folder.exists():
            raise NotFound(f"no such file or folder of records: '{folder}' (those that came with the program: --records shipped)")
    if not given and (of_rules / CODEBOOK).is_dir():
        # The shipped records answer other questions than these rules ask.
        raise NotFound(f"the rule set '{rules}' has a codebook of its own, and no records came with it: name some with --records")
    folders = given or (shipped("indicators"),)
    passed_over = [problem for folder in given if folder.is_dir() for problem in strays(folder, given)]
    if passed_over:
        raise InvalidInput(passed_over)
    codebook = codebook_folder(folders, of_rules)
    method = load_method(of_rules, codebook, engine, method_day)
    overrides = load_overrides(folders, method.scale.words)
    return Loaded(method, folders, method.compiled.codebook_digest, overrides)


def load_overrides(records: Sequence[Path], ratings: Sequence[str]) -> tuple[Override, ...]:
    """The overrides beside the records, of all countries. Raises InvalidInput with every problem of every file."""
    files = override_files(records)
    if not files:
        return ()
    places = source_files(records)

    def read() -> Overrides:
        from ratingengine.engine import loading

        return loading.load_overrides(files, ratings, loading.load_sources(places))

    return cached(Overrides, (*files, *places), read, f"{ratings}").entries


def override_files(records: Sequence[Path]) -> tuple[Path, ...]:
    """The overrides beside the records."""
    return _beside(records, "overrides.yaml")


def source_files(records: Sequence[Path]) -> tuple[Path, ...]:
    """The bibliographies beside the records, then the shipped one."""
    return tuple(dict.fromkeys([*_beside(records, "sources.yaml"), shipped("indicators") / "sources.yaml"]))


def _beside(records: Sequence[Path], name: str) -> tuple[Path, ...]:
    """The files of that name in the folders of records, or beside named files; each once."""
    places = (path / name if path.is_dir() else path.parent / name for path in records)
    return tuple(dict.fromkeys(place for place in places if lexists(place)))


def load_evidence(loaded: Loaded, iso3: str) -> Evidence:
    """All record files of a country. Raises InvalidInput with the problems of every file."""

    def read() -> Evidence:
        from ratingengine.engine.loading import load_country, load_sources

        return load_country(loaded.records, iso3, loaded.method.codebook, load_sources(places))

    places = source_files(loaded.records)
    files = [path for folder in loaded.records for path in country_paths(folder, iso3)]
    salt = f"{iso3} {loaded.codebook_digest} {loaded.records}"
    beside = [found for path in files if lexists(found := sidecar(path))]
    return cached(Evidence, (*files, *beside, *places), read, salt)


def countries_on_record(records: Sequence[Path]) -> tuple[str, ...]:
    """The countries that have a folder of records, or that a named file is of, by code.

    One in small letters is among them where it is a country's, so that rating the country tells what is wrong.
    """
    found = {path.name for folder in records if folder.is_dir() for path in folder.iterdir() if path.is_dir()}
    found |= {name.upper() for name in found if len(name) == 3 and by_iso3(name.upper()) is not None}
    files = [path for path in records if path.is_file()]
    if files:
        from ratingengine.engine.loading import countries_of

        found |= countries_of(files)
    return tuple(sorted(name for name in found if len(name) == 3 and name.isupper()))
