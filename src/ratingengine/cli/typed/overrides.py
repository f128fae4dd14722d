"""Commands about judgements that depart from the rules."""

from __future__ import annotations

import typer

from ratingengine.interface.options import Format, Records, Rules, end

app = typer.Typer()
overrides_app = typer.Typer(
    rich_markup_mode=None, pretty_exceptions_enable=False, help="List judgements that depart from the rules, and find stale ones."
)
app.add_typer(overrides_app, name="overrides")


@overrides_app.command("list")
def overrides_list(rules: Rules = None, records: Records = None, format_: Format = "text") -> None:
    """List every override: who, when, why, for which days, and what the rules publish instead."""
    from ratingengine.ruleset.overrides.overrides_command import show_overrides

    end(show_overrides(rules, records or (), format_))


@overrides_app.command("stale")
def overrides_stale(rules: Rules = None, records: Records = None, format_: Format = "text") -> None:
    """Find overrides that the rules have made unnecessary; exit 1 when there is one."""
    from ratingengine.ruleset.overrides.overrides_command import show_stale

    end(show_stale(rules, records or (), format_))
