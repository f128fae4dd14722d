"""`rate compare`, `rate changes`, `rate watchlist`, `rate summary` and `rate map`: answers about several countries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from attrs import frozen

from ratingengine.compare.changes import changes_page as changes_report
from ratingengine.compare.changes.changing import Change, changes_from, changes_in
from ratingengine.compare.compare.compare_page import compare_json, compare_page
from ratingengine.compare.compare.side_by_side import side_by_side
from ratingengine.compare.ratings_file import RatingsTable, read_ratings
from ratingengine.compare.standing import Standing, on_record, standings
from ratingengine.compare.summary.population import COUNTRY_TABLE, peopled, read_population
from ratingengine.compare.summary.summary import summary
from ratingengine.engine.assess import Method
from ratingengine.engine.rating import Loaded, codebook_folder, load_method, rules_folder
from ratingengine.engine.years import years_of
from ratingengine.errors import NotFound
from ratingengine.errors.visible import visible
from ratingengine.interface.asked import (
    FORMATS,
    Usage,
    as_of_day,
    asked_known,
    asked_load,
    asked_rules,
    asked_span,
    choice,
    write,
)
from ratingengine.interface.exit_codes import DONE
from ratingengine.interface.logged import log as log_to
from ratingengine.interface.page import written
from ratingengine.interface.progress import through
from ratingengine.interface.words import clocks, other_clocks
from ratingengine.interface.written import write_file
from ratingengine.model.assessment import Assessment
from ratingengine.model.window import last_day
from ratingengine.world.countries import Country, resolve

RATING = "rating countries"
PICTURES = {".svg": "svg", ".html": "html", ".htm": "html"}


@frozen
class Asked:
    """What every one of these commands takes: records or a table of ratings, the rules, and the form of the answer."""

    known_at: str | None = None
    rules: str | None = None
    records: Sequence[str] = ()
    engine: str = "both"
    ratings: str | None = None
    format_: str = "text"
    log: str | None = None


@frozen
class Origin:
    """Where ratings come from: records that are rated, or a table. `words` name it in an answer."""

    method: Method
    loaded: Loaded | None
    table: RatingsTable | None
    known: date | None
    words: str

    @property
    def titles(self) -> Mapping[str, str]:
        """The titles of the rules."""
        return self.method.compiled.titles

    @property
    def watches(self) -> bool:
        """Whether the method has a watchlist rule."""
        return bool(self.method.compiled.watched)

    @property
    def clocked(self) -> str:
        """The clocks that are set beside the day, for a title."""
        return other_clocks(self.known, self.method.compiled.day)


def opened(asked: Asked, years: tuple[int, int]) -> Origin:
    """Records and method, or the table with the scale that its words are of; `years` are those that will be looked at."""
    choice(asked.format_, FORMATS, "--format")
    if asked.ratings is None:
        known = asked_known(asked.known_at)
        loaded = asked_load(asked.rules, asked.records, asked.engine)
        count = len(on_record(loaded))
        words = f"Rated by {_rules(loaded.method)} from the records of {count} {'country' if count == 1 else 'countries'}"
        return Origin(loaded.method, loaded, None, known, words)
    beside = {"--records": asked.records, "--known-at": asked.known_at, "--log": asked.log}
    given = [option for option, value in beside.items() if value]
    if given or not asked.ratings.strip():
        raise Usage(f"{given[0]} goes with records, not with --ratings FILE" if given else "--ratings is empty; name a table")
    name, day = asked_rules(asked.rules)
    folder = rules_folder(name)
    method = load_method(folder, codebook_folder((), folder), "reference", day)
    table = read_ratings(Path(asked.ratings), method, years)
    return Origin(method, None, table, None, f"Ratings as the table {table.name} has them")


def _rules(method: Method) -> str:
    compiled = method.compiled
    return f"{compiled.name} {compiled.version} ({compiled.digest[:12]})"


def standing_on(origin: Origin, as_of: date, asked: Asked, countries: Sequence[Country] | None = None) -> tuple[Standing, ...]:
    """The standings of one day, of all countries or of those named, in that order."""
    if origin.loaded is not None:
        asked_for = on_record(origin.loaded) if countries is None else countries
        found = standings(origin.loaded, through(RATING, asked_for), as_of, origin.known)
        log_to(asked.log, (one.answer for one in found if one.answer is not None))
        return found
    assert origin.table is not None  # noqa: S101  # there is always one of the two
    found = origin.table.on(as_of)
    if not found:
        years = origin.table.years()
        hint = f"; its rows are of {years[0]} to {years[1]}" if years else ""
        raise NotFound(f"{origin.table.name} has no row for {as_of}{hint}")
    if countries is None:
        return found
    by_code = {one.country.iso3: one for one in found}
    missing = [country for country in countries if country.iso3 not in by_code]
    if missing:
        raise NotFound(f"{origin.table.name} has no row of {missing[0]} for {as_of}")
    return tuple(by_code[country.iso3] for country in countries)


def show_compare(names: Sequence[str], year: int | None, on: str | None, asked: Asked) -> int:
    """Two or more countries side by side, what differs first."""
    countries = tuple(dict.fromkeys(resolve(name) for name in names))
    if len(countries) < 2:
        raise Usage("name two or more different countries, each as one word or in quotes: rate compare KAZ 'South Africa'")
    as_of = as_of_day(year, on)
    origin = opened(asked, (as_of.year, as_of.year))
    found = side_by_side(standing_on(origin, as_of, asked, countries), origin.titles)
    content = compare_json(found, clocks(as_of) + origin.clocked, origin.words)
    write(written(compare_page(content), content, asked.format_))
    return DONE


def show_changes(first: int, last: int, asked: Asked) -> int:
    """Changes of the published rating, and apart from them the holds."""
    asked_span(first, last)
    origin = opened(asked, (first - 1, last))
    if origin.loaded is not None:
        found = _rated_changes(origin, origin.loaded, first, last, asked.log)
    else:
        rows = () if origin.table is None else origin.table.rows
        found = list(changes_in((row for row in rows if row.as_of == last_day(row.as_of.year)), origin.method.scale.words))
    found = sorted((one for one in found if first <= one.year <= last), key=lambda one: (one.year, one.country.iso3))
    title = f"Changes from {first} to {last}{origin.clocked}"
    content = changes_report.changes_json(found, title, origin.words, origin.titles)
    write(written(changes_report.changes_page(content), content, asked.format_))
    return DONE


def _rated_changes(origin: Origin, loaded: Loaded, first: int, last: int, log: str | None) -> list[Change]:
    """The changes of all countries on record; an answer, which holds all its evidence, is let go before the next country.

    The year before the first is rated as well, for what was possible then; it is no answer.
    """
    found: list[Change] = []
    words = origin.method.scale.words

    def answers() -> Iterator[Assessment]:
        for country in through(RATING, on_record(loaded)):
            years = years_of(loaded, country, last_day(last), origin.known, last_day(max(first - 1, 1)))
            found.extend(changes_from(years, country, first, words))
            yield from (one for one in years if one.as_of.year >= first)

    log_to(log, answers())
    return found


def show_watchlist(year: int | None, on: str | None, asked: Asked) -> int:
    """The countries that are on the watchlist on the day."""
    as_of = as_of_day(year, on)
    origin = opened(asked, (as_of.year, as_of.year))
    if origin.table is not None and "watchlist" not in origin.table.columns:
        raise NotFound(f"{origin.table.name} has no column 'watchlist'")
    found = standing_on(origin, as_of, asked)
    title = f"Watchlist, {clocks(as_of)}{origin.clocked}"
    content = changes_report.watchlist_json(found, title, origin.words, origin.titles, watches=origin.watches)
    write(written(changes_report.watchlist_page(content), content, asked.format_))
    return DONE


def show_summary(year: int | None, on: str | None, population: str | None, asked: Asked) -> int:
    """Countries and people under each rating, by region; the most common violations."""
    from ratingengine.compare.summary.summary_page import summary_json, summary_page, watchlist_counts

    as_of = as_of_day(year, on)
    origin = opened(asked, (as_of.year, as_of.year))
    found, people_from = _peopled(standing_on(origin, as_of, asked), population, origin)
    counted = summary(found, origin.method.scale.words, origin.method.programs)
    told = origin.table is None or "watchlist" in origin.table.columns
    watched = watchlist_counts(found, watches=origin.watches) if told else None
    content = summary_json(counted, f"Summary, {clocks(as_of)}{origin.clocked}", origin.words, people_from, watched)
    write(written(summary_page(content), content, asked.format_))
    return DONE


def _peopled(found: tuple[Standing, ...], file: str | None, origin: Origin) -> tuple[tuple[Standing, ...], str]:
    """The standings with the population to count, and where it is from."""
    if file is not None:
        if not file.strip():
            raise Usage("--population is empty; name a file, or leave the option out")
        return peopled(found, read_population(Path(file), found[0].as_of.year if found else 0)), Path(file).name
    if origin.table is not None and "population" in origin.table.columns:
        return found, origin.table.name
    return found, COUNTRY_TABLE


def show_map(year: int | None, on: str | None, output: str, asked: Asked) -> int:
    """Draw the map into a file, and print its text alternative; with `-o -` the drawing itself is printed."""
    from ratingengine.compare.map.map_page import document, drawing, map_json, map_page

    kind = "svg" if output == "-" else PICTURES.get(Path(output).suffix.lower())
    if kind is None:
        raise Usage(f"-o {output}: name a file ending in .svg or .html, or - for an SVG on stdout")
    as_of = as_of_day(year, on)
    origin = opened(asked, (as_of.year, as_of.year))
    words = origin.method.scale.words
    found = standing_on(origin, as_of, asked)
    content = map_json(found, words, f"Ratings, {clocks(as_of)}{origin.clocked}", origin.words)
    write_file(output, visible((drawing if kind == "svg" else document)(content, found, words)).encode())
    if output != "-":
        write(written(map_page(content, Path(output).name), {**content, "written_to": Path(output).name}, asked.format_))
    return DONE
