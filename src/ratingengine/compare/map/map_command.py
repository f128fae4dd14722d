"""`rate map`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from ratingengine.compare.origin import PICTURES, Asked, opened, standing_on
from ratingengine.errors.visible import visible
from ratingengine.interface.asked import (
    Usage,
    as_of_day,
    write,
)
from ratingengine.interface.exit_codes import DONE
from ratingengine.interface.options import Engine, Format, KnownAt, Log, On, Option, Ratings, Records, Rules, Year
from ratingengine.interface.page import written
from ratingengine.interface.words import clocks
from ratingengine.interface.written import write_file


def map_command(
    output: Annotated[str, Option("--output", "-o", metavar="FILE.svg|FILE.html", help="The file to draw; - prints the SVG.")],
    year: Year = None,
    on: On = None,
    known_at: KnownAt = None,
    rules: Rules = None,
    records: Records = None,
    engine: Engine = "both",
    ratings: Ratings = None,
    format_: Format = "text",
    log: Log = None,
) -> int:
    """Draw a world map of the ratings.

    Prints the same as text.

    rate map --year 2019 -o map.svg
    """
    asked = Asked(known_at, rules, records or (), engine, ratings, format_, log)
    from ratingengine.compare.map.map_page import document, drawing, map_json, map_page

    kind = "svg" if output == "-" else PICTURES.get(Path(output).suffix.lower())
    if kind is None:
        raise Usage(f"-o {output}: name a file ending in .svg or .html, or - for an SVG on stdout")
    as_of = as_of_day(year, on)
    origin = opened(asked, (as_of.year, as_of.year))
    words = origin.method.scale.words
    standings = standing_on(origin, as_of, asked)
    content = map_json(standings, words, f"Ratings, {clocks(as_of)}{origin.clocked}", origin.words)
    write_file(output, visible((drawing if kind == "svg" else document)(content, standings, words)).encode())
    if output != "-":
        write(written(map_page(content, Path(output).name), {**content, "written_to": Path(output).name}, asked.format_))
    return DONE
