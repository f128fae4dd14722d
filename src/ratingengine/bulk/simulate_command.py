"""`rate simulate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from ratingengine.bulk.batch_command import method_of
from ratingengine.interface.asked import FORMATS, Usage, choice, say, write
from ratingengine.interface.exit_codes import DONE
from ratingengine.interface.options import Codebook, Entries, Format, Option, Rules, State, Tables
from ratingengine.interface.page import written
from ratingengine.interface.progress import progress


def simulate_command(
    records: Tables,
    output: Annotated[str | None, Option("--output", "-o", metavar="FILE", help="All probabilities, .csv or .parquet.")] = None,
    draws: Annotated[int, Option("--draws", metavar="N", help="Draws of every value known within bounds.")] = 10_000,
    seed: Annotated[int, Option("--seed", metavar="N", help="The same seed gives the same answer.")] = 1,
    state: State = None,
    most: Entries = 20,
    rules: Rules = None,
    codebook: Codebook = None,
    format_: Format = "text",
) -> int:
    """Give the probability of each rating under uncertain values.

    Values known within bounds are drawn between them.

    rate simulate vdem.csv -o probabilities.csv
    """
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
        simulated = simulate(tables, method.compiled, draws, seed, None if state is None else Path(state), progress("drawing"))
    except BackendAbsent as absent:
        raise Usage(str(absent)) from absent
    if place is not None:
        with place:
            place.add(simulated.frame)
    rows = simulated.frame.rows(named=True)
    content = simulation_json(rows, method.scale.words, draws, seed, simulated.drawn, max(1, most), versions(method.compiled))
    text = written(simulation_page(content), content, format_)
    if output == "-":
        say(text)  # stdout has the table
    else:
        write(text)
    return DONE
