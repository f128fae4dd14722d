"""Which country-years hang on where a threshold lies: each one moved, a step and by a share of itself, and all rated again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from ratingengine.bulk.batch import admitted_table, content_of
from ratingengine.bulk.frames import taken
from ratingengine.bulk.identity import identity
from ratingengine.bulk.rating import passed, plans_of, with_people
from ratingengine.bulk.state import State
from ratingengine.model.compiled import Compiled
from ratingengine.model.indicator import base_of
from ratingengine.model.normal import number_of
from ratingengine.model.program import Program, Test, Variable


@frozen
class Threshold:
    """A threshold of a profile, as severity; the rules that read it."""

    profile: str
    test: Test
    variable: Variable
    rules: tuple[str, ...]


@frozen
class Moved:
    """A threshold moved from one value to another (as they are written), and the country-years whose rating is then another."""

    threshold: Threshold
    by: str
    before: str
    after: str
    flips: tuple[tuple[str, int, str | None, str | None], ...]


@frozen
class Sensitivity:
    """How many country-years were rated, every move, and how many thresholds ask for what the table has no column of."""

    rows: int
    moves: tuple[Moved, ...]
    unasked: int


def thresholds(compiled: Compiled) -> Iterator[Threshold]:
    """Every threshold on an indicator or a measure, once a profile, in the order of the program."""
    for profile, program in compiled.programs.items():
        readers: dict[Test, list[str]] = {}
        for rule in program.rules:
            for test in rule.tests:
                readers.setdefault(test, []).append(rule.id)
        for test in sorted(test for test in readers if test.kind == "variable"):
            variable = program.variables[test.variable]
            if variable.subject != "prior":
                yield Threshold(profile, test, variable, tuple(readers[test]))


def reads(threshold: Threshold, compiled: Compiled) -> frozenset[str]:
    """The coded indicators that a threshold asks for, through its measure if it is on one."""
    if threshold.variable.subject == "measure":
        inputs = compiled.measures[threshold.profile][threshold.variable.name].inputs
        return frozenset(base_of(entry.indicator) for entry in inputs)
    return frozenset({base_of(threshold.variable.name)})


def moves(threshold: Threshold, compiled: Compiled, share: int) -> Iterator[tuple[str, int]]:
    """How far a threshold is moved: a step to either side and, where that is further, a share (per cent) of itself."""
    lowest, highest, worded = _extent(threshold, compiled)
    steps = {1: "one step"}
    part = abs(threshold.test.threshold) * share // 100
    if part > 1 and not worded:
        steps[part] = f"{share} per cent"
    for size, name in steps.items():
        for sign, way in ((1, "later"), (-1, "earlier")):
            moved = threshold.test.threshold + sign * size
            # A threshold at the end of the range would always hold.
            if lowest < moved <= highest:
                yield f"{name} {way}", moved


def _extent(threshold: Threshold, compiled: Compiled) -> tuple[int, int, bool]:
    variable = threshold.variable
    if variable.subject == "measure":
        return -(2**62), 2**62, False
    entry = compiled.codebook[variable.name]
    ends = sorted((entry.severity(entry.lowest), entry.severity(entry.highest)))
    low, high = (-ends[1], -ends[0]) if variable.mirrored else (ends[0], ends[1])
    return low, high, bool(entry.words)


def written(threshold: Threshold, severity: int, compiled: Compiled) -> str:
    """A threshold in the indicator's or the measure's own terms."""
    own = -severity if threshold.variable.mirrored else severity
    if threshold.variable.subject == "measure":
        return number_of(compiled.measures[threshold.profile][threshold.variable.name], own)
    entry = compiled.codebook[threshold.variable.name]
    return entry.number(entry.severity(own))


def with_threshold(compiled: Compiled, threshold: Threshold, severity: int) -> Compiled:
    """The method with that threshold elsewhere, in every rule that reads it."""
    moved = evolve(threshold.test, threshold=severity)

    def changed(program: Program) -> Program:
        rules = tuple(
            evolve(
                rule,
                alternatives=tuple(
                    tuple(moved if test == threshold.test else test for test in alternative) for alternative in rule.alternatives
                ),
            )
            for rule in program.rules
        )
        support = evolve(program.supports[threshold.test], operand=written(threshold, severity, compiled))
        return evolve(program, rules=rules, supports={**program.supports, moved: support})

    programs = {name: changed(own) if name == threshold.profile else own for name, own in compiled.programs.items()}
    return evolve(compiled, programs=programs)


def sensitivity(
    records: Path | Sequence[Path], compiled: Compiled, share: int, state: Path | None, told: Callable[[int, int], None]
) -> Sensitivity:
    """Every move of every threshold, with what flips."""
    frame, layout = admitted_table(records, compiled)
    found = taken(frame.sort("iso3", "year"), "polars")
    keys = found.frame.select("iso3", "year").rows()

    def rated(method: Compiled) -> list[int | None]:
        plans = plans_of(method, layout, found.dialect)
        severities: list[int | None] = passed(plans, with_people(plans, found.frame, found)).to_list()
        return severities

    body = content_of(records)
    keeper = State(state, sha256(f"{body} {identity(compiled)} {share}".encode()).hexdigest())
    kept: dict[str, Any] = keeper.read()
    every = tuple(thresholds(compiled))
    # Of what the table says nothing no other threshold changes a rating.
    asked = [one for one in every if not reads(one, compiled).isdisjoint(layout.held)]
    planned = [(one, by, to) for one in asked for by, to in moves(one, compiled, share)]
    base = rated(compiled)
    done: list[list[list[Any]]] = list(kept.get("flips", []))
    for number in range(len(done), len(planned)):
        told(number, len(planned))
        one, _, to = planned[number]
        now = rated(with_threshold(compiled, one, to))
        done.append([[n, old, new] for n, (old, new) in enumerate(zip(base, now, strict=True)) if old != new])
        keeper.write({"flips": done})
    told(len(planned), len(planned))

    def word(severity: int | None) -> str | None:
        return None if severity is None else compiled.scale.word(severity)

    return Sensitivity(len(keys), tuple(
        Moved(one, by, written(one, one.test.threshold, compiled), written(one, to, compiled),
              tuple((*keys[n], word(old), word(new)) for n, old, new in flips))
        for (one, by, to), flips in zip(planned, done, strict=True)
    ), len(every) - len(asked))  # fmt: skip
