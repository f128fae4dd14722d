"""Answers as Python gives them: a short form, a table for notebooks, a frame, and a value of their own."""

from __future__ import annotations

from typing import Any

import narwhals
import pytest

from ratingengine.interface import results
from ratingengine.interface.page import Answer
from ratingengine.interface.results import MOST_SHOWN, History, Panel, Result

ROW = {"iso3": "KAZ", "year": 2022, "rating": "repressed", "possible": ["repressed", "closed"]}


def listed(cls: type[Result], *rows: dict[str, Any], title: str = "Kazakhstan") -> Any:
    return cls(Answer({"rows": list(rows)}, lambda form: f"in {form}"), title)


def test_an_answer_has_a_short_form_and_its_text() -> None:
    history = listed(History, ROW, {**ROW, "year": 2023})
    assert repr(history) == "<History Kazakhstan: 2 years, 2022 to 2023>"
    assert repr(listed(History)) == "<History Kazakhstan: 0 years>"
    assert str(history) == "in text"
    assert len(history) == 2
    assert [row["year"] for row in history] == [2022, 2023]


def test_what_is_given_is_a_value_of_its_own() -> None:
    history = listed(History, ROW)
    history.to_dict()["rows"][0]["rating"] = "open"
    assert history.to_dict()["rows"] == [ROW]


def test_nothing_of_a_text_is_taken_for_html() -> None:
    text = "<script>alert('x')</script>&"
    shown = listed(Panel, {text: text}, title=text)._repr_html_()
    assert "<script" not in shown
    assert shown.count("&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;&amp;") == 3


def test_a_long_table_is_cut_and_says_so() -> None:
    assert f"<p>{5} more rows</p>" in listed(Panel, *({"n": n} for n in range(MOST_SHOWN + 5)))._repr_html_()
    assert "more rows" not in listed(Panel, *({"n": n} for n in range(MOST_SHOWN)))._repr_html_()


@pytest.mark.parametrize("library", ["polars", "pandas", None])
def test_the_rows_become_a_frame(library: Any) -> None:
    frame = narwhals.from_native(listed(Panel, {"a": 1, "b": None}, {"a": 2, "c": "x"}).to_frame(library))
    assert frame.columns == ["a", "b", "c"]
    assert frame["a"].to_list() == [1, 2]
    assert type(frame.to_native()).__module__.startswith(library or "polars")
    assert narwhals.from_native(listed(History, ROW).to_frame(library))["possible"].to_list() == ["repressed, closed"]


def test_another_library_and_none_at_all_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="library is 'polars' or 'pandas', not 'dask'"):
        listed(Panel, {"a": 1}).to_frame("dask")
    monkeypatch.setattr(results, "find_spec", lambda _name: None)
    with pytest.raises(ModuleNotFoundError, match="narwhals and polars are needed; install them with: "):
        listed(Panel, {"a": 1}).to_frame()


def test_answers_are_equal_where_what_they_say_is() -> None:
    first, again, other = listed(History, ROW), listed(History, ROW), listed(History, {**ROW, "year": 2021})
    assert first == again
    assert first != other
    assert first != listed(Panel, ROW)
