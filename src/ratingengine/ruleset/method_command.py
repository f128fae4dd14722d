"""`rate rules`, `codebook`, `agreement` and `schema`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path

from ratingengine.engine.loading import load_rule_set, rules_exist
from ratingengine.engine.rating import codebook_folder, rules_folder
from ratingengine.errors import InvalidInput, NotFound
from ratingengine.files.nodes import near
from ratingengine.files.shipped import shipped
from ratingengine.interface.asked import FORMATS, Usage, asked_records, asked_rule, asked_rules, choice, write
from ratingengine.interface.exit_codes import DONE
from ratingengine.interface.json import dump
from ratingengine.interface.page import fenced
from ratingengine.interface.tables import Table, render
from ratingengine.method.codebook import read_codebook
from ratingengine.model.indicator import Indicator, base_of
from ratingengine.model.rule import KINDS, RuleSet
from ratingengine.ruleset.method_page import indicator_json, indicator_text, rule_json, rule_text

RULE_COLUMNS = (("id", "rule"), ("kind", "kind"), ("facet", "facet"), ("then", "concludes"), ("title", "title"))
INDICATOR_COLUMNS = (("id", "indicator"), ("type", "type"), ("time", "time"), ("worse", "worse"), ("title", "title"))


def _rule_set(rules: str | None, codebook: Path) -> tuple[RuleSet, date | None]:
    """The rule set, checked against the codebook, and the day whose rules are asked for."""
    name, day = asked_rules(rules)
    rule_set, _ = load_rule_set(rules_folder(name), codebook)
    rules_exist(rule_set, day)
    return rule_set, day


def _codebook(records: Sequence[str], rules: str | None) -> Path:
    return codebook_folder(asked_records(records), rules_folder(asked_rules(rules)[0]))


def show_rules(rules: str | None, records: Sequence[str], kind: str | None, format_: str) -> int:
    """The rules of a set, one line each."""
    choice(format_, FORMATS, "--format")
    if kind is not None:
        choice(kind, KINDS, "--kind")
    rule_set, day = _rule_set(rules, _codebook(records, rules))
    listed = [rule for rule in rule_set.rules.values() if day is None or rule.in_force(day)]
    rows = tuple(rule_json(rule) for rule in listed if kind in (None, rule.kind))
    in_force = f" in force on {day}" if day else ""
    title = f"{rule_set.title} ({rule_set.name} {rule_set.version}), {len(rows)} rules{in_force}"
    write(render(Table(title, "ratingengine/rules-list/1", RULE_COLUMNS, rows, "no rule"), format_))
    return DONE


def show_rule(rule: str, rules: str | None, records: Sequence[str], format_: str) -> int:
    """One rule in full."""
    choice(format_, FORMATS, "--format")
    rule_set, day = _rule_set(rules, _codebook(records, rules))
    found = asked_rule(rule, rule_set, day)
    write(dump(rule_json(found)) if format_ == "json" else _fenced(rule_text(found, rule_set), format_))
    return DONE


def _fenced(text: str, format_: str) -> str:
    return f"{fenced(text[:-1])}\n" if format_ == "md" else text


def show_codebook(indicator: str | None, records: Sequence[str], rules: str | None, format_: str) -> int:
    """All indicators, or one in full."""
    choice(format_, FORMATS, "--format")
    folder = _codebook(records, rules)
    codebook, _, problems = read_codebook(folder)
    if problems:
        raise InvalidInput(problems)
    if indicator is None:
        rows = tuple(indicator_json(entry) for entry in codebook.coded)
        title = f"Codebook, {len(rows)} indicators"
        write(render(Table(title, "ratingengine/codebook-list/1", INDICATOR_COLUMNS, rows), format_))
        return DONE
    if indicator not in codebook:
        hint = near(indicator, [entry.id for entry in codebook]) or "see: rate codebook"
        raise NotFound(f"no indicator '{indicator}'; {hint}")
    found = codebook[indicator]
    readers = _readers(found, rules, folder)
    write(dump(indicator_json(found)) if format_ == "json" else _fenced(indicator_text(found, readers), format_))
    return DONE


def _readers(indicator: Indicator, rules: str | None, codebook: Path) -> tuple[str, ...]:
    """The rules that read an indicator. The default rules know the shipped codebook only."""
    if rules is None and codebook != codebook_folder(()):
        return ()
    rule_set, day = _rule_set(rules, codebook)
    readers = (rule for rule in rule_set.rules.values() if any(indicator.id == base_of(name) for name in rule.indicators))
    return tuple(rule.id for rule in readers if day is None or rule.in_force(day))


def show_agreement(first: str | None, second: str | None, format_: str) -> int:
    """Alphas and the country-years that the two codings rate differently."""
    from ratingengine.ruleset.agreement.codings import compare_codings

    choice(format_, ("text", "json"), "--format")
    one = Path(first) if first else shipped("indicators")
    other = Path(second) if second else one / "recoded"
    for folder in (one, other):
        if not folder.is_dir():
            raise NotFound(f"no such folder of records: '{folder}'")
    compared = compare_codings(one, other)
    found = compared.found
    rows = (
        ("coded at all (nominal)", found.cells, found.coded),
        ("same word (nominal)", found.words_cells, found.words),
        ("same count (ratio)", found.counts_cells, found.counts),
    )
    if format_ == "json":
        content = {
            "schema": "ratingengine/agreement/1",
            "country_years": compared.country_years,
            "alpha": [{"of": name, "cells": cells, "alpha": _alpha(value)} for name, cells, value in rows],
            "coded_by_both": found.both,
            "equal": found.equal,
            "only_first": found.only_first,
            "only_second": found.only_second,
            "ratings_differing": [
                {"iso3": d.country.iso3, "year": d.year, "first": d.first, "second": d.second} for d in compared.differing
            ],
        }
        write(dump(content))
        return DONE
    lines = [f"Two codings of {compared.country_years} country-years, Krippendorff's alpha", ""]
    lines += [f"{name:<26}{_shown(value):>8}   over {cells} country-year-indicators" for name, cells, value in rows]
    lines += [
        "",
        f"coded by both {found.both} (established value equal in {found.equal}), only by the first {found.only_first}, ",
    ]
    lines[-1] += f"only by the second {found.only_second}"
    lines.append(f"ratings that differ: {len(compared.differing)} of {compared.country_years}")
    lines += [f"  {d.country.iso3} {d.year}: {d.first or 'none'} / {d.second or 'none'}" for d in compared.differing]
    write("\n".join(lines) + "\n")
    return DONE


def _alpha(value: Fraction | None) -> float | None:
    return None if value is None else round(float(value), 3)


def _shown(value: Fraction | None) -> str:
    return "–" if value is None else f"{float(value):.3f}"


def show_schema(kind: str) -> int:
    """A JSON Schema to stdout."""
    from ratingengine.ruleset.schemas import SHAPES, schema_of

    if kind not in SHAPES:
        raise Usage(f"no schema '{kind}': write one of {', '.join(SHAPES)}")
    write(json.dumps(schema_of(kind), ensure_ascii=False, indent=2) + "\n")
    return DONE
