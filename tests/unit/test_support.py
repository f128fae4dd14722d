"""What tests share lies in tests/support, and no test is imported by another."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def test_no_test_is_imported_by_another() -> None:
    tests = {path.stem for path in TESTS.rglob("test_*.py")}
    borrowed = {
        f"{path.relative_to(TESTS)}: {name}"
        for path in TESTS.rglob("*.py")
        for name in imported(path)
        if name.split(".")[-1] in tests and not name.startswith("ratingengine.")
    }
    assert len(tests) > 200
    assert borrowed == set()


def test_nothing_but_the_settings_lies_beside_the_folders() -> None:
    assert [path.name for path in TESTS.glob("*.py")] == ["conftest.py"]
