"""The ordered scale of ratings, the facets, and what must be known before a rating is given."""

from __future__ import annotations

from attrs import frozen

from ratingengine.errors import Place

ONE_BAND, FREE = "one_band", "none"
"""How a published rating moves: one band a year and upward through a gate, or with nothing between it and the assessed one."""
TRANSITIONS = (ONE_BAND, FREE)


@frozen
class Rating:
    """A word of the scale and what it means."""

    id: str
    meaning: str


@frozen
class Facet:
    """A freedom, or the state's duty to protect across the freedoms."""

    id: str
    title: str


@frozen
class RequiredGroup:
    """At least one of these standing facts must be known, or no rating of the profile is given."""

    profile: str
    facet: str
    any_of: tuple[str, ...]
    rationale: str
    place: Place


@frozen
class Scale:
    """Ratings best first. `severity` counts from 0 (best), so worse is always higher."""

    ratings: tuple[Rating, ...]
    facets: tuple[Facet, ...]
    profiles: tuple[str, ...]
    required: tuple[RequiredGroup, ...]
    transition: str = ONE_BAND

    @property
    def free(self) -> bool:
        """Whether the published rating is the assessed one, whatever was published the year before."""
        return self.transition == FREE

    @property
    def words(self) -> tuple[str, ...]:
        """The rating words, best first."""
        return tuple(rating.id for rating in self.ratings)

    @property
    def facet_ids(self) -> tuple[str, ...]:
        """The facets in the order of the scale file."""
        return tuple(facet.id for facet in self.facets)

    @property
    def worst(self) -> int:
        """The severity of the worst rating."""
        return len(self.ratings) - 1

    def severity(self, word: str) -> int:
        """0 for the best rating; ValueError for a word that is not on the scale."""
        return self.words.index(word)

    def word(self, severity: int) -> str:
        """The rating word of a severity."""
        return self.words[severity]

    def between(self, best: int, worst: int) -> tuple[str, ...]:
        """The words from one severity to another, best first."""
        return self.words[best : worst + 1]
