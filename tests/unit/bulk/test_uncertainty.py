"""Draws and moved thresholds: the same for a seed, in any portions, after any stop; and what the reference engine would say."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from ratingengine.bulk.draws import FIRST, GOLDEN, SECOND, STEPS, drawable, keyed, mixed, quantiles, with_draws
from ratingengine.bulk.identity import versions
from ratingengine.bulk.layout import layout_of
from ratingengine.bulk.method import compiled_of
from ratingengine.bulk.rating import rate_frame
from ratingengine.bulk.sensitivity import moves, reads, sensitivity, thresholds, with_threshold
from ratingengine.bulk.simulating import simulate
from ratingengine.engine.opening import codebook_folder, load_method, rules_folder
from ratingengine.engine.reference import ReferenceEngine
from ratingengine.errors import InvalidInput
from ratingengine.model.compiled import Compiled

RSF = compiled_of("rsf-situations")
MASK = 2**64 - 1


def quiet(done: int, whole: int) -> None:
    """Nobody listens."""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    rows = [
        ("FIN", 2021, 92.0, None, None),
        ("FIN", 2022, 84.5, 80.0, 88.0),
        ("IND", 2022, 41.0, 38.0, 43.0),
        ("KAZ", 2022, None, 35.0, 60.0),
        ("ZWE", 2022, None, None, None),
    ]
    names = ["iso3", "year", "rsf.score", "rsf.score__low", "rsf.score__high"]
    path = tmp_path / "t.parquet"
    pl.DataFrame(rows, schema=names, orient="row").write_parquet(path)
    return path


def splitmix(key: int, number: int) -> int:
    bits = (key + (number + 1) * GOLDEN) & MASK
    bits = ((bits ^ (bits >> 30)) * FIRST) & MASK
    bits = ((bits ^ (bits >> 27)) * SECOND) & MASK
    return bits ^ (bits >> 31)


def test_bits_are_those_of_splitmix() -> None:
    keys = [0, 1, 2**63, MASK, 123456789]
    frame = pl.DataFrame(
        {"key": pl.Series(keys * 3, dtype=pl.UInt64), "draw": pl.Series([0] * 5 + [1] * 5 + [9999] * 5, dtype=pl.UInt64)}
    )
    found = frame.select(mixed(pl.col("key"), pl.col("draw")).alias("bits"))["bits"].to_list()
    assert found == [splitmix(key, draw) for key, draw in frame.rows()]


def test_draws_fill_the_bounds_alike_and_centre_on_the_point() -> None:
    kinds = {"iso3": "text", "year": "whole", "rsf.score": "real", "rsf.score__low": "real", "rsf.score__high": "real"}
    layout = layout_of(kinds, RSF.codebook, "t")
    (one,) = drawable(layout)
    count = 20_000
    low, high = one.bounds
    frame = pl.DataFrame({"iso3": ["A", "B"], "year": [1, 1], one.point: [None, 5000], low: [4000, 4000], high: [4009, 7000]})
    frame = frame.with_columns(pl.coalesce(one.point, bound).alias(end) for bound, end in zip(one.bounds, one.ends, strict=True))
    drawn = with_draws(
        keyed(frame, (one,), 1).join(pl.DataFrame({"draw": pl.int_range(count, dtype=pl.UInt64, eager=True)}), how="cross"),
        (one,),
    )
    between = drawn.filter(pl.col("iso3") == "A")[one.ends[0]].value_counts().sort(one.ends[0])
    assert between[one.ends[0]].to_list() == list(range(4000, 4010))
    assert all(abs(number - count / 10) < count / 100 for number in between["count"].to_list())
    around = drawn.filter(pl.col("iso3") == "B")[one.ends[0]]
    assert abs((around <= 5000).sum() / count - 0.5) < 0.02
    assert abs((around <= 4000).sum() / count - 0.159) < 0.02
    assert abs((around >= 7000).sum() / count - 0.159) < 0.02


def test_quantiles_are_those_of_the_normal_distribution() -> None:
    found = quantiles()
    assert len(found) == STEPS
    assert abs(sum(found)) < 1e-6
    assert abs(sum(value * value for value in found) / STEPS - 1) < 0.01


def test_the_same_seed_gives_the_same_answer_in_any_portions(table: Path) -> None:
    whole = simulate(table, RSF, 150, 7, None, quiet)
    assert simulate(table, RSF, 150, 7, None, quiet, portion=60).frame.equals(whole.frame)
    assert not simulate(table, RSF, 150, 8, None, quiet).frame.equals(whole.frame)
    assert whole.drawn == ("rsf.score",)
    shares = {(row["iso3"], row["year"]): row for row in whole.frame.rows(named=True)}
    assert shares["FIN", 2021]["good"] == 1
    assert shares["ZWE", 2022]["none"] == 1
    assert sum(share > 0 for name, share in shares["KAZ", 2022].items() if name not in ("iso3", "year")) > 1


class Stopped(Exception):
    """Somebody pressed Ctrl-C."""


def test_what_was_stopped_is_taken_up_again(table: Path, tmp_path: Path) -> None:
    state = tmp_path / "state.json"

    def stopping(done: int, whole: int) -> None:
        if done >= 40:
            raise Stopped

    with pytest.raises(Stopped):
        simulate(table, RSF, 150, 7, state, stopping, portion=100)
    heard: list[int] = []
    again = simulate(table, RSF, 150, 7, state, lambda done, _: heard.append(done), portion=100)
    assert heard[0] == 40
    assert again.frame.equals(simulate(table, RSF, 150, 7, None, quiet).frame)
    for draws, seed in ((151, 7), (150, 8)):
        with pytest.raises(InvalidInput, match="B507"):
            simulate(table, RSF, draws, seed, state, quiet)
    state.write_text("{", "utf-8")
    with pytest.raises(InvalidInput, match="B507"):
        simulate(table, RSF, 150, 7, state, quiet)


def others(table: Path, tmp_path: Path) -> dict[str, tuple[Path, Compiled]]:
    """The same question of another table and by each part of another method."""
    folder = rules_folder("rsf-situations")
    codebook = codebook_folder((), folder)
    rules, indicators = tmp_path / folder.name, tmp_path / "codebook"
    shutil.copytree(folder, rules, ignore=shutil.ignore_patterns("codebook", "cases"))
    for path in rules.glob("*.yaml"):
        path.write_text(path.read_text("utf-8") + "# another remark\n", "utf-8")
    shutil.copytree(codebook, indicators)
    for path in indicators.glob("*.yaml"):
        path.write_text(path.read_text("utf-8").replace("title: ", "title: Another ", 1), "utf-8")
    more = tmp_path / "more.parquet"
    pl.read_parquet(table).head(4).write_parquet(more)
    return {
        "table": (more, RSF),
        "rules": (table, load_method(rules, codebook, "reference").compiled),
        "day": (table, load_method(folder, codebook, "reference", date(2026, 6, 1)).compiled),
        "codebook": (table, load_method(folder, indicators, "reference").compiled),
    }


@pytest.mark.parametrize("changed", ["table", "rules", "day", "codebook", "software"])
def test_the_state_of_another_computation_is_refused(
    changed: str, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn, moved = tmp_path / "drawn.json", tmp_path / "moved.json"
    simulate(table, RSF, 10, 7, drawn, quiet)
    sensitivity(table, RSF, 10, moved, quiet)
    if changed == "software":
        monkeypatch.setattr("ratingengine.bulk.identity.__version__", "99")
        records, compiled = table, RSF
    else:
        records, compiled = others(table, tmp_path)[changed]
    if changed != "software":
        assert (versions(compiled) == versions(RSF)) == (changed == "table")
    with pytest.raises(InvalidInput, match="B507"):
        simulate(records, compiled, 10, 7, drawn, quiet)
    with pytest.raises(InvalidInput, match="B507"):
        sensitivity(records, compiled, 10, moved, quiet)


def test_moved_thresholds_flip_what_the_reference_engine_rates_otherwise(table: Path, tmp_path: Path) -> None:
    found = sensitivity(table, RSF, 10, tmp_path / "state.json", quiet)
    assert found == sensitivity(table, RSF, 10, tmp_path / "state.json", quiet)
    assert found.rows == 5
    told: dict[str, Any] = {f"{move.before} {move.after}": move.flips for move in found.moves}
    assert told["84.99 76.50"] == (("FIN", 2022, "satisfactory", "good"),)
    for one in thresholds(RSF):
        for _, to in moves(one, RSF, 10):
            program = with_threshold(RSF, one, to).programs[one.profile]
            before, after = (
                ReferenceEngine(p).explain([-4100] * len(p.variables))[1].rating for p in (RSF.programs[one.profile], program)
            )
            flips = next(m.flips for m in found.moves if m.threshold == one and m.after == f"{-to / 100:.2f}")
            assert (before != after) == any(flip[0] == "IND" for flip in flips)


def test_a_threshold_on_what_the_table_does_not_have_is_left_alone_and_would_flip_nothing(tmp_path: Path) -> None:
    civic, name = compiled_of("civic-space"), "assembly.protest_deaths"
    frame = pl.DataFrame({"iso3": ["KAZ", "FIN"], "year": [2022, 2022], name: [30, 0]})
    frame.write_parquet(tmp_path / "t.parquet")
    found = sensitivity(tmp_path / "t.parquet", civic, 10, None, quiet)
    every = list(thresholds(civic))
    alone = [one for one in every if name not in reads(one, civic)]
    assert found.unasked == len(alone) > 100
    assert {move.threshold for move in found.moves} == {one for one in every if one not in alone}
    before = rate_frame(frame, civic)["rating"].to_list()
    for one in alone[::15]:
        for _, to in moves(one, civic, 10):
            assert rate_frame(frame, with_threshold(civic, one, to))["rating"].to_list() == before
