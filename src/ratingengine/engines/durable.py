"""The durable engine: the program as durable-rules (Rete) definitions. The one door to that library.

Host without its background threads, one live state at a time, deleted after use; integers only; actions take one parameter;
what a rule rests on is recorded before its conclusion is asserted. Order of firing never reaches the trace.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import Any

from ratingengine.engines import EngineAbsent
from ratingengine.engines.bounds import EXACT, check_bounds, fact_ids, layout
from ratingengine.errors import EngineFailure, InvalidInput
from ratingengine.model.program import Program, Step, Support

RULESET = "ratingengine"


def _library() -> Any:
    """durable.engine, or EngineAbsent with the reason."""
    try:
        from durable import engine
    except ImportError as failure:
        if sys.version_info >= (3, 13):
            why = "durable-rules does not run on Python 3.13 or later"
        elif isinstance(failure, ModuleNotFoundError):
            why = "durable-rules is not installed (it is built from source: gcc and the Python headers are needed)"
        else:
            why = f"durable-rules cannot be loaded: {failure}"
        raise EngineAbsent(why) from failure
    return engine


class DurableEngine:
    """Executes a program with durable-rules. Raises EngineAbsent, or InvalidInput (C4xx) for a program out of bounds."""

    name = "durable"

    def __init__(self, program: Program) -> None:
        problems = check_bounds(program)
        if problems:
            raise InvalidInput(problems)
        library = _library()
        self.program = program
        self._layout = layout(program)
        self._ids = fact_ids(self._layout, program.worst)
        self._lowest = _lowest_thresholds(self.definitions())
        self._fired: set[tuple[int, int]] = set()
        self._asserted: set[int] = set()
        self._messages = (library.MessageNotHandledException, library.MessageObservedException)
        self._host = _quiet_host(library)
        # The library removes `run` from the definitions it is given, so it gets a set of its own.
        self._host.set_rulesets({RULESET: self._with_actions()})
        self._numbers = count(1)

    def definitions(self) -> dict[str, dict[str, Any]]:
        """The rules as JSON definitions, without actions: one rule an alternative, the equality term first."""
        found: dict[str, dict[str, Any]] = {}
        for number, rule in enumerate(self.program.rules):
            for alternative, tests in enumerate(rule.alternatives):
                conditions = [self._layout.condition(test) for test in tests]
                found[f"r{number}a{alternative}"] = {
                    "all": [
                        {f"c{n}": {"$and": [{"i": condition.subject}, {"$gte": {"v": condition.threshold}}]}}
                        for n, condition in enumerate(conditions)
                    ]
                }
        found["go"] = {"all": [{"c0": {"$and": [{"i": self._layout.go}, {"$gte": {"v": 1}}]}}]}
        return found

    def _with_actions(self) -> dict[str, dict[str, Any]]:
        definitions = self.definitions()
        for number, rule in enumerate(self.program.rules):
            for alternative in range(len(rule.alternatives)):
                definitions[f"r{number}a{alternative}"]["run"] = self._action(number, alternative)
        definitions["go"]["run"] = lambda _closure: None
        return definitions

    def _action(self, number: int, alternative: int) -> Callable[[Any], None]:
        fact = self._conclusion(number)

        def act(closure: Any) -> None:
            self._fired.add((number, alternative))
            if fact is not None and fact["id"] not in self._asserted:
                self._asserted.add(fact["id"])
                try:
                    closure.assert_fact(dict(fact))
                except self._messages as refused:
                    # Only facts that a rule reads are asserted, each once: a refusal would mean a lost conclusion.
                    raise EngineFailure(f"durable-rules refused a conclusion: {refused}") from refused

        return act

    def _conclusion(self, number: int) -> dict[str, int] | None:
        """The fact a rule asserts; None for one that no rule reads."""
        target = self.program.rules[number].target
        if target.kind == "finding":
            subject, severity, value = self._layout.findings[target.name], 0, 1
        elif target.kind == "level":
            subject, severity, value = self._layout.levels[target.name], target.severity, target.severity
        else:
            return None
        if value < self._lowest.get(subject, EXACT):
            return None
        return {"id": self._ids[(subject, severity)], "i": subject, "v": value}

    def run(self, values: Sequence[int]) -> tuple[Step, ...]:
        """The canonical steps for one integer a variable."""
        facts = [
            {"id": self._ids[(n, 0)], "i": n, "v": value, "sid": "0"}
            for n, value in enumerate(values)
            if value >= self._lowest.get(n, EXACT)
        ]
        if any(abs(value) >= EXACT for value in values):
            raise EngineFailure("a value beyond 2^53 cannot be given to durable-rules exactly")
        sid = str(next(self._numbers))
        self._fired, self._asserted = set(), set()
        try:
            self._assert([{**fact, "sid": sid} for fact in facts])
            go = {"id": self._ids[(self._layout.go, 0)], "i": self._layout.go, "v": 1, "sid": sid}
            self._host.assert_fact(RULESET, go)
            # The library keeps an exception of an action as text in the state and goes on.
            swallowed = self._host.get_state(RULESET, sid).get("exception")
        finally:
            self._host.delete_state(RULESET, sid)
        if swallowed:
            raise EngineFailure(f"an action of durable-rules failed: {swallowed}")
        return self._steps()

    def _assert(self, facts: list[dict[str, Any]]) -> None:
        if not facts:
            return
        try:
            self._host.assert_facts(RULESET, facts)
        except self._messages as refused:
            raise EngineFailure(f"durable-rules refused a fact: {refused}") from refused

    def _steps(self) -> tuple[Step, ...]:
        """Firings grouped by rule; rules of a program stand in canonical order."""
        held: dict[int, set[Support]] = {}
        for number, alternative in self._fired:
            tests = self.program.rules[number].alternatives[alternative]
            held.setdefault(number, set()).update(self.program.supports[test] for test in tests)
        rules = self.program.rules
        return tuple(
            Step(rules[n].id, rules[n].stratum, rules[n].target, rules[n].conclusion, tuple(sorted(held[n]))) for n in sorted(held)
        )


def _lowest_thresholds(definitions: Mapping[str, Mapping[str, Any]]) -> dict[int, int]:
    """The lowest threshold on each subject: a fact below it matches nothing, and durable-rules refuses such facts."""
    lowest: dict[int, int] = {}
    for definition in definitions.values():
        for condition in definition["all"]:
            (terms,) = (body["$and"] for body in condition.values())
            subject, threshold = terms[0]["i"], terms[1]["$gte"]["v"]
            lowest[subject] = min(lowest.get(subject, threshold), threshold)
    return lowest


def _quiet_host(library: Any) -> Any:
    """A host that starts no background threads: they run actions at their own time and can crash on deleted states."""
    host = type("QuietHost", (library.Host,), {"_run": lambda _self: None})
    return host()
