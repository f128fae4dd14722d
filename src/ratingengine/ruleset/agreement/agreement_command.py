"""`rate agreement`."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

from ratingengine.errors import NotFound
from ratingengine.files.shipped import shipped
from ratingengine.interface.asked import choice, write
from ratingengine.interface.exit_codes import DONE
from ratingengine.interface.json import dump
from ratingengine.interface.options import Argument, Option
from ratingengine.ruleset.agreement.agreement import Agreement
from ratingengine.ruleset.agreement.codings import Comparison, compare_codings


def agreement_command(
    first: Annotated[str | None, Argument(metavar="[DIR]", help="The first coding. [default: the shipped records]")] = None,
    second: Annotated[
        str | None, Argument(metavar="[DIR]", help="The second coding. [default: the folder `recoded` in the first]")
    ] = None,
    format_: Annotated[str, Option("--format", metavar="text|json", help="Form of the answer.")] = "text",
) -> int:
    """Measure how far two independent codings agree.

    By Krippendorff's alpha.

    rate agreement
    rate agreement first second
    """
    choice(format_, ("text", "json"), "--format")
    one = Path(first) if first else shipped("indicators")
    other = Path(second) if second else one / "recoded"
    for folder in (one, other):
        if not folder.is_dir():
            raise NotFound(f"no such folder of records: '{folder}'")
    compared = compare_codings(one, other)
    write(dump(_content(compared)) if format_ == "json" else _page(compared))
    return DONE


def _rows(agreement: Agreement) -> tuple[tuple[str, int, Fraction | None], ...]:
    """What the two were compared in, over how many country-year-indicators, and alpha; None where it is not defined."""
    return (
        ("coded at all (nominal)", agreement.cells, agreement.coded),
        ("same word (nominal)", agreement.words_cells, agreement.words),
        ("same count (ratio)", agreement.counts_cells, agreement.counts),
    )


def _content(compared: Comparison) -> dict[str, Any]:
    agreement = compared.found
    return {
        "schema": "ratingengine/agreement/1",
        "country_years": compared.country_years,
        "alpha": [{"of": name, "cells": cells, "alpha": _alpha(value)} for name, cells, value in _rows(agreement)],
        "coded_by_both": agreement.both,
        "equal": agreement.equal,
        "only_first": agreement.only_first,
        "only_second": agreement.only_second,
        "ratings_differing": [
            {"iso3": d.country.iso3, "year": d.year, "first": d.first, "second": d.second} for d in compared.differing
        ],
    }


def _page(compared: Comparison) -> str:
    found = compared.found
    lines = [f"Two codings of {compared.country_years} country-years, Krippendorff's alpha", ""]
    lines += [f"{name:<26}{_shown(value):>8}   over {cells} country-year-indicators" for name, cells, value in _rows(found)]
    lines += [
        "",
        f"coded by both {found.both} (established value equal in {found.equal}), only by the first {found.only_first}, ",
    ]
    lines[-1] += f"only by the second {found.only_second}"
    lines.append(f"ratings that differ: {len(compared.differing)} of {compared.country_years}")
    lines += [f"  {d.country.iso3} {d.year}: {d.first or 'none'} / {d.second or 'none'}" for d in compared.differing]
    return "\n".join(lines) + "\n"


def _alpha(value: Fraction | None) -> float | None:
    return None if value is None else round(float(value), 3)


def _shown(value: Fraction | None) -> str:
    return "–" if value is None else f"{float(value):.3f}"
