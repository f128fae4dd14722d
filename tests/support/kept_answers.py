"""The answers that are kept as files, and what of them changes with every word of rules and records."""

from __future__ import annotations

import re
from pathlib import Path

from assets.toy import INVENTED, OPTIONS, POPULATION, RATINGS, WITH_OVERRIDES

EXPECTED = Path(__file__).resolve().parents[1] / "golden" / "expected"
FORMATS = ("text", "json", "md")
KINDS = {"text": "txt", "json": "json", "md": "md"}
REFERENCE = ("--engine", "reference")  # there on every Python version
PUBLISHED = str(INVENTED.parent / "published.csv")
PUBLISHED_OF_NOBODY = str(INVENTED.parent / "published_of_nobody.csv")
"""Ratings made up for the tests, which nobody has published."""
ANSWERS = {
    "kazakhstan_2022": ("kazakhstan", "--year", "2022", *REFERENCE),
    "kazakhstan_2019": ("kazakhstan", "--year", "2019", *REFERENCE),
    "kazakhstan_2011": ("kazakhstan", "--year", "2011", *REFERENCE),
    "guinea_2019": ("guinea", "--year", "2019", *REFERENCE),
    "why_kazakhstan_2022": ("why", "kazakhstan", "--year", "2022", "--rule", "ASC-030"),
    "why_not_kazakhstan_2022": ("why-not", "kazakhstan", "--year", "2022", "--rating", "obstructed"),
    "why_not_kazakhstan_2019": ("why-not", "kazakhstan", "--year", "2019", "--rating", "repressed"),
    "robust_kazakhstan_2022": ("robust", "kazakhstan", "--year", "2022"),
    "robust_all_2019": ("robust", "--all", "--year", "2019"),
    "diff_kazakhstan": ("diff", "kazakhstan", "2021", "2022"),
    "diff_kazakhstan_brief": ("diff", "kazakhstan", "2021", "2022", "--brief"),
    "diff_kazakhstan_term": ("diff", "kazakhstan", "2021", "2022", "--term", "protection.investigation"),
    "diff_kazakhstan_known": ("diff", "kazakhstan", "2022", "--known-from", "2022-03-15"),
    "diff_kazakhstan_egypt": ("diff", "kazakhstan", "2019", "--against", "egypt"),
    "what_if_kazakhstan": ("what-if", "kazakhstan", "--year", "2022", "--set", "protection.investigation=effective", *REFERENCE),
    "what_if_kazakhstan_without": ("what-if", "kazakhstan", "--year", "2022", "--remove", "civicus-2022-downgrade", *REFERENCE),
    "history_kazakhstan": ("history", "kazakhstan", *REFERENCE),
    "kazakhstan_known_2022_01_04": ("kazakhstan", "--on", "2022-01-04", "--known-at", "2022-01-04", *REFERENCE),
    "kazakhstan_known_2022_03_15": ("kazakhstan", "--on", "2022-03-15", "--known-at", "2022-03-15", *REFERENCE),
    "kazakhstan_known_2022_12_31": ("kazakhstan", "--on", "2022-12-31", "--known-at", "2022-12-31", *REFERENCE),
    "revisions_kazakhstan": ("history", "kazakhstan", "--revisions", *REFERENCE),
    "sources_kazakhstan_2022": ("sources", "kazakhstan", "--year", "2022", "--leave-one-out"),
    "changes": ("changes", "--from", "2011", "--to", "2022", *REFERENCE),
    "watchlist_2022": ("watchlist", "--year", "2022", *REFERENCE),
    "compare_2019": ("compare", "kazakhstan", "egypt", "saudi arabia", "--year", "2019", *REFERENCE),
    "compare_table": ("compare", "BVT", "HMD", "TKL", "--year", "2003", "--ratings", RATINGS),
    "changes_island": ("changes", "--from", "2001", "--to", "2006", *OPTIONS, *REFERENCE),
    "changes_table": ("changes", "--from", "2001", "--to", "2004", "--ratings", RATINGS),
    "watchlist_table": ("watchlist", "--year", "2003", "--ratings", RATINGS),
    "summary_2019": ("summary", "--year", "2019", *REFERENCE),
    "summary_table": ("summary", "--year", "2003", "--ratings", RATINGS, "--population", POPULATION),
    "rules_list": ("rules", "list"),
    "rules_show": ("rules", "show", "RAT-005"),
    "test": ("test", "rules/civic-space"),
    "codebook": ("codebook", "assembly.protesters_killed"),
    "island_by_override": ("bvt", "--year", "2003", *WITH_OVERRIDES, *REFERENCE),
    "island_after_override": ("bvt", "--year", "2004", *WITH_OVERRIDES, *REFERENCE),
    "island_by_override_alone": ("hmd", "--year", "2004", *WITH_OVERRIDES, *REFERENCE),
    "why_island_by_override": ("why", "bvt", "--year", "2003", *WITH_OVERRIDES),
    "history_island": ("history", "bvt", *WITH_OVERRIDES, *REFERENCE),
    "changes_by_override": ("changes", "--from", "2001", "--to", "2006", *WITH_OVERRIDES, *REFERENCE),
    "watchlist_by_override": ("watchlist", "--year", "2003", *WITH_OVERRIDES, *REFERENCE),
    "overrides_list": ("overrides", "list", *WITH_OVERRIDES),
    "overrides_stale": ("overrides", "stale", *WITH_OVERRIDES),
    "backtest_islands": ("backtest", "--against", PUBLISHED, *OPTIONS, "--suggest"),
    "backtest_islands_chained": ("backtest", "--against", PUBLISHED, *OPTIONS, "--chain", "--of", "assessed"),
    "backtest_kazakhstan": ("backtest", "--against", PUBLISHED_OF_NOBODY, "--suggest", "--baseline", "assembly.protest_deaths"),
    "prove": ("prove", "--theorem", "monotone", "--theorem", "one-band"),
}
CODES = {"overrides_stale": 1}
"""What is found is told by the exit code; other answers end with 0."""
VERSIONS = (
    (r"(proved, )[0-9]+[.][0-9]{2} s", r"\1<time> s"),
    (r'("seconds": )[0-9.]+', r"\1<time>"),
    (r"z3 [0-9]+(?:[.][0-9]+)+", "z3 <version>"),
    (r"\b[0-9a-f]{64}\b", "<digest>"),
    (r"(?<=\()[0-9a-f]{12}(?=\))|(?<=records )[0-9a-f]{12}\b|(?<=overrides )[0-9a-f]{12}\b", "<digest>"),
    (r'(software"?:? "?)[0-9]+\.[0-9]+\.[0-9]+[^",; ]*', r"\1<version>"),
    (r"[^\s\"]*(rules/civic-space/\w+\.yaml):[0-9]+:[0-9]+", r"\1:<place>"),
)


def normalised(text: str) -> str:
    for pattern, kept in VERSIONS:
        text = re.sub(pattern, kept, text, flags=re.IGNORECASE)
    return text
