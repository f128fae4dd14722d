"""`rate import`: a data set of others to a table of observations."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ratingengine.cli import DONE, FOUND
from ratingengine.cli.asked import FORMATS, Usage, asked_day, asked_rules, asked_span, choice, write
from ratingengine.codebook import read_codebook
from ratingengine.errors import InvalidInput
from ratingengine.importing.cells import FIRST_YEAR, LAST_YEAR
from ratingengine.importing.command import import_file
from ratingengine.importing.reader import mapping_path, read_mapping
from ratingengine.importing.run import Release
from ratingengine.rating import codebook_folder, rules_folder
from ratingengine.reports.importing import imported_json, imported_page
from ratingengine.reports.page import written


def show_import(
    name: str,
    file: str,
    output: str,
    rules: str | None,
    edition: str | None,
    released: str | None,
    years: tuple[int | None, int | None],
    most: int,
    strict: bool,
    format_: str,
) -> int:
    """Write the table and tell what became of each row; with `strict`, 1 where anything was refused or not recognised."""
    choice(format_, FORMATS, "--format")
    if not output.strip():
        raise Usage("-o is empty; name a file that ends in .parquet or .csv")
    if Path(output).resolve() in (Path(file).resolve(), Path(name).resolve()):
        raise Usage(f"-o {output} is a file that is read; name another one")
    if most < 0:
        raise Usage(f"--show {most}: write 0 or more")
    day = None if released is None else asked_day(released, "--released")
    set_name, _ = asked_rules(rules)
    release = Release(edition, day, *_wanted(*years))
    codebook, _, wrong = read_codebook(codebook_folder((), None if rules is None else rules_folder(set_name)))
    if wrong:
        raise InvalidInput(wrong)
    mapping, _, wrong = read_mapping(mapping_path(name), codebook, strict=rules is None)
    if mapping is None or wrong:
        raise InvalidInput(wrong)
    if not mapping.columns:
        raise Usage(f"--rules {rules}: its codebook has none of the indicators of {mapping.name}")
    imported = import_file(mapping, Path(file), codebook, release, Path(output))
    content = imported_json(imported, output, most)
    write(written(imported_page(content, most), content, format_))
    return FOUND if strict and _left_out(content) else DONE


def _wanted(first: int | None, last: int | None) -> tuple[int, int]:
    asked_span(first, last)
    return FIRST_YEAR if first is None else first, LAST_YEAR if last is None else last


def _left_out(content: Mapping[str, Any]) -> bool:
    return any(content["found"][name] for name in ("refusals", "unrecognised", "duplicates"))
