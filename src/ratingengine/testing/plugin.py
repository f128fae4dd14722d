"""The pytest plugin: `pytest --rate-rules DIR` tries every property on the rules of a folder.

pytest loads it at every start in an environment that has ratingengine, so it imports nothing of it before the option is given.
"""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of the plugin."""
    group = parser.getgroup("ratingengine", "properties of rule sets (ratingengine)")
    group.addoption(
        "--rate-rules",
        action="append",
        default=[],
        metavar="DIR",
        help="try every property on the rules of this folder; repeatable",
    )
    group.addoption(
        "--rate-records", action="append", default=[], metavar="DIR", help="records whose codebook the rules read; repeatable"
    )
    group.addoption(
        "--rate-examples",
        type=int,
        default=None,
        metavar="N",
        help="cases for each property, in place of the Hypothesis profile's",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Names the marker that the properties bear."""
    config.addinivalue_line("markers", "rate_rules: a property of a rule set, from --rate-rules")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    """Adds the properties of every folder to what was collected, before -k and -m choose among them."""
    if config.getoption("rate_rules"):
        from ratingengine.testing.collecting import properties_of

        items.extend(properties_of(session, config.getoption("rate_rules"), config.getoption("rate_records")))
