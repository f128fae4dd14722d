"""Each view of a year held to the answer of its day."""

from __future__ import annotations

from assets.toy import island

from ratingengine.engine.rating import Loaded, rate
from ratingengine.explain.history.revisions import Revisions, View, report_days
from ratingengine.model.assessment import Assessment
from ratingengine.model.evidence import Evidence


def held(found: Assessment) -> tuple[object, ...]:
    chosen = found.chosen
    return found.rating, chosen.assessed, chosen.status, chosen.possible, found.watchlist


def said(view: View) -> tuple[object, ...]:
    return view.rating, view.assessed, view.status, view.possible, view.watchlist


def agree(found: Revisions, loaded: Loaded, evidence: Evidence) -> None:
    """Each day's answer, asked for one by one, is the latest view of it."""
    country = island(evidence.country)
    for year in found.years:
        views = {view.known_at: view for view in year.views}
        days = (year.as_of, *(day for day in report_days(evidence) if day > year.as_of))
        assert set(views) <= set(days)
        latest = year.views[0]
        assert latest.known_at == year.as_of
        for day in days:
            latest = views.get(day, latest)
            assert held(rate(loaded, country, year.as_of, day, evidence=evidence)) == said(latest), (year.as_of, day)
