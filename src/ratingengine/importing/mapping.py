"""A mapping as a value: where a data set says which country, when, and what, and how that becomes observations."""

from __future__ import annotations

from collections.abc import Mapping as AbstractMapping
from datetime import date
from decimal import Decimal

from attrs import field, frozen

from ratingengine.errors import Place


@frozen
class Test:
    """A row passes when the first of the columns that the file has holds one of the texts, or begins with one of `starts`.

    With a text of `unclear` it may or may not pass, and so it may with no text where `unclear` has any.
    """

    columns: tuple[str, ...]
    texts: frozenset[str]
    starts: tuple[str, ...]
    unclear: frozenset[str] = frozenset()


@frozen
class CountryColumn:
    """A column that names the country under one of `countries.identify.SCHEMES`; `separator` parts several of them."""

    columns: tuple[str, ...]
    scheme: str
    separator: str


@frozen
class Unit:
    """What a text of the country column means from one year to another: a country, or (code empty) a unit `apart` of that name.

    `of`: the countries that rows of a unit apart may belong to, whose counts are then lower bounds.
    """

    written: str
    code: str
    apart: str
    of: tuple[str, ...]
    first: int | None
    last: int | None

    def holds(self, year: int) -> bool:
        """Whether the text means that in the year."""
        return (self.first is None or self.first <= year) and (self.last is None or year <= self.last)


@frozen
class When:
    """Where the time stands: a year (moved by `shift` years), or days from which and to which; `open` rows go on to the end.

    Where a file has the year and both days, a counted row belongs to its year, and to the others that its days touch.
    """

    year: tuple[str, ...]
    shift: int
    first: tuple[str, ...]
    last: tuple[str, ...]
    forms: tuple[str, ...]
    open: Test | None


@frozen
class Reported:
    """When a value became known: in the year of an edition column, so many years after, or on the day that the data came out."""

    edition: tuple[str, ...]
    years_after: int | None


@frozen
class Column:
    """How an indicator is read: as a value of the row, as the number of rows, or as a sum over rows.

    A number becomes `times` itself, plus `plus`; a text in `words` the word it stands for. With columns of its ends, `low` and
    `high`, a value is a best estimate, and it is said to lie between them.
    `blank_is_none`: where there is no text the publisher says that there is no value, so that none is awaited.
    """

    indicator: str
    columns: tuple[str, ...]
    kind: str
    where: tuple[Test, ...]
    times: Decimal
    plus: Decimal
    words: AbstractMapping[str, str]
    blank_is_none: bool
    place: Place = field(eq=False)
    low: tuple[str, ...] = ()
    high: tuple[str, ...] = ()


@frozen
class Wide:
    """A sheet with a block of columns an edition: how many rows of headings, and what each of them names (from 1; 0: none)."""

    headings: int
    edition: int
    year: int
    names: int
    country: str
    renamed: AbstractMapping[str, str]


@frozen
class Form:
    """How a text file parts its cells and writes decimals."""

    separator: str
    decimal: str


@frozen
class Covers:
    """The days of which the data tell everything, so that no row means none; None: as far as the file goes."""

    countries: str
    first: date | None
    last: date | None


@frozen
class AtLeast:
    """Files with one of these columns, and no better one of weights, have rows that stand for one or more, and why."""

    columns: tuple[str, ...]
    why: str


@frozen
class Break:
    """From this year on the publisher measured in another way."""

    first: int
    what: str


@frozen
class Order:
    """Columns with the rank of a country, 1 the best, which must go with the values of an indicator."""

    columns: tuple[str, ...]
    indicator: str


@frozen
class OneAYear:
    """Columns in which no two rows of a country and year differ, and what a file is in which they do."""

    columns: tuple[str, ...]
    why: str


@frozen
class DataSet:
    """Whose data they are: one bibliographic entry, with licence and version."""

    id: str
    type: str
    title: str
    author: str
    publisher: str
    issued: tuple[date, date]
    url: str
    version: str
    licence: str
    caution: str


@frozen
class Mapping:
    """A whole mapping.

    `forms`: of a text file the first in which it has a column of countries; of a workbook the first. `encoding`: that of texts
    which are no UTF-8. `bands`: what is put behind a column's name for the low and the high end of its value. `unknown`:
    indicators that the codebook in use lacks.
    """

    name: str
    data: DataSet
    forms: tuple[Form, ...]
    encoding: str
    sheets: tuple[str, ...]
    wide: Wide | None
    country: tuple[CountryColumn, ...]
    units: tuple[Unit, ...]
    when: When
    reported: Reported
    edition: tuple[str, ...]
    missing: frozenset[str]
    only: tuple[Test, ...]
    weight: tuple[str, ...]
    at_least: AtLeast | None
    bands: tuple[str, str] | None
    covers: Covers | None
    breaks: tuple[Break, ...]
    order: Order | None
    one_a_year: OneAYear | None
    columns: tuple[Column, ...]
    unknown: tuple[str, ...]
    place: Place = field(eq=False)

    @property
    def counts(self) -> bool:
        """Whether rows are events or persons that are counted, and not country-years with values."""
        return any(column.kind != "value" for column in self.columns)
