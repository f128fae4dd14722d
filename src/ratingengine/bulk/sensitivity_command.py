"""`rate sensitivity`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from ratingengine.bulk.batch_command import method_of
from ratingengine.interface.asked import FORMATS, Usage, choice, write
from ratingengine.interface.exit_codes import DONE
from ratingengine.interface.options import Codebook, Entries, Format, Option, Rules, State, Tables
from ratingengine.interface.page import written
from ratingengine.interface.progress import progress


def sensitivity_command(
    records: Tables,
    share: Annotated[int, Option("--share", metavar="PER CENT", help="How far, besides one step.")] = 10,
    state: State = None,
    most: Entries = 20,
    rules: Rules = None,
    codebook: Codebook = None,
    format_: Format = "text",
) -> int:
    """Move each threshold and list the ratings that change.

    rate sensitivity vdem.csv --share 10
    """
    choice(format_, FORMATS, "--format")
    if not 1 <= share <= 100:
        raise Usage(f"--share {share}: write a per cent from 1 to 100")
    method = method_of(rules, codebook)
    from ratingengine.bulk.frames import BackendAbsent
    from ratingengine.bulk.identity import versions
    from ratingengine.bulk.sensitivity import sensitivity
    from ratingengine.bulk.uncertainty_page import sensitivity_json, sensitivity_page

    tables = [Path(path) for path in records]
    try:
        found = sensitivity(tables, method.compiled, share, None if state is None else Path(state), progress("moving thresholds"))
    except BackendAbsent as absent:
        raise Usage(str(absent)) from absent
    moves: list[dict[str, Any]] = [
        {
            "profile": move.threshold.profile,
            "subject": move.threshold.variable.name,
            "rules": list(move.threshold.rules),
            "by": move.by,
            "before": move.before,
            "after": move.after,
            "flips": [{"iso3": iso3, "year": year, "rating": old, "then": new} for iso3, year, old, new in move.flips],
        }
        for move in found.moves
    ]
    content = sensitivity_json(moves, found.rows, found.unasked, share, max(1, most), versions(method.compiled))
    write(written(sensitivity_page(content), content, format_))
    return DONE
