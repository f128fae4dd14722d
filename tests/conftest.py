"""How much the property tests try: `dev` where pytest is run by hand, `quick` by make test, `deep` by make test-all.

Under `quick` and `deep` all draws are the same on every run, so that what fails fails again. `mutation` (make mutation) tries a
few and shrinks nothing: it is run hundreds of times.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, settings

pytest_plugins = ("support.golden_fixture", "pytester")

# No deadline: the slowest example depends on the machine, never on what is asked of the code.
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("dev", max_examples=50, deadline=None, suppress_health_check=SLOW)
settings.register_profile(
    "draft", max_examples=50, deadline=None, suppress_health_check=SLOW, phases=[Phase.explicit, Phase.generate]
)
for name, examples in (("quick", 8), ("deep", 20)):
    settings.register_profile(
        name, max_examples=examples, deadline=None, suppress_health_check=SLOW, derandomize=True, database=None
    )
settings.register_profile(
    "mutation",
    max_examples=10,
    deadline=None,
    suppress_health_check=SLOW,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
)
PROFILE = os.environ.get("HYPOTHESIS_PROFILE") or ("deep" if os.environ.get("CI") else "dev")
settings.load_profile(PROFILE)

# No test in this process reads what another version of the code has kept, or writes into the user's own cache.
os.environ["RATINGENGINE_CACHE"] = "off"
# Text has the width that it has in a pipe, whatever terminal the tests are started from.
os.environ.pop("COLUMNS", None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Unit tests are marked: coverage is taken of them alone. Under `mutation` those that notice soonest come first."""
    for item in items:
        if "unit" in item.path.parts:
            item.add_marker("unit")
    if PROFILE == "mutation":
        items.sort(key=lambda item: "unit" not in item.path.parts)
