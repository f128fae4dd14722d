"""clipspy: the program as CLIPS constructs, one defrule an alternative.

Facts go in through `load_facts`, which hands no fact objects to Python: an environment used so keeps its speed over thousands
of ratings and needs no renewal, while one that is given facts singly slows down with every rating. Values below the lowest
threshold on their variable match nothing and are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from peers import NotInstalled, Reached, alternatives, findings, levels
from ratingengine.model.program import Outcome, Program, ProgramRule, Test


class Clips:
    """Executes a program with clipspy."""

    def __init__(self, program: Program) -> None:
        self._environment = _library().Environment()
        for construct in constructs(program):
            self._environment.build(construct)
        self._facets = program.facets
        self._lowest = _lowest(program)

    def rate(self, values: Sequence[int]) -> Reached:
        """Reset, load the facts, run, read the globals."""
        environment = self._environment
        environment.reset()
        facts = [f"(v{n} {value})" for n, value in enumerate(values) if value >= self._lowest[n]]
        if facts:
            environment.load_facts("\n".join(facts))
        environment.run()
        rating, gate, watchlist, *rest = environment.call("answer")
        count = len(self._facets)
        reached = dict(zip(self._facets, rest[:count], strict=True))
        return Reached(Outcome(rating, reached, gate > 0, watchlist > 0), rest[count:])


def library_version() -> str:
    """The installed version; raises NotInstalled."""
    from importlib.metadata import version

    _library()
    return version("clipspy")


def _library() -> Any:
    try:
        import clips
    except ImportError as absent:
        raise NotInstalled("pip install clipspy") from absent
    return clips


def _lowest(program: Program) -> list[int]:
    tests = [test for rule in program.rules for alt in rule.alternatives for test in alt if test.kind == "variable"]
    return [min(test.threshold for test in tests if test.variable == n) for n in range(len(program.variables))]


def constructs(program: Program) -> Iterator[str]:
    """Globals for the outcome, one rule an alternative, and a function that gives the answer as one list."""
    facets = levels(program)
    answer = ["?*rating*", "?*upgrade_gate*", "?*watchlist*", *(f"?*l{number}*" for number in facets.values())]
    for name in answer:
        yield f"(defglobal {name} = 0)"
    yield "(defglobal ?*fired* = (create$))"
    known = findings(program)
    for position, (number, alternative) in enumerate(alternatives(program)):
        rule = program.rules[number]
        patterns = (_pattern(n, test, known, facets) for n, test in enumerate(rule.alternatives[alternative]))
        yield f"(defrule a{position} {' '.join(patterns)} => {_actions(position, rule, known, facets)})"
    yield f"(deffunction answer () (create$ {' '.join(answer)} ?*fired*))"


def _pattern(n: int, test: Test, known: dict[str, int], facets: dict[str, int]) -> str:
    if test.kind == "finding":
        return f"(f{known[test.name]})"
    if test.kind == "variable":
        return f"(v{test.variable} ?x{n}&:(>= ?x{n} {test.threshold}))"
    # A facet can have several level facts; the alternative fires once all the same.
    return f"(exists (l{facets[test.name]} ?x{n}&:(>= ?x{n} {test.threshold})))"


def _actions(position: int, rule: ProgramRule, known: dict[str, int], facets: dict[str, int]) -> str:
    actions = [f"(bind ?*fired* (create$ ?*fired* {position}))"]
    target = rule.target
    if target.kind == "finding":
        actions += [f"(assert (f{known[target.name]}))"] if target.name in known else []
    elif target.kind == "level":
        level = f"l{facets[target.name]}"
        actions += [f"(bind ?*{level}* (max ?*{level}* {target.severity}))", f"(assert ({level} {target.severity}))"]
    else:
        severity = target.severity if target.kind == "rating" else 1
        actions.append(f"(bind ?*{target.kind}* (max ?*{target.kind}* {severity}))")
    return " ".join(actions)
