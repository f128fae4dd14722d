"""Who is measured, how long it takes, and whether all answer alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median
from time import process_time
from typing import Any

from attrs import define, field, frozen
from country_years import CountryYear
from peers import NotInstalled, Peer, Reached, steps_of
from peers.clips import Clips
from peers.clips import library_version as clips_version
from peers.rule_engine_ import RuleEngine
from peers.rule_engine_ import library_version as rule_engine_version
from peers.zen import Zen
from peers.zen import library_version as zen_version

from ratingengine.engine.durable import DurableEngine
from ratingengine.engine.execution import Engine, EngineAbsent
from ratingengine.engine.reference import ReferenceEngine
from ratingengine.model.program import Outcome, Program, Step, conclude

SECONDS_A_REPEAT = 0.8
TRIED = 20
"""Ratings that tell how many country-years an engine gets through in a repeat."""

Explained = tuple[tuple[Step, ...], Outcome]


@frozen
class Contestant:
    """One engine with a program: `rate` is timed; `explain` brings its result into the form that all are compared in."""

    name: str
    rate: Callable[[CountryYear], Any]
    explain: Callable[[Any], tuple[Explained, ...]]
    both_ends: bool = False


@define
class Result:
    """An engine's times, or why there are none."""

    name: str
    key: str
    absent: str = ""
    set_up_ms: float = 0.0
    rows: int = 0
    fired: float = 0.0
    rates: list[float] = field(factory=list)
    ratios: list[float] = field(factory=list)
    differing: list[str] = field(factory=list)

    @property
    def per_second(self) -> float | None:
        """The median rate."""
        return median(self.rates) if self.rates else None

    @property
    def ratio(self) -> float | None:
        """The median over the repeats of this engine's rate to that of durable in the same repeat."""
        return median(self.ratios) if self.ratios else None


def reference(program: Program) -> Contestant:
    """Steps and conclusion at the best ends: the explained rating."""
    return _own("reference", program, ReferenceEngine(program))


def durable(program: Program) -> Contestant:
    """The same by durable-rules."""
    try:
        return _own("durable", program, DurableEngine(program))
    except EngineAbsent as absent:
        raise NotInstalled(str(absent)) from absent


def _own(name: str, program: Program, engine: Engine) -> Contestant:
    explained = _explained(engine, program)
    return Contestant(name, lambda row: explained(row.best), lambda found: (found,))


def both_ends(program: Program) -> Contestant:
    """The reference engine on what the evidence establishes and on what it does not exclude."""
    explained = _explained(ReferenceEngine(program), program)

    def rate(row: CountryYear) -> tuple[Explained, Explained]:
        return explained(row.best), explained(row.worst)

    return Contestant("reference, both ends", rate, lambda found: found, both_ends=True)


def _explained(engine: Engine, program: Program) -> Callable[[Sequence[int]], Explained]:
    """Steps and outcome: in one go where the engine has that, else concluded from the steps."""
    at_once: Callable[[Sequence[int]], Explained] | None = getattr(engine, "explain", None)
    if at_once is not None:
        return at_once
    run = engine.run

    def in_turn(values: Sequence[int]) -> Explained:
        steps = run(values)
        return steps, conclude(program, steps)

    return in_turn


def zen(program: Program) -> Contestant:
    """zen-engine."""
    return _peer(f"zen-engine {zen_version()}", program, Zen(program))


def clips(program: Program) -> Contestant:
    """clipspy."""
    return _peer(f"clipspy {clips_version()}", program, Clips(program))


def rule_engine(program: Program) -> Contestant:
    """rule-engine."""
    return _peer(f"rule-engine {rule_engine_version()}", program, RuleEngine(program))


def _peer(name: str, program: Program, peer: Peer) -> Contestant:
    def explain(found: Reached) -> tuple[Explained, ...]:
        return ((steps_of(program, found.fired), found.outcome),)

    return Contestant(name, lambda row: peer.rate(row.best), explain)


ENTRANTS: dict[str, Callable[[Program], Contestant]] = {
    "reference": reference,
    "reference_both_ends": both_ends,
    "durable": durable,
    "zen": zen,
    "clips": clips,
    "rule_engine": rule_engine,
}


def measure(program: Program, rows: Sequence[CountryYear], repeat: int) -> list[Result]:
    """Every entrant on the same country-years; the repeats go round all engines, so that a slow moment hits each alike."""
    entered = [_enter(key, program, rows) for key in ENTRANTS]
    plans = [(result, contestant, rows[: result.rows]) for result, contestant in entered if contestant is not None]
    for result, contestant, own in plans:
        _compare(result, contestant, own, program)
    for _ in range(repeat):
        for result, contestant, own in plans:
            result.rates.append(_rate(contestant, own))
    results = [result for result, _ in entered]
    against = next((result.rates for result in results if result.key == "durable"), [])
    for result in results:
        # Without durable there is nothing to relate to.
        result.ratios = [rate / other for rate, other in zip(result.rates, against, strict=False)]
    return results


def _enter(key: str, program: Program, rows: Sequence[CountryYear]) -> tuple[Result, Contestant | None]:
    """Set the engine up and find how many country-years it rates in a repeat."""
    result = Result(key, key)
    try:
        ENTRANTS[key](program)  # loads the library, which is not part of the set-up
        start = process_time()
        contestant = ENTRANTS[key](program)
        contestant.rate(rows[0])
        result.set_up_ms = (process_time() - start) * 1000
    except NotInstalled as absent:
        result.absent = str(absent)
        return result, None
    result.name = contestant.name
    sample = rows[:TRIED]
    for _ in range(2):  # the second time without what is made when first needed
        start = process_time()
        for row in sample:
            contestant.rate(row)
        taken = (process_time() - start) / len(sample)
    result.rows = max(1, min(len(rows), int(SECONDS_A_REPEAT / taken)))
    return result, contestant


def _rate(contestant: Contestant, rows: Sequence[CountryYear]) -> float:
    """Ratings a second of processor time, over whole passes through the rows."""
    rate, done = contestant.rate, 0
    start = now = process_time()
    while not done or now - start < SECONDS_A_REPEAT / 2:
        for row in rows:
            rate(row)
        done += len(rows)
        now = process_time()
    return done / (now - start)


def _compare(result: Result, contestant: Contestant, rows: Sequence[CountryYear], program: Program) -> None:
    """Hold every row that the engine is timed on against the reference: outcome, fired rules and their supports."""
    judge = ReferenceEngine(program)
    fired = 0
    for row in rows:
        traces = [judge.run(values) for values in ((row.best, row.worst) if contestant.both_ends else (row.best,))]
        found = contestant.explain(contestant.rate(row))
        fired += sum(len(steps) for steps, _ in found)
        if found != tuple((steps, conclude(program, steps)) for steps in traces):
            result.differing.append(row.name)
    result.fired = fired / len(rows)
