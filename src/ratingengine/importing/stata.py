"""The only module that knows pandas: a file of Stata as rows of texts."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import IO

from ratingengine.errors import InvalidInput, NotFound, Place, Problem
from ratingengine.errors.extras import to_install

PIECE = 10_000
BROKEN = (ValueError, TypeError, AttributeError, OSError, LookupError, ArithmeticError, struct.error)
"""What pandas raises of a file that is broken: tried with some thousand of them."""


def stata_rows(stream: IO[bytes], name: str) -> Iterator[list[str]]:
    """The names of the variables, then the observations: codes and not their labels. Raises NotFound where pandas is missing."""
    try:
        import pandas as pd
    except ImportError as missing:
        needs = f"'{name}' is a Stata file, and reading it needs pandas, which is not installed"
        raise NotFound(f"{needs}; export the table as .csv, or install it with: {to_install('pandas')}") from missing
    try:
        with pd.read_stata(stream, convert_categoricals=False, chunksize=PIECE) as reader:
            for number, frame in enumerate(reader):
                if not number:
                    yield [str(column) for column in frame.columns]
                for row in frame.astype("string").itertuples(index=False, name=None):
                    yield ["" if cell is pd.NA else cell for cell in row]
    except BROKEN as failure:
        problem = Problem("I325", f"a broken Stata file: {failure}", Place(name, 1, 1), hint="export it as .csv")
        raise InvalidInput([problem]) from failure
