"""What `rate import` did: a page and the same values as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from ratingengine.importing.command import Imported
from ratingengine.importing.coverage import ALL, Coverage, Statement
from ratingengine.importing.outcome import Duplicate, Tally
from ratingengine.interface.page import Block, Grid, Heading, Item, Lines, Page, Points

SCHEMA = "ratingengine/imported/1"
DAYS, COUNTRIES = "--covers 2016..2024", "--countries world"
"""How the user says what a file covers, for example."""
ROWS = ("mapped", "empty", "outside", "cut", "refused", "apart", "unrecognised", "duplicates")
ROW_WORDS = {
    "mapped": "gave observations",
    "empty": "had no usable value",
    "outside": "not covered by the mapping",
    "cut": "outside the years asked for",
    "refused": "refused",
    "apart": "skipped: not a current country (listed below)",
    "unrecognised": "of countries that were not recognised",
    "duplicates": "repeat an earlier country-year",
}


def imported_json(imported: Imported, output: str, most: int) -> dict[str, Any]:
    """The outcome; each list shows at most so many entries, and `found` says how many there are."""
    outcome, data = imported.outcome, imported.mapping.data
    tally = outcome.tally
    return {
        "schema": SCHEMA,
        "mapping": imported.mapping.name,
        "file": {
            "name": imported.file,
            "part": imported.part or None,
            "unread": list(imported.unread),
            "sha256": imported.sha256,
        },
        "output": output,
        "source": {"id": data.id, "version": imported.release.edition or data.version, "licence": data.licence},
        "caution": data.caution or None,
        "rows": _rows(tally),
        "values": _values(tally),
        "countries": len(tally.countries),
        "years": {"from": tally.first_year, "to": tally.last_year},
        "covers": _covers(outcome.coverage, imported.release.said),
        "columns": list(outcome.used),
        "lacking": [{"indicator": name, "columns": list(columns)} for name, columns in outcome.lacking],
        "unknown": list(outcome.unknown),
        "breaks": [{"from": entry.first, "what": entry.what} for entry in imported.mapping.breaks],
        "found": _found(tally),
        "refusals": [
            {outcome.unit: refusal.line, "column": refusal.column, "text": refusal.text, "reason": refusal.reason}
            for refusal in tally.refusals[:most]
        ],
        "apart": [{"unit": name, "rows": count} for name, count in _most_rows(tally.apart)[:most]],
        "unrecognised": [{"text": name, "rows": count} for name, count in _most_rows(tally.unrecognised)[:most]],
        "duplicates": [_duplicate(row, outcome.unit) for row in tally.duplicate_rows[:most]],
    }


def _duplicate(row: Duplicate, unit: str) -> dict[str, Any]:
    return {unit: row.line, "first": row.first, "country": row.country, "year": row.year, "same": row.same}


def _covers(coverage: Coverage | None, said: Statement) -> dict[str, Any] | None:
    """The days and countries of which a file of events tells everything, and whether the user or the file says so."""
    if coverage is None:
        return None
    if said.countries is None:
        countries: str | list[str] = "in the file"
    else:
        countries = "world" if ALL in said.countries else sorted(said.countries)
    return {
        "from": str(coverage.begin),
        "to": str(coverage.end),
        "in_part": sorted(coverage.torn),
        "days_by": "file" if said.days is None else "user",
        "countries": countries,
        "countries_by": "file" if said.countries is None else "user",
    }


def _found(tally: Tally) -> dict[str, int]:
    """How many entries each list has, shown or not."""
    return {
        "refusals": tally.refused + tally.refused_values,
        "apart": len(tally.apart),
        "unrecognised": len(tally.unrecognised),
        "duplicates": tally.duplicates,
    }


def _most_rows(names: Counter[str]) -> list[tuple[str, int]]:
    """The names with the most rows first, as a list that is cut must show what matters most."""
    return sorted(names.items(), key=lambda item: (-item[1], item[0]))


def _rows(tally: Tally) -> dict[str, int]:
    """What became of each row; the others add up to those read."""
    return {
        "read": tally.read,
        "mapped": tally.mapped,
        "empty": tally.empty,
        "outside": tally.outside,
        "cut": tally.cut,
        "refused": tally.refused,
        "apart": tally.apart_rows,
        "unrecognised": tally.unrecognised_rows,
        "duplicates": tally.duplicates,
    }


def _values(tally: Tally) -> dict[str, int]:
    return {
        "observations": tally.observations,
        "none": tally.none,
        "least": tally.least,
        "withheld": tally.withheld,
        "missing": tally.missing,
        "refused": tally.refused_values,
        "rounded": tally.rounded,
    }


def imported_page(content: Mapping[str, Any], most: int) -> Page:
    """The page of such a content, in which lists of columns are cut too."""
    unit = next((key for one in (*content["refusals"], *content["duplicates"]) for key in ("line", "row") if key in one), "line")
    lists = (
        ("Refused", (unit, "column", "text", "reason"), "refusals"),
        ("Units apart", ("unit", "rows"), "apart"),
        ("Countries not recognised", ("text", "rows"), "unrecognised"),
        ("Duplicates", (unit, "first", "country", "year", "same"), "duplicates"),
    )
    listed = [block for title, keys, name in lists for block in _listed(title, keys, content[name], content["found"][name])]
    title = f"{content['mapping']}: {content['values']['observations']} observations in {content['output']}"
    return Page(title, (_told(content), _counts(content), *_columns(content, most), *listed))


def _told(content: Mapping[str, Any]) -> Block:
    years, source = content["years"], content["source"]
    countries = "country" if content["countries"] == 1 else "countries"
    part = f", {content['file']['part']}" if content["file"]["part"] else ""
    unread = content["file"]["unread"]
    return Lines(
        (
            f"From {content['file']['name']}{part} (SHA-256 {content['file']['sha256']}).",
            *([f"Not read of it: {', '.join(unread)}; --part NAME reads another."] if unread else []),
            f"Source {source['id']}, {source['version']}. Licence: {source['licence']}",
            *([content["caution"]] if content["caution"] else []),
            f"{content['countries']} {countries}, {years['from']} to {years['to']}.",
            *([_covered(content["covers"])] if content["covers"] else []),
        )
    )


def _covered(covers: Mapping[str, Any]) -> str:
    """What exact totals rest on, and how to say more where it was read off the file."""
    countries = covers["countries"]
    whose = countries if isinstance(countries, str) else ", ".join(countries)
    whose = {"world": "the whole world", "in the file": "the countries in the file"}.get(whose, whose)
    parts = [f"Covers {covers['from']} to {covers['to']} and {whose}; other totals are lower bounds."]
    if covers["in_part"]:
        parts.append(f"The file gives no days, so it may have only a part of {' and of '.join(map(str, covers['in_part']))}.")
    options = [text for text, key in ((DAYS, "days_by"), (COUNTRIES, "countries_by")) if covers[key] == "file"]
    return " ".join([*parts, f"If the file covers more, say so: {', '.join(options)}."] if options else parts)


def _counts(content: Mapping[str, Any]) -> Block:
    rows, values = content["rows"], content["values"]
    parts = tuple(Item(f"{rows[key]} {ROW_WORDS[key]}") for key in ROWS if rows[key] or key in ("mapped", "refused"))
    none = f", {values['none']} of them say none" if values["none"] else ""
    least = f", {values['least']} of them at least" if values["least"] else ""
    return Points(
        (
            Item(f"{rows['read']} rows read", parts),
            Item(
                f"{values['observations']} observations{none}{least}",
                (
                    *([Item(f"{values['withheld']} totals that are uncertain throughout")] if values["withheld"] else []),
                    Item(f"{values['missing']} values missing"),
                    Item(f"{values['refused']} values refused"),
                    Item(f"{values['rounded']} values rounded"),
                ),
            ),
        )
    )


def _columns(content: Mapping[str, Any], most: int) -> list[Block]:
    lacking = [_lacking(entry) for entry in content["lacking"]]
    lists = (
        ("Columns used: ", ", ", content["columns"]),
        ("Without a column in the file: ", "; ", lacking),
        ("Left out, as the codebook of these rules lacks them: ", ", ", content["unknown"]),
    )
    lines = [f"{title}{_joined(names, joint, most)}." for title, joint, names in lists if names]
    lines += [f"From {entry['from']} on: {entry['what']}" for entry in content["breaks"]]
    return [Lines(tuple(lines))] if lines else []


def _joined(names: Sequence[str], joint: str, most: int) -> str:
    if len(names) <= most:
        return joint.join(names)
    return f"{joint.join(names[:most])} ({most} of {len(names)} shown)" if most else str(len(names))


def _lacking(content: Mapping[str, Any]) -> str:
    """The indicator, and the columns it is looked for in where they have other names."""
    others = [name for name in content["columns"] if not content["indicator"].endswith(f".{name}")]
    return f"{content['indicator']} ({' or '.join(content['columns'])})" if others else str(content["indicator"])


def _listed(title: str, keys: tuple[str, ...], shown: list[Mapping[str, Any]], total: int) -> list[Block]:
    if not total:
        return []
    more = f" ({len(shown)} of {total} shown)" if total > len(shown) else ""
    rows = tuple(tuple(_cell(entry.get(key, "")) for key in keys) for entry in shown)
    return [Heading(f"{title}{more}"), Grid(keys, rows)]


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
