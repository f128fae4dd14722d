"""Answers as Python gives them: values to read, text to print, and rows for a data frame."""

from __future__ import annotations

import copy
import html
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from typing import Any, Literal, get_args

from attrs import field, frozen

from ratingengine.errors.extras import to_install_extra
from ratingengine.interface.page import Answer
from ratingengine.interface.words import facet_words

Library = Literal["polars", "pandas"]
LIBRARIES: tuple[Library, ...] = get_args(Library)
MOST_SHOWN = 60
"""Rows of a table in a notebook."""


@frozen(repr=False)
class Result:
    """An answer: `str()` is the text of the command, `to_dict()` its JSON, `to_frame()` its rows."""

    _answer: Answer = field(eq=lambda answer: answer.content, hash=False)
    _title: str

    def to_dict(self) -> dict[str, Any]:
        """What the command writes as JSON, as a value of its own."""
        return copy.deepcopy(self._answer.content)

    def to_frame(self, library: Library | None = None) -> Any:
        """A data frame of polars or pandas; None takes the one that is installed, polars first.

        Raises ModuleNotFoundError, with the command that installs them, where there is none, and ValueError for another name.
        """
        rows = self._rows()
        names = list(dict.fromkeys(name for row in rows for name in row))
        return _frame({name: [row.get(name) for row in rows] for name in names}, library)

    def _rows(self) -> Sequence[Mapping[str, Any]]:
        raise NotImplementedError

    def _short(self) -> str:
        return f"{len(self._rows())} rows"

    def __str__(self) -> str:
        return self._answer.write("text")

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._title}: {self._short()}>"

    def _repr_html_(self) -> str:
        """The rows as a table, for notebooks."""
        rows = self._rows()
        names = list(dict.fromkeys(name for row in rows for name in row))
        head = "".join(f"<th>{html.escape(name)}</th>" for name in names)
        body = "".join(f"<tr>{''.join(f'<td>{_cell(row.get(name))}</td>' for name in names)}</tr>" for row in rows[:MOST_SHOWN])
        more = f"<p>{len(rows) - MOST_SHOWN} more rows</p>" if len(rows) > MOST_SHOWN else ""
        lead = html.escape(f"{self._title}: {self._short()}")
        return f"<p><b>{lead}</b></p><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _cell(value: Any) -> str:
    return "" if value is None else html.escape(str(value))


def _frame(columns: Mapping[str, list[Any]], library: Library | None) -> Any:
    if library not in (None, *LIBRARIES):
        raise ValueError(f"library is 'polars' or 'pandas', not {library!r}")
    installed = (name for name in LIBRARIES if find_spec(name))
    named: Library = next(installed, "polars") if library is None else library
    if find_spec("narwhals") is None or find_spec(named) is None:
        raise ModuleNotFoundError(f"narwhals and {named} are needed; install them with: {to_install_extra('bulk')}")
    import narwhals

    return narwhals.from_dict(columns, backend=named).to_native()


@frozen(repr=False)
class Rating(Result):
    """The rating of a country on a day (`rate COUNTRY`)."""

    @property
    def iso3(self) -> str:
        """The code of the country."""
        return str(self._answer.content["country"]["iso3"])

    @property
    def country(self) -> str:
        """The name of the country."""
        return str(self._answer.content["country"]["name"])

    @property
    def day(self) -> str:
        """The day, as 2022-12-31."""
        return str(self._answer.content["as_of"])

    @property
    def rating(self) -> str | None:
        """The published rating; None where the evidence does not suffice."""
        rating: str | None = self._answer.content["rating"]
        return rating

    @property
    def possible(self) -> tuple[str, ...]:
        """The ratings that the evidence leaves possible, best first."""
        return tuple(self._answer.content["possible"])

    @property
    def change(self) -> str | None:
        """downgrade, upgrade, hold or unchanged against the year before; None where there was no rating."""
        change: str | None = self._answer.content["change"]
        return change

    @property
    def watchlist(self) -> bool | None:
        """Whether the country is on the watchlist; None where that is not known."""
        watchlist: bool | None = self._answer.content["watchlist"]
        return watchlist

    @property
    def freedoms(self) -> dict[str, str | None]:
        """The level of each freedom; None where it is not known."""
        return {name: freedom["level"] for name, freedom in self._answer.content["freedoms"].items()}

    def _rows(self) -> Sequence[Mapping[str, Any]]:
        content = self._answer.content
        names = ("rating", "status", "assessed", "previous", "change", "watchlist", "profile", "coverage")
        ends = {"best": self.possible[0], "worst": self.possible[-1]}
        levels = {f"level_{name}": level for name, level in self.freedoms.items()}
        lead = {"iso3": self.iso3, "country": self.country, "day": self.day}
        return ({**lead, **{name: content[name] for name in names}, **ends, **levels},)

    def _short(self) -> str:
        ends = self.possible
        return f"{self.rating or 'no rating'} ({ends[0] if len(ends) == 1 else f'{ends[0]} to {ends[-1]}'})"


