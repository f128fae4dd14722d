"""Every command of the audit says in text and Markdown what it says in JSON."""

from __future__ import annotations

from pathlib import Path

import pytest
from assets.toy import INVENTED, OPTIONS, POPULATION, RATINGS, WITH_OVERRIDES
from support.leaves import unsaid

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
PUBLISHED = str(INVENTED.parent / "published.csv")
PUBLISHED_OF_NOBODY = str(INVENTED.parent / "published_of_nobody.csv")
KAZAKHSTAN = ("kazakhstan", "--year", "2022")
ASKED: dict[str, tuple[str, ...]] = {
    "why": ("why", *KAZAKHSTAN, "--rule", "ASC-030"),
    "why, full": ("why", "bvt", "--year", "2003", "--full", *OPTIONS),
    "why-not better": ("why-not", *KAZAKHSTAN, "--rating", "obstructed", "--max", "1000"),
    "why-not exactly": ("why-not", *KAZAKHSTAN, "--rating", "narrowed", "--exactly", "--max", "3000"),
    "diff": ("diff", "kazakhstan", "2021", "2022"),
    "diff countries": ("diff", "kazakhstan", "2019", "--against", "egypt"),
    "diff by override": ("diff", "bvt", "2002", "2003", *WITH_OVERRIDES),
    "diff --term": ("diff", "kazakhstan", "2021", "2022", "--term", "protection.investigation"),
    "diff --term drawn": ("diff", "kazakhstan", "2019", "--against", "egypt", "--term", "assembly.protesters_jailed"),
    "diff --term revision": ("diff", "kazakhstan", "2022", "--known-from", "2022-03-15", "--term", "revision"),
    "what-if": ("what-if", *KAZAKHSTAN, "--set", "protection.investigation=effective", "--remove", "KAZ-2022-001"),
    "robust": ("robust", *KAZAKHSTAN),
    "robust, several": ("robust", "kazakhstan", "--year", "2021", "--max", "100"),
    "robust, no rating": ("robust", "egypt", "--year", "2019", "--max", "100"),
    "robust --all": ("robust", "--all", "--year", "2019"),
    "sources": ("sources", *KAZAKHSTAN, "--leave-one-out"),
    "compare": ("compare", "kazakhstan", "egypt", "saudi arabia", "--year", "2019", "--engine", "reference"),
    "compare, a table": ("compare", "BVT", "HMD", "TKL", "--year", "2003", "--ratings", RATINGS),
    "changes": ("changes", "--from", "2001", "--to", "2006", *OPTIONS),
    "changes, judged": ("changes", "--from", "2001", "--to", "2006", *WITH_OVERRIDES),
    "changes, a table": ("changes", "--from", "2001", "--to", "2004", "--ratings", RATINGS),
    "watchlist": ("watchlist", "--year", "2022", "--engine", "reference"),
    "watchlist, judged": ("watchlist", "--year", "2003", *WITH_OVERRIDES),
    "watchlist, a table": ("watchlist", "--year", "2003", "--ratings", RATINGS),
    "summary": ("summary", "--year", "2019", "--engine", "reference"),
    "summary, a table": ("summary", "--year", "2003", "--ratings", RATINGS, "--population", POPULATION),
    "map": ("map", "--year", "2019", "--engine", "reference", "-o", "MAP"),
    "map, a table": ("map", "--year", "2003", "--ratings", RATINGS, "-o", "MAP"),
    "backtest": ("backtest", "--against", PUBLISHED, *OPTIONS, "--suggest"),
    "backtest, chained": ("backtest", "--against", PUBLISHED, *OPTIONS, "--chain", "--suggest"),
    "backtest, of the records": ("backtest", "--against", PUBLISHED_OF_NOBODY, "--baseline", "assembly.protest_deaths"),
    "revisions": ("history", "kazakhstan", "--revisions", "--engine", "reference"),
}


# Days stand in words at the head, numbers of bands with `better` or `worse`, names of aspects without underscores.
ELSEWHERE = {"schema", "as_of", "from.as_of", "to.as_of", "attribution.bands_worse", "differences.aspects.name"}
# Digests stand by their first twelve digits; a gate is open or closed in words.
ELSEWHERE |= {
    "rules_sha256",
    "answers_sha256",
    "against.sha256",
    "mismatches.gate_open",
    "mismatches.suggestion.assessment_agrees",
}
# Said by silence: nothing speaks against the value.
ELSEWHERE |= {"has_rules", "watchlist.has_rules"}  # said only where there is none
ELSEWHERE |= {"rows.possible_before"}  # as yes or no
# The status of a range is said by its words; the aspect `possible` is called the range.
ELSEWHERE |= {"before.status", "after.status", "differs.name", "same.name", "years.views.changed"}
ELSEWHERE |= {"sets.distance"}  # by the order of the sets, nearest first
ELSEWHERE |= {"further_runs"}  # said where there are further sets
ELSEWHERE |= {"worsened_by.excluded_by_evidence", "sets.changes.excluded_by_evidence"}


@pytest.mark.parametrize("name", ASKED)
def test_text_and_markdown_say_all_that_json_says(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(ROOT)
    words = [str(tmp_path / "map.svg") if word == "MAP" else word for word in ASKED[name]]
    lacking = unsaid(words, ELSEWHERE, capsys)
    # What is none is left out; the whole answer of a supposition is for programs, and is what `rate COUNTRY` would say.
    assert [one for one in lacking if not one.endswith(": –") and not one.startswith("answer.")] == []
