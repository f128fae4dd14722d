"""The commands as a page of docs/ and as a manual page, both from what `rate COMMAND --help` shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import typer

from ratingengine.cli.app import app, loaded
from ratingengine.cli.commands import PANELS
from ratingengine.cli.help import Description, described
from ratingengine.interface.exit_codes import MEANINGS
from ratingengine.model.version import __version__

LEAD = "A rules engine that scores civic space from sourced evidence, and explains the rating."
ENVIRONMENT = {
    "COLUMNS": "Columns of text, 80 to 200; by default those of the terminal, and 100 in a pipe.",
    "NO_COLOR": "Without bold and colour on a terminal, where it is set.",
    "RATINGENGINE_CACHE": "The folder that keeps compiled rules and records, or `off`.",
}


def descriptions() -> Iterator[tuple[str, tuple[Description, ...]]]:
    """The commands of each panel."""
    above = typer.main.get_command(app).make_context("rate", [], resilient_parsing=True)
    for panel, names in PANELS.items():
        yield panel, tuple(text for name, place in names.items() for text in _of(loaded(name, place), name, above))


def _of(command: Any, name: str, above: Any) -> Iterator[Description]:
    context = command.make_context(name, [], parent=above, resilient_parsing=True)
    below = command.list_commands(context) if hasattr(command, "list_commands") else ()
    if not below:
        yield described(command, context)
    for part in below:
        yield from _of(command.get_command(context, part), part, context)


def commands_page() -> str:
    """docs/commands.md."""
    lines = ["# Commands", "", "What `rate COMMAND --help` shows; generated.", ""]
    for panel, commands in descriptions():
        lines += [f"## {panel}", ""]
        for text in commands:
            lines += [f"### {text.path}", "", f"`{text.path} {text.usage}`", "", *(f"{part}\n" for part in text.paragraphs)]
            lines += ["```", *text.examples, "```", ""]
            named = (*text.arguments, *text.options)
            lines += ["| | |", "|---|---|", *(f"| `{_cell(name)}` | {_cell(words)} |" for name, words in named), ""]
    lines += ["## Exit codes", "", "The same of every command.", "", "| code | meaning |", "|---|---|"]
    lines += [f"| {code} | {meaning} |" for code, meaning in MEANINGS.items()]
    lines += ["", "## Environment", "", "| variable | meaning |", "|---|---|"]
    lines += [f"| `{name}` | {meaning} |" for name, meaning in ENVIRONMENT.items()]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def manual_page() -> str:
    """docs/rate.1, in the macros of man(7)."""
    lines = [f'.TH RATE 1 "" "ratingengine {__version__}"', ".SH NAME", "rate \\- score civic space and explain the rating"]
    lines += [".SH SYNOPSIS", ".B rate", "COUNTRY [YEAR] [OPTIONS]", ".br", ".B rate", "COMMAND … [OPTIONS]"]
    lines += [".SH DESCRIPTION", _roff(LEAD)]
    for panel, commands in descriptions():
        lines.append(f".SH {panel.upper()} COMMANDS")
        for text in commands:
            lines += [
                f".SS {_roff(text.path)} {_roff(text.usage)}",
                *(line for part in text.paragraphs for line in (_roff(part), ".PP")),
            ]
            lines += [".nf", *(f".RS\n{_roff(line)}\n.RE" for line in text.examples), ".fi"]
            lines += [line for named in (*text.arguments, *text.options) for line in _tagged(*named)]
    lines += [".SH EXIT STATUS", *_table({str(code): meaning for code, meaning in MEANINGS.items()})]
    lines += [".SH ENVIRONMENT", *_table(ENVIRONMENT)]
    return "\n".join(lines) + "\n"


def _table(words: Mapping[str, str]) -> list[str]:
    return [line for name, meaning in words.items() for line in _tagged(name, meaning)]


def _tagged(name: str, words: str) -> tuple[str, str, str]:
    return ".TP", f".B {_roff(name)}", _roff(words)


def _roff(text: str) -> str:
    """Text that roff takes as it is: no escape, no request at the beginning of a line, hyphens that can be copied."""
    plain = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{plain}" if plain[:1] in (".", "'") else plain
