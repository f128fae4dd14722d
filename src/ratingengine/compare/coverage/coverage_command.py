"""`rate coverage`."""

from __future__ import annotations

from typing import Annotated, Any

from attrs import asdict

from ratingengine.compare.coverage.coverage import coverage
from ratingengine.compare.standing import on_record
from ratingengine.interface.asked import LISTS, asked_country, asked_load, choice, write
from ratingengine.interface.exit_codes import DONE
from ratingengine.interface.options import Argument, ListFormat, Records, Rules, countries
from ratingengine.interface.progress import through
from ratingengine.interface.tables import Table, render

COLUMNS = (
    ("iso3", "code"),
    ("country", "country"),
    ("first", "from"),
    ("last", "to"),
    ("observations", "observations"),
    ("searches", "searches"),
    ("indicators", "indicators"),
    ("sources", "sources"),
)
NONE = "Nothing is on record. rate import makes tables from data sets (docs/importing.md); name them with --records."
MOST_NAMED = 3


def coverage_command(
    country: Annotated[
        list[str] | None, Argument(metavar="[COUNTRY…]", help="Only these countries.", autocompletion=countries)
    ] = None,
    rules: Rules = None,
    records: Records = None,
    format_: ListFormat = "text",
) -> int:
    """List countries, years and sources on record.

    Indicators: how many of those that the rules read have evidence in any year.

    rate coverage
    rate coverage kazakhstan egypt --format csv
    """
    choice(format_, LISTS, "--format")
    named = [asked_country([word]) for word in country or ()]
    loaded = asked_load(rules, records or (), "reference")
    listed = through("reading records", named or on_record(loaded))
    rows = tuple(asdict(row) for place in listed for row in coverage(loaded, (place,)))
    compiled = loaded.method.compiled
    count = f"{len(rows)} {'country' if len(rows) == 1 else 'countries'}"
    reads = f"; {compiled.name} {compiled.version} reads {rows[0]['read']} indicators" if rows else ""
    title = f"On record: {count}{reads}"
    write(render(Table(title, "ratingengine/coverage/1", COLUMNS, rows, NONE, {"sources": _sources}), format_))
    return DONE


def _sources(names: Any) -> str:
    """The first few sources, and how many more."""
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more if names else "–"
