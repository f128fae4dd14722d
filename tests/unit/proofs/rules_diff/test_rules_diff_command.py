"""`rate rules diff`: what it compares, what it says and what it refuses."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from assets.toy import JUDGED, RECORDS, RULES
from support.leaves import leaves, shown
from support.trial_sets import BANNERS, MARCH, folder_with, level, rule

from ratingengine.cli import run
from ratingengine.proofs.rules_diff import solver

RATED = rule("TRY-009", "rating", "{level: peaceful_assembly, at_most: narrowed}", "{rating_at_most: narrowed}")
FOUR = BANNERS.replace("3", "4")
OLD = (level("TRY-001", BANNERS), RATED)
NEW = (level("TRY-001", FOUR), RATED)
ONLY_JSON = {"schema", "meaning.regions.whole", "meaning.regions.witnesses.one_record", "meaning.profile"}


needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder_with(tmp_path / "old", OLD, ())
    folder_with(tmp_path / "new", NEW, ())
    (tmp_path / "records").symlink_to(RECORDS)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def answered(capsys: pytest.CaptureFixture[str], *words: str, form: str = "json") -> str:
    assert run(["rules", "diff", *words, "--records", "records", "--format", form]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    return printed.out


def compared(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    return json.loads(answered(capsys, *words))


def refused(capsys: pytest.CaptureFixture[str], code: int, *words: str) -> str:
    assert run(["rules", "diff", *words]) == code
    printed = capsys.readouterr()
    assert printed.out == ""
    return printed.err


def moved(content: Any) -> dict[str, list[list[tuple[str, str]]]]:
    """For each change of outcome what is known in its witnesses."""
    return {
        f"{region['end']} {region['of']} {region['old']} {region['new']}": [
            [(one["indicator"], one["value"]) for one in witness["known"]] for witness in region["witnesses"]
        ]
        for meaning in content["meaning"]
        for region in meaning["regions"]
    }


@pytest.mark.parametrize("z3", [True, False])
def test_a_moved_threshold_is_named_and_its_smallest_input_found(
    z3: bool, here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    if z3 and not solver.at_hand():
        pytest.skip("z3 is not installed")
    monkeypatch.setattr(solver, "at_hand", lambda: z3)
    content = compared(capsys, "old", "new")
    (changed,) = content["rules"]["changed"]
    banners = "assembly.banners_taken"
    assert changed["parts"] == [{"part": "threshold", "before": f"{banners} at least 3", "after": f"{banners} at least 4"}]
    assert moved(content) == {
        "established rating narrowed open": [[(banners, "3")]],
        "established level of peaceful assembly narrowed open": [[(banners, "3")]],
    }
    coded, indices = content["meaning"]
    assert (coded["answer"], coded["by"]) == ("different", "z3" if z3 else "enumeration")
    assert all(region["whole"] for region in coded["regions"])
    assert (indices["answer"], indices["by"]) == ("same", "the same tests and conclusions")


def test_rules_added_removed_and_ended_are_told_apart(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ended = level("TRY-002", MARCH) + "    until: 2010-01-01\n"
    folder_with(here / "one", (level("TRY-002", MARCH), level("TRY-003", FOUR), RATED), ())
    folder_with(here / "two", (level("TRY-001", BANNERS), ended, RATED), ())
    rules = compared(capsys, "one", "two")["rules"]
    assert [found["rule"] for found in rules["added"]] == ["TRY-001"]
    assert [(found["rule"], found["how"]) for found in rules["gone"]] == [("TRY-002", "ended"), ("TRY-003", "removed")]
    assert rules["changed"] == []


def test_words_alone_change_no_meaning(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    again = OLD[0].replace("at_least: 3", "more_than: 2").replace("Invented.", "Invented anew.")
    folder_with(here / "words", (again, RATED), ())
    content = compared(capsys, "old", "words")
    assert [part["part"] for part in content["rules"]["changed"][0]["parts"]] == ["threshold", "rationale"]
    assert {meaning["answer"] for meaning in content["meaning"]} == {"same"}


@pytest.mark.skipif(not solver.at_hand(), reason="z3 is not installed")
def test_a_rule_that_adds_nothing_is_proved_to_add_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder_with(here / "more", (*OLD, level("TRY-002", FOUR)), ())
    coded = compared(capsys, "old", "more")["meaning"][0]
    assert (coded["answer"], coded["by"], coded["regions"]) == ("same", "z3", [])


def test_where_there_are_too_many_inputs_nothing_is_claimed_without_z3(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solver, "at_hand", lambda: False)
    monkeypatch.setattr("ratingengine.proofs.rules_diff.trying.MOST_POINTS", 2)
    folder_with(here / "more", (*OLD, level("TRY-002", FOUR)), ())
    coded = compared(capsys, "old", "more")["meaning"][0]
    assert (coded["answer"], coded["by"]) == ("not known", None)
    assert "install ratingengine[prove]" in coded["why"]


def test_another_scale_cannot_be_compared_but_the_rules_are(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scale = here / "new/scale.yaml"
    scale.write_text(scale.read_text("utf-8").replace("profiles: [coded, indices]", "profiles: [coded, indices, other]"), "utf-8")
    content = compared(capsys, "old", "new")
    assert [part["part"] for part in content["rules"]["head"]] == ["profiles"]
    (meaning,) = content["meaning"]
    assert (meaning["answer"], meaning["regions"]) == ("not comparable", [])
    assert meaning["why"].startswith("the profiles differ")


def test_a_fact_no_longer_required_gives_a_rating_where_there_was_none(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scale = here / "new/scale.yaml"
    text = scale.read_text("utf-8")
    scale.write_text(text.replace("any_of: [assembly.permit, assembly.tent_ban]", "any_of: [assembly.permit]"), "utf-8")
    folder_with(here / "same", OLD, ())
    shutil.copy(scale, here / "same/scale.yaml")
    content = compared(capsys, "old", "same")
    assert moved(content) == {
        "established whether a rating is given given not given": [[("assembly.tent_ban", "no"), ("expression.insult_law", "no")]]
    }


def test_witnesses_are_folders_that_rate_runs_to_the_outcomes_told(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = compared(capsys, "old", "new", "--witnesses", "told", "--impact")
    region = content["meaning"][0]["regions"][0]
    (witness,) = region["witnesses"]
    assert witness["one_record"]
    ceilings = []
    for command in witness["commands"]:
        assert run([*command.split()[1:], "--format", "json"]) == 0
        ceilings.append(json.loads(capsys.readouterr().out)["possible"][0])
    assert ceilings == [region["old"], region["new"]]
    assert run(["check", "old", "told/01"]) == 0
    capsys.readouterr()
    assert "name a new folder" in refused(capsys, 2, "old", "new", "--witnesses", "told", "--records", "records")


def test_the_impact_names_country_years_and_the_rules_behind_them(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    eight = (level("TRY-001", BANNERS.replace("3", "8")), RATED)
    folder_with(here / "eight", eight, ())
    found = compared(capsys, "old", "eight", "--impact")["impact"]
    assert found["country_years"] == 6
    assert [(one["iso3"], one["year"]) for one in found["changed"]] == [("BVT", 2003), ("BVT", 2004), ("BVT", 2005)]
    assert [step["rule"] for step in found["changed"][0]["lost"]] == ["TRY-001", "TRY-009"]
    assert compared(capsys, "old", "old", "--impact")["impact"]["changed"] == []


def test_judgements_are_left_aside_as_they_stand_under_any_rules(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder_with(here / "eight", (level("TRY-001", BANNERS.replace("3", "8")), RATED), ())
    found = compared(capsys, "old", "eight", "--impact", "--records", str(JUDGED))["impact"]
    first = found["changed"][0]
    assert {pair["name"]: pair["before"] for pair in first["aspects"]}["rating"] == "narrowed"
    assert "override" not in {pair["name"] for pair in first["aspects"]}


@pytest.mark.parametrize("form", ["text", "md"])
def test_every_leaf_of_the_json_stands_in_text_and_markdown(form: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    extra = level("TRY-004", MARCH) + "    until: 2010-01-01\n"
    gate = rule("TRY-005", "upgrade_gate", "{prior: pressure, is: better}", "{gate: open}")
    folder_with(here / "one", (*OLD, level("TRY-003", MARCH)), ())
    folder_with(here / "two", (level("TRY-001", BANNERS.replace("3", "8")), RATED, extra, gate), ())
    words = ("one", "two", "--impact")
    content = compared(capsys, *words)
    assert content["rules"]["added"]
    assert content["impact"]["changed"]
    text = " ".join(answered(capsys, *words, form=form).replace("\\_", "_").replace("\\*", "*").split())
    plain = text.replace("&lt;", "<").replace("peaceful assembly", "peaceful_assembly")
    told = [(place, shown(value)) for place, value in leaves(content) if place not in ONLY_JSON and value is not None]
    names = {"by_rules", "standing_only", "possible"}
    lacking = [
        (place, value)
        for place, value in told
        if value.replace("peaceful assembly", "peaceful_assembly") not in plain and value not in names
    ]
    assert lacking == []


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("nowhere", "old"), 3, "no rule set 'nowhere'"),
        pytest.param(("nowhere:rules", "old"), 3, "no git repository here", marks=needs_git),
        (("old@2026-02-31", "old"), 2, "is not a date"),
        (("old@1990-01-01", "old"), 3, "in force on 1990-01-01"),
        (("old", "new", "--max", "0"), 2, "--max 0"),
        (("old", "new", "--format", "xml"), 2, "write one of"),
        (("old", "new", "--records", "nothing"), 3, "no such file or folder of records"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    words: tuple[str, ...], code: int, said: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = () if "--records" in words else ("--records", "records")
    assert said in refused(capsys, code, *words, *more)


def test_without_git_a_revision_is_refused(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ratingengine.proofs.rules_diff.revision.shutil.which", lambda _: None)
    assert "git is not installed" in refused(capsys, 3, "HEAD:old", "old", "--records", "records")


def git(*words: str) -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *words], check=True, capture_output=True)


@pytest.fixture
def committed(here: Path) -> Path:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    shutil.copytree(here / "old", here / "mine")
    (here / "mine/again.yaml").symlink_to("coded.yaml")
    git("init", "-q")
    git("add", "mine")
    git("commit", "-qm", "first")
    (here / "mine/again.yaml").unlink()
    folder_with(here / "mine", NEW, ())
    return here


@pytest.mark.parametrize("old", ["HEAD:mine", "HEAD", "HEAD:./mine", "main:mine/"])
def test_a_revision_is_the_rule_set_as_it_was(old: str, committed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = compared(capsys, old, "mine")
    assert [found["rule"] for found in content["rules"]["changed"]] == ["TRY-001"]
    assert content["old"]["named"] == old
    assert compared(capsys, "mine", old)["rules"]["changed"][0]["parts"][0]["after"] == "assembly.banners_taken at least 3"


def test_a_revision_that_is_not_there_or_has_errors_says_where(committed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    last = ("mine", "--records", "records")
    assert "no such revision: 'never'" in refused(capsys, 3, "never:mine", *last)
    assert "has no folder 'yours'" in refused(capsys, 3, "HEAD:yours", *last)
    (committed / "mine/coded.yaml").write_text("rules: [", "utf-8")
    git("commit", "-qam", "broken")
    folder_with(committed / "mine", NEW, ())
    assert "HEAD:mine/coded.yaml:2:1: F104" in refused(capsys, 4, "HEAD:mine", *last)
    assert refused(capsys, 3, "HEAD", "--records", "records").startswith("error: 'civic-space' lies in no git repository here")


def test_the_default_rules_on_two_days_are_compared(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver, "at_hand", lambda: False)
    assert run(["rules", "diff", "@2026-11-22", "--format", "json"]) == 0
    content = json.loads(capsys.readouterr().out)
    assert (content["old"]["rules_on"], content["new"]["rules_on"]) == ("2026-11-22", None)
    assert content["meaning"][0]["answer"] == "same"
    assert RULES.is_dir()
