"""`rate import`: a data set of others to a table of observations."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from attrs import frozen

from ratingengine.engine.rating import codebook_folder, rules_folder
from ratingengine.errors import InvalidInput
from ratingengine.importing.command import import_file
from ratingengine.importing.coverage import ALL, Statement
from ratingengine.importing.dating import Release
from ratingengine.importing.import_page import imported_json, imported_page
from ratingengine.importing.reader import mapping_path, read_mapping
from ratingengine.interface.asked import (
    FORMATS,
    Usage,
    asked_country,
    asked_day,
    asked_days,
    asked_rules,
    asked_span,
    choice,
    write,
)
from ratingengine.interface.exit_codes import DONE, FOUND
from ratingengine.interface.options import Argument, Format, Option, Rules
from ratingengine.interface.page import written
from ratingengine.method.codebook import read_codebook
from ratingengine.model.window import FIRST_YEAR, LAST_YEAR


@frozen
class Saying:
    """What the command line says of the file, as it was written."""

    edition: str | None = None
    released: str | None = None
    covers: str | None = None
    countries: str | None = None
    first: int | None = None
    last: int | None = None


def show_import(
    name: str,
    file: str,
    output: str,
    part: str,
    rules: str | None,
    saying: Saying,
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
    set_name, _ = asked_rules(rules)
    release = _release(saying)
    codebook, _, wrong = read_codebook(codebook_folder((), None if rules is None else rules_folder(set_name)))
    if wrong:
        raise InvalidInput(wrong)
    mapping, _, wrong = read_mapping(mapping_path(name), codebook, strict=rules is None)
    if mapping is None or wrong:
        raise InvalidInput(wrong)
    if not mapping.columns:
        asked = "the codebook of the default rules" if rules is None else f"--rules {rules}: its codebook"
        raise Usage(f"{asked} has none of the indicators of {mapping.name}, {mapping.unknown[0]} …; name rules that do")
    if release.said != Statement() and not mapping.counts:
        raise Usage(f"--covers and --countries are for files of events; {mapping.name} reads a value a row; leave them out")
    imported = import_file(mapping, Path(file), codebook, release, Path(output), part)
    content = imported_json(imported, output, most)
    write(written(imported_page(content, most), content, format_))
    return FOUND if strict and _left_out(content) else DONE


def _release(saying: Saying) -> Release:
    day = None if saying.released is None else asked_day(saying.released, "--released")
    days = None if saying.covers is None else asked_days(saying.covers, "--covers")
    if day is not None and days is not None and day < days[1]:
        raise Usage(f"--covers {saying.covers} ends on {days[1]}, after the release of {day}")
    countries = None if saying.countries is None else _countries(saying.countries)
    asked_span(saying.first, saying.last)
    first = FIRST_YEAR if saying.first is None else saying.first
    last = LAST_YEAR if saying.last is None else saying.last
    return Release(saying.edition, day, first, last, Statement(days, countries))


def _countries(text: str) -> frozenset[str]:
    if text.strip() == "world":
        return frozenset({ALL})
    names = [name for name in text.split(",") if name.strip()]
    if not names:
        raise Usage("--countries is empty; write world, or codes as KAZ,KGZ")
    return frozenset(asked_country([name]).iso3 for name in names)


def _left_out(content: Mapping[str, Any]) -> bool:
    return any(content["found"][name] for name in ("refusals", "unrecognised", "duplicates"))


def import_command(
    name: Annotated[str, Argument(metavar="NAME", help="A mapping (vdem, freedom-house, …) or a mapping file of your own.")],
    file: Annotated[
        str, Argument(metavar="FILE", help="The data set as published; zip, gz, xlsx, dta and parquet are read too.")
    ],
    output: Annotated[
        str,
        Option("--output", "-o", metavar="FILE", help="The table to write: .parquet, or .csv with its sources in a second file."),
    ],
    part: Annotated[str, Option("--part", metavar="NAME", help="The sheet of a workbook, or the file of an archive.")] = "",
    rules: Rules = None,
    edition: Annotated[str | None, Option("--edition", metavar="TEXT", help="The release, for example v15.")] = None,
    released: Annotated[str | None, Option("--released", metavar="DATE", help="The day of the release.")] = None,
    covers: Annotated[
        str | None,
        Option(
            "--covers",
            metavar="FROM..TO",
            help="The days (or years) of which a file of events has every row, for example 2016..2024.",
        ),
    ] = None,
    countries: Annotated[
        str | None,
        Option(
            "--countries",
            metavar="world|CODE,…",
            help="The countries of which a file of events has every row; by default those in it.",
        ),
    ] = None,
    first: Annotated[int | None, Option("--from", metavar="YEAR", help="Leave out earlier years.")] = None,
    last: Annotated[int | None, Option("--to", metavar="YEAR", help="Leave out later years.")] = None,
    show: Annotated[int, Option("--max", "--show", metavar="N", help="Entries shown of each list.")] = 20,
    strict: Annotated[bool, Option("--strict", help="Exit code 1 when rows or values were left out.")] = False,
    format_: Format = "text",
) -> int:
    """Make a table of observations from a data set.

    The table is what --records reads. Each row of the data set is reported exactly once.

    rate import vdem V-Dem-CY-Core-v15.csv -o vdem.csv
    rate import mapping.yaml data.xlsx --part Data -o table.parquet
    """
    said = Saying(edition, released, covers, countries, first, last)
    return show_import(name, file, output, part, rules, said, show, strict, format_)
