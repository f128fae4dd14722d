"""`rate batch`: a table of country-years rated at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from ratingengine.interface.asked import FORMATS, Usage, asked_file, asked_rules, choice, say, write
from ratingengine.interface.exit_codes import DONE
from ratingengine.interface.options import Codebook, Format, Option, Rules, Tables
from ratingengine.interface.page import written

if TYPE_CHECKING:
    from ratingengine.engine.assess import Method

UNITS = "note: a code of no country is a unit of the table, rated as it stands and without anything per million people"
ROW = re.compile(r"([^:]+):([0-9]{4})")


def method_of(rules: str | None, codebook: str | None) -> Method:
    """The method that a table is rated by, with its codebook or another."""
    from ratingengine.engine.opening import codebook_folder, load_method, rules_folder

    name, day = asked_rules(rules)
    folder = rules_folder(name)
    return load_method(
        folder, asked_file(codebook, "--codebook") if codebook is not None else codebook_folder((), folder), "reference", day
    )


def _batch(records: Sequence[Path], output: str, method: Method, how: tuple[str, bool, bool], format_: str) -> None:
    from ratingengine.bulk.batch import batch
    from ratingengine.bulk.batch_page import batch_json, batch_page
    from ratingengine.bulk.identity import versions

    backend, explain, any_unit = how
    counted = batch(records, output, method.compiled, backend, explain=explain, any_unit=any_unit)
    words = method.scale.words
    content = batch_json(counted, words, versions(method.compiled), output)
    text = written(batch_page(content), content, format_)
    if output == "-":
        say(text)  # stdout has the ratings
    else:
        write(text)


def _trace(records: Sequence[Path], method: Method, row: str, format_: str, *, any_unit: bool) -> None:
    from ratingengine.bulk.batch import trace
    from ratingengine.bulk.batch_page import trace_json, trace_page

    asked = ROW.fullmatch(row)
    if asked is None:
        raise Usage(f"--trace {row}: write ISO3:YEAR, for example --trace KAZ:2022")
    iso3, year = asked[1], int(asked[2])
    profile, links = trace(records, method, iso3, year, any_unit=any_unit)
    content = trace_json(iso3, year, profile, links, method.scale)
    write(written(trace_page(content), content, format_))


Backend = Annotated[str, Option("--backend", metavar="polars|spark", help="The program that executes the rules.")]


def batch_command(
    records: Tables,
    output: Annotated[
        str | None, Option("--output", "-o", metavar="FILE", help="The ratings: .csv or .parquet; - prints them.")
    ] = None,
    backend: Backend = "polars",
    explain: Annotated[bool, Option("--explain", help="Add a column for each rule (true or false) and each measure.")] = False,
    any_unit: Annotated[bool, Option("--any-unit", help="Also rate codes that are not in the country table.")] = False,
    trace: Annotated[str | None, Option("--trace", metavar="ISO3:YEAR", help="Show how this row is rated.")] = None,
    rules: Rules = None,
    codebook: Codebook = None,
    format_: Format = "text",
) -> int:
    """Rate tables of country-years at once.

    rate batch vdem.csv freedom-house.csv -o ratings.csv
    rate batch vdem.csv --trace KAZ:2022
    """
    choice(format_, FORMATS, "--format")
    if (output is None) == (trace is None):
        raise Usage("give -o FILE for the ratings, or --trace ISO3:YEAR for one row's trace, one of them")
    tables = [Path(path) for path in records]
    if output is not None and output != "-" and Path(output).resolve() in [path.resolve() for path in tables]:
        raise Usage("-o names a table that is read; name another file")
    from ratingengine.bulk.frames import BACKENDS, BackendAbsent

    choice(backend, BACKENDS, "--backend")
    method = method_of(rules, codebook)
    if any_unit:
        say(UNITS)
    try:
        if trace is not None:
            _trace(tables, method, trace, format_, any_unit=any_unit)
        else:
            _batch(tables, output or "", method, (backend, explain, any_unit), format_)
    except BackendAbsent as absent:
        raise Usage(str(absent)) from absent
    return DONE
