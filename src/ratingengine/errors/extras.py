"""What the extras of this package bring, and the command that installs it beside this very copy of the program.

The libraries are named themselves: they are on an index, whereas this package may have come from a checkout or a file.
"""

from __future__ import annotations

import shlex
import sys
from importlib.util import find_spec

BULK = ("polars", "narwhals", "pyarrow", "python-calamine")
EXTRAS = {
    "durable": ("durable-rules",),
    "prove": ("z3-solver",),
    "sign": ("cryptography",),
    "bulk": BULK,
    "duckdb": (*BULK, "duckdb"),
    "spark": (*BULK, "pyspark"),
    "testing": ("hypothesis", "pytest"),
}


def to_install(*libraries: str) -> str:
    """The command that installs libraries for the Python that runs this, with pip where it has one, else with uv."""
    names, python = shlex.join(libraries), shlex.quote(sys.executable)
    return f"{python} -m pip install {names}" if find_spec("pip") else f"uv pip install --python {python} {names}"


def to_install_extra(extra: str) -> str:
    """The command that installs what an extra brings."""
    return to_install(*EXTRAS[extra])
