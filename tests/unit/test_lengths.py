"""Functions and files stay short enough to be read at once."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "ratingengine"
MOST_LINES, MOST_OF_A_FUNCTION, MOST_NAMES, MOST_ALIKE = 300, 40, 20, 4
FILES = sorted(path for folder in ("src", "tools", "benchmarks") for path in (ROOT / folder).rglob("*.py"))


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function but for its docstring, which is the help of a command."""
    first = node.body[0]
    said = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    docstring = (first.end_lineno or first.lineno) - first.lineno + 1 if said else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - docstring


def test_no_function_is_longer_than_forty_lines() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _lines(node) > MOST_OF_A_FUNCTION
    ]
    assert len(FILES) > 300
    assert long == []


def test_no_source_file_is_longer_than_three_hundred_lines() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in FILES}
    assert {path: lines for path, lines in lengths.items() if lines > MOST_LINES} == {}


def test_names_can_be_told_apart() -> None:
    top = [path.name for path in SOURCE.iterdir() if path.name != "__pycache__"]
    assert len(top) <= MOST_NAMES, sorted(top)
    names = Counter(path.name for path in SOURCE.rglob("*.py") if path.name != "__init__.py")
    assert {name: count for name, count in names.items() if count > MOST_ALIKE} == {}
