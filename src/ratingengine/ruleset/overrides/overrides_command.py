"""`rate overrides`: the judgements that depart from the rules, and those that the rules have made unnecessary."""

from __future__ import annotations

from ratingengine.interface.asked import LISTS, asked_load, choice, write
from ratingengine.interface.exit_codes import DONE, FOUND
from ratingengine.interface.options import ListFormat, Records, Rules
from ratingengine.ruleset.overrides.departures import STALE, departures, standings
from ratingengine.ruleset.overrides.overrides_page import written_list, written_stale


def overrides_list_command(rules: Rules = None, records: Records = None, format_: ListFormat = "text") -> int:
    """List every override: who, when, why, and for which days.

    With the rating that the rules give instead.

    rate overrides list
    """
    choice(format_, LISTS, "--format")
    loaded = asked_load(rules, records or (), "reference")
    write(written_list([(override, departures(loaded, override)) for override in loaded.overrides], format_))
    return DONE


def overrides_stale_command(rules: Rules = None, records: Records = None, format_: ListFormat = "text") -> int:
    """List overrides that the rules have made unnecessary.

    Exit code 1 when there is one.

    rate overrides stale
    """
    choice(format_, LISTS, "--format")
    found = standings(asked_load(rules, records or (), "reference"))
    write(written_stale(found, format_))
    return FOUND if any(standing.verdict == STALE for standing in found) else DONE
