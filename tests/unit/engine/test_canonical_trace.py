"""The canonical trace, byte by byte: its hash is published, so that a change of form is a change of every answer."""

from __future__ import annotations

from hashlib import sha256

from ratingengine.engine.canonical_trace import canonical_steps, trace_sha256
from ratingengine.model.program import Step, Support, Target

LATE = Step("ASM-002", 2, Target("rating", "", 3), "rating at most repressed", (Support("finding", "assembly.été", "holds", ""),))
EARLY = Step(
    "ASM-009",
    1,
    Target("finding", "assembly.été"),
    "finding assembly.été",
    (Support("indicator", "assembly.killed", "at_least", "3"), Support("indicator", "assembly.banned", "is", "yes")),
)
SAME_STRATUM = Step("ASM-001", 2, Target("watchlist"), "watchlist on", ())
TEXT = (
    '[{"conclusion":"finding assembly.été","rule":"ASM-009","stratum":1,"supports":'
    '[["indicator","assembly.banned","is","yes"],["indicator","assembly.killed","at_least","3"]]},'
    '{"conclusion":"watchlist on","rule":"ASM-001","stratum":2,"supports":[]},'
    '{"conclusion":"rating at most repressed","rule":"ASM-002","stratum":2,"supports":[["finding","assembly.été","holds",""]]}]'
)


def test_the_hash_is_that_of_the_text_written_out() -> None:
    assert trace_sha256([LATE, EARLY, SAME_STRATUM]) == sha256(TEXT.encode()).hexdigest()
    assert trace_sha256([]) == sha256(b"[]").hexdigest()


def test_steps_are_plain_values_in_the_order_of_stratum_and_id() -> None:
    found = canonical_steps([LATE, EARLY, SAME_STRATUM])
    assert [step["rule"] for step in found] == ["ASM-009", "ASM-001", "ASM-002"]
    assert found[0] == {
        "conclusion": "finding assembly.été",
        "rule": "ASM-009",
        "stratum": 1,
        "supports": [["indicator", "assembly.banned", "is", "yes"], ["indicator", "assembly.killed", "at_least", "3"]],
    }
