"""Lists of ratings: history of a country, changes and watchlist over countries; as text, JSON and Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from attrs import frozen

from ratingengine.errors.visible import one_line
from ratingengine.interface.json import dump


@frozen
class Table:
    """A list of answers: what it is, its columns (key and heading), and one row a line."""

    title: str
    schema: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[dict[str, Any], ...]
    none: str = "nothing to list"


def render(table: Table, form: str) -> str:
    """The table in one of the formats."""
    return {"json": _json, "md": _markdown, "text": _text}[form](table)


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


def _text(table: Table) -> str:
    if not table.rows:
        return f"{table.title}\n{table.none}\n"
    grid = [[heading for _, heading in table.columns]]
    grid += [[cell(row.get(key)) for key, _ in table.columns] for row in table.rows]
    return f"{table.title}\n\n" + "".join(line + "\n" for line in columns(grid))


def columns(grid: Sequence[Sequence[str]]) -> list[str]:
    """Rows of cells as aligned lines, two spaces apart."""
    grid = [[one_line(text) for text in row] for row in grid]
    widths = [max(len(row[n]) for row in grid) for n in range(len(grid[0]))]
    return ["  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in grid]


def _markdown(table: Table) -> str:
    lines = [f"# {table.title}", ""]
    if not table.rows:
        return "\n".join([*lines, table.none, ""])
    lines.append("| " + " | ".join(heading for _, heading in table.columns) + " |")
    lines.append("|" + "---|" * len(table.columns))
    cells = ([one_line(cell(row.get(key))).replace("|", "\\|") for key, _ in table.columns] for row in table.rows)
    return markdown_of([*lines, *("| " + " | ".join(row) + " |" for row in cells)])


def markdown_of(lines: Iterable[str]) -> str:
    """Lines of Markdown, in which no text of a file is taken for HTML."""
    return "\n".join(lines).replace("<", "&lt;") + "\n"