@frozen(repr=False)
class History(Result):
    """The ratings of a country, year by year (`rate history`)."""

    def __len__(self) -> int:
        return len(self._rows())

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (dict(row) for row in self._rows())

    def _rows(self) -> Sequence[Mapping[str, Any]]:
        return tuple({**row, "possible": ", ".join(row["possible"])} for row in self._answer.content["rows"])

    def _short(self) -> str:
        years = [row["year"] for row in self._rows()]
        return f"{len(years)} years" + (f", {years[0]} to {years[-1]}" if years else "")


@frozen(repr=False)
class Why(Result):
    """The rules and facts that give a rating (`rate why`)."""

    @property
    def sufficient(self) -> tuple[tuple[str, ...], ...]:
        """Every smallest set of indicators whose known values give the rating."""
        return tuple(tuple(members) for members in self._answer.content["sufficient"])

    def _rows(self) -> Sequence[Mapping[str, Any]]:
        return tuple({"set": number, "indicator": name} for number, names in enumerate(self.sufficient, 1) for name in names)

    def _short(self) -> str:
        rating = self._answer.content["rating"] or "no rating"
        return f"{rating} by {', '.join(step['rule'] for step in self._answer.content['path']) or 'no rule'}"


@frozen(repr=False)
class WhyNot(Result):
    """The smallest changes of evidence that would give another rating (`rate why-not`)."""

    def __len__(self) -> int:
        return len(self._answer.content["sets"])

    def _rows(self) -> Sequence[Mapping[str, Any]]:
        return tuple(
            {"set": number, **change, "assessed": found["assessed"], "published": found["published"]}
            for number, found in enumerate(self._answer.content["sets"], 1)
            for change in found["changes"]
        )

    def _short(self) -> str:
        count = len(self)
        return f"{count} smallest {'set' if count == 1 else 'sets'} of changes for {self._answer.content['asked']}"


@frozen(repr=False)
class Diff(Result):
    """What changed between two ratings, and how much each change contributed (`rate diff`)."""

    def _rows(self) -> Sequence[Mapping[str, Any]]:
        """One input a row; `share` in bands, worse is positive."""
        terms = (self._answer.content["attribution"] or {"terms": ()})["terms"]
        return tuple({**term, "share": float(term["share"])} for term in terms)

    def _short(self) -> str:
        before, after = (self._answer.content[side]["rating"] or "no rating" for side in ("from", "to"))
        return f"{before} to {after}"


@frozen(repr=False)
class WhatIf(Result):
    """The rating on supposed evidence (`rate what-if`)."""

    @property
    def before(self) -> str | None:
        """The rating on record."""
        rating: str | None = self._answer.content["before"]["rating"]
        return rating

    @property
    def after(self) -> str | None:
        """The rating on the supposed evidence."""
        rating: str | None = self._answer.content["after"]["rating"]
        return rating

    def _rows(self) -> Sequence[Mapping[str, Any]]:
        pairs = self._answer.content["differences"]
        levels = ({**pair, "name": f"level of {facet_words(pair['name'])}"} for pair in pairs["levels"])
        return tuple({name: _plain(value) for name, value in pair.items()} for pair in (*pairs["aspects"], *levels))

    def _short(self) -> str:
        return f"{self.before or 'no rating'} on record, {self.after or 'no rating'} then"


def _plain(value: Any) -> Any:
    """A value as a cell of one type may hold it."""
    return ", ".join(map(str, value)) if isinstance(value, list) else None if value is None else str(value)


@frozen(repr=False)
class Panel(Result):
    """All country-years on record (`rate panel`)."""

    def __len__(self) -> int:
        return len(self._answer.content["rows"])

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (dict(row) for row in self._answer.content["rows"])

    def _rows(self) -> Sequence[Mapping[str, Any]]:
        return tuple(self._answer.content["rows"])
