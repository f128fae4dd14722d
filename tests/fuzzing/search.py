"""One stretch of the search: Hypothesis draws rule sets from a seed, the judges judge, a fault is made small and kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from attrs import evolve, frozen
from fuzzing.cases import (
    NEAR,
    Drawn,
    beside_thresholds,
    entries_of,
    evidence_from,
    rule_sets_drawn,
    stated,
    thresholds,
    with_records,
)
from fuzzing.judges import Bench
from fuzzing.symbols import Inputs
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st

from ratingengine.errors import InvalidInput
from ratingengine.model.evidence import Evidence

UNPROVED = "z3: the compiled program fires other rules than the rule language"


@frozen
class Fault:
    """A case that the judges see differently: its files, and what each says."""

    drawn: Drawn
    said: tuple[str, ...]


@frozen
class Stretch:
    """What a stretch tried and found."""

    tally: Counter[str]
    fault: Fault | None


class _Found(Exception):
    """The judges differ."""


def search(seed: int, rule_sets: int) -> Stretch:
    """Try so many rule sets. The same seed gives the same cases with one version of Hypothesis."""
    tally: Counter[str] = Counter()
    faults: list[Fault] = []

    @seeded(seed)
    @settings(
        max_examples=rule_sets,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
        print_blob=False,
    )
    @given(st.data())
    def drawn_and_judged(data: st.DataObject) -> None:
        fault, counted = _judged(data)
        tally.update(counted)
        if fault is not None:
            faults.append(fault)
            raise _Found

    try:
        drawn_and_judged()
    except _Found:
        return Stretch(tally, smallest(faults[0]))
    return Stretch(tally, None)


def _judged(data: st.DataObject) -> tuple[Fault | None, Counter[str]]:
    """One rule set with all its evidence. What z3 finds counts only where no records show it: those are what `rate` runs."""
    drawn = data.draw(rule_sets_drawn())
    bench = drawn.bench()
    tally = Counter({"rule sets": 1, "rules": len(drawn.rules)})
    counted, where = bench.proved()
    tally += counted
    for whole, evidence in _bodies(data, drawn, bench, where):
        verdict = bench.judge(evidence)
        tally += verdict.tally
        if verdict.faults:
            return Fault(whole, verdict.faults), tally
    return (None if where is None else Fault(drawn, (f"{UNPROVED} at {where}",))), tally


def _bodies(data: st.DataObject, drawn: Drawn, bench: Bench, where: Inputs | None) -> Iterator[tuple[Drawn, Evidence]]:
    """The evidence to try: what z3 points at, records of every form, statements beside thresholds."""
    whole = data.draw(with_records(drawn, bench))
    yield whole, whole.evidence(bench)
    near, first = thresholds(bench), data.draw(st.integers(0, 2**31))
    bodies = [beside_thresholds(bench, near, first + number) for number in range(NEAR)]
    bodies += [] if where is None else [stated(where, bench.codebook)]
    for statements in reversed(bodies):
        yield evolve(drawn, observations=entries_of(statements)), evidence_from(statements)


def again(drawn: Drawn) -> tuple[str, ...]:
    """What the judges differ in on a kept case, read from its files anew."""
    bench = drawn.bench()
    _, where = bench.proved()
    proof = () if where is None else (UNPROVED,)
    return (*proof, *bench.judge(drawn.evidence(bench)).faults)


def smallest(fault: Fault) -> Fault:
    """The fault with ever fewer records, rules and indicators, as long as the judges still differ on it."""
    fault = evolve(fault, said=again(fault.drawn) or fault.said)
    in_years = any(not line.startswith(UNPROVED) for line in fault.said)
    for part in ("observations", "searches", "rules", "required", "codebook"):
        size = len(getattr(fault.drawn, part))
        while size:
            fault = _without(fault, part, size, in_years)
            size //= 2
    return fault


def _without(fault: Fault, part: str, size: int, in_years: bool) -> Fault:
    """The fault without each run of so many entries that it does not need. What shows in years must go on showing there."""
    start = 0
    while start < len(entries := getattr(fault.drawn, part)):
        fewer = evolve(fault.drawn, **{part: entries[:start] + entries[start + size :]})
        try:
            said = again(fewer)
        except (AssertionError, InvalidInput):
            said = ()  # what is left cannot be read: another part rests on what was taken out
        if any(not line.startswith(UNPROVED) for line in said) if in_years else said:
            fault = Fault(fewer, said)
        else:
            start += size
    return fault
