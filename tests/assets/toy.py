"""The invented method and records beside this file, and builders of small values for unit tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from attrs import evolve

from ratingengine.engine.rating import Loaded, load
from ratingengine.errors import Place
from ratingengine.model.evidence import Citation, Claim, Evidence, Observation, Search, Source
from ratingengine.model.indicator import UNBOUNDED, CategoryValue, Indicator
from ratingengine.model.override import Override
from ratingengine.world.countries import Country, by_iso3

INVENTED = Path(__file__).resolve().parent / "invented"
RULES = INVENTED / "rules"
RECORDS = INVENTED / "records"
JUDGED = Path(__file__).resolve().parent / "judged"
"""Overrides of the invented islands, apart from the records: a rating by rules is the ordinary case."""
OPTIONS = ("--rules", str(RULES), "--records", str(RECORDS))
WITH_OVERRIDES = (*OPTIONS, "--records", str(JUDGED))
TABLES = Path(__file__).resolve().parent / "tables"
RATINGS, POPULATION = str(TABLES / "ratings.csv"), str(TABLES / "population.csv")
"""Invented ratings of islands as a table, and how many live there."""
HERE = Place("invented.yaml", 1, 1)


def loaded(engine: str = "reference") -> Loaded:
    """The invented method with the invented records."""
    return load(str(RULES), [RECORDS], engine)


def judged(engine: str = "reference") -> Loaded:
    """The same with the invented overrides."""
    return load(str(RULES), [RECORDS, JUDGED], engine)


def override(name: str = "OVR-X", **changes: Any) -> Override:
    """A judgement of Bouvet Island for the year 2003."""
    base = Override(
        id=name,
        country="BVT",
        rating="closed",
        who="A. Warden",
        role="chair of the panel",
        when=date(2004, 2, 1),
        reason="Invented.",
        first=date(2003, 1, 1),
        last=date(2003, 12, 31),
        sources=(),
        place=HERE,
    )
    return evolve(base, **changes)


def island(iso3: str = "BVT") -> Country:
    """A country of the table; Bouvet Island unless another is asked for."""
    found = by_iso3(iso3)
    assert found is not None
    return found


def indicator(name: str = "assembly.banners_taken", kind: str = "count", **changes: Any) -> Indicator:
    """An indicator of a kind, by default a count of events."""
    highest = {"count": UNBOUNDED, "yes_no": 1, "category": 2}.get(kind, 100)
    words = tuple(CategoryValue(word, "Invented.") for word in ("none", "some", "many")) if kind == "category" else ()
    base = Indicator(
        id=name,
        title=name,
        question="Invented.",
        facet="peaceful_assembly",
        type=kind,
        unit="banners",
        values=words,
        lowest=0,
        highest=highest,
        decimals=0,
        worse="higher",
        time="event",
        basis="",
        aggregation="sum",
        window_months=12,
        per_million=False,
        tags=(),
        standard=(),
        place=HERE,
    )
    return evolve(base, **changes)


def observation(name: str = "X-001", low: int | None = 1, high: int | None = None, **changes: Any) -> Observation:
    """An observation of `assembly.banners_taken` on 1 May 2003, cited from `gazette para 4`."""
    base = Observation(
        id=name,
        country="BVT",
        indicator="assembly.banners_taken",
        claim=Claim("at_least", low, high, str(low)),
        begun=date(2003, 5, 1),
        begun_by=False,
        ended=date(2003, 5, 1),
        event="",
        reported=(date(2003, 5, 3), date(2003, 5, 3)),
        sources=(Citation("gazette", "para 4", HERE),),
        coder="A",
        confidence="high",
        note="",
        place=HERE,
    )
    return evolve(base, **changes)


def search(name: str = "X-S01", **changes: Any) -> Search:
    """A search of the whole of 2003 that found no banner taken."""
    base = Search(
        id=name,
        country="BVT",
        source=Citation("gazette", "para 9", HERE),
        facet="peaceful_assembly",
        begun=date(2003, 1, 1),
        ended=date(2003, 12, 31),
        indicators=("assembly.banners_taken",),
        reported=(date(2004, 1, 5), date(2004, 1, 5)),
        coder="A",
        place=HERE,
    )
    return evolve(base, **changes)


def source(
    name: str = "gazette",
    paragraphs: tuple[int, int] | None = (2, 10),
    document: str = "d" * 64,
    covers: tuple[date, date] | None = None,
) -> Source:
    """A source with an extent of paragraphs in a document."""
    issued = (date(2003, 12, 31), date(2003, 12, 31))
    return Source(name, "report", "Invented", "", "", issued, "", "", "", document, paragraphs, HERE, covers)


def evidence(entries: Sequence[Observation | Search], sources: Sequence[Source] = ()) -> Evidence:
    """A body of evidence about Bouvet Island."""
    return Evidence(
        "BVT",
        tuple(entry for entry in entries if isinstance(entry, Observation)),
        tuple(entry for entry in entries if isinstance(entry, Search)),
        {entry.id: entry for entry in sources},
        "0" * 64,
    )
