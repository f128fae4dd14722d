"""`rate panel`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from ratingengine.compare.panel.panel import panel
from ratingengine.compare.panel.panel_table import panel_bytes, panel_table
from ratingengine.compare.standing import on_record
from ratingengine.interface.asked import LISTS, Usage, asked_known, asked_load, choice, say, write
from ratingengine.interface.exit_codes import DONE
from ratingengine.interface.options import Engine, KnownAt, ListFormat, Option, Records, Rules
from ratingengine.interface.progress import through
from ratingengine.interface.tables import render
from ratingengine.interface.written import write_file

FILES = (".csv", ".parquet")


def panel_command(
    output: Annotated[
        str | None,
        Option("--output", "-o", metavar="FILE", help="The file to write, .csv or .parquet; - prints CSV."),
    ] = None,
    known_at: KnownAt = None,
    rules: Rules = None,
    records: Records = None,
    engine: Engine = "both",
    format_: ListFormat = "text",
) -> int:
    """Rate every country-year on record.

    With the codes of COW and of Gleditsch and Ward, names, and the versions that gave each rating.

    rate panel -o panel.csv
    rate panel --records freedom-house.csv --rules freedom-house --format csv
    """
    choice(format_, LISTS, "--format")
    if output not in (None, "-") and Path(output or "").suffix.lower() not in FILES:
        raise Usage(f"--output {output}: name a file that ends in {' or '.join(FILES)}")
    known, loaded = asked_known(known_at), asked_load(rules, records or (), engine)
    rows = [row for country in through("rating countries", on_record(loaded)) for row in panel(loaded, known, (country,))]
    table = panel_table(rows, loaded, known)
    if output is None:
        write(render(table, format_))
    else:
        write_file(output, panel_bytes(table, output))
        say(f"{len(rows)} country-years written to {output}\n" if output != "-" else "")
    return DONE
