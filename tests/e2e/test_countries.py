"""How a country may be named on the command line, and what is said when the name is not understood."""

from __future__ import annotations

import pytest
from assets.toy import OPTIONS
from e2e.command import rate

LAST = ("--year", "2003", *OPTIONS)
"""The invented records have none of these countries, so that the answer is quick and never depends on research."""


@pytest.mark.parametrize(
    ("words", "heading"),
    [
        (["kazakhstan"], "Kazakhstan (KAZ)"),
        (["KAZAKHSTAN"], "Kazakhstan (KAZ)"),
        (["KAZ"], "Kazakhstan (KAZ)"),
        (["kaz"], "Kazakhstan (KAZ)"),
        (["kz"], "Kazakhstan (KAZ)"),
        (["Казахстан"], "Kazakhstan (KAZ)"),
        (["Kazajistán"], "Kazakhstan (KAZ)"),
        (["Côte d'Ivoire"], "(CIV)"),
        (["cote divoire"], "(CIV)"),
        (["guinea"], "Guinea (GIN)"),
        (["south", "korea"], "South Korea (KOR)"),
        (["South Korea"], "South Korea (KOR)"),
        (["Папуа", "—", "Новая", "Гвинея"], "Papua New Guinea (PNG)"),
        (["congo", "kinshasa"], "(COD)"),
        (["united", "states"], "United States (USA)"),
        (["country", "kazakhstan"], "Kazakhstan (KAZ)"),
    ],
)
def test_a_usual_name_or_code_is_understood(words: list[str], heading: str) -> None:
    rate(*words, *LAST).answered(heading)


@pytest.mark.parametrize(
    "words",
    [
        (*LAST, "south", "korea"),
        ("south", *LAST, "korea"),
        ("--format=text", "south", "korea", *LAST),
        ("country", *LAST, "south", "korea"),
        ("country", "south", *LAST, "korea"),
        (*LAST, "--", "south", "korea"),
    ],
    ids=["before", "between", "with =", "after the command", "between after the command", "before --"],
)
def test_options_stand_anywhere(words: tuple[str, ...]) -> None:
    assert rate(*words) == rate("south", "korea", *LAST)


@pytest.mark.parametrize(
    ("words", "choices"),
    [
        (["congo"], ["COD", "COG"]),
        (["Конго"], ["COD", "COG"]),
        (["korea"], ["KOR  South Korea", "PRK  North Korea"]),
        (["virgin", "islands"], ["VGB", "VIR"]),
    ],
)
def test_a_shared_name_lists_the_choices_and_rates_nothing(words: list[str], choices: list[str]) -> None:
    rate(*words, *LAST).refused(3, "may mean any of these", *choices)


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (["kazakstan"], "Kazakhstan (KAZ)"),
        (["Казахстн"], "Kazakhstan (KAZ)"),
        (["south", "corea"], "South Korea (KOR)"),
        (["dominican"], "Dominican Republic (DOM) or Dominica (DMA)"),
        (["history", "kazakstan"], "Kazakhstan (KAZ)"),
    ],
)
def test_a_typing_error_in_a_country_is_answered_with_the_near_one(words: list[str], near: str) -> None:
    options = OPTIONS if words[0] == "history" else LAST
    rate(*words, *options).refused(3, "no country has the name or code", f"did you mean {near}?")


@pytest.mark.parametrize(
    ("typed", "command"), [("histroy", "history"), ("watchlst", "watchlist"), ("chek", "check"), ("Codebook", "codebook")]
)
def test_a_typing_error_in_a_command_is_answered_with_the_near_one(typed: str, command: str) -> None:
    rate(typed, "kazakhstan").refused(3, f"or the command: rate {command}")


@pytest.mark.parametrize("typed", ["", " ", "qwxzqwxz", "\x1b[31mred", "k" * 10_000])
def test_what_is_no_name_at_all_is_refused_in_a_few_printable_words(typed: str) -> None:
    ran = rate(typed, *LAST)
    ran.refused(3, "no country has the name or code")
    assert len(ran.err) < 400
    assert "\x1b" not in ran.err


def test_bytes_that_are_no_text_are_refused_like_any_other_name() -> None:
    rate(b"\xff\xfe", *LAST).refused(3, "no country has the name or code")
