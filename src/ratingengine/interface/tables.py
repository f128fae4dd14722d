"""Lists of ratings: history of a country, changes and watchlist over countries; as text, JSON and Markdown."""

from __future__ import annotations

import csv
import json
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import StringIO
from itertools import zip_longest
from typing import Any

from attrs import frozen

from ratingengine.errors.visible import one_line
from ratingengine.interface.json import dump
from ratingengine.interface.terminal import bold, width

COMMAND = "rate "
"""How cells begin that are commands."""


@frozen
class Table:
    """A list of answers: what it is, its columns (key and heading), and one row a line; `words` show a column in its words."""

    title: str
    schema: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[dict[str, Any], ...]
    none: str = "nothing to list"
    words: Mapping[str, Callable[[Any], str]] = {}


def render(table: Table, form: str) -> str:
    """The table in one of the forms of a list."""
    if form == "csv":
        return csv_text(table.rows, [key for key, _ in table.columns])
    return {"json": _json, "md": _markdown, "text": _text}[form](table)


def csv_text(rows: Sequence[Mapping[str, Any]], headings: Sequence[str] = ()) -> str:
    """Rows as CSV with all that JSON has: empty for none, true and false, lists with `|` between; one line a row.

    `headings` stand where there is no row.
    """
    names = list(dict.fromkeys(name for row in rows for name in row)) or list(headings)
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_csv_cell(row.get(name)) for name in names] for row in rows)
    return stream.getvalue()


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, (list, tuple)):
        return "|".join(map(_csv_cell, value))
    return one_line(str(value))


def _json(table: Table) -> str:
    return dump({"schema": table.schema, "title": table.title, "rows": list(table.rows)})


def cell(value: Any) -> str:
    """A value as text; nothing for none, a list joined."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value)) or "–"
    return str(value)


def span(ratings: Sequence[str] | None) -> str:
    """Neighbouring ratings, best first, by the first and the last of them."""
    if not ratings:
        return "–"
    return ratings[0] if len(ratings) == 1 else f"{ratings[0]} to {ratings[-1]}"


def _text(table: Table) -> str:
    if not table.rows:
        return f"{bold(table.title)}\n{table.none}\n"
    grid = [[heading for _, heading in table.columns]]
    grid += [_cells(table, row) for row in table.rows]
    return f"{bold(table.title)}\n\n" + "".join(line + "\n" for line in columns(grid, width()))


def _cells(table: Table, row: Mapping[str, Any]) -> list[str]:
    return [table.words.get(key, cell)(row.get(key)) for key, _ in table.columns]


def columns(grid: Sequence[Sequence[str]], most: int) -> list[str]:
    """Rows of cells as aligned lines, two spaces apart, the first in bold; cells fold where lines would be longer than `most`."""
    grid = [[one_line(text) for text in row] for row in grid]
    widths = _widths(grid, most - 2 * (len(grid[0]) - 1))
    lines = [line for row in grid for line in _folded(row, widths)]
    first = len(_folded(grid[0], widths))
    return [*map(bold, lines[:first]), *lines[first:]]


def _folded(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    cells = [_lines(text, width) for text, width in zip(row, widths, strict=True)]
    lines = zip_longest(*cells, fillvalue="")
    return ["  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip() for line in lines]


def _lines(text: str, width: int) -> list[str]:
    if text.startswith(COMMAND):
        return [text]
    return textwrap.wrap(text, max(1, width), break_long_words=False, break_on_hyphens=False) or [""]


def _least(text: str) -> int:
    return max(map(len, text.split()), default=0)


def _widths(grid: Sequence[Sequence[str]], most: int) -> list[int]:
    """The width of each column: that of its longest cell, and less of the widest ones, to their longest words, until they fit.

    A column of commands stands whole beside them, whatever the width.
    """
    columns_of = range(len(grid[0]))
    whole = {n for n in columns_of if any(row[n].startswith(COMMAND) for row in grid)}
    needed = [max(len(row[n]) for row in grid) for n in columns_of]
    least = [needed[n] if n in whole else max((_least(row[n]) for row in grid), default=0) for n in columns_of]
    for limit in range(min(most, max(needed, default=0)), -1, -1):
        widths = [max(short, min(wide, limit)) for short, wide in zip(least, needed, strict=True)]
        if sum(width for n, width in enumerate(widths) if n not in whole) <= most:
            return widths
    return least


def _markdown(table: Table) -> str:
    lines = [f"# {table.title}", ""]
    if not table.rows:
        return "\n".join([*lines, table.none, ""])
    lines.append("| " + " | ".join(heading for _, heading in table.columns) + " |")
    lines.append("|" + "---|" * len(table.columns))
    cells = ([one_line(text).replace("|", "\\|") for text in _cells(table, row)] for row in table.rows)
    return markdown_of([*lines, *("| " + " | ".join(row) + " |" for row in cells)])


def markdown_of(lines: Iterable[str]) -> str:
    """Lines of Markdown, in which no text of a file is taken for HTML."""
    return "\n".join(lines).replace("<", "&lt;") + "\n"
