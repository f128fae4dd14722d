"""The fixture `golden` compares a text with a kept file; `pytest --golden-update` writes the file anew.

Write it anew when an answer is meant to change, and read the difference before it is committed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Golden = Callable[[str, Path], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden-update", action="store_true", help="write the kept answers anew instead of comparing with them")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    update: bool = request.config.getoption("--golden-update")

    def compare(text: str, path: Path) -> None:
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            return
        assert path.exists(), f"{path.name} is not there: run pytest --golden-update"
        assert text == path.read_text(encoding="utf-8"), f"{path.name} differs: if that is meant, run pytest --golden-update"

    return compare
