"""Every command's help: what it does in few words, examples that can be run, options with defaults, exit codes."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import typer

from ratingengine.cli import run
from ratingengine.cli.app import app, loaded
from ratingengine.cli.commands import COMMANDS, FIRST
from ratingengine.cli.help import Description, described, paragraphs_of
from ratingengine.interface.exit_codes import MEANINGS


def commands() -> Iterator[tuple[str, Any]]:
    """Every command with its words."""
    for name, place in COMMANDS.items():
        command = loaded(name, place)
        if isinstance(place, Mapping):
            yield from ((f"{name} {below}", loaded(below, path)) for below, path in place.items())
        else:
            yield name, command


ALL = dict(commands())


def text_of(name: str) -> Description:
    command = ALL[name]
    return described(command, command.make_context(name, [], resilient_parsing=True))


@pytest.mark.parametrize("name", ALL)
def test_a_command_says_what_it_does_and_has_examples_that_its_options_understand(name: str) -> None:
    text = text_of(name)
    assert text.paragraphs
    assert text.examples
    for example in text.examples:
        program, *words = shlex.split(example)
        assert program == "rate"
        if words[0] not in COMMANDS:
            words = [FIRST, *words]
        assert " ".join(words).startswith(name)
        ALL[name].make_context(name, words[len(name.split()) :])  # raises where an option or argument is not known


@pytest.mark.parametrize("name", ALL)
def test_every_argument_and_option_is_explained_in_a_sentence(name: str) -> None:
    text = text_of(name)
    for named, words in (*text.arguments, *text.options):
        assert named
        assert words[0].isupper() or words.startswith("http"), (named, words)
        assert "<" not in named


def test_the_list_of_commands_cuts_nothing_short(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    shown = capsys.readouterr().out
    assert "..." not in shown
    for name in COMMANDS:
        assert f"\n  {name} " in shown
    for code, meaning in MEANINGS.items():
        assert f"  {code} " in shown
        assert meaning in " ".join(shown.split())


def test_h_is_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["why", "-h"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Usage: rate why COUNTRY [YEAR] [OPTIONS]\n\n  Explain a rating: ")
    assert "\nExamples:\n  rate why kazakhstan 2022\n" in shown
    assert run(["why", "--help"]) == 0
    assert capsys.readouterr().out == shown


def test_examples_are_the_paragraphs_that_begin_with_the_program() -> None:
    text = """Do a thing.

    In two
    lines.

    rate a
    rate b
    """
    assert paragraphs_of(text) == (("Do a thing.", "In two lines."), ("rate a", "rate b"))
    assert paragraphs_of("") == ((), ())


def test_typer_knows_every_command() -> None:
    assert isinstance(app, typer.Typer)
    assert set(COMMANDS) == {name.split()[0] for name in ALL}
