"""Properties as pytest's items: one for each property of each folder of rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from ratingengine.engine.opening import rules_folder
from ratingengine.errors import InvalidInput, NotFound
from ratingengine.testing.holding import Contradiction, hold
from ratingengine.testing.properties import PROPERTIES
from ratingengine.testing.subject import RulesUnderTest, folder_under_test


class RuleFolder(pytest.Collector):
    """The rules of one folder, read once."""

    rules = ""
    records: tuple[str, ...] = ()

    @cached_property
    def subject(self) -> RulesUnderTest:
        """The rules under test. Raises InvalidInput with every problem of rules and codebook."""
        return folder_under_test(self.rules, self.records)

    def collect(self) -> Iterator[PropertyItem]:
        """One item for each property."""
        for name in PROPERTIES:
            yield PropertyItem.from_parent(self, name=name)


class PropertyItem(pytest.Item):
    """One property of the rules of a folder."""

    parent: RuleFolder

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.add_marker("rate_rules")

    def runtest(self) -> None:
        """Try the property."""
        hold(self.name, self.parent.subject, self.config.getoption("rate_examples"))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """A contradiction and what is wrong with the rules by their own words, everything else as pytest shows it."""
        if isinstance(excinfo.value, Contradiction | InvalidInput):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where pytest says that the item lies."""
        return rules_folder(self.parent.rules), None, f"{self.parent.rules}: {self.name}"


def properties_of(session: pytest.Session, folders: Sequence[str], records: Sequence[str]) -> Iterator[pytest.Item]:
    """The items of all folders. Raises UsageError for a folder that is not there."""
    for place in records:
        if not Path(place).exists():
            raise pytest.UsageError(f"--rate-records: no such file or folder of records: '{place}'")
    for name in dict.fromkeys(folders):
        try:
            rules_folder(name)
        except NotFound as wrong:
            raise pytest.UsageError(f"--rate-rules: {wrong}") from None
        folder = RuleFolder.from_parent(session, name=name, nodeid=name)
        folder.rules, folder.records = name, tuple(records)
        yield from folder.collect()
