"""From files to what the cache keeps: a compiled method, and a country's evidence. Raises InvalidInput with all problems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

from attrs import evolve

from ratingengine.errors import InvalidInput, NotFound, Problem
from ratingengine.evidence.records.collecting import collect_evidence
from ratingengine.evidence.records.overrides import OverrideFile, collect_overrides, read_override_file
from ratingengine.evidence.records.reader import RecordFile, read_record_file
from ratingengine.evidence.tables.form import is_table
from ratingengine.files.bounded import noting
from ratingengine.files.shipped import country_paths
from ratingengine.method.codebook import read_codebook
from ratingengine.method.compiler import compile_profile
from ratingengine.method.rulefile.checks import check_rules
from ratingengine.method.rulefile.reader import read_rules
from ratingengine.method.sources import read_sources
from ratingengine.model.compiled import Compiled
from ratingengine.model.evidence import Evidence, Source
from ratingengine.model.indicator import Codebook, base_of
from ratingengine.model.override import Overrides
from ratingengine.model.rule import RuleSet
from ratingengine.model.watching import watched_by


def load_rule_set(rules: Path, codebook: Path) -> tuple[RuleSet, Codebook]:
    """Read and check a rule set with its codebook."""
    entries, _, problems = read_codebook(codebook)
    read, wrong = read_rules(rules)
    problems += wrong
    problems += check_rules(read, entries)
    if problems:
        raise InvalidInput(problems)
    return read.rule_set, entries


def load_compiled(rules: Path, codebook: Path, method_day: date | None) -> Compiled:
    """Read, check and compile a rule set with its codebook."""
    with noting() as used:
        compiled = compile_rules(*load_rule_set(rules, codebook), method_day)
    # Of the bytes that were read: the files may be others by the time that anyone asks.
    digests = (digest for path in sorted(used) if Path(path).is_relative_to(codebook.absolute()) for digest in sorted(used[path]))
    return evolve(compiled, codebook_digest=sha256("".join(digests).encode()).hexdigest())


def compile_rules(rule_set: RuleSet, codebook: Codebook, method_day: date | None = None) -> Compiled:
    """All that an answer needs of a checked rule set, from the rules in force on `method_day` (None: the latest).

    Raises NotFound where a profile has no rule on that day.
    """
    profiles = rule_set.scale.profiles
    rules_exist(rule_set, method_day)
    programs = {profile: compile_profile(rule_set, codebook, profile, method_day) for profile in profiles}
    in_force = {profile: [r for r in rule_set.of_profile(profile) if r.in_force(method_day)] for profile in profiles}
    measures = {
        profile: {rule.then.name: rule.measure for rule in rules if rule.measure is not None}
        for profile, rules in in_force.items()
    }
    watched = {profile: watched_by(program, measures[profile]) for profile, program in programs.items()}
    return Compiled(
        name=rule_set.name,
        version=rule_set.version,
        digest=rule_set.digest,
        scale=rule_set.scale,
        day=method_day,
        titles={
            **{rule.id: rule.title for rule in rule_set.rules.values()},
            **{rule.then.name: rule.title for rules in in_force.values() for rule in rules if rule.measure is not None},
        },
        codebook=codebook,
        programs=programs,
        measures=measures,
        reads={
            profile: tuple(sorted({base_of(name) for rule in rules for name in rule.indicators}))
            for profile, rules in in_force.items()
        },
        watched={profile: read for profile, read in watched.items() if read is not None},
    )


def rules_exist(rule_set: RuleSet, day: date | None) -> None:
    """Raises NotFound where a profile has no rule in force on that day: without rules everything would be open."""
    for profile in rule_set.scale.profiles if day is not None else ():
        if not any(rule.in_force(day) for rule in rule_set.of_profile(profile)):
            periods = [f"from {first}" + (f" until {end}" if end else " on") for first, end in rule_set.periods(profile)]
            exist = f"there are rules {', and '.join(periods)}" if periods else "it has none at all"
            raise NotFound(f"no rule of {rule_set.name}, profile '{profile}', is in force on {day}: {exist}")


def load_sources(places: Sequence[Path]) -> Mapping[str, Source]:
    """The sources of several bibliographies; the first that has an id gives it."""
    sources: dict[str, Source] = {}
    problems: list[Problem] = []
    for place in places:
        bibliography, wrong = read_sources(place)
        problems += wrong
        sources = {**bibliography.sources, **sources}
    if problems:
        raise InvalidInput(problems)
    return sources


def load_country(records: Sequence[Path], iso3: str, codebook: Codebook, sources: Mapping[str, Source]) -> Evidence:
    """All record files of a country below the folders, or the named files that are of this country."""
    files: list[RecordFile] = []
    problems: list[Problem] = []
    for folder in records:
        for path in country_paths(folder, iso3):
            found, wrong = read_country_table(path, iso3, codebook) if is_table(path) else read_record_file(path, codebook)
            problems += wrong
            filed = path.relative_to(folder).parts[0] if folder.is_dir() else ""
            if found is not None and found.country == iso3 and filed in ("", iso3):
                files.append(found)
            elif found is not None and filed:
                problems += misfiled(found, filed)
    for folder in records:
        if is_table(folder):
            found_sources, wrong = sources_of_table(folder)
            sources, problems = {**found_sources, **sources}, [*problems, *wrong]
    evidence, wrong = collect_evidence(iso3, tuple(files), sources)
    if problems or wrong:
        raise InvalidInput(dict.fromkeys([*problems, *wrong]))
    return evidence


def load_overrides(places: Sequence[Path], ratings: Sequence[str], sources: Mapping[str, Source]) -> Overrides:
    """The overrides of all these files, whatever their country: a judgement that cannot be read may be of any."""
    files: list[OverrideFile] = []
    problems: list[Problem] = []
    for place in places:
        found, wrong = read_override_file(place, ratings)
        problems += wrong
        files += [found] if found is not None else []
    entries, wrong = collect_overrides(files, sources, {})
    if problems or wrong:
        raise InvalidInput([*problems, *wrong])
    return Overrides(entries)


def countries_of(files: Sequence[Path]) -> set[str]:
    """The countries that record files name; a file that cannot be read names none here, and its problems when it is rated."""
    found = (read_record_file(path, Codebook({}))[0] for path in files if not is_table(path))
    countries = {file.country for file in found if file is not None}
    return countries.union(*(countries_of_table(path) for path in files if is_table(path)))


def read_country_table(path: Path, iso3: str, codebook: Codebook) -> tuple[RecordFile | None, tuple[Problem, ...]]:
    """A country's rows of a table."""
    from ratingengine.evidence.tables.read import country_file

    return country_file(path, iso3, codebook)


def sources_of_table(path: Path) -> tuple[Mapping[str, Source], tuple[Problem, ...]]:
    """The bibliography that a table brings."""
    from ratingengine.evidence.tables.read import sources_of

    return sources_of(path)


def countries_of_table(path: Path) -> set[str]:
    """The countries that a table has rows of."""
    from ratingengine.evidence.tables.read import countries_in

    return countries_in(path)


def misfiled(file: RecordFile, folder: str) -> tuple[Problem, ...]:
    """A record file in another country's folder would be silently left out, so it is an error; so is a folder `kaz`."""
    message = f"the file lies in the folder {folder} but is of {file.country}"
    hint = f"move it to {file.country}/, or correct country:"
    return (file.document.problem("I314", message, file.place, hint, len(file.country)),)
