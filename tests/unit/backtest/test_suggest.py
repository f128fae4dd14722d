"""What would reconcile a difference does, by the facade on other evidence and by rule files with another threshold."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from assets.toy import RECORDS, RULES, island, loaded
from attrs import evolve
from support.years import link_on

from ratingengine.backtest.backtest import Asked, Backtest, backtest
from ratingengine.backtest.given import Rated, Wanted, rated
from ratingengine.backtest.pairs import ASSESSED, RATING
from ratingengine.backtest.published import Published
from ratingengine.backtest.suggest import Ground, RuleEdit, Suggester, Suggestion, Suggestions, suggestions
from ratingengine.backtest.thresholds import atom_after
from ratingengine.engine.chain import handed_on
from ratingengine.engine.loading import load_rule_set
from ratingengine.engine.rating import Loaded, codebook_folder, load, load_evidence, rate
from ratingengine.model.window import last_day

METHOD = loaded()
WORDS = METHOD.method.scale.words
SAID = {2001: 0, 2002: 4, 2003: 4, 2004: 3, 2005: 0, 2006: 1}
PUBLISHED = tuple(Published("BVT", year, severity, "seen") for year, severity in SAID.items())
"""Mostly other ratings than ours: what would give each, if anything does, is not written down here but tried."""


def compared(method: Loaded, rows: tuple[Published, ...], side: str = RATING) -> tuple[Backtest, Rated]:
    years: dict[str, tuple[int, ...]] = {}
    for row in rows:
        years[row.iso3] = (*years.get(row.iso3, ()), row.year)
    answers = rated(method, Wanted(years, courses=True))
    return backtest(rows, answers.entries, WORDS, Asked(side=side, draws=1)), answers


def suggested(rows: tuple[Published, ...], side: str = RATING) -> tuple[Backtest, Suggestions]:
    found, answers = compared(METHOD, rows, side)
    rule_set, _ = load_rule_set(RULES, codebook_folder(METHOD.records, RULES))
    ground = Ground(METHOD.method, rule_set, answers.courses, {}, lambda iso3: load_evidence(METHOD, iso3), found.pairs, side)
    return found, suggestions(ground, found.mismatches)


def agreeing(found: Backtest) -> set[tuple[str, int]]:
    return {pair.key for pair in found.pairs if pair.exact}


@pytest.mark.parametrize("side", [RATING, ASSESSED])
def test_a_change_of_evidence_gives_the_published_rating(side: str) -> None:
    _, found = suggested(PUBLISHED, side)
    changed = [one for one in found.of_pairs if one.evidence is not None]
    assert changed
    for one in changed:
        assert one.evidence is not None
        answer = rate(METHOD, island(one.pair.key[0]), last_day(one.pair.key[1]), supposed=_supposed(one))
        wanted = WORDS[one.pair.published.severity]
        assert answer.chosen.assessed == wanted or not one.evidence.held
        assert (answer.rating == wanted) is not one.evidence.held or side == ASSESSED
    held = {one.evidence.held for one in changed if one.evidence is not None}
    assert held == ({False, True} if side == RATING else {False})


@pytest.mark.parametrize("side", [RATING, ASSESSED])
def test_what_other_evidence_does_to_later_years_is_told(side: str) -> None:
    """The chain once more, link by link, with the values supposed in their year."""
    before, found = suggested(PUBLISHED, side)
    truth = {row.year: row.severity for row in PUBLISHED}
    for one in found.of_pairs:
        if one.evidence is None:
            continue
        evidence, prior, after = load_evidence(METHOD, "BVT"), None, set()
        for year in range(2001, 2007):
            supposed = _supposed(one) if year == one.pair.key[1] else None
            where = (METHOD.method, evidence, last_day(year), island().population, prior)
            link = link_on(*where, supposed, one.pair.given.profile)
            assessed = None if link.assessment.assessed is None else WORDS.index(link.assessment.assessed)
            if (link.published.rating if side == RATING else assessed) == truth[year]:
                after.add(("BVT", year))
            prior = handed_on(link.published, assessed, WORDS.index(link.assessment.possible[-1]))
        effect = one.evidence.effect
        assert after - agreeing(before) - {one.pair.key} == set(effect.mends)
        assert agreeing(before) - after == set(effect.breaks)


def _supposed(one: Suggestion) -> dict[str, tuple[int, int]]:
    assert one.evidence is not None
    facts = one.facts
    for move in one.evidence.moves:
        facts = facts.after(move)
    return {
        move.indicator: (facts.values[move.indicator].lowest, facts.values[move.indicator].highest) for move in one.evidence.moves
    }


@pytest.mark.parametrize("side", [RATING, ASSESSED])
def test_a_moved_threshold_does_what_is_said_of_it(side: str, tmp_path: Path) -> None:
    """Every edit on offer, written into the rule files: it breaks and mends exactly these pairs."""
    before, found = suggested(PUBLISHED, side)
    assert found.edits or any(one.rule for one in found.of_pairs)
    for number, one in enumerate(found.of_pairs):
        if one.rule is None:
            continue
        effect = one.rule.effect
        assert one.edits >= max(1, one.harmless)
        changed = written(one.rule, tmp_path / f"{side}-{number}", side)
        assert agreeing(changed) - agreeing(before) == {*effect.mends, one.pair.key}
        assert agreeing(before) - agreeing(changed) == set(effect.breaks)


def written(rule: RuleEdit, folder: Path, side: str) -> Backtest:
    """The comparison by the rules with the edit written into their file."""
    shutil.copytree(RULES, folder)
    atom, after = rule.threshold.atom, atom_after(rule.threshold, rule.edit)
    path = folder / Path(rule.threshold.rule.place.file).name
    lines = path.read_text("utf-8").splitlines()
    at = atom.place.line - 1
    was, now = (f"{made.test}: {made.operands[0]}" for made in (atom, after))
    assert was in lines[at], (was, lines[at])
    lines[at] = lines[at].replace(was, now)
    path.write_text("\n".join([*lines, ""]), "utf-8")
    return compared(load(str(folder), [RECORDS], "reference"), PUBLISHED, side)[0]


def test_thresholds_inside_a_count_are_tried_and_do_what_is_said(tmp_path: Path) -> None:
    before, found = suggested(PUBLISHED, ASSESSED)
    (edit,) = (one for one in found.edits if one.threshold.rule.id == "INV-060")
    assert (str(edit.threshold.atom), edit.threshold.counted) == ("expression.papers_closed at least 5", "expression.silence")
    assert edit.effect.mends
    changed = written(edit, tmp_path / "edited", ASSESSED)
    assert agreeing(changed) - agreeing(before) == set(edit.effect.mends)
    assert agreeing(before) - agreeing(changed) == set(edit.effect.breaks)


def test_no_threshold_is_offered_that_a_measure_always_reaches() -> None:
    """Of 2001, where the press is not silent at all, `at least 0` would give any rating, and hold in every year."""
    _, found = suggested((Published("BVT", 2001, 4, "seen"),), ASSESSED)
    assert [one for one in found.edits if one.threshold.atom.subject == "measure"] == []


def test_where_the_assessment_agrees_it_says_so() -> None:
    rows = (Published("BVT", 2003, 3, "seen"),)
    found, told = suggested(rows)
    (pair,) = found.mismatches
    assert (pair.ours, pair.given.assessed) == (2, 3)
    (one,) = told.of_pairs
    assert one.agreed
    assert one.evidence is None, "no evidence of the year moves a rating by two bands"


def test_nothing_to_reconcile() -> None:
    found, told = suggested((Published("BVT", 2001, 1, "seen"),))
    assert (found.mismatches, told) == ((), Suggestions((), ()))


@pytest.mark.parametrize("row", PUBLISHED, ids=lambda row: str(row.year))
@pytest.mark.parametrize("severity", range(5))
def test_countries_that_an_edit_cannot_touch_are_rightly_passed_over(
    row: Published, severity: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One pair alone, so that no other year makes its country count: the edits are those of looking at everything."""
    rows = (evolve(row, severity=severity),)
    _, narrowed = suggested(rows, ASSESSED)
    monkeypatch.setattr(Suggester, "_touched", lambda *_: True)
    _, whole = suggested(rows, ASSESSED)
    assert [one.rule for one in narrowed.of_pairs] == [one.rule for one in whole.of_pairs]
    assert [one.edits for one in narrowed.of_pairs] == [one.edits for one in whole.of_pairs]
