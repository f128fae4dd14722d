"""A file or folder that does not exist is exit code 3 in every command, for every option that names one to read."""

from __future__ import annotations

import pytest
from assets.toy import INVENTED, OPTIONS

from ratingengine.cli import run
from ratingengine.cli.app import loaded
from ratingengine.cli.commands import COMMANDS
from ratingengine.cli.help import described

PUBLISHED = str(INVENTED.parent / "published.csv")
TABLE = str(INVENTED.parent / "tables")
YEAR = ("--year", "2003")
ANSWERED = ("bvt", "2003")
OUT = ("-o", "-")
WORDS: dict[str, tuple[str, ...]] = {
    "country": ANSWERED,
    "history": ("bvt",),
    "why": ANSWERED,
    "why-not": (*ANSWERED, "--rating", "open"),
    "robust": ANSWERED,
    "diff": ("bvt", "2002", "2003"),
    "what-if": ANSWERED,
    "sources": ANSWERED,
    "compare": ("bvt", "hmd", *YEAR),
    "changes": ("--from", "2002", "--to", "2003"),
    "watchlist": YEAR,
    "summary": YEAR,
    "panel": (),
    "coverage": (),
    "map": (*YEAR, *OUT),
    "backtest": ("--against", PUBLISHED),
    "import": ("vdem", PUBLISHED, *OUT),
    "batch": (PUBLISHED, *OUT),
    "simulate": (PUBLISHED,),
    "sensitivity": (PUBLISHED,),
    "codebook": (),
    "rules list": (),
    "rules show": ("INV-001",),
    "rules diff": ("civic-space",),
    "overrides list": (),
    "overrides stale": (),
    "check": (),
    "test": (),
    "prove": (),
    "certify": (*ANSWERED, *OUT),
    "verify": (),
    "provenance": ANSWERED,
}
"""What each command needs beside the path that is tried."""
READ = {
    "--records", "--records-from", "--records-to", "--rules", "--rules-from", "--rules-to", "--ratings", "--population",
    "--against", "--countries-in", "--codebook", "--documents", "--cases", "--sign", "--key",
}  # fmt: skip
"""Options that name a file or folder to read; the others with FILE or DIR write."""
ARGUMENTS = (
    *("import vdem X -o -", "import X X -o -", "batch X -o -", "simulate X", "sensitivity X", "agreement X"),
    *("rules diff X", "rules diff civic-space X", "check X", "test X", "prove X", "verify X"),
)


def options_of(name: str) -> set[str]:
    """The options of a command that name something to read."""
    first, _, second = name.partition(" ")
    place = COMMANDS[first]
    command = loaded(second or first, place if isinstance(place, str) else place[second])
    text = described(command, command.make_context(name, [], resilient_parsing=True))
    return {part for option, _ in text.options for part in option.replace(",", " ").split() if part in READ}


TRIED = [(name, option) for name in WORDS for option in sorted(options_of(name))]


@pytest.mark.parametrize(("name", "option"), TRIED)
def test_an_option_that_names_nothing_exits_3(name: str, option: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = [word for word in WORDS[name] if not (option == "--against" and word in ("--against", PUBLISHED))]
    file = PUBLISHED if name == "verify" else ""
    assert run([*name.split(), *words, *filter(None, [file]), option, "no/such/place.csv"]) == 3
    said = capsys.readouterr().err
    assert "no/such/place.csv" in said
    assert said.startswith("error: ")


@pytest.mark.parametrize("words", ARGUMENTS)
def test_an_argument_that_names_nothing_exits_3(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(words.replace("X", "no/such/place.csv").split()) == 3
    assert "no/such/place.csv" in capsys.readouterr().err


def test_a_baseline_of_no_file_exits_3(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["backtest", "--against", PUBLISHED, *OPTIONS, "--baseline", "no/such.csv:x"]) == 3
    assert "--baseline: no such file: 'no/such.csv'" in capsys.readouterr().err


def test_every_command_is_tried() -> None:
    names = {name for name, place in COMMANDS.items() if isinstance(place, str)}
    names |= {f"{name} {below}" for name, place in COMMANDS.items() if not isinstance(place, str) for below in place}
    assert names - set(WORDS) == {"agreement", "schema"}
    assert len(TRIED) > 50
