"""The answer: one profile's assessment, and the published rating that follows from it and the year before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from attrs import frozen

from ratingengine.model.override import Override
from ratingengine.model.program import Step
from ratingengine.model.value import Computed, IndicatorValue, MeasureValue

DETERMINED, BOUNDED, INSUFFICIENT = "determined", "bounded", "insufficient"
NOT_RATED = "not_rated"
"""The status of a facet of which no rule sets a level."""


@frozen
class FacetLevel:
    """What the evidence says of one facet.

    `level` is None for lack of evidence; `ceiling` is then the most that could be. `deciding` are the rules that set it.
    Where no rule sets a level (`NOT_RATED`), it is None too, and `ceiling` and `worst` only say that no rule lowers it.
    `sources` and `source_months` tell how much reporting stands behind it.
    """

    facet: str
    level: str | None
    ceiling: str
    worst: str
    status: str
    deciding: tuple[str, ...]
    sources: int
    source_months: int


@frozen
class Prior:
    """What the year before hands on: published and assessed severity, and the pressure left (0 better, 1 none, 2 worse)."""

    rating: int
    assessed: int
    pressure: int


@frozen
class ProfileAssessment:
    """One profile on one day, before the rating of the year before is looked at. `measures` are those of the profile, by name.

    `watchlist`: whether a watchlist rule of the profile holds. `watched`: whether anything is known of what these rules
    read, None where it has none.
    """

    profile: str
    status: str
    assessed: str | None
    ceiling: str
    possible: tuple[str, ...]
    facets: tuple[FacetLevel, ...]
    steps: tuple[Step, ...]
    not_excluded: tuple[Step, ...]
    values: Mapping[str, IndicatorValue]
    missing: tuple[str, ...]
    known: int
    read: int
    standing_only: bool
    gate: bool
    watchlist: bool
    watched: bool | None
    prior: Prior | None
    measures: Mapping[str, Computed]

    @property
    def measured(self) -> Mapping[str, MeasureValue]:
        """The values of the measures, by name."""
        return {name: found.value for name, found in self.measures.items()}

    @property
    def coverage(self) -> float:
        """The share of the indicators that the rules read of which anything is known; for display only."""
        return round(self.known / self.read, 3) if self.read else 0.0

    @property
    def deciding(self) -> tuple[str, ...]:
        """The rating rules that set the assessed rating, or the ceiling where there is none."""
        steps = [step for step in self.steps if step.target.kind == "rating"]
        lowest = max((step.target.severity for step in steps), default=0)
        return tuple(step.rule for step in steps if step.target.severity == lowest)


def watchlist_of(profiles: Iterable[ProfileAssessment]) -> bool | None:
    """Whether the country is on the watchlist by a rule of any profile; None where nothing is known of what these rules read."""
    found = tuple(profiles)
    if any(one.watchlist for one in found):
        return True
    return False if any(one.watched for one in found) else None


@frozen
class Versions:
    """Which software, rules and records gave the answer; rules, records and overrides by content digest.

    `rules_on` is the day whose rules were used (None: the latest); `overrides_digest` is empty where no override bears on it.
    """

    software: str
    rules: str
    rules_digest: str
    rules_on: date | None
    records_digest: str
    overrides_digest: str


@frozen
class Assessment:
    """The answer to `rate COUNTRY`: the published rating on a day, with all that it rests on.

    `by_rules` and `change_by_rules` are what the rules publish; they differ from `rating` and `change` only by `override`.
    `earlier_overrides` set the rating of a year before, which the years hand on. `published` has of each profile the rating and
    the change that it publishes; those of `profile` are the answer.
    """

    country: str
    as_of: date
    known_at: date | None
    rating: str | None
    previous: str | None
    change: str | None
    pressure: str | None
    by_rules: str | None
    change_by_rules: str | None
    override: Override | None
    earlier_overrides: tuple[Override, ...]
    profile: str
    profiles: Mapping[str, ProfileAssessment]
    published: Mapping[str, tuple[str | None, str | None]]
    engines: tuple[str, ...]
    remarks: tuple[str, ...]
    titles: Mapping[str, str]
    versions: Versions

    @property
    def chosen(self) -> ProfileAssessment:
        """The profile that carries the rating."""
        return self.profiles[self.profile]

    @property
    def watchlist(self) -> bool | None:
        """Whether the country is on the watchlist, by a rule of any profile; None where that is not known."""
        return watchlist_of(self.profiles.values())

    @property
    def watches(self) -> bool:
        """Whether the method has a watchlist rule."""
        return any(profile.watched is not None for profile in self.profiles.values())

    @property
    def others(self) -> tuple[ProfileAssessment, ...]:
        """The profiles that stand beside it."""
        return tuple(found for name, found in self.profiles.items() if name != self.profile)
