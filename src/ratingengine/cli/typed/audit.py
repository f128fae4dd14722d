"""Commands that explain an answer."""

from __future__ import annotations

from typing import Annotated

import typer

from ratingengine.interface.options import Country, Engine, Format, KnownAt, On, Prior, Records, Rules, Year, end

app = typer.Typer()


@app.command("why")
def why(
    country: Country,
    year: Year = None,
    on: On = None,
    known_at: KnownAt = None,
    rule: Annotated[str | None, typer.Option("--rule", metavar="ID", help="Also how this rule stands, held or not.")] = None,
    full: Annotated[bool, typer.Option("--full", help="Also the whole trace.")] = False,
    rules: Rules = None,
    records: Records = None,
    format_: Format = "text",
) -> None:
    """Explain a rating: the deciding path, every minimal support, one rule's conditions."""
    from ratingengine.explain.why.why_command import show_why

    end(show_why(country, year, on, known_at, rule, full, rules, records or (), format_))


@app.command("why-not")
def why_not(
    country: Country,
    rating: Annotated[str, typer.Option("--rating", metavar="RATING", help="The rating asked for; one beyond it counts too.")],
    year: Year = None,
    on: On = None,
    known_at: KnownAt = None,
    exactly: Annotated[bool, typer.Option("--exactly", help="No rating beyond the one asked for.")] = False,
    most: Annotated[int, typer.Option("--max", metavar="N", help="How many sets are written out; JSON has all.")] = 10,
    brief: Annotated[bool, typer.Option("--brief", help="Only count what never helps.")] = False,
    rules: Rules = None,
    records: Records = None,
    format_: Format = "text",
) -> None:
    """Show every minimal set of changes of evidence that would give another rating."""
    from ratingengine.explain.why.why_command import show_why_not

    end(show_why_not(country, year, on, known_at, rating, exactly, most, brief, rules, records or (), format_))


@app.command("robust")
def robust(
    country: Annotated[list[str] | None, typer.Argument(metavar="[COUNTRY]", help="A country, unless --all.")] = None,
    all_: Annotated[bool, typer.Option("--all", help="Rank all countries on record.")] = False,
    year: Year = None,
    on: On = None,
    known_at: KnownAt = None,
    most: Annotated[int, typer.Option("--max", metavar="N", help="How many sets are written out; JSON has all.")] = 3,
    rules: Rules = None,
    records: Records = None,
    format_: Format = "text",
) -> None:
    """Tell how firm a rating is: what remains possible, and how few claims carry it."""
    from ratingengine.explain.robust.robust_command import show_robust

    end(show_robust(country or (), all_, year, on, known_at, most, rules, records or (), format_))


@app.command("sources")
def sources(
    country: Country,
    year: Year = None,
    on: On = None,
    known_at: KnownAt = None,
    leave_one_out: Annotated[
        bool, typer.Option("--leave-one-out", help="Also the rating without each source, publisher and coder.")
    ] = False,
    rules: Rules = None,
    records: Records = None,
    format_: Format = "text",
) -> None:
    """Show the sources behind an answer, and which of them carry the rating."""
    from ratingengine.explain.sources.sources_command import show_sources

    end(show_sources(country, year, on, known_at, leave_one_out, rules, records or (), format_))


@app.command("what-if")
def what_if(
    country: Country,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="INDICATOR=VALUE", help="7, yes, 3..5, 3.., ..5 or unknown; repeatable."),
    ] = None,
    remove: Annotated[
        list[str] | None,
        typer.Option("--remove", metavar="NAME", help="Leave out a record, event, indicator or source; repeatable."),
    ] = None,
    year: Year = None,
    on: On = None,
    known_at: KnownAt = None,
    rules: Rules = None,
    records: Records = None,
    engine: Engine = "both",
    format_: Format = "text",
    prior: Prior = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 5 unless the rating is determined.")] = False,
) -> None:
    """Rate on supposed evidence, and show what differs; no record is changed."""
    from ratingengine.explain.what_if.what_if_command import show_what_if

    asked = (year, on, known_at, rules, records or (), engine, format_, prior, strict)
    end(show_what_if(country, set_ or (), remove or (), *asked))


@app.command("diff")
def diff(
    words: Annotated[list[str], typer.Argument(metavar="COUNTRY FROM [TO]", help="A country, and two years or days.")],
    against: Annotated[str | None, typer.Option("--against", metavar="COUNTRY", help="Another country, on TO.")] = None,
    rules: Rules = None,
    rules_from: Annotated[str | None, typer.Option("--rules-from", metavar="NAME|DIR", help="The rules for FROM.")] = None,
    rules_to: Annotated[str | None, typer.Option("--rules-to", metavar="NAME|DIR", help="The rules for TO.")] = None,
    records: Records = None,
    records_from: Annotated[
        list[str] | None, typer.Option("--records-from", metavar="DIR|FILE", help="Records for FROM.")
    ] = None,
    records_to: Annotated[list[str] | None, typer.Option("--records-to", metavar="DIR|FILE", help="Records for TO.")] = None,
    known_at: KnownAt = None,
    known_from: Annotated[str | None, typer.Option("--known-from", metavar="DATE", help="FROM as known on this day.")] = None,
    known_to: Annotated[str | None, typer.Option("--known-to", metavar="DATE", help="TO as known on this day.")] = None,
    term: Annotated[str | None, typer.Option("--term", metavar="NAME", help="How the share of one input comes about.")] = None,
    brief: Annotated[bool, typer.Option("--brief", help="Leave out commands, rules and further values.")] = False,
    format_: Format = "text",
) -> None:
    """Compare two ratings, and attribute the change to evidence, rules, revision, transition and overrides."""
    from ratingengine.explain.diff.diff_command import Asked, show_diff

    own = {
        "--rules": [rules] if rules else [],
        "--rules-from": [rules_from] if rules_from else [],
        "--rules-to": [rules_to] if rules_to else [],
        "--records": records or [],
        "--records-from": records_from or [],
        "--records-to": records_to or [],
        "--known-at": [known_at] if known_at else [],
        "--known-from": [known_from] if known_from else [],
        "--known-to": [known_to] if known_to else [],
    }
    one = Asked(rules_from or rules, tuple(records_from or records or ()), known_from or known_at)
    other = Asked(rules_to or rules, tuple(records_to or records or ()), known_to or known_at)
    end(show_diff(words, against, one, other, own, term, brief, format_))
