"""`rate simulate` and `rate sensitivity`: how far ratings hang on values and on thresholds that might be others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ratingengine.bulk.batch_command import method_of
from ratingengine.interface.asked import FORMATS, Usage, choice, say, write
from ratingengine.interface.exit_codes import DONE
from ratingengine.interface.page import written
from ratingengine.interface.progress import progress


def show_simulate(
    records: Sequence[str],
    output: str | None,
    draws: int,
    seed: int,
    state: str | None,
    most: int,
    rules: str | None,
    codebook: str | None,
    format_: str,
) -> int:
    """Rating probabilities; the whole table into `output`, the least certain country-years as the answer."""
    choice(format_, FORMATS, "--format")
    if draws < 1:
        raise Usage(f"--draws {draws}: write 1 or more")
    method = method_of(rules, codebook)
    from ratingengine.bulk.frames import BackendAbsent
    from ratingengine.bulk.identity import versions
    from ratingengine.bulk.output import Output
    from ratingengine.bulk.simulating import simulate
    from ratingengine.bulk.uncertainty_page import simulation_json, simulation_page

    place = None if output is None else Output(output)
    tables = [Path(path) for path in records]
    try:
        found = simulate(tables, method.compiled, draws, seed, None if state is None else Path(state), progress("drawing"))
    except BackendAbsent as absent:
        raise Usage(str(absent)) from absent
    if place is not None:
        with place:
            place.add(found.frame)
    rows = found.frame.rows(named=True)
    content = simulation_json(rows, method.scale.words, draws, seed, found.drawn, max(1, most), versions(method.compiled))
    text = written(simulation_page(content), content, format_)
    if output == "-":
        say(text)  # stdout has the table
    else:
        write(text)
    return DONE


def show_sensitivity(
    records: Sequence[str], share: int, state: str | None, most: int, rules: str | None, codebook: str | None, format_: str
) -> int:
    """The thresholds whose move changes ratings."""
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
