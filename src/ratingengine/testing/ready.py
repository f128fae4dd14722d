"""The properties as a test class, for a test file of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import ClassVar

from ratingengine.testing.holding import hold
from ratingengine.testing.rules import Folder
from ratingengine.testing.subject import RulesUnderTest, folder_under_test


@cache
def _opened(rules: str, records: tuple[str, ...]) -> RulesUnderTest:
    return folder_under_test(rules, records)


class RuleProperties:
    """Every property of a rule set as a test; a subclass whose name begins with `Test` says which rules.

        class TestMine(RuleProperties):
            rules = "mine"
            records = ("my-records",)

    `rules` is a folder or a shipped name, `records` folders of which the first with a codebook gives it (none: the shipped one),
    `examples` how many cases each property is tried on (None: as the Hypothesis profile says). A class that overrides `subject`
    may try rules that lie in no folder.
    """

    rules: ClassVar[Folder] = "civic-space"
    records: ClassVar[Sequence[Folder]] = ()
    examples: ClassVar[int | None] = None

    def subject(self) -> RulesUnderTest:
        """The rules under test. Raises NotFound or InvalidInput."""
        return _opened(str(self.rules), tuple(map(str, self.records)))

    def holds(self, name: str) -> None:
        """Try the property of that name."""
        hold(name, self.subject(), self.examples)

    def test_engine_agreement(self) -> None:
        """Every engine does what the rule language says, step by step."""
        self.holds("engine_agreement")

    def test_order_of_rules(self) -> None:
        """The order of rules has no meaning."""
        self.holds("order_of_rules")

    def test_order_of_records(self) -> None:
        """The order of records and of record files has no meaning."""
        self.holds("order_of_records")

    def test_totality(self) -> None:
        """Every country-year has one answer."""
        self.holds("totality")

    def test_idempotence(self) -> None:
        """The same question has the same answer."""
        self.holds("idempotence")

    def test_monotonicity(self) -> None:
        """Worse evidence never gives a better rating."""
        self.holds("monotonicity")

    def test_prior_monotonicity(self) -> None:
        """A worse rating of the year before never gives a better rating."""
        self.holds("prior_monotonicity")

    def test_missing(self) -> None:
        """Removing evidence only widens what is possible."""
        self.holds("missing")

    def test_trace_soundness(self) -> None:
        """What each step of a trace rests on holds, and suffices for its rule."""
        self.holds("trace_soundness")

    def test_trace_completeness(self) -> None:
        """Replaying a trace gives the same rating."""
        self.holds("trace_completeness")

    def test_watchlist(self) -> None:
        """The watchlist changes no rating."""
        self.holds("watchlist")

    def test_one_band(self) -> None:
        """A rating changes by at most one band, upwards only through an open gate; without transition it is the assessed one."""
        self.holds("one_band")
