"""The answer as text, JSON and Markdown: the same content, nothing more than the assessment holds."""

from __future__ import annotations

import json
from datetime import date

import pytest
from assets.toy import island, judged, loaded
from attrs import evolve

from ratingengine.compare.grounds import grounds_in, grounds_of
from ratingengine.engine.canonical_trace import canonical_steps, trace_sha256
from ratingengine.engine.leaves import below, indicators, step_of
from ratingengine.engine.rating import rate
from ratingengine.explain.facts import missing
from ratingengine.interface.json import assessment_json, dump
from ratingengine.interface.markdown import assessment_markdown
from ratingengine.interface.terminal import USUAL
from ratingengine.interface.text import assessment_text
from ratingengine.model.assessment import Assessment

LOADED = loaded()
YEARS = (1999, 2001, 2002, 2003, 2004, 2005, 2006)


def found(year: int, iso3: str = "BVT", prior: str | None = None) -> Assessment:
    return rate(LOADED, island(iso3), date(year, 12, 31), None, prior)


def line(text: str, label: str) -> str:
    """The text beside a label, on one line."""
    lines = text.splitlines()
    start = next(n for n, each in enumerate(lines) if each.startswith(label))
    rest = [lines[start].removeprefix(label)]
    for each in lines[start + 1 :]:
        if not each.startswith(" "):
            break
        rest.append(each)
    return " ".join(" ".join(rest).split())


OPEN_TO_DOUBT = (
    "narrowed to closed (evidence incomplete); based only on laws and conditions in force; no events recorded this year"
)
NO_STANDING_FACT = "not known: no law or condition in force is on record for peaceful assembly and expression"
WORSE_REMAINS = "downgrade from narrowed at the end of 2002; evidence points to a worse rating still"
HELD = "held at obstructed: evidence points to narrowed, but no condition for an upgrade is met"
STOPPED = "on: A march was stopped (INV-050)"
ONLY = "{} only (determined by the evidence)"
UNWATCHED = "not assessed (no data)"


@pytest.mark.parametrize(
    ("year", "rating", "change", "watchlist", "status"),
    [
        (1999, "no rating: not enough evidence", None, UNWATCHED, NO_STANDING_FACT),
        (2001, "NARROWED", "not known: no rating for the year before", UNWATCHED, OPEN_TO_DOUBT),
        (2002, "NARROWED", "none: narrowed at the end of 2001 too", UNWATCHED, OPEN_TO_DOUBT),
        (
            2003,
            "OBSTRUCTED (evidence points to repressed)",
            WORSE_REMAINS,
            STOPPED,
            "repressed only (determined by the evidence)",
        ),
        (2004, "OBSTRUCTED (evidence points to narrowed)", HELD, "off", ONLY.format("narrowed")),
        (2005, "NARROWED", "upgrade from obstructed at the end of 2004", "off", ONLY.format("narrowed")),
    ],
)
def test_the_head_of_the_text_says_it_in_words(year: int, rating: str, change: str | None, watchlist: str, status: str) -> None:
    text = assessment_text(found(year), island())
    assert line(text, "Rating") == rating
    assert (line(text, "Change") if "\nChange " in text else None) == change
    assert line(text, "Watchlist") == watchlist
    assert line(text, "Range") == status


def test_a_ceiling_is_told_where_no_rating_is_given() -> None:
    text = assessment_text(rate(LOADED, island(), date(2003, 12, 31), date(2003, 5, 3)), island())
    assert line(text, "Rating") == "NARROWED"
    without_law = rate(LOADED, island("HMD"), date(2004, 12, 31)).profiles["coded"]
    assert (without_law.assessed, without_law.ceiling) == (None, "narrowed")


