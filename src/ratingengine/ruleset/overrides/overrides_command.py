"""`rate overrides`: the judgements that depart from the rules, and those that the rules have made unnecessary."""

from __future__ import annotations

from collections.abc import Sequence

from ratingengine.interface.asked import FORMATS, asked_load, choice, write
from ratingengine.interface.exit_codes import DONE, FOUND
from ratingengine.ruleset.overrides.departures import STALE, departures, standings
from ratingengine.ruleset.overrides.overrides_page import written_list, written_stale


def show_overrides(rules: str | None, records: Sequence[str], format_: str) -> int:
    """Every override with what the rules publish on the days it governs."""
    choice(format_, FORMATS, "--format")
    loaded = asked_load(rules, records, "reference")
    write(written_list([(override, departures(loaded, override)) for override in loaded.overrides], format_))
    return DONE


def show_stale(rules: str | None, records: Sequence[str], format_: str) -> int:
    """Every override with its verdict; 1 when one is stale."""
    choice(format_, FORMATS, "--format")
    found = standings(asked_load(rules, records, "reference"))
    write(written_stale(found, format_))
    return FOUND if any(standing.verdict == STALE for standing in found) else DONE
