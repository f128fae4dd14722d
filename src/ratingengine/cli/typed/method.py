"""Commands about rules, codebook and records."""

from __future__ import annotations

from typing import Annotated

import typer

from ratingengine.interface.options import Format, Records, Rules, end

app = typer.Typer()
rules_app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, help="List and show rules.")
app.add_typer(rules_app, name="rules")


@app.command("codebook")
def codebook(
    indicator: Annotated[str | None, typer.Argument(help="One indicator, in full.")] = None,
    records: Records = None,
    rules: Rules = None,
    format_: Format = "text",
) -> None:
    """List the indicators, or show one with its question and anchors."""
    from ratingengine.ruleset.method_command import show_codebook

    end(show_codebook(indicator, records or (), rules, format_))


@app.command("check")
def check(
    folders: Annotated[
        list[str] | None, typer.Argument(metavar="[DIR]...", help="Rule sets or records; the shipped ones.")
    ] = None,
    documents: Annotated[
        str | None, typer.Option("--documents", metavar="DIR", help="The coded documents, to check locators and wording.")
    ] = None,
    select: Annotated[list[str] | None, typer.Option("--select", metavar="CODE", help="Only these findings; repeatable.")] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", metavar="CODE", help="Not these findings; repeatable.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 when there are findings, too.")] = False,
    format_: Annotated[
        str, typer.Option("--format", metavar="text|json|sarif|github", help="How problems and findings are written.")
    ] = "text",
) -> None:
    """Check rule sets, codebook and records; exit 1 for errors. What is hardly meant is told as warning or note."""
    from ratingengine.ruleset.check.check_command import show_check

    end(show_check(folders or (), documents, select or (), ignore or (), strict, format_))


@app.command("prove")
def prove(
    folder: Annotated[str | None, typer.Argument(metavar="[DIR]", help="The rule set, by folder or name; civic-space.")] = None,
    records: Records = None,
    theorems: Annotated[
        list[str] | None, typer.Option("--theorem", metavar="NAME", help="Only this theorem, by name or number; repeatable.")
    ] = None,
    counterexamples: Annotated[
        str | None, typer.Option("--counterexamples", metavar="DIR", help="Where record files against a theorem are written.")
    ] = None,
    witnesses: Annotated[
        str | None, typer.Option("--witnesses", metavar="DIR", help="Where records of what T2 and T3 ask for are written.")
    ] = None,
    format_: Format = "text",
) -> None:
    """Prove theorems of a rule set for every input, or show evidence against them; exit 1 when one fails."""
    from ratingengine.proofs.prove_command import show_prove

    end(show_prove(folder, records or (), theorems or (), counterexamples, witnesses, format_))


@app.command("agreement")
def agreement(
    first: Annotated[str | None, typer.Argument(metavar="[DIR]", help="The first coding; the shipped records.")] = None,
    second: Annotated[str | None, typer.Argument(metavar="[DIR]", help="The second coding; `recoded` below the first.")] = None,
    format_: Annotated[str, typer.Option("--format", metavar="text|json", help="How the answer is written.")] = "text",
) -> None:
    """Report how far two independent codings agree (Krippendorff's alpha)."""
    from ratingengine.ruleset.method_command import show_agreement

    end(show_agreement(first, second, format_))


@app.command("schema")
def schema(
    kind: Annotated[
        str, typer.Argument(metavar="rules|scale|codebook|record|overrides|sources|cases", help="Which file format.")
    ],
) -> None:
    """Print the JSON Schema of a file format, for editors."""
    from ratingengine.ruleset.method_command import show_schema

    end(show_schema(kind))


@rules_app.command("list")
def rules_list(
    rules: Rules = None,
    records: Records = None,
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help="finding, level, rating …")] = None,
    format_: Format = "text",
) -> None:
    """List the rules of a rule set."""
    from ratingengine.ruleset.method_command import show_rules

    end(show_rules(rules, records or (), kind, format_))


@rules_app.command("show")
def rules_show(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="A rule id, for example ASM-010.")],
    rules: Rules = None,
    records: Records = None,
    format_: Format = "text",
) -> None:
    """Show one rule: condition, conclusion, rationale, legal basis."""
    from ratingengine.ruleset.method_command import show_rule

    end(show_rule(rule, rules, records or (), format_))


@rules_app.command("diff")
def rules_diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="NAME, DIR, NAME@DATE, @DATE, REV or REV:PATH (a git revision).")],
    new: Annotated[str | None, typer.Argument(metavar="[NEW]", help="The same; civic-space by default.")] = None,
    impact: Annotated[bool, typer.Option("--impact", help="Also: which country-years on record come out otherwise.")] = False,
    records: Records = None,
    witnesses: Annotated[
        str | None, typer.Option("--witnesses", metavar="DIR", help="Write each witness as a folder of records.")
    ] = None,
    most: Annotated[int, typer.Option("--most", metavar="N", help="So many witnesses for each change of outcome.")] = 3,
    format_: Format = "text",
) -> None:
    """Compare two rule sets: changed rules, inputs on which they disagree or a proof that there are none, ratings that move."""
    from ratingengine.proofs.rules_diff.rules_diff_command import show_rules_diff

    end(show_rules_diff(old, new, impact, records or (), witnesses, most, format_))
