"""A program as formulas: for every input, which rules hold and what they conclude, exactly as the reference engine runs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import frozen

from ratingengine.model.program import Program, ProgramRule, Test
from ratingengine.proofs.solver import Formula, every, negation, some

Reads = Callable[[int, int], Formula]
"""Whether a variable (by number) is at or beyond a threshold."""

Ladder = tuple[Formula, ...]
"""At place n: the severity is at least n. Place 0 always holds."""


@frozen
class Concluded:
    """What a program concludes on some input; `rules` by number."""

    rules: tuple[Formula, ...]
    findings: Mapping[str, Formula]
    levels: Mapping[str, Ladder]
    rating: Ladder
    gate: Formula
    watchlist: Formula


def concluded(
    program: Program, reads: Reads, switches: Mapping[int, Formula] | None = None, start: Concluded | None = None
) -> Concluded:
    """The conclusions of a program on an input.

    Rules run in the program's order and read what those before them concluded, as the reference engine does. A rule with a switch
    holds only where the switch does. `start` is what is concluded before the first rule.
    """
    top = 1 + max([program.worst, *(rule.target.severity for rule in program.rules)])
    nothing: Ladder = (True, *[False] * top)
    findings: dict[str, Formula] = dict(start.findings) if start else {}
    levels: dict[str, Ladder] = dict(start.levels) if start else dict.fromkeys(program.facets, nothing)
    rating, gate, watchlist = (start.rating, start.gate, start.watchlist) if start else (nothing, False, False)
    held: list[Formula] = []
    for number, rule in enumerate(program.rules):
        fires = _condition(rule, reads, findings, levels)
        if switches and number in switches:
            fires = every((switches[number], fires))
        held.append(fires)
        target = rule.target
        if target.kind == "finding":
            findings[target.name] = some((findings.get(target.name, False), fires))
        elif target.kind == "level":
            levels[target.name] = _lowered(levels[target.name], target.severity, fires)
        elif target.kind == "rating":
            rating = _lowered(rating, target.severity, fires)
        elif target.kind == "upgrade_gate":
            gate = some((gate, fires))
        else:
            watchlist = some((watchlist, fires))
    return Concluded(tuple(held), findings, levels, rating, gate, watchlist)


def _condition(rule: ProgramRule, reads: Reads, findings: Mapping[str, Formula], levels: Mapping[str, Ladder]) -> Formula:
    def holds(test: Test) -> Formula:
        if test.kind == "variable":
            return reads(test.variable, test.threshold)
        if test.kind == "finding":
            return findings.get(test.name, False)
        return reached(levels[test.name], test.threshold)

    return some(every(holds(test) for test in alternative) for alternative in rule.alternatives)


def _lowered(ladder: Ladder, severity: int, fires: Formula) -> Ladder:
    return tuple(some((step, fires)) if 0 < n <= severity else step for n, step in enumerate(ladder))


def reached(ladder: Ladder, severity: int) -> Formula:
    """Whether the severity is at least so much."""
    return True if severity <= 0 else ladder[severity] if severity < len(ladder) else False


def is_exactly(ladder: Ladder, severity: int) -> Formula:
    """Whether the severity is so much and no more."""
    return every((reached(ladder, severity), negation(reached(ladder, severity + 1))))
