"""A search of the codebook: every word, plural or not, hand-coded indicators first."""

from __future__ import annotations

from pathlib import Path

import pytest

from ratingengine.cli import run
from ratingengine.method.codebook import read_codebook
from ratingengine.ruleset.searching import imported, searched

CODEBOOK = read_codebook(Path(__file__).parents[3] / "indicators/codebook")[0]


def ids(text: str) -> list[str]:
    return [entry.id for entry in searched(CODEBOOK, text)]


def test_words_are_looked_for_in_titles_questions_anchors_tags_and_standards() -> None:
    assert ids("tear gas") == ["assembly.excessive_force"]
    assert ids("TEAR  Gas") == ids("gas tear") == ids("tear gas")
    assert ids("journalists killed")[0] == "expression.media_workers_killed"
    assert ids("journalist killed") == ids("journalists killed")
    assert "assembly.authorisation_regime" in ids("restrictive_law")
    assert "assembly.authorisation_regime" in ids("notification_of_nothing") or ids("notification_of_nothing") == []
    assert "assembly.authorisation_regime" in ids("authorisation_in_practice")


def test_hand_coded_indicators_come_first_and_titles_before_questions() -> None:
    hits = searched(CODEBOOK, "journalists")
    assert [imported(entry) for entry in hits] == sorted(imported(entry) for entry in hits)
    assert any(map(imported, hits))
    coded = [entry for entry in hits if not imported(entry)]
    in_title = ["ournalist" in entry.title for entry in coded]
    assert in_title == sorted(in_title, reverse=True)


@pytest.mark.parametrize("text", ["xyzzy", "", "  ", "tear xyzzy"])
def test_what_is_nowhere_is_not_found(text: str) -> None:
    assert ids(text) == []


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["codebook", "--find", "tear gas"]) == 0
    assert capsys.readouterr().out.startswith("Codebook, 1 of 172 indicators that speak of 'tear gas'\n")
    assert run(["codebook", "--find", "xyzzy"]) == 3
    assert "no indicator speaks of 'xyzzy'; try fewer or other words" in capsys.readouterr().err
    assert run(["codebook", "assembly.lethal_force", "--find", "gas"]) == 2
    assert run(["codebook", "--find", "tear gas", "--format", "csv"]) == 0
    assert capsys.readouterr().out.splitlines()[1].startswith("assembly.excessive_force,")
