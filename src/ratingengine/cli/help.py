"""What `rate --help` and `rate COMMAND --help` show: docstrings, examples, arguments, options and exit codes."""

from __future__ import annotations

import inspect
from typing import Any

from attrs import frozen
from typer.core import TyperCommand

from ratingengine.interface.exit_codes import MEANINGS

WIDTH = 100
"""Columns of help at most."""
EXAMPLE = "rate "
"""Paragraphs of a docstring that begin so are examples, a line each."""

Named = tuple[tuple[str, str], ...]


@frozen
class Description:
    """A command in words: paragraphs, examples, and what each argument and option is."""

    path: str
    usage: str
    paragraphs: tuple[str, ...]
    examples: tuple[str, ...]
    arguments: Named
    options: Named


def paragraphs_of(docstring: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The paragraphs of a docstring, and the lines of its examples."""
    parts = [part for part in inspect.cleandoc(docstring).split("\n\n") if part]
    examples = tuple(line for part in parts if part.startswith(EXAMPLE) for line in part.splitlines())
    return tuple(" ".join(part.split()) for part in parts if not part.startswith(EXAMPLE)), examples


def described(command: Any, ctx: Any) -> Description:
    """What typer knows of a command; arguments are named by what they are, not by types of Python."""
    params = [(param, param.get_help_record(ctx)) for param in command.get_params(ctx)]
    arguments = tuple((param.metavar, record[1]) for param, record in params if param.param_type_name == "argument")
    options = tuple(record for param, record in params if record and param.param_type_name == "option")
    paragraphs, examples = paragraphs_of(command.help or "")
    usage = " ".join((*(name for name, _ in arguments), "[OPTIONS]"))
    return Description(ctx.command_path, usage, paragraphs, examples, arguments, options)


def write_text(formatter: Any, paragraphs: tuple[str, ...], examples: tuple[str, ...]) -> None:
    """Paragraphs, then examples as they are."""
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text("\n\n".join(paragraphs))
    if examples:
        with formatter.section("Examples"):
            formatter.write("".join(f"{'':{formatter.current_indent}}{line}\n" for line in examples))


def write_exit_codes(formatter: Any) -> None:
    """The table of exit codes."""
    with formatter.section("Exit codes"):
        formatter.write_dl([(str(code), meaning) for code, meaning in MEANINGS.items()])


class Command(TyperCommand):
    """A command whose help has examples."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """The command with its arguments."""
        formatter.write_usage(ctx.command_path, described(self, ctx).usage)

    def format_help_text(self, ctx: Any, formatter: Any) -> None:
        """What it does, and examples."""
        text = described(self, ctx)
        write_text(formatter, text.paragraphs, text.examples)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Arguments and options."""
        text = described(self, ctx)
        for title, records in (("Arguments", text.arguments), ("Options", text.options)):
            if records:
                with formatter.section(title):
                    formatter.write_dl(records)
