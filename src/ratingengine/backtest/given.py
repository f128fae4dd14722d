"""What we say of country-years: by the rules, year after year, or as a file of ratings has it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from glob import escape
from pathlib import Path

from attrs import frozen

from ratingengine.engine.assess import Method, vector
from ratingengine.engine.chain import NONE, Link, chains
from ratingengine.engine.loading import load_country, load_sources
from ratingengine.engine.rating import Loaded, carrying, source_files
from ratingengine.engine.reference import source_digest
from ratingengine.files.cache import cached
from ratingengine.files.shipped import country_paths, yaml_below
from ratingengine.model.assessment import INSUFFICIENT, Prior
from ratingengine.model.evidence import Evidence
from ratingengine.model.window import last_day
from ratingengine.world.countries import Country, by_iso3

Key = tuple[str, int]
Progress = Callable[[int, int], None]
"""Is told how many are done, of how many."""


def quiet(_done: int, _of: int) -> None:
    """Tells nobody."""


@frozen
class Given:
    """Our answer for a country on 31 December, in severities.

    `rating` is the published one, None for lack of evidence; `best` to `worst` are the assessments that the evidence leaves
    possible. `change`, `pressure` and `gate` are the transition from `previous`. `values` are the established severities of the
    indicators that were asked for. `profile` is empty where the answer comes from a file, `deciding` where it does not tell.
    """

    rating: int | None
    assessed: int | None
    status: str
    best: int
    worst: int
    previous: int | None = None
    change: str | None = None
    gate: bool = False
    deciding: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    profile: str = ""
    values: Mapping[str, int] = {}


@frozen
class Moment:
    """A year of one profile as its program reads it: the integers at the best and at the worst ends, without those of a prior.

    `lacking`: no rating is given, whatever the rules say. `counted`: of each indicator that a count reads, both ends.
    """

    year: int
    lacking: bool
    best: tuple[int, ...]
    worst: tuple[int, ...]
    counted: Mapping[str, tuple[int, int]] = {}


Course = tuple[Moment, ...]
"""The years of one country in order, all that the chain runs over."""


@frozen
class Rated:
    """Answers by country and year, and by profile and country what they were computed from."""

    entries: Mapping[Key, Given]
    courses: Mapping[str, Mapping[str, Course]]


@frozen
class Wanted:
    """What is to be rated: the years of each country; with `starts`, the true rating of a year from which the chain runs on.

    `profile`: this one alone carries the rating (None: the first that is sufficient). `indicators`: also told of each year.
    `courses`: also what everything was computed from.
    """

    years: Mapping[str, tuple[int, ...]]
    starts: Mapping[str, tuple[int, int]] | None = None
    profile: str | None = None
    indicators: tuple[str, ...] = ()
    courses: bool = False


def rated(loaded: Loaded, wanted: Wanted, progress: Progress = quiet) -> Rated:
    """What the rules give, kept by the cache for the content of rules, codebook and records.

    Judgements (overrides) are left out: it is the rules that are tried.
    """

    def make() -> Rated:
        evidence = evidence_of(loaded)
        found: dict[Key, Given] = {}
        profiles = tuple(loaded.method.programs) if wanted.profile is None else (wanted.profile,)
        courses: dict[str, dict[str, Course]] = {profile: {} for profile in profiles if wanted.courses}
        for number, iso3 in enumerate(sorted(wanted.years)):
            progress(number, len(wanted.years))
            country = by_iso3(iso3)
            if country is not None:
                chains = tuple(_links(loaded, country, evidence(iso3), wanted, profiles))
                found |= {(iso3, year): given for year, given in _answers(loaded, iso3, wanted, chains)}
                for profile, course in courses.items():
                    course[iso3] = tuple(moment(loaded.method, links[profile]) for links in chains)
        progress(len(wanted.years), len(wanted.years))
        return Rated(found, courses)

    compiled = loaded.method.compiled
    code = source_digest(compiled.programs)
    engines = [engine.name for engine in next(iter(loaded.method.engines.values()))]
    years = (sorted(wanted.years.items()), sorted((wanted.starts or {}).items()), wanted.starts is None)
    asked = f"{years} {wanted.profile} {wanted.indicators} {wanted.courses}"
    salt = f"{compiled.digest} {compiled.day} {code} {engines} {loaded.codebook_digest} {asked}"
    # What is kept must hang on the very files that it is made of: those of the countries that are rated.
    return cached(Rated, (*record_files(loaded.records, wanted.years), *source_files(loaded.records)), make, salt)


def record_files(records: Sequence[Path], countries: Iterable[str] | None = None) -> tuple[Path, ...]:
    """Every file of the records, or those that these countries' evidence is read from.

    Of a named file also what lies beside it under its name and more, as a table's sources do.
    """
    return tuple(file for path in records for file in _files_of(path, countries))


def _files_of(path: Path, countries: Iterable[str] | None) -> tuple[Path, ...]:
    if not path.is_dir():
        return (path, *sorted(path.parent.glob(f"{escape(path.name)}.*")))
    if countries is None:
        return yaml_below(path)
    return tuple(file for iso3 in sorted(countries) for file in country_paths(path, iso3))


def evidence_of(loaded: Loaded) -> Callable[[str], Evidence]:
    """Reads the evidence of one country after the other; the last few are kept.

    Not by way of the cache: the countries of the world would push everything else out of it.
    """
    sources = load_sources(source_files(loaded.records))

    @lru_cache(maxsize=8)
    def read(iso3: str) -> Evidence:
        return load_country(loaded.records, iso3, loaded.method.codebook, sources)

    return read


def _links(
    loaded: Loaded, country: Country, evidence: Evidence, wanted: Wanted, profiles: Sequence[str]
) -> Iterator[Mapping[str, Link]]:
    start = None if wanted.starts is None else wanted.starts.get(country.iso3)
    return links_of(loaded, country, evidence, max(wanted.years[country.iso3]), start, profiles)


def _answers(loaded: Loaded, iso3: str, wanted: Wanted, chains: Sequence[Mapping[str, Link]]) -> Iterator[tuple[int, Given]]:
    for links in chains:
        year = next(iter(links.values())).as_of.year
        if year in wanted.years[iso3]:
            yield year, given_by(loaded, links, wanted.profile or carrying(links), wanted.indicators)


def moment(method: Method, link: Link) -> Moment:
    """What a link's assessment was computed from."""
    assessment = link.assessment
    program, measures = method.programs[assessment.profile], assessment.measured
    best, worst = (vector(program, assessment.values, measures, None, worst=end) for end in (False, True))
    counts = [measure for measure in method.compiled.measures[assessment.profile].values() if measure.of == "count"]
    names = sorted({entry.indicator for measure in counts for entry in measure.inputs})
    counted = {name: (assessment.values[name].best, assessment.values[name].worst) for name in names}
    return Moment(link.as_of.year, assessment.assessed is None, best, worst, counted)


