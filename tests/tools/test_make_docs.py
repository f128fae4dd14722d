"""`make docs` and `make docs-check`: the pages are fresh, complete, the same on every run, and a stale one is named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from make_docs import main, pages, read_method

ROOT = Path(__file__).parents[2]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name in ("rules", "indicators", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def test_the_pages_in_the_repository_are_fresh() -> None:
    assert main(["--check"]) == 0


def test_a_stale_and_a_missing_page_are_named_and_left_as_they_are(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stale, missing = checkout / "docs/errors.md", checkout / "docs/schemas/rules.json"
    stale.write_text("old\n", encoding="utf-8")
    missing.unlink()
    assert main(["--check"], checkout) == 1
    said = capsys.readouterr().err
    assert said.splitlines() == ["docs/errors.md is stale: run make docs", "docs/schemas/rules.json is stale: run make docs"]
    assert stale.read_text("utf-8") == "old\n"
    assert not missing.exists()


def test_writing_makes_the_pages_fresh_and_touches_nothing_else(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in (checkout / "docs").rglob("*") if path.is_file()}
    (checkout / "docs/rules.md").write_text("old\n", encoding="utf-8")
    assert main([], checkout) == 0
    assert "1 of " in capsys.readouterr().out
    assert main(["--check"], checkout) == 0
    assert {path: path.read_bytes() for path in (checkout / "docs").rglob("*") if path.is_file()} == before


def test_a_method_with_problems_leaves_every_page_as_it_was(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = checkout / "docs/rules.md"
    page.write_text("old\n", encoding="utf-8")
    (checkout / "rules/civic-space/bad.yaml").write_text("rules: [", encoding="utf-8")
    assert main([], checkout) == 1
    assert "F104" in capsys.readouterr().err
    assert page.read_text("utf-8") == "old\n"


def test_every_indicator_and_every_rule_has_its_entry() -> None:
    rule_set, codebook, problems = read_method(ROOT)
    assert problems == ()
    made = pages(rule_set, codebook)
    assert [entry.id for entry in codebook.coded if f"\n### {entry.id}\n" not in made["codebook.md"]] == []
    assert [rule.id for rule in rule_set.rules.values() if f"\n### {rule.id}\n" not in made["rules.md"]] == []
    assert pages(rule_set, codebook) == made


def test_pages_end_with_one_newline_and_have_no_space_at_line_ends() -> None:
    rule_set, codebook, _ = read_method(ROOT)
    for name, text in pages(rule_set, codebook).items():
        assert text.endswith("\n"), name
        assert not text.endswith("\n\n"), name
        assert [line for line in text.splitlines() if line != line.rstrip()] == [], name
