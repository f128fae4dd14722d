"""Rules and rule sets. There are no priorities and no order between rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import field, frozen

from ratingengine.errors import Place
from ratingengine.model.condition import Condition, atoms
from ratingengine.model.evidence import Citation, Source
from ratingengine.model.scale import Scale

ROUNDINGS = ("half_up", "half_down", "down", "up")
KINDS = ("measure", "finding", "level", "rating", "upgrade_gate", "watchlist")


@frozen
class Band:
    """A row of a step table, as written: from this value of the indicator on, it counts as this number."""

    start: str
    counts: str


@frozen
class MeasureInput:
    """An indicator with its weight and monotone rescaling or step table; for a count, the threshold it must reach."""

    indicator: str
    weight: str
    source_range: tuple[str, str] | None
    target_range: tuple[str, str] | None
    atom: Condition | None
    place: Place = field(eq=False)
    steps: tuple[Band, ...] = ()
    """The step table, lowest value first."""

    @property
    def ends(self) -> tuple[str, str] | None:
        """What the indicator counts at its lowest and highest value; None of a comparison."""
        return (self.steps[0].counts, self.steps[-1].counts) if self.steps else self.target_range

    @property
    def table(self) -> str:
        """The step table in words."""
        return ", ".join(f"from {step.start} counts {step.counts}" for step in self.steps)


@frozen(cache_hash=True)
class Measure:
    """A number computed from indicators: count, sum, mean, median, min, max; missing when fewer than `needs` inputs are known."""

    of: str
    inputs: tuple[MeasureInput, ...]
    needs: int
    decimals: int
    rounding: str


@frozen
class Conclusion:
    """What a rule establishes.

    `kind` as the rule's; `name` the finding or measure, `facet` its facet; `word` the ceiling (level_at_most, rating_at_most).
    """

    kind: str
    name: str = ""
    facet: str = ""
    word: str = ""

    def __str__(self) -> str:
        if self.kind == "finding":
            return f"finding {self.name}"
        if self.kind == "level":
            return f"{self.facet} at most {self.word}"
        if self.kind == "rating":
            return f"rating at most {self.word}"
        if self.kind == "upgrade_gate":
            return "gate open"
        return "watchlist on" if self.kind == "watchlist" else f"measure {self.name}"


@frozen
class Rule:
    """One rule with the reason for its threshold and its legal basis."""

    id: str
    title: str
    kind: str
    profile: str
    when: Condition | None
    measure: Measure | None
    then: Conclusion
    rationale: str
    legal_basis: tuple[Citation, ...]
    sources: tuple[Citation, ...]
    non_monotone: str
    since: date
    until: date | None
    place: Place = field(eq=False)
    then_place: Place = field(eq=False)

    @property
    def indicators(self) -> frozenset[str]:
        """The indicators the rule reads."""
        found = () if self.when is None else (atom.name for atom in atoms(self.when) if atom.subject == "indicator")
        inputs = () if self.measure is None else (entry.indicator for entry in self.measure.inputs)
        return frozenset((*found, *inputs))

    def in_force(self, day: date | None) -> bool:
        """Whether the method has this rule on that day; None means the latest method."""
        if day is None:
            return self.until is None
        return self.since <= day and (self.until is None or day < self.until)


@frozen
class RuleSet:
    """A method: its scale, its rules by id, its sources, and the digest of the files it was read from."""

    name: str
    version: str
    title: str
    scale: Scale
    rules: Mapping[str, Rule]
    sources: Mapping[str, Source]
    digest: str

    def of_profile(self, profile: str) -> tuple[Rule, ...]:
        """The rules of one profile, by id."""
        return tuple(rule for rule in self.rules.values() if rule.profile == profile)

    def periods(self, profile: str) -> tuple[tuple[date, date | None], ...]:
        """When the profile has rules in force: each first day with the day on which none is left (None: still in force)."""
        rules = self.of_profile(profile)
        found: list[tuple[date, date | None]] = []
        for day in sorted({end for rule in rules for end in (rule.since, rule.until) if end is not None}):
            ruled, open_ = any(rule.in_force(day) for rule in rules), bool(found) and found[-1][1] is None
            if ruled and not open_:
                found.append((day, None))
            elif open_ and not ruled:
                found[-1] = (found[-1][0], day)
        return tuple(found)
