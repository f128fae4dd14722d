"""The window of twelve months and the calendar steps behind it."""

from __future__ import annotations

from datetime import date

import pytest

from ratingengine.model.window import Window, last_day, months_before


@pytest.mark.parametrize(
    ("day", "first"),
    [
        ("2022-12-31", "2022-01-01"),
        ("2022-03-15", "2021-03-16"),
        ("2021-02-28", "2020-03-01"),
        ("2020-02-29", "2019-03-01"),
        ("2020-02-28", "2019-03-01"),
        ("2022-04-30", "2021-05-01"),
        ("2022-01-01", "2021-01-02"),
    ],
)
def test_the_window_opens_twelve_months_before_its_last_day(day: str, first: str) -> None:
    window = Window.ending(date.fromisoformat(day))
    assert (str(window.first), str(window.last)) == (first, day)


def test_a_window_of_thirty_six_months_spans_three_calendar_years() -> None:
    assert Window.ending(date(2022, 12, 31), 36).first == date(2020, 1, 1)


def test_windows_of_following_years_neither_overlap_nor_leave_a_day_out() -> None:
    for year in range(1999, 2030):
        before, after = Window.ending(last_day(year)), Window.ending(last_day(year + 1))
        assert (after.first - before.last).days == 1


def test_both_ends_belong_to_the_window() -> None:
    window = Window.ending(date(2022, 12, 31))
    assert window.has(date(2022, 1, 1))
    assert window.has(date(2022, 12, 31))
    assert not window.has(date(2021, 12, 31))
    assert not window.has(date(2023, 1, 1))


def test_a_period_covers_the_window_only_from_its_first_to_its_last_day() -> None:
    window = Window.ending(date(2022, 12, 31))
    assert window.within(date(2022, 1, 1), date(2022, 12, 31))
    assert not window.within(date(2022, 1, 2), date(2022, 12, 31))
    assert not window.within(date(2022, 1, 1), date(2022, 12, 30))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2022-03-31", 1, "2022-02-28"),
        ("2020-03-31", 1, "2020-02-29"),
        ("2022-01-15", 1, "2021-12-15"),
        ("2022-12-31", 12, "2021-12-31"),
        ("2020-02-29", -24, "2022-02-28"),
        ("2020-12-15", -1, "2021-01-15"),
        ("0001-06-15", 1, "0001-05-15"),
        ("0001-02-15", 1, "0001-01-15"),
        ("0001-01-15", 1, "0001-01-01"),
    ],
)
def test_months_step_to_the_same_day_or_the_last_of_a_shorter_month(day: str, months: int, expected: str) -> None:
    assert str(months_before(date.fromisoformat(day), months)) == expected
