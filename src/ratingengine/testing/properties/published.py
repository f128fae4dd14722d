"""From assessed to published: one band a change and upwards only through an open gate, or at once; a watchlist without weight."""

from __future__ import annotations

from itertools import pairwise

from ratingengine.engine.chain import Link
from ratingengine.testing.cases import Case, over_years, single
from ratingengine.testing.properties.form import Property
from ratingengine.testing.subject import RulesUnderTest, without_kind
from ratingengine.testing.told import in_words


def _one_band(subject: RulesUnderTest, case: Case) -> str | None:
    method = subject.method
    for profile in method.programs:
        links = subject.links(case.first, profile)
        if method.scale.free:
            if found := next((link for link in links if _held_back(subject, link)), None):
                return f"{in_words(found, method)}: on a scale without transition it is not the assessed rating"
            continue
        for before, after in pairwise(links):
            first, second = before.published.rating, after.published.rating
            if first is None or second is None:
                continue
            if abs(first - second) > 1:
                return f"{in_words(before, method)};\n{in_words(after, method)}: more than one band"
            if second < first and not after.assessment.gate:
                return f"{in_words(before, method)};\n{in_words(after, method)}: better, but no gate is open"
    return None


def _held_back(subject: RulesUnderTest, link: Link) -> bool:
    assessed = link.assessment.assessed
    return link.published.rating != (None if assessed is None else subject.method.scale.severity(assessed))


def _watchlist(subject: RulesUnderTest, case: Case) -> str | None:
    other = subject.other(without_kind(subject.rules, "watchlist"), ("without watchlist",))
    for profile in subject.method.programs:
        pairs = zip(subject.links(case.first, profile), subject.links(case.first, profile, other), strict=True)
        for with_it, without in pairs:
            first, second = with_it.assessment, without.assessment
            same = with_it.published == without.published and first.possible == second.possible
            levels = [[(facet.facet, facet.ceiling, facet.worst) for facet in one.facets] for one in (first, second)]
            if not (same and levels[0] == levels[1] and (first.ceiling, first.status) == (second.ceiling, second.status)):
                method = subject.method
                return f"{in_words(with_it, method)};\nbut without the watchlist: {in_words(without, method)}"
    return None


one_band = Property(
    "one_band",
    "A rating changes by at most one band, and upwards only through an open gate; without transition it is the assessed one.",
    over_years,
    _one_band,
)
watchlist = Property("watchlist", "The watchlist changes no rating.", single, _watchlist)
