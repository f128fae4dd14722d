"""The only module that knows python-calamine: sheets of a workbook as rows of texts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import IO, Any

from ratingengine.errors import InvalidInput, NotFound, Place, Problem
from ratingengine.errors.extras import to_install_extra


class Workbook:
    """The sheets of a workbook by name. Raises NotFound without python-calamine, InvalidInput where it is no workbook."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        try:
            import python_calamine
        except ImportError as missing:
            needs = "a workbook needs python-calamine, which is not installed"
            raise NotFound(f"{needs}; save the sheet as .csv, or install it with: {to_install_extra('bulk')}") from missing
        try:
            self._book = python_calamine.CalamineWorkbook.from_filelike(stream)
        except python_calamine.CalamineError as failure:
            problem = Problem("I325", f"not a workbook: {failure}", Place(name, 1, 1), hint="save it as .xlsx or as .csv")
            raise InvalidInput([problem]) from failure
        self.sheets: tuple[str, ...] = tuple(self._book.sheet_names)

    def rows(self, sheet: str) -> Iterator[list[str]]:
        """The rows of a sheet, the empty ones too."""
        for row in self._book.get_sheet_by_name(sheet).to_python(skip_empty_area=False):
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