def links_of(
    loaded: Loaded,
    country: Country,
    evidence: Evidence,
    last: int,
    start: tuple[int, int] | None = None,
    profiles: Sequence[str] | None = None,
) -> Iterator[Mapping[str, Link]]:
    """Each year's link of the chain, by profile: from the first evidence on, or from a true rating in the year after it."""
    method = loaded.method
    where = (method, method.programs if profiles is None else profiles, evidence, last_day(last), country.population)
    if start is None:
        return chains(*where)
    first, severity = start
    return chains(*where, Prior(severity, severity, NONE), since=last_day(first + 1)) if last > first else iter(())


def given_by(loaded: Loaded, links: Mapping[str, Link], profile: str, indicators: Sequence[str] = ()) -> Given:
    """A year's links as one answer."""
    scale, link = loaded.method.scale, links[profile]
    assessment = link.assessment
    return Given(
        rating=link.published.rating,
        assessed=None if assessment.assessed is None else scale.severity(assessment.assessed),
        status=assessment.status,
        best=scale.severity(assessment.possible[0]),
        worst=scale.severity(assessment.possible[-1]),
        previous=link.published.previous,
        change=link.published.change,
        gate=assessment.gate,
        deciding=assessment.deciding,
        missing=assessment.missing,
        profile=profile,
        values={name: assessment.values[name].best for name in indicators if assessment.values[name].known},
    )


def silent(worst: int) -> Given:
    """The answer where there is none at all: before the first evidence, or not in the file."""
    return Given(None, None, INSUFFICIENT, 0, worst)