def test_the_profile_that_carries_the_rating_is_named_and_what_the_others_say() -> None:
    """Of each its rating, why it has none, the rules that decide it and its levels; the same in Markdown."""
    carried = rate(LOADED, island("HMD"), date(2004, 12, 31))
    silent = "no rating; range narrowed or worse: no law or condition in force is on record for peaceful assembly and expression"
    levels = "peaceful assembly not known (at most repressed), expression not known"
    beside = f"coded evidence – {silent}; One freedom is narrowed (INV-030); {levels}"
    text = assessment_text(carried, island("HMD"))
    assert line(text, "Based on") == "indices"
    assert line(text, "Other basis") == beside
    assert f"- **Based on**: indices\n- **Other basis**: {beside}\n" in assessment_markdown(carried, island("HMD"))
    both = assessment_json(carried, island("HMD"))["profiles"]
    assert (both["indices"]["rating"], both["coded"]["rating"]) == ("obstructed", None)
    assert (both["coded"]["deciding"], both["coded"]["levels"]) == (["INV-030"], {"peaceful_assembly": None, "expression": None})


def test_a_profile_without_data_is_named_in_few_words_and_none_where_no_profile_has_any() -> None:
    text = assessment_text(found(2003), island())
    assert (line(text, "Based on"), line(text, "Other basis")) == ("coded evidence", "indices – no rating (no data)")
    nothing = assessment_text(rate(LOADED, island("FIN"), date(2003, 12, 31)), island("FIN"))
    assert "Based on" not in nothing
    assert line(nothing, "What next").startswith("give records: rate FIN --records FILE; ")


def test_a_method_of_one_profile_names_none() -> None:
    alone = evolve(found(2003), profiles={"coded": found(2003).profiles["coded"]})
    assert "Based on" not in assessment_text(alone, island())


def test_another_profile_says_its_own_assessed_rating_and_change() -> None:
    """The coded profile of 2003 set beside the other: what it publishes differs from what it assesses."""
    shown = assessment_text(evolve(found(2003), profile="indices"), island())
    assert line(shown, "Other basis").startswith(
        "coded evidence – obstructed, downgrade (evidence points to repressed); range repressed only "
    )


@pytest.mark.parametrize("year", YEARS)
def test_the_text_keeps_to_its_width_and_leaves_no_space_at_the_end_of_a_line(year: int) -> None:
    text = assessment_text(found(year), island())
    assert text.endswith("\n")
    assert [each for each in text.splitlines() if len(each) > USUAL or each != each.rstrip()] == []
    assert len(text.splitlines()) <= 40


@pytest.mark.parametrize("year", YEARS)
def test_text_and_markdown_say_the_same(year: int) -> None:
    assessment = found(year)
    text, markdown = assessment_text(assessment, island()), assessment_markdown(assessment, island())
    for label in ("Rating", "Range", "Change", "Watchlist", "Evidence"):
        assert (f"\n{label} " in text) == (f"- **{label}**: " in markdown)
        if f"\n{label} " in text:
            assert f"- **{label}**: {line(text, label)}\n" in markdown
    assert trace_sha256(assessment.chosen.steps) not in text
    assert trace_sha256(assessment.chosen.steps) in assessment_text(assessment, island(), verbose=True)
    assert trace_sha256(assessment.chosen.steps) in markdown


def test_the_markdown_shows_every_step_and_every_facet() -> None:
    assessment = found(2003)
    markdown = assessment_markdown(assessment, island())
    for step in assessment.chosen.steps:
        assert f"- `{step.rule}` " in markdown
    assert markdown.count("\n| ") == 1 + len(assessment.chosen.facets)


@pytest.mark.parametrize("year", YEARS)
def test_the_json_says_what_the_assessment_holds(year: int) -> None:
    assessment = found(year)
    content = assessment_json(assessment, island())
    chosen = assessment.chosen
    assert content["rating"] == assessment.rating
    assert content["possible"] == list(chosen.possible)
    assert content["coverage"] == chosen.coverage
    assert [step["rule"] for step in content["trace"] if step["kind"] != "change"] == [step.rule for step in chosen.steps]
    assert content["not_excluded"] == [step.rule for step in chosen.not_excluded]
    assert json.loads(dump(content)) == content
    assert dump(content).endswith("}\n")


