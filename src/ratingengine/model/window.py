"""Days of an assessment: the window of twelve months and the calendar steps behind it."""

from __future__ import annotations

from datetime import date, timedelta

from attrs import frozen

FIRST_YEAR, LAST_YEAR = 1700, 2200
"""Every year that is read or rated, of records, tables, ratings and questions alike: data sets begin after 1700, no term of
imprisonment ends after 2200, and a year beyond is a slip of the pen."""


def months_before(day: date, months: int) -> date:
    """The same day that many months earlier; the last day of a shorter month where there is none."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    if year < 1:
        return date.min
    return date(year, month + 1, min(day.day, month_end(year, month + 1).day))


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    if month == 12:
        return date(year, 12, 31)
    return date(year, month + 1, 1) - timedelta(days=1)


@frozen
class Window:
    """The months that end on the as-of day, both ends included."""

    first: date
    last: date

    @classmethod
    def ending(cls, day: date, months: int = 12) -> Window:
        """The window of that many months whose last day is `day`."""
        start = months_before(day, months)
        # A month's end maps to a month's end, so that 28 February 2021 opens on 1 March 2020.
        if day == month_end(day.year, day.month):
            start = month_end(start.year, start.month)
        return cls(start + timedelta(days=1), day)

    def has(self, day: date) -> bool:
        """Whether the day lies in the window."""
        return self.first <= day <= self.last

    def within(self, first: date, last: date) -> bool:
        """Whether the period from first to last covers the whole window."""
        return first <= self.first and last >= self.last


def last_day(year: int) -> date:
    """31 December."""
    return date(year, 12, 31)
