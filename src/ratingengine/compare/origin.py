"""Where the ratings that several countries are compared by come from: records that are rated, or a table of ratings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from attrs import frozen

from ratingengine.compare.ratings_file import RatingsTable, read_ratings
from ratingengine.compare.standing import Standing, on_record, standings
from ratingengine.engine.assess import Method
from ratingengine.engine.rating import Loaded, codebook_folder, load_method, rules_folder
from ratingengine.errors import NotFound
from ratingengine.interface.asked import (
    LISTS,
    Usage,
    asked_known,
    asked_load,
    asked_rules,
    choice,
)
from ratingengine.interface.logged import log as log_to
from ratingengine.interface.progress import through
from ratingengine.interface.words import other_clocks
from ratingengine.world.countries import Country

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
    forms: Sequence[str] = LISTS


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
    choice(asked.format_, asked.forms, "--format")
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