def test_the_published_rating_is_the_last_step_of_the_trace_where_there_is_a_change() -> None:
    assert assessment_json(found(2003), island())["trace"][-1] == {
        "rule": "published-rating",
        "kind": "change",
        "conclusion": "published obstructed (downgrade)",
        "supports": [{"prior": "narrowed"}, {"assessed": "repressed"}, {"gate_open": False}],
    }
    assert all(step["kind"] != "change" for step in assessment_json(found(2001), island())["trace"])


def test_an_unlimited_end_is_null_in_json_and_the_end_of_a_scale_is_not() -> None:
    values = {
        entry["indicator"]: (entry["lowest"], entry["highest"]) for entry in assessment_json(found(2003), island())["evidence"]
    }
    assert values["assembly.banners_taken"] == ("3", None)
    assert values["expression.papers_closed"] == ("2", "2")
    assert values["expression.insult_law"] == ("yes", "yes")
    assert values["assembly.permit"] == ("permission", "permission")


def test_searches_are_evidence_too() -> None:
    content = assessment_json(found(2004), island())
    searched = {entry["indicator"]: [s["id"] for s in entry["searches"]] for entry in content["evidence"] if entry["searches"]}
    assert searched["expression.papers_closed"] == ["BVT-2005-S01"]
    assert searched["assembly.banners_taken"] == ["BVT-2005-S02"]


def test_the_walk_from_a_rating_rule_reaches_the_indicators_below_findings_and_levels() -> None:
    chosen = found(2003).chosen
    assert set(indicators(chosen, ("INV-031",))) == {"assembly.banners_taken", "expression.papers_closed"}
    (support,) = step_of(chosen, "INV-011").supports
    assert [step.rule for step in below(chosen, support)] == ["INV-001"]


def test_the_canonical_trace_is_sorted_and_does_not_depend_on_the_order_of_steps() -> None:
    steps = found(2003).chosen.steps
    assert canonical_steps(reversed(steps)) == canonical_steps(steps)
    assert trace_sha256(reversed(steps)) == trace_sha256(steps)
    order = [(step["stratum"], step["rule"]) for step in canonical_steps(steps)]
    assert order == sorted(order)
    assert trace_sha256(steps[:-1]) != trace_sha256(steps)
    assert trace_sha256(()) == "4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945"


def test_the_text_names_each_source_once_and_refers_to_it_by_number() -> None:
    text = assessment_text(found(2003), island())
    assert line(text, "Sources") == "[1] island-gazette [2] penguin-post"
    assert "Banners taken away: at least 3 [1 p. 4; 2 p. 9]" in text


JUDGED = judged()


BY_A = "by override OVR-001 of A. Warden, chair of the panel (rules: obstructed)"
BY_B = "by override OVR-00{} of B. Warden, member of the panel (rules: {})"
DOWN = f"downgrade from narrowed at the end of 2002, {BY_A}; evidence points to a better rating still"


@pytest.mark.parametrize(
    ("iso3", "year", "rating", "change"),
    [
        ("BVT", 2003, "CLOSED by override (evidence points to repressed)", DOWN),
        ("BVT", 2002, "NARROWED by override", f"none: narrowed at the end of 2001 too, {BY_B.format(3, 'narrowed')}"),
        ("BVT", 2004, "CLOSED (evidence points to narrowed)", HELD.replace("obstructed", "closed")),
        (
            *("HMD", 2004, "REPRESSED by override (evidence points to obstructed)"),
            f"not known: no rating for the year before, {BY_B.format(2, 'obstructed')}",
        ),
    ],
)
def test_a_judgement_is_told_in_every_form(iso3: str, year: int, rating: str, change: str) -> None:
    assessment = rate(JUDGED, island(iso3), date(year, 12, 31))
    text, markdown = (write(assessment, island(iso3)) for write in (assessment_text, assessment_markdown))
    content = assessment_json(assessment, island(iso3))
    assert line(text, "Rating") == rating
    assert line(text, "Change") == change
    for label in ("Rating", "Change"):
        assert f"- **{label}**: {line(text, label)}\n" in markdown
    assert content["versions"]["overrides"] == f"sha256:{assessment.versions.overrides_digest}"
    assert f"overrides {assessment.versions.overrides_digest[:12]}" in " ".join(text.split())
    assert f"- **Overrides**: `{assessment.versions.overrides_digest}`" in markdown
    told = [content["override"], *content["earlier_overrides"]]
    for override in (one for one in told if one is not None):
        values = [*override.values(), *(value for cited in override["sources"] for value in cited.values())]
        for value in (one for one in values if isinstance(one, str) and one != iso3):
            assert value in " ".join(text.split())
            assert value in markdown


