"""Reads a mapping and holds it against the codebook and the country table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from ratingengine.errors import NotFound, Problem
from ratingengine.files.bounded import read_bytes
from ratingengine.files.collect import Collector, Fields, Located
from ratingengine.files.declared import read_file
from ratingengine.files.nodes import Document, near
from ratingengine.files.shipped import shipped, yaml_below
from ratingengine.importing.checks import check_mapping, covered_day, known
from ratingengine.importing.mapping import (
    AtLeast,
    Break,
    Column,
    CountryColumn,
    Covers,
    DataSet,
    Form,
    Mapping,
    OneAYear,
    Order,
    Reported,
    Test,
    Unit,
    When,
    Wide,
)
from ratingengine.importing.shape import FILE
from ratingengine.model.indicator import Codebook
from ratingengine.model.terms import NO_VALUE

SCHEMA = b"ratingengine/import/"
UNDATED = (date.min, date.min)
ISO = ("%Y-%m-%d",)
ALWAYS_MISSING = frozenset({"", "NA", "NaN", "nan"})
KINDS = (("columns", "value"), ("rows", "count"), ("sum", "sum"))


def mapping_path(name: str) -> Path:
    """A mapping by its name below the shipped `imports/`, or by its file; raises NotFound with what there is."""
    if Path(name).is_file():
        return Path(name)
    found = {path.stem: path for path in yaml_below(shipped("imports"))}
    if name in found:
        return found[name]
    hint = near(name, list(found))
    raise NotFound(f"no mapping '{name}': neither a file nor one of {', '.join(found)}{'; ' + hint if hint else ''}")


def mappings_in(folder: Path) -> tuple[Path, ...]:
    """The mappings of a folder: its files, where at least one says that it is one."""
    paths = tuple(path for path in yaml_below(folder) if path.parent == folder)
    return paths if any(SCHEMA in (read_bytes(path, str(path))[0] or b"") for path in paths) else ()


def indicators_of(paths: Iterable[Path], codebook: Codebook) -> frozenset[str]:
    """The indicators that sound mappings fill."""
    found = (read_mapping(path, codebook, strict=False)[0] for path in paths)
    return frozenset(column.indicator for mapping in found if mapping is not None for column in mapping.columns)


def read_mapping(path: Path, codebook: Codebook, *, strict: bool = True) -> tuple[Mapping | None, Document, tuple[Problem, ...]]:
    """One mapping; it is None where problems stand in the way of using it.

    An indicator that the codebook lacks is a problem where `strict`; else its columns are left out, and `unknown` names it.
    """

    def convert(fields: Fields, collector: Collector) -> Mapping | None:
        return _mapping(fields, codebook, collector, strict=strict)

    found, document, problems = read_file(path, FILE, convert)
    return None if problems else found, document, problems


def _mapping(fields: Fields, codebook: Codebook, collector: Collector, *, strict: bool) -> Mapping | None:
    columns = tuple(_column(entry.value) for entry in fields.get("indicators", ()) if "indicator" in entry.value)
    check_mapping(fields, codebook, collector, strict=strict)
    if any(key not in fields for key in ("name", "source", "time", "country")):
        return None
    file, bands, covers, breaks, least = (fields.get(key) for key in ("file", "bands", "covers", "breaks", "at_least"))
    order, yearly = (fields.get(key) for key in ("order", "one_a_year"))
    return Mapping(
        name=fields.get("name"),
        data=_data_set(fields, fields.get("source")),
        forms=_forms(file),
        encoding=_part(file, "encoding", ""),
        sheets=_texts(_part(file, "sheets", ())),
        wide=_wide(_part(file, "wide", None)),
        country=tuple(_country(entry.value) for entry in fields.get("country")),
        units=tuple(_unit(entry.value) for entry in fields.get("units", ())),
        when=_when(fields.get("time")),
        reported=_reported(fields.get("reported")),
        edition=_texts(fields.get("edition", ())),
        missing=ALWAYS_MISSING | frozenset(_texts(fields.get("missing", ()))),
        only=_tests(fields.get("only", ())),
        weight=_texts(fields.get("weight", ())),
        at_least=None if least is None else AtLeast(_texts(least.get("columns", ())), least.get("why", "")),
        bands=None if bands is None else (bands.get("low", ""), bands.get("high", "")),
        covers=None if covers is None else _covers(covers),
        breaks=tuple(Break(int(one.value.get("from", 0)), one.value.get("what", "")) for one in breaks or ()),
        order=None if order is None else Order(_texts(order.get("columns", ())), order.get("indicator", "")),
        one_a_year=None if yearly is None else OneAYear(_texts(yearly.get("columns", ())), yearly.get("why", "")),
        columns=known(columns, codebook),
        unknown=tuple(column.indicator for column in columns if column.indicator not in codebook),
        place=fields.place_of("name"),
    )


def _part(fields: Fields | None, key: str, default: Any) -> Any:
    return default if fields is None else fields.get(key, default)


def _forms(file: Fields | None) -> tuple[Form, ...]:
    others = (one.value for one in _part(file, "or", ()))
    return tuple(Form(_part(one, "separator", ",").replace("tab", "\t"), _part(one, "decimal", ".")) for one in (file, *others))


def _texts(found: Iterable[Located[str]]) -> tuple[str, ...]:
    return tuple(text.value for text in found)


def _data_set(fields: Fields, source: Fields) -> DataSet:
    return DataSet(
        id=source.get("id", ""),
        type=source.get("type", ""),
        title=source.get("title", ""),
        author=source.get("author", ""),
        publisher=source.get("publisher", ""),
        issued=source.get("issued", UNDATED),
        url=source.get("URL", ""),
        version=fields.get("version", ""),
        licence=fields.get("licence", ""),
        caution=fields.get("caution", ""),
    )


def _wide(fields: Fields | None) -> Wide | None:
    if fields is None:
        return None
    renamed = {one.value.get("written", ""): one.value.get("means", "") for one in fields.get("renamed", ())}
    headings, edition, year, names = (int(fields.get(key, 0)) for key in ("headings", "edition", "year", "names"))
    return Wide(headings, edition, year, names, fields.get("country", ""), renamed)


def _country(fields: Fields) -> CountryColumn:
    return CountryColumn(_texts(fields.get("columns", ())), fields.get("by", ""), fields.get("separator", ""))


def _unit(fields: Fields) -> Unit:
    written, code, apart = (fields.get(key, "") for key in ("written", "is", "apart"))
    return Unit(written, code, apart, _texts(fields.get("of", ())), *_years(fields))


def _years(fields: Fields) -> tuple[int | None, int | None]:
    ends: list[Decimal | None] = [fields.get("from"), fields.get("to")]
    first, last = (None if end is None else int(end) for end in ends)
    return first, last


def _test(fields: Fields) -> Test:
    columns, begins = (_texts(fields.get(key, ())) for key in ("columns", "begins"))
    texts, unclear = (frozenset(_texts(fields.get(key, ()))) for key in ("is", "unclear"))
    return Test(columns, texts, begins, unclear | ALWAYS_MISSING if unclear else unclear)


def _tests(found: Iterable[Located[Fields]]) -> tuple[Test, ...]:
    return tuple(_test(one.value) for one in found)


def _when(fields: Fields) -> When:
    going_on: Fields | None = fields.get("open")
    return When(
        year=_texts(fields.get("year", ())),
        shift=int(fields.get("shift", 0)),
        first=_texts(fields.get("from", ())),
        last=_texts(fields.get("to", ())),
        forms=_texts(fields.get("forms", ())) or ISO,
        open=None if going_on is None else _test(going_on),
    )


def _reported(fields: Fields | None) -> Reported:
    if fields is None:
        return Reported((), None)
    years: Decimal | None = fields.get("years_after")
    return Reported(_texts(fields.get("in", ())), None if years is None else int(years))


def _covers(fields: Fields) -> Covers:
    first, last = (covered_day(fields.get(key, ""), last=key == "to") for key in ("from", "to"))
    return Covers(fields.get("countries", "listed"), first, last)


def _column(fields: Fields) -> Column:
    key, kind = next(((key, kind) for key, kind in KINDS if key in fields.keys), ("columns", "value"))
    return Column(
        indicator=fields.get("indicator"),
        columns=() if kind == "count" else _texts(fields.get(key, ())),
        kind=kind,
        where=_tests(fields.get("where", ())),
        times=fields.get("times", Decimal(1)),
        plus=fields.get("plus", Decimal(0)),
        words={one.value.get("written", ""): one.value.get("value", "") for one in fields.get("words", ())},
        blank_is_none=fields.get("blank") == NO_VALUE,
        place=fields.place_of("indicator"),
        low=_texts(fields.get("low", ())),
        high=_texts(fields.get("high", ())),
    )
