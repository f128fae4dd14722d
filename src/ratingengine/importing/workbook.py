"""The only module that knows python-calamine: a sheet of a workbook as rows of texts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ratingengine.errors import InvalidInput, NotFound, Place, Problem
from ratingengine.reading.files import shown_path


def sheet_rows(path: Path, starts: tuple[str, ...]) -> Iterator[list[str]]:
    """The rows of the first sheet whose name starts with one of the texts, or of the first one where none are given."""
    try:
        import python_calamine
    except ImportError as missing:
        needs = "a workbook needs python-calamine, which is not installed"
        raise NotFound(f"{needs}; install the extra: pip install 'ratingengine[bulk]', or save the sheet as .csv") from missing
    place = Place(shown_path(path), 1, 1)
    try:
        book = python_calamine.CalamineWorkbook.from_path(path)
    except python_calamine.CalamineError as failure:
        problem = Problem("I325", f"not a workbook: {failure}", place, hint="save it as .xlsx or as .csv")
        raise InvalidInput([problem]) from failure
    names = [name for start in starts for name in book.sheet_names if name.startswith(start)] if starts else book.sheet_names
    if not names:
        message = f"no sheet begins with {' or '.join(starts)}; there are: {', '.join(book.sheet_names)}"
        raise InvalidInput([Problem("I325", message, place, hint="name the sheet in the mapping, file: sheets:")])
    for row in book.get_sheet_by_name(names[0]).to_python(skip_empty_area=False):
        yield [_text(cell) for cell in row]


def _text(cell: Any) -> str:
    """A cell as it would stand in a text file: whole numbers without decimals, days in ISO form."""
    if isinstance(cell, float):
        return str(int(cell)) if cell == int(cell) else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)
