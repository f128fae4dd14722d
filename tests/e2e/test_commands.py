"""Every command of `rate` answers in every format, and its help says how to ask."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from assets.toy import OPTIONS, RECORDS, RULES
from e2e.command import rate

from ratingengine.cli.commands import COMMANDS
from ratingengine.model.version import __version__

PROJECT = Path(__file__).resolve().parents[2]
SCHEMA = PROJECT / "docs" / "schemas" / "assessment.json"
KEYS = {
    "schema", "country", "year", "as_of", "rating", "assessed", "previous", "change", "watchlist", "profile", "profiles",
    "status", "possible", "coverage", "freedoms", "trace", "evidence", "engines", "versions", "trace_sha256",
}  # fmt: skip
ISLAND = ("bouvet", "island", *OPTIONS)
TABLES = {
    "history": ("history", "BVT", *OPTIONS),
    "changes": ("changes", "--from", "2001", "--to", "2005", *OPTIONS),
    "watchlist": ("watchlist", "--on", "2003-12-31", *OPTIONS),
    "rules list": ("rules", "list", *OPTIONS),
    "codebook": ("codebook", "--records", str(RECORDS)),
}
ENTRIES = {
    "rules show": ("rules", "show", "INV-001", *OPTIONS),
    "codebook entry": ("codebook", "assembly.banners_taken", *OPTIONS),
}


def answer(*words: str) -> dict[str, Any]:
    ran = rate(*words, "--format", "json")
    ran.answered()
    found: dict[str, Any] = ran.json
    return found


@pytest.mark.parametrize("command", [*COMMANDS, "rules list", "rules show"])
def test_the_help_of_a_command_shows_how_it_is_used(command: str) -> None:
    rate(*command.split(), "-h").answered(f"Usage: rate {command}", "--help")


@pytest.mark.parametrize("words", [(), ("--help",)], ids=["alone", "--help"])
def test_the_help_of_the_program_names_every_command_and_an_example(words: tuple[str, ...]) -> None:
    rate(*words).answered("rate kazakhstan 2022", *(f"\n  {command} " for command in COMMANDS))


def test_the_version_is_that_of_the_package() -> None:
    ran = rate("--version")
    ran.answered()
    assert ran.out == f"ratingengine {__version__}\n"


def test_the_text_names_rating_range_change_watchlist_and_the_reason() -> None:
    rate(*ISLAND, "--year", "2003").answered(
        "Bouvet Island (BVT), 31 December 2003",
        "OBSTRUCTED (evidence points to repressed)",
        "downgrade from narrowed",
        "on: A march was stopped (INV-050)",
        "repressed only (determined by the evidence)",
        "Both freedoms are repressed (INV-031)",
    )


def test_the_markdown_has_a_table_of_freedoms_and_the_whole_trace() -> None:
    rate(*ISLAND, "--year", "2003", "--format", "md").answered(
        "# Bouvet Island (BVT), 31 December 2003\n", "| peaceful assembly | repressed |", "`INV-001`", "`INV-031`"
    )


def test_the_json_has_the_documented_keys() -> None:
    found = answer(*ISLAND, "--year", "2003")
    assert found.keys() >= KEYS
    assert found["schema"] == "ratingengine/assessment/1"
    assert found["country"] == {"iso3": "BVT", "name": "Bouvet Island"}
    assert (found["year"], found["as_of"]) == (2003, "2003-12-31")
    assert (found["rating"], found["assessed"], found["previous"]) == ("obstructed", "repressed", "narrowed")
    assert (found["change"], found["watchlist"], found["profile"]) == ("downgrade", True, "coded")
    assert (found["status"], found["possible"]) == ("determined", ["repressed"])
    assert found["profiles"].keys() == {"coded", "indices"}
    assert 0.0 <= found["coverage"] <= 1.0
    assert re.fullmatch("[0-9a-f]{64}", found["trace_sha256"])
    assert found["versions"].keys() >= {"software", "rules", "records"}


def test_the_json_traces_the_rating_down_to_the_place_in_the_source() -> None:
    found = answer(*ISLAND, "--year", "2003")
    assert found["freedoms"]["peaceful_assembly"]["level"] == "repressed"
    assert found["freedoms"]["peaceful_assembly"]["deciding"] == ["INV-011"]
    steps = {step["rule"]: step for step in found["trace"]}
    assert steps["INV-031"]["supports"] == [
        {"level": "expression", "at_most": "repressed"},
        {"level": "peaceful_assembly", "at_most": "repressed"},
    ]
    assert steps["INV-011"]["supports"] == [{"finding": "assembly.banner_hunt"}]
    assert {"indicator": "assembly.banners_taken", "at_least": "3", "value": "at least 3"} in steps["INV-001"]["supports"]
    (banners,) = [entry for entry in found["evidence"] if entry["indicator"] == "assembly.banners_taken"]
    places = {(place["id"], place["source"], place["locator"]) for place in banners["observations"]}
    assert places == {("BVT-2003-002", "island-gazette", "p. 4"), ("BVT-2003-003", "penguin-post", "p. 9")}
    assert (banners["lowest"], banners["highest"]) == ("3", None)


def test_the_rating_is_null_in_json_when_too_little_is_known() -> None:
    found = answer("HMD", "--on", "2004-05-01", *OPTIONS)
    assert (found["rating"], found["assessed"], found["change"], found["status"]) == (None, None, None, "insufficient")
    assert found["missing"]


@pytest.mark.skipif(not SCHEMA.exists(), reason="docs/schemas/assessment.json is not written yet")
@pytest.mark.parametrize(
    "words", [(*ISLAND, "--year", "2003"), ("HMD", "--on", "2004-05-01", *OPTIONS), ("kaz", "--year", "2022")]
)
def test_the_json_is_valid_against_the_published_schema(words: tuple[str, ...]) -> None:
    jsonschema.validate(answer(*words), json.loads(SCHEMA.read_text("utf-8")))


@pytest.mark.parametrize("name", TABLES)
def test_a_list_is_answered_in_every_format(name: str) -> None:
    found = answer(*TABLES[name])
    assert found["schema"].startswith("ratingengine/")
    assert found["rows"]
    first = str(next(iter(found["rows"][0].values())))
    rate(*TABLES[name]).answered(found["title"], first)
    rate(*TABLES[name], "--format", "md").answered(f"# {found['title']}\n", first, "|---|")


@pytest.mark.parametrize("name", ENTRIES)
def test_an_entry_is_answered_in_every_format(name: str) -> None:
    found = answer(*ENTRIES[name])
    text = rate(*ENTRIES[name])
    text.answered(found["id"], found["title"])
    markdown = rate(*ENTRIES[name], "--format", "md")
    markdown.answered()
    assert markdown.out == f"```\n{text.out}```\n"


def test_the_history_has_every_year_from_the_first_evidence_to_the_last() -> None:
    rows = answer(*TABLES["history"])["rows"]
    assert [(row["year"], row["rating"], row["change"]) for row in rows] == [
        (2001, "narrowed", None),
        (2002, "narrowed", "unchanged"),
        (2003, "obstructed", "downgrade"),
        (2004, "obstructed", "hold"),
        (2005, "narrowed", "upgrade"),
    ]


def test_the_history_ends_where_it_is_told_to() -> None:
    rows = answer(*TABLES["history"], "--to", "2002")["rows"]
    assert [row["year"] for row in rows] == [2001, 2002]


def test_the_history_of_a_country_without_records_says_so() -> None:
    rate("history", "FIN", *OPTIONS).answered("there are no records of this country")


def test_changes_are_downgrades_upgrades_and_holds_within_the_years() -> None:
    found = answer("changes", "--from", "2004", "--to", "2005", *OPTIONS)
    (rise,), (held,) = found["rows"], found["holds"]
    assert [rise[key] for key in ("iso3", "year", "change", "previous", "rating", "gates")] == [
        "BVT", 2005, "upgrade", "obstructed", "narrowed", ["INV-040"],
    ]  # fmt: skip
    assert [held[key] for key in ("iso3", "year", "change", "rating", "assessed", "pressure")] == [
        "BVT", 2004, "hold", "obstructed", "narrowed", "better",
    ]  # fmt: skip
    assert found["counts"] == {"downgrade": 0, "upgrade": 1, "hold": 1}


def test_the_watchlist_names_the_rules_that_put_a_country_there() -> None:
    named = {"iso3": "BVT", "country": "Bouvet Island", "rating": "obstructed", "rules": ["INV-050"]}
    assert answer(*TABLES["watchlist"])["rows"] == [{**named, "override": None, "by_rules": "obstructed"}]
    assert answer("watchlist", "--year", "2001", *OPTIONS)["rows"] == []


def test_rules_are_listed_by_kind() -> None:
    found = answer("rules", "list", "--kind", "level", *OPTIONS)
    assert [row["id"] for row in found["rows"]] == ["INV-010", "INV-011", "INV-020", "INV-021"]


def test_a_codebook_entry_names_the_rules_that_read_it_or_its_per_million_companion() -> None:
    rate(*ENTRIES["codebook entry"]).answered("read by       INV-001\n")


def test_a_rule_is_found_in_lower_case_too() -> None:
    assert rate("rules", "show", "inv-001", *OPTIONS).out == rate(*ENTRIES["rules show"]).out


def test_the_check_of_sound_rules_and_records_finds_nothing() -> None:
    rate("check", str(RULES), str(RECORDS)).answered("rule set invented: 12 rules", "no problem found")
    assert answer("check", str(RULES), str(RECORDS))["problems"] == []


@pytest.mark.parametrize("kind", ["rules", "scale", "codebook", "record", "sources", "cases"])
def test_the_schema_of_a_file_format_is_a_json_schema(kind: str) -> None:
    ran = rate("schema", kind)
    ran.answered()
    jsonschema.Draft202012Validator.check_schema(ran.json)


def test_the_agreement_of_a_coding_with_itself_is_full(tmp_path: Path) -> None:
    found = rate("agreement", str(PROJECT / "indicators"), str(PROJECT / "indicators"), "--format", "json")
    found.answered()
    content = found.json
    assert [entry["alpha"] for entry in content["alpha"]] == [1.0, 1.0, 1.0]
    assert (content["only_first"], content["only_second"], content["ratings_differing"]) == (0, 0, [])
    assert content["equal"] == content["coded_by_both"]


def test_the_agreement_as_text_says_how_many_cells_stand_behind_each_alpha() -> None:
    ran = rate("agreement")
    ran.answered("Krippendorff's alpha", "ratings that differ:")
    assert len(re.findall(r"over \d+ country-year-indicators", ran.out)) == 3


@pytest.mark.parametrize(
    ("typed", "position", "said"),
    [("rate wh", 1, {"why", "why-not", "what-if"}), ("rate kaz", 1, {"kazakhstan"}), ("rate why kaz", 2, {"kazakhstan"})],
)
def test_the_shell_completes_commands_and_countries(typed: str, position: int, said: set[str]) -> None:
    asked = {"_RATE_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(position)}
    assert set(rate(env=asked).out.split()) == said
