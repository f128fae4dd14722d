"""How much the property tests try: `dev` by default, `ci` (the same on every run) under CI or HYPOTHESIS_PROFILE=ci."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

pytest_plugins = ("golden_fixture",)

# No deadline: the slowest example depends on the machine, never on what is asked of the code.
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("dev", max_examples=50, deadline=None, suppress_health_check=SLOW)
settings.register_profile(
    "draft", max_examples=50, deadline=None, suppress_health_check=SLOW, phases=[Phase.explicit, Phase.generate]
)
settings.register_profile("ci", max_examples=60, deadline=None, suppress_health_check=SLOW, derandomize=True, database=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "dev"))

# No test in this process reads what another version of the code has kept, or writes into the user's own cache.
os.environ["RATINGENGINE_CACHE"] = "off"
