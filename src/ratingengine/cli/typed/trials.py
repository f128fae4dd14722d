"""The command that tries rules on cases."""

from __future__ import annotations

from typing import Annotated

import typer

from ratingengine.interface.options import Format, Records, end

app = typer.Typer()


@app.command("test")
def try_rules(
    rules: Annotated[str | None, typer.Argument(metavar="[NAME|DIR]", help="The rule set; civic-space by default.")] = None,
    cases: Annotated[
        str | None, typer.Option("--cases", metavar="DIR", help="Its cases; the folder `cases` in the rule set by default.")
    ] = None,
    coverage: Annotated[bool, typer.Option("--coverage", help="Also what the cases and the records cover.")] = False,
    mutate: Annotated[bool, typer.Option("--mutate", help="Also how many changed rules the cases notice.")] = False,
    least: Annotated[int, typer.Option("--least", metavar="PERCENT", help="How many they have to notice.")] = 95,
    records: Records = None,
    format_: Format = "text",
) -> None:
    """Run the cases of a rule set; exit 1 when one fails, a gap is found, or too few changed rules are noticed."""
    from ratingengine.ruleset.test.test_command import show_test

    end(show_test(rules, cases, coverage, mutate, least, records or (), format_))
