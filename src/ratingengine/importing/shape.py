"""The form of a mapping file: `imports/*.yaml`, schema `ratingengine/import/1`."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from attrs import frozen

from ratingengine.files.collect import Collector, Located
from ratingengine.files.mappings import Key, ListOf, OneOrPair, Record
from ratingengine.files.nodes import Node
from ratingengine.files.scalars import Choice, Day, Number, Schema, Text
from ratingengine.method.codebook import INDICATOR_ID
from ratingengine.method.sources import SOURCE_ID
from ratingengine.model.terms import NO_VALUE
from ratingengine.model.window import FIRST_YEAR, LAST_YEAR
from ratingengine.world.countries.identify import SCHEMES


@frozen
class YearOrDay:
    """A year, or a day of one, as text."""

    def read(self, node: Node, collector: Collector) -> Located[str] | None:
        """The text."""
        pattern = r"(1[789]|2[01])[0-9]{2}(-[0-9]{2}-[0-9]{2})?"
        return Text("a year or a day", pattern, 10, "2018 or 2018-06-30").read(node, collector)

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of this shape."""
        return {"anyOf": [YEAR.schema(), Day("a day").schema()]}


COLUMN = Text("a column's name", longest=200)
COLUMNS = ListOf(COLUMN, "names of columns", 1, 20)
LINE = Text("text", longest=400)
WRITTEN = Text("a text as the file has it", longest=400)
YEAR = Number("a year", Decimal(FIRST_YEAR), Decimal(LAST_YEAR), whole=True)
ROW = Number("a row", Decimal(1), Decimal(20), whole=True)
TEXTS = ListOf(WRITTEN, "texts", 1, 200)
TEST_KEYS = (Key("columns", COLUMNS), Key("is", TEXTS, required=False), Key("begins", TEXTS, required=False))
TEST = Record("a test", TEST_KEYS, one_of=(("is", "begins"),))
UNCLEAR = Record("a test", (*TEST_KEYS, Key("unclear", TEXTS, required=False)), one_of=(("is", "begins"),))
TESTS = ListOf(UNCLEAR, "tests", 1, 20)
SOURCE = Record(
    "the source",
    (
        Key("id", SOURCE_ID),
        Key("type", Text("a CSL type", r"[a-z]+([-_][a-z]+)*", 40, "dataset")),
        Key("title", LINE),
        Key("author", LINE, required=False),
        Key("publisher", LINE),
        Key("issued", OneOrPair(Day("a date"), "dates")),
        Key("URL", Text("an address", r"https?://\S+", 400, "https://example.org")),
    ),
)
WIDE = Record(
    "a sheet of blocks",
    (
        Key("headings", ROW),
        Key("edition", ROW),
        Key("year", ROW, required=False),
        Key("names", ROW),
        Key("country", COLUMN),
        Key("renamed", ListOf(Record("a name", (Key("written", COLUMN), Key("means", COLUMN))), "names"), required=False),
    ),
)
SEPARATOR = Key("separator", Text("a separator", r"[,;|]|tab", 3, ";"), required=False)
DECIMAL = Key("decimal", Text("a decimal sign", r"[.,]", 1, ","), required=False)
ENCODINGS = ("windows-1252", "windows-1250", "windows-1251", "windows-1256", "iso-8859-1", "iso-8859-15", "mac-roman")
"""How a text may be written that is no UTF-8; Python knows all of these names."""
FILE_KEYS = Record(
    "the form of the file",
    (
        SEPARATOR,
        DECIMAL,
        Key("encoding", Choice(ENCODINGS, "an encoding"), required=False),
        Key("or", ListOf(Record("a form", (SEPARATOR, DECIMAL)), "forms"), required=False),
        Key("sheets", ListOf(Text("the start of a sheet's name", longest=60), "sheets"), required=False),
        Key("wide", WIDE, required=False),
    ),
)
COUNTRY = Record(
    "a column of countries",
    (
        Key("columns", COLUMNS),
        Key("by", Choice(SCHEMES, "a scheme of country codes")),
        Key("separator", Text("a separator", longest=3), required=False),
    ),
)
UNIT = Record(
    "a unit",
    (
        Key("written", WRITTEN),
        Key("is", Text("a country code", r"[A-Z]{3}", 3, "XKX"), required=False),
        Key("apart", LINE, required=False),
        Key("of", ListOf(Text("a country code", r"[A-Z]{3}", 3, "ISR"), "country codes"), required=False),
        Key("from", YEAR, required=False),
        Key("to", YEAR, required=False),
    ),
    one_of=(("is", "apart"),),
)
FORM = Text("a form of dates", r"[^%]*(%[YmdBbyHMSfp][^%]*)+", 40, "'%d %B %Y'")
TIME = Record(
    "the time",
    (
        Key("year", COLUMNS, required=False),
        Key("shift", Number("a number of years", Decimal(-5), Decimal(5), whole=True), required=False),
        Key("from", COLUMNS, required=False),
        Key("to", COLUMNS, required=False),
        Key("forms", ListOf(FORM, "forms of dates"), required=False),
        Key("open", TEST, required=False),
    ),
)
REPORTED = Record(
    "when it was reported",
    (
        Key("in", COLUMNS, required=False),
        Key("years_after", Number("a number of years", Decimal(0), Decimal(10), whole=True), required=False),
    ),
    one_of=(("in", "years_after"),),
)
COVERS = Record(
    "what is covered",
    (
        Key("countries", Choice(("world", "listed"), "the countries covered")),
        Key("from", YearOrDay(), required=False),
        Key("to", YearOrDay(), required=False),
    ),
)
AT_LEAST = Record("what stands for one or more", (Key("columns", COLUMNS), Key("why", LINE)))
ORDER = Record("the order of ranks", (Key("columns", COLUMNS), Key("indicator", INDICATOR_ID)))
ONE_A_YEAR = Record("what is one a year", (Key("columns", COLUMNS), Key("why", LINE)))
BLANK = ("missing", NO_VALUE)
BREAK = Record("a break of method", (Key("from", YEAR), Key("what", LINE)))
WORD = Record("a word", (Key("written", WRITTEN), Key("value", Text("a value", longest=40))))
INDICATOR = Record(
    "an indicator",
    (
        Key("indicator", INDICATOR_ID),
        Key("columns", COLUMNS, required=False),
        Key("rows", Choice(("count",), "what becomes of rows"), required=False),
        Key("sum", COLUMNS, required=False),
        Key("low", COLUMNS, required=False),
        Key("high", COLUMNS, required=False),
        Key("where", TESTS, required=False),
        Key("times", Number("a factor"), required=False),
        Key("plus", Number("a number"), required=False),
        Key("words", ListOf(WORD, "words"), required=False),
        Key("blank", Choice(BLANK, "what a blank means"), required=False),
    ),
    one_of=(("columns", "rows", "sum"),),
)
BANDS = Record("the bands", (Key("low", Text("an ending", longest=40)), Key("high", Text("an ending", longest=40))))
FILE = Record(
    "a mapping",
    (
        Key("schema", Schema("ratingengine/import/1")),
        Key("name", Text("a name", r"[a-z][a-z0-9-]*", 40, "freedom-house")),
        Key("source", SOURCE),
        Key("version", LINE),
        Key("licence", LINE),
        Key("caution", Text(), required=False),
        Key("file", FILE_KEYS, required=False),
        Key("country", ListOf(COUNTRY, "columns of countries", 1, 10)),
        Key("units", ListOf(UNIT, "units"), required=False),
        Key("time", TIME),
        Key("reported", REPORTED, required=False),
        Key("edition", COLUMNS, required=False),
        Key("missing", ListOf(WRITTEN, "texts"), required=False),
        Key("only", TESTS, required=False),
        Key("weight", COLUMNS, required=False),
        Key("at_least", AT_LEAST, required=False),
        Key("bands", BANDS, required=False),
        Key("covers", COVERS, required=False),
        Key("breaks", ListOf(BREAK, "breaks"), required=False),
        Key("order", ORDER, required=False),
        Key("one_a_year", ONE_A_YEAR, required=False),
        Key("indicators", ListOf(INDICATOR, "indicators")),
    ),
)
