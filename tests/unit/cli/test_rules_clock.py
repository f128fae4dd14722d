"""The third clock: a rule set as it stood on a day, in every command that takes --rules."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from assets.toy import RECORDS, RULES, island

from ratingengine.cli import run
from ratingengine.engine.loading import load_rule_set, rules_exist
from ratingengine.engine.rating import codebook_folder, load, rate
from ratingengine.errors import NotFound
from ratingengine.interface.asked import Usage, asked_load, asked_rules

DAY = date(2003, 12, 31)
OLD = """\
schema: ratingengine/rules/1
profile: coded
rules:
  - id: OLD-001
    title: One banner taken was enough
    kind: rating
    when: {indicator: assembly.banners_taken, at_least: 1}
    then: {rating_at_most: closed}
    rationale: Invented.
    legal_basis: [INVENTED-LAW art. 1]
    since: 1980-01-01
    until: 1990-01-01
  - id: OLD-002
    title: One banner taken was a sign
    kind: rating
    when: {indicator: assembly.banners_taken, at_least: 1}
    then: {rating_at_most: repressed}
    rationale: Invented.
    legal_basis: [INVENTED-LAW art. 1]
    since: 1995-01-01
    until: 2000-01-01
"""
INDEX = "    since: 1980-01-01\n    until: 2010-01-01\n"


@pytest.fixture
def dated(tmp_path: Path) -> Path:
    """The invented rules, with others that ended before they began, and an index whose rule ends."""
    folder = tmp_path / "dated"
    shutil.copytree(RULES, folder)
    (folder / "old.yaml").write_text(OLD, "utf-8")
    index = folder / "indices.yaml"
    index.write_text(index.read_text("utf-8").replace("    since: 2000-01-01\n", INDEX), "utf-8")
    return folder


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (None, (None, None)),
        ("civic-space", ("civic-space", None)),
        ("civic-space@2026-11-22", ("civic-space", date(2026, 11, 22))),
        ("@2026-11-22", (None, date(2026, 11, 22))),
        ("some/where@2003-12-31", ("some/where", DAY)),
        ("me@home/rules", ("me@home/rules", None)),
    ],
)
def test_the_day_of_the_rules_stands_behind_the_last_at(text: str | None, asked: tuple[str | None, date | None]) -> None:
    assert asked_rules(text) == asked


def test_a_folder_whose_name_looks_like_a_day_is_that_folder(tmp_path: Path) -> None:
    (tmp_path / "rules@2003-12-31").mkdir()
    assert asked_rules(f"{tmp_path}/rules@2003-12-31") == (f"{tmp_path}/rules@2003-12-31", None)


@pytest.mark.parametrize("text", ["civic-space@", "@", "@today", "civic-space@2026", "x@2022-02-30"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(Usage, match=r"--rules …@DATE is not a date: .*write for example --rules @2026-11-22"):
        asked_rules(text)


@pytest.mark.parametrize(("day", "deciding"), [("1985-06-01", "OLD-001"), ("1999-12-31", "OLD-002"), ("2000-01-01", "INV-031")])
def test_the_rules_in_force_on_the_day_decide(dated: Path, day: str, deciding: str) -> None:
    found = rate(asked_load(f"{dated}@{day}", [str(RECORDS)], "reference"), island(), DAY)
    assert deciding in found.profiles["coded"].deciding
    assert found.versions.rules_on == date.fromisoformat(day)
    assert {step.rule[:3] for step in found.profiles["coded"].steps} == {deciding[:3]}


def test_without_a_day_the_rules_are_the_latest_and_the_answer_names_none(dated: Path) -> None:
    (dated / "indices.yaml").write_text((RULES / "indices.yaml").read_text("utf-8"), "utf-8")
    found = rate(asked_load(str(dated), [str(RECORDS)], "reference"), island(), DAY)
    latest = rate(asked_load(str(RULES), [str(RECORDS)], "reference"), island(), DAY)
    assert (found.versions.rules_on, found.rating, found.chosen.steps) == (None, latest.rating, latest.chosen.steps)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("1979-12-31", "profile 'coded', is in force on 1979-12-31"),
        ("1990-01-01", "there are rules from 1980-01-01 until 1990-01-01, and from 1995-01-01 on"),
        ("2010-01-01", "profile 'indices', is in force on 2010-01-01: there are rules from 1980-01-01 until 2010-01-01"),
    ],
)
def test_a_day_without_rules_is_not_found_and_the_days_with_rules_are_told(dated: Path, day: str, said: str) -> None:
    with pytest.raises(NotFound) as caught:
        load(str(dated), [RECORDS], "reference", date.fromisoformat(day))
    assert said in str(caught.value)


def test_a_profile_that_never_had_a_rule_says_so(dated: Path) -> None:
    (dated / "indices.yaml").unlink()
    rule_set = load_rule_set(dated, codebook_folder([RECORDS]))[0]
    with pytest.raises(NotFound, match=r"profile 'indices', is in force on 2003-12-31: it has none at all"):
        rules_exist(rule_set, DAY)


def test_a_kept_year_before_is_not_taken_from_the_rules_of_another_day(
    dated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two days may differ in what a measure is, with the same tests on it: the programs are then the same."""
    coded = dated / "coded.yaml"
    text = coded.read_text("utf-8")
    start = text.index("  - id: INV-060")
    measure = text[start:].replace("    since: 2000-01-01", "    since: 2000-01-01\n    until: 2002-01-01")
    later = (
        text[start:]
        .replace("INV-060", "INV-061")
        .replace("expression.papers_closed, at_least: 5", "assembly.permit, is: permission")
    )
    coded.write_text(text[:start] + measure + later.replace("2000-01-01", "2002-01-01"), "utf-8")
    monkeypatch.setenv("RATINGENGINE_CACHE", str(tmp_path / "cache"))
    asked = [f"{dated}@2001-01-01", f"{dated}@2003-01-01"]
    kept = [rate(asked_load(rules, [str(RECORDS)], "reference"), island(), date(2005, 12, 31)) for rules in asked]
    monkeypatch.setenv("RATINGENGINE_CACHE", "off")
    fresh = [rate(asked_load(rules, [str(RECORDS)], "reference"), island(), date(2005, 12, 31)) for rules in asked]
    assert [one.previous for one in kept] == [one.previous for one in fresh]
    assert fresh[0].previous != fresh[1].previous


