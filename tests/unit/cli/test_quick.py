"""The quick reader of `rate COUNTRY …` understands a line exactly as typer does, or leaves it to typer."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any
from unittest import mock

import pytest
import typer
from hypothesis import example, given
from hypothesis import strategies as st

from ratingengine.cli import country_command as country_module
from ratingengine.cli.app import app, invoke
from ratingengine.cli.commands import COMMANDS, FIRST
from ratingengine.cli.country import answer as answer_of
from ratingengine.cli.quick import FLAGS, REPEATED, SINGLE, quick_country

Words = list[str]
OTHERS = [name for name in COMMANDS if name != FIRST]
SIGNATURE = inspect.signature(answer_of)

NAMES = st.sampled_from(["kazakhstan", "KAZ", "Казахстан", "côte d'ivoire", "south", "korea", "2003", "a=b", "", " "])
VALUES = st.one_of(
    st.sampled_from(["text", "durable", "2022-03-15", "rules/x", "a=b", "", " ", "ü"]), st.text("abc=./ é", max_size=6)
)
YEARS = st.one_of(st.integers(0, 9999).map(str), st.sampled_from(["0002022", "123456789"]))


def option(name: str) -> st.SearchStrategy[Words]:
    """An option with its value, in one word or in two."""
    values = YEARS if SINGLE.get(name) == "year" else VALUES
    apart = values.map(lambda value: [name, value])
    return apart if not name.startswith("--") else st.one_of(apart, values.map(lambda value: [f"{name}={value}"]))


def joined(parts: Sequence[Words]) -> Words:
    return [word for part in parts for word in part]


PARTS = st.one_of(
    NAMES.map(lambda name: [name]), *(option(name) for name in (*SINGLE, *REPEATED)), *(st.just([name]) for name in FLAGS)
)
LINES = st.tuples(st.sampled_from([[], ["country"]]), st.lists(PARTS, max_size=8), NAMES, st.lists(PARTS, max_size=4)).map(
    lambda drawn: [*drawn[0], *joined(drawn[1]), drawn[2], *joined(drawn[3])]
)
TOKENS = st.one_of(
    NAMES,
    VALUES,
    st.sampled_from([*SINGLE, *REPEATED, *FLAGS, *COMMANDS, "--", "-", "-y2022", "-y=2022", "--year=", "--yea", "--help"]),
    st.sampled_from(["--strict=1", "--no-strict", "--year=20x", "-1", "+5", "٣", "9" * 5000, "--records=", "--unknown"]),
)


def as_asked(**given: Any) -> dict[str, Any]:
    """Every argument of the answer with its default, records as a list."""
    bound = SIGNATURE.bind(**given)
    bound.apply_defaults()
    return {**bound.arguments, "records": list(bound.arguments["records"])}


def by_typer(words: Sequence[str]) -> dict[str, Any] | None:
    """The arguments that typer reads from the line; None when it refuses it or shows help."""
    taken: list[dict[str, Any]] = []

    def answer(*args: Any) -> int:
        taken.append(as_asked(**SIGNATURE.bind(*args).arguments))
        return 0

    with mock.patch.object(country_module, "answer", answer):
        code = invoke(words)
    assert code in (0, 2)
    return taken[0] if taken else None


def names_a_command(words: Sequence[str]) -> bool:
    """Whether the line is for another command; those are never read quickly."""
    return words[0] in OTHERS


@given(LINES)
@example(["kaz", "--year=2022", "--records", "a", "--records=b", "--strict"])
@example(["--year", "1", "--year", "2", "kaz"])
def test_a_well_formed_line_is_read_quickly_and_as_typer_reads_it(words: Words) -> None:
    quick = quick_country(words)
    assert quick is not None
    assert as_asked(**quick) == by_typer(words)


@given(st.lists(TOKENS, min_size=1, max_size=8).filter(lambda words: not names_a_command(words)))
@example(["kaz", "-y=2022"])
@example(["kaz", "--year", "9" * 5000])
@example(["--", "kaz"])
@example(["kaz", "--year"])
@example(["kaz", "--on", "--strict"])
@example(["-"])
@example(["country"])
@example(["country", "country"])
def test_any_line_that_is_read_quickly_is_read_as_typer_reads_it(words: Words) -> None:
    quick = quick_country(words)
    assert quick is None or as_asked(**quick) == by_typer(words)


@pytest.mark.parametrize("command", OTHERS)
def test_a_line_of_another_command_is_left_to_typer(command: str) -> None:
    assert quick_country([command, "kazakhstan"]) is None


@pytest.mark.parametrize("words", [[], ["country"], ["--year", "2022"], ["kaz", "--help"], ["kaz", "--unknown", "1"]])
def test_a_line_that_is_not_well_formed_is_left_to_typer(words: Words) -> None:
    assert quick_country(words) is None


def test_the_quick_reader_knows_every_option_of_the_country_command() -> None:
    group: Any = typer.main.get_command(app)
    params = group.get_command(None, "country").params
    options = {name for param in params if param.param_type_name == "option" for name in (*param.opts, *param.secondary_opts)}
    assert options - {"-h", "--help"} == {*SINGLE, *REPEATED, *FLAGS}
    assert {param.name for param in params} - {"help", "country"} == {*SINGLE.values(), *REPEATED.values(), *FLAGS.values()}
