"""Rows that say `none` in tables of observations: put together in columns as one rating does it, over any rows and years."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.table_rows import row, table

from ratingengine.bulk.batch import opened
from ratingengine.bulk.long import wide_of
from ratingengine.bulk.tracing import values_of
from ratingengine.engine.opening import codebook_folder, load_method, rules_folder
from ratingengine.evidence.tables.read import evidence_of, read_table
from ratingengine.evidence.values import indicator_values
from ratingengine.model.window import last_day

METHOD = load_method(rules_folder("political-terror"), codebook_folder((), rules_folder("political-terror")), "reference")
CODEBOOK = METHOD.codebook
SOURCES = ("pts.amnesty", "pts.state_department")
ROWS = st.lists(
    st.tuples(st.sampled_from(SOURCES), st.integers(2018, 2021), st.sampled_from([None, "1", "3", "5"]), st.sampled_from("ab")),
    min_size=1,
    max_size=8,
    unique_by=lambda drawn: (drawn[0], drawn[1], drawn[3]),
)


@pytest.mark.parametrize("ending", [".csv", ".parquet"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(rows=ROWS)
def test_what_is_none_is_none_in_columns_too(ending: str, rows: list[tuple[str, int, str | None, str]], tmp_path: Path) -> None:
    path = tmp_path / f"made{ending}"
    path.unlink(missing_ok=True)
    table(
        path,
        *(
            row(
                indicator,
                value,
                text="none" if value is None else None,
                year=year,
                begun=date(year, 1, 1),
                ended=date(year, 12, 31),
                reported=date(year + 1, 12, 31),
                event=event,
            )
            for indicator, year, value, event in rows
        ),
    )
    evidence = evidence_of(read_table(path), "KAZ", CODEBOOK)
    frame, layout = wide_of(opened(path).observations(), CODEBOOK)
    years = {row["year"]: row for row in frame.rows(named=True)}
    assert set(years) == set(range(min(one[1] for one in rows), max(one[1] for one in rows) + 1))
    for year, cells in years.items():
        columns = values_of(cells, layout, "KAZ")
        for name, value in indicator_values(evidence, CODEBOOK, last_day(year), 1).items():
            wanted = (value.lowest, value.highest, value.absent)
            assert (columns[name].lowest, columns[name].highest, columns[name].absent) == wanted, (name, year)


@pytest.mark.parametrize("ending", [".csv", ".parquet"])
def test_rules_that_have_no_such_answer_take_none_as_nothing_said(ending: str, tmp_path: Path) -> None:
    rows = (row("vdem.v2x_civlib", "0.5"), row("vdem.v2x_rule", None, text="none"), row("pts.amnesty", None, text="none"))
    path = table(tmp_path / f"made{ending}", *rows)
    method = load_method(rules_folder(None), codebook_folder((), rules_folder(None)), "reference")
    evidence = evidence_of(read_table(path), "KAZ", method.codebook)
    assert [entry.indicator for entry in evidence.observations] == ["vdem.v2x_civlib"]
    frame, layout = wide_of(opened(path).observations(), method.codebook)
    assert set(layout.held) == {"vdem.v2x_civlib"}
    assert len(frame) == 1
    assert rows[0].value == Decimal("0.5")
