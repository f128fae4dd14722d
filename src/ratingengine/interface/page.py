"""A report as blocks, so that text and Markdown say the same; JSON carries the same values by name."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from attrs import frozen

from ratingengine.errors.visible import one_line
from ratingengine.interface.json import dump
from ratingengine.interface.tables import columns, csv_text
from ratingengine.interface.terminal import bold, width

Rows = Sequence[Mapping[str, Any]]


@frozen
class Item:
    """One point of a list, with points below it."""

    text: str
    parts: tuple[Item, ...] = ()


@frozen
class Points:
    """A list; `items` may be nested."""

    items: tuple[Item, ...]


@frozen
class Grid:
    """A table: headings, and rows of as many cells."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@frozen
class Lines:
    """Lines of text that belong together."""

    lines: tuple[str, ...]


@frozen
class Code:
    """Command lines or a file, to be copied whole."""

    lines: tuple[str, ...]


@frozen
class Heading:
    """The title of what follows."""

    text: str


@frozen
class Answer:
    """An answer: `content` is what JSON shows, `rows` what CSV and data frames show, `write` gives the text in one of LISTS."""

    content: dict[str, Any]
    write: Callable[[str], str]
    rows: Rows = ()


Block = Points | Grid | Lines | Code | Heading


@frozen
class Page:
    """A report: its title and its blocks in order."""

    title: str
    blocks: tuple[Block, ...]


def answer_of(page: Page, content: dict[str, Any], rows: Rows = ()) -> Answer:
    """A page with what JSON and CSV show of it."""
    return Answer(content, partial(written, page, content, rows=rows), rows)


def written(page: Page, content: dict[str, Any], form: str, rows: Rows = ()) -> str:
    """The report in one of LISTS; `content` is what JSON shows, `rows` what CSV does."""
    if form == "csv":
        return csv_text(rows)
    if form == "json":
        return dump(content)
    parts = _markdown(page) if form == "md" else _text(page)
    return "\n\n".join(parts) + "\n"


def _text(page: Page) -> Iterator[str]:
    yield "\n".join(map(bold, _wrapped(page.title, "", "")))
    lead = ""
    for block in page.blocks:
        if isinstance(block, Heading):
            lead += "".join(f"{bold(line)}\n" for line in _wrapped(block.text, "", ""))
            continue
        yield lead + "\n".join(_text_block(block))
        lead = ""
    if lead:
        yield lead.rstrip("\n")


def _text_block(block: Points | Grid | Lines | Code) -> Iterator[str]:
    if isinstance(block, Code):
        yield from (f"  {line}".rstrip() for line in block.lines)
    elif isinstance(block, Lines):
        for line in block.lines:
            yield from _wrapped(line, "", "")
    elif isinstance(block, Grid):
        yield from (f"  {line}".rstrip() for line in columns((block.headings, *block.rows), width() - 2))
    else:
        yield from _indented(block.items, 1)


def _indented(items: tuple[Item, ...], depth: int) -> Iterator[str]:
    for item in items:
        lead = "  " * depth
        yield from _wrapped(item.text, lead, lead + "    ")
        yield from _indented(item.parts, depth + 1)


def _wrapped(text: str, first: str, others: str) -> list[str]:
    return textwrap.wrap(
        text, width(), initial_indent=first, subsequent_indent=others, break_long_words=False, break_on_hyphens=False
    ) or [first]


def _markdown(page: Page) -> Iterator[str]:
    yield f"# {_escaped(page.title)}"
    for block in page.blocks:
        if isinstance(block, Heading):
            yield f"## {_escaped(block.text)}"
        elif isinstance(block, Lines):
            yield "  \n".join(map(_escaped, block.lines))
        elif isinstance(block, Code):
            yield fenced("\n".join(block.lines))
        elif isinstance(block, Grid):
            yield "\n".join(_table(block))
        else:
            yield "\n".join(_bulleted(block.items, 0))


def fenced(text: str) -> str:
    """Text to be shown as it is, in a fence that nothing in it closes."""
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence}\n{text}\n{fence}"


def _table(grid: Grid) -> Iterator[str]:
    yield _row(grid.headings)
    yield "|" + "---|" * len(grid.headings)
    yield from map(_row, grid.rows)


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(_escaped(cell) for cell in cells) + " |"


def _bulleted(items: tuple[Item, ...], depth: int) -> Iterator[str]:
    for item in items:
        yield f"{'  ' * depth}- {_escaped(item.text)}"
        yield from _bulleted(item.parts, depth + 1)


def _escaped(text: str) -> str:
    """Names of indicators and rules have underscores and stars that are no emphasis."""
    return one_line(text).replace("\\", "\\\\").replace("*", "\\*").replace("_", "\\_").replace("<", "&lt;").replace("|", "\\|")
