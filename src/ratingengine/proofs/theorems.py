"""The theorems by number and name; what each says in symbols stands in docs/theorems.md."""

from __future__ import annotations

from attrs import frozen

from ratingengine.model.scale import Scale


@frozen
class Theorem:
    """A property that a rule set should have for every input.

    `free` is what it says on a scale without transition where that is something else; empty where it is the same, None where
    there is nothing to say.
    """

    number: str
    name: str
    says: str
    free: str | None = ""

    def on(self, scale: Scale) -> str | None:
        """What it says on a scale."""
        return self.says if not scale.free or self.free == "" else self.free


THEOREMS = (
    Theorem(
        "T1",
        "one-rating",
        "every input has exactly one rating, one level a facet and one published rating, whatever the order of rules",
    ),
    Theorem("T2", "reachable", "every rating, every level, every finding and every rule is reached by some evidence"),
    Theorem("T3", "no-redundancy", "without any one rule some evidence has another rating, level, gate or watchlist"),
    Theorem("T4", "monotone", "worse evidence or a worse year before never gives a better rating, and better never a worse one"),
    Theorem("T5", "removal-widens", "taking evidence away never worsens what is established and never narrows what is possible"),
    Theorem(
        "T6",
        "one-band",
        "a published rating lies at most one band from the one before",
        "the published rating is the assessed one, in every year",
    ),
    Theorem("T7", "watchlist-apart", "without the watchlist rules every rating, level and gate is the same"),
    Theorem(
        "T8",
        "fixed-point",
        "on constant evidence the published rating never turns back and rests within four periods, "
        "at the assessed rating where gates are open",
    ),
    Theorem("T9", "monotone-over-years", "worse evidence in any of the years never gives a better published rating in any year"),
    Theorem("T10", "established-is-possible", "whatever is established is possible too"),
    Theorem("T11", "silence", "where nothing is known no rule fires, and no rating is given where standing facts are required"),
    Theorem(
        "T12",
        "towards-assessed",
        "a published rating lies between the one before and the assessed one, and moves up only through an open gate",
        "a published rating lies between the one before and the assessed one, and its change is named after its move",
    ),
    Theorem(
        "T13",
        "no-upgrade-from-silence",
        "an upgrade needs an act of its own year, or a year before whose evidence excluded the rating then published",
        None,
    ),
)


def theorem(word: str) -> Theorem | None:
    """The theorem of that number or name."""
    return next((entry for entry in THEOREMS if word.lower() in (entry.number.lower(), entry.name)), None)