def test_the_judgement_is_the_last_step_of_the_trace_after_what_the_rules_publish() -> None:
    assessment = rate(JUDGED, island(), date(2003, 12, 31))
    content = assessment_json(assessment, island())
    by_rules = assessment_json(rate(LOADED, island(), date(2003, 12, 31)), island())
    assert content["trace"][:-1] == by_rules["trace"]
    assert content["trace"][-1]["conclusion"] == "published closed (downgrade) in place of obstructed"
    assert content["trace"][-1]["supports"][:3] == [{"override": "OVR-001"}, {"by_rules": "obstructed"}, {"who": "A. Warden"}]
    assert content["trace_sha256"] == by_rules["trace_sha256"]
    assert "`OVR-001` Override → published closed in place of obstructed by the rules" in assessment_markdown(
        assessment, island()
    )


def test_a_judgement_alone_says_that_nothing_was_assessed() -> None:
    given = [evolve(JUDGED.overrides[1], first=date(2003, 12, 31), when=date(2004, 1, 1))]
    assessment = rate(LOADED, island("HMD"), date(2003, 12, 31), overrides=given)
    text, content = assessment_text(assessment, island("HMD")), assessment_json(assessment, island("HMD"))
    assert line(text, "Rating") == "REPRESSED by override (not assessed: not enough evidence)"
    assert "(rules: no rating)" in line(text, "Change")
    assert [step["conclusion"] for step in content["trace"]] == ["published repressed in place of no rating"]


def test_a_value_that_nothing_is_known_of_has_no_empty_brackets() -> None:
    """A measure may hold while one of its inputs is not known."""
    known = found(2003)
    chosen = known.chosen
    silent = {name: missing(value) for name, value in chosen.values.items()}
    unknown = evolve(known, profiles={**known.profiles, known.profile: evolve(chosen, values=silent)})
    text, markdown = assessment_text(unknown, island()), assessment_markdown(unknown, island())
    assert "not known" in text
    assert "**not known**\n" in markdown
    assert "[]" not in text
    assert "()" not in markdown


def test_the_watchlist_is_that_of_every_profile_whichever_carries_the_rating() -> None:
    answer = evolve(found(2003), profile="indices")
    assert not answer.chosen.watchlist
    assert line(assessment_text(answer, island()), "Watchlist") == STOPPED
    assert assessment_json(answer, island())["watchlist"] is True
    assert grounds_of(answer).watchlist == ("INV-050",)
    assert "INV-031" not in grounds_of(answer).rules
    assert grounds_in(LOADED.method.programs, "indices", ["INV-050", "INV-031", "IDX-001"]).watchlist == ("INV-050",)
    assert set(grounds_in(LOADED.method.programs, "indices", ["INV-050", "INV-031", "IDX-001"]).rules) == {"INV-050", "IDX-001"}


def test_of_a_method_without_watchlist_rules_no_watchlist_is_said() -> None:
    answer = found(2003)
    kept = {name: tuple(step for step in one.steps if step.target.kind != "watchlist") for name, one in answer.profiles.items()}
    silent = {name: evolve(one, watchlist=False, watched=None, steps=kept[name]) for name, one in answer.profiles.items()}
    alone = evolve(answer, profiles=silent)
    assert "Watchlist" not in assessment_text(alone, island())
    assert assessment_json(alone, island())["watchlist"] is None
