"""Observations, searches and sources: what is known, from whom, since when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from attrs import field, frozen

from ratingengine.errors import Place


@frozen
class Source:
    """A bibliographic entry (CSL). `document` and `paragraphs` tie a coded text to its file and extent.

    `covers`: the first and last day of the period that it says it gives an account of.
    """

    id: str
    type: str
    title: str
    author: str
    publisher: str
    issued: tuple[date, date]
    url: str
    number: str
    note: str
    document: str
    paragraphs: tuple[int, int] | None
    place: Place = field(eq=False)
    covers: tuple[date, date] | None = None


@frozen
class Citation:
    """A source and the place in it: `para 12`, `art. 21`."""

    source: str
    locator: str
    place: Place = field(eq=False)

    def __str__(self) -> str:
        return f"{self.source} {self.locator}".strip()


@frozen
class Claim:
    """The stated bounds of a value, scaled; None where the source states none. Without either it says that there is no value."""

    form: str
    lowest: int | None
    highest: int | None
    text: str

    @property
    def no_value(self) -> bool:
        """Whether it says that there is no value."""
        return self.lowest is None and self.highest is None


@frozen
class Observation:
    """One source-backed statement about one indicator of one country.

    `begun` with `begun_by` means begun no later; `ended` None means still in force when reported. `total`: it speaks of all that
    there was in its period, where other counts are parts that add.
    """

    id: str
    country: str
    indicator: str
    claim: Claim
    begun: date
    begun_by: bool
    ended: date | None
    event: str
    reported: tuple[date, date]
    sources: tuple[Citation, ...]
    coder: str
    confidence: str
    note: str
    place: Place = field(eq=False)
    total: bool = False


@frozen
class Search:
    """A source that looked for these indicators over the whole period and found none."""

    id: str
    country: str
    source: Citation
    facet: str
    begun: date
    ended: date
    indicators: tuple[str, ...]
    reported: tuple[date, date]
    coder: str
    place: Place = field(eq=False)


Entry = Observation | Search


@frozen(slots=False)
class Evidence:
    """All that is on record about one country; the order of files and entries has no meaning.

    `left_out`: how many rows of tables are of each indicator that the codebook in use lacks; other methods read them.
    """

    country: str
    observations: tuple[Observation, ...]
    searches: tuple[Search, ...]
    sources: Mapping[str, Source]
    digest: str
    left_out: Mapping[str, int] = field(factory=dict)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Observations, then searches."""
        return (*self.observations, *self.searches)

    @cached_property
    def observed(self) -> Mapping[str, tuple[Observation, ...]]:
        """The observations of each indicator."""
        found: dict[str, list[Observation]] = {}
        for entry in self.observations:
            found.setdefault(entry.indicator, []).append(entry)
        return {name: tuple(entries) for name, entries in found.items()}

    @cached_property
    def searched(self) -> Mapping[str, tuple[Search, ...]]:
        """The searches for each indicator."""
        found: dict[str, list[Search]] = {}
        for search in self.searches:
            for name in search.indicators:
                found.setdefault(name, []).append(search)
        return {name: tuple(entries) for name, entries in found.items()}

    def known_at(self, day: date | None) -> Evidence:
        """Without what was reported later; an uncertain report counts from its later end."""
        if day is None:
            return self
        return Evidence(
            self.country,
            tuple(entry for entry in self.observations if entry.reported[1] <= day),
            tuple(entry for entry in self.searches if entry.reported[1] <= day),
            self.sources,
            self.digest,
            self.left_out,
        )