ISLAND = ("--records", str(RECORDS))
COMMANDS = (
    ("BVT", "--year", "2003", "--engine", "reference"),
    ("why", "BVT", "--year", "2003"),
    ("why-not", "BVT", "--year", "2003", "--rating", "open"),
    ("history", "BVT", "--engine", "reference"),
    ("changes", "--from", "2001", "--to", "2005", "--engine", "reference"),
    ("watchlist", "--year", "2003", "--engine", "reference"),
)


@pytest.mark.parametrize("form", ["text", "md", "json"])
@pytest.mark.parametrize("words", COMMANDS)
def test_every_answer_says_which_days_rules_were_used(
    words: tuple[str, ...], form: str, dated: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [*words, *ISLAND, "--format", form, "--rules"]
    assert run([*asked, f"{dated}@1999-12-31"]) == 0
    out = capsys.readouterr().out
    if form == "json":
        content = json.loads(out)
        told = content.get("rules_on", content.get("versions", {}).get("rules_on", content.get("title")))
        assert told == "1999-12-31" or told.endswith(", by the rules of 31 December 1999") or "31 December 1999," in told
    else:
        assert ", by the rules of 31 December 1999" in out
    assert run([*asked, str(RULES)]) == 0
    assert "by the rules of" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("rules", "list"), 0, "2 rules in force on 1999-12-31"),
        (("rules", "show", "OLD-002"), 0, "One banner taken was a sign"),
        (("rules", "show", "OLD-001"), 3, "rule OLD-001 is not in force on 1999-12-31: it is since 1980-01-01 until 1990-01-01"),
        (("rules", "show", "INV-030"), 3, "rule INV-030 is not in force on 1999-12-31: it is since 2000-01-01"),
        (("why", "BVT", "--year", "2003", "--rule", "INV-030"), 3, "rule INV-030 is not in force"),
        (("why", "BVT", "--year", "2003", "--rule", "OLD-002"), 0, "Rule OLD-002"),
        (("codebook", "assembly.banners_taken"), 0, "OLD-002"),
    ],
)
def test_commands_about_rules_know_those_of_the_day(
    words: tuple[str, ...], code: int, said: str, dated: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*words, *ISLAND, "--rules", f"{dated}@1999-12-31"]) == code
    printed = capsys.readouterr()
    assert said in (printed.err if code else printed.out)
    assert "OLD-001" not in printed.out
