"""The durable engine: the program as durable-rules (Rete) definitions. The one door to that library.

Host without its background threads, one live state at a time, deleted after use; integers only; actions take one parameter;
what a rule rests on is recorded before its conclusion is asserted. Order of firing never reaches the trace.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from itertools import count
from typing import Any

from ratingengine.engine.bounds import EXACT, SECONDS_AN_ACTION, Condition, check_bounds, fact_id, layout
from ratingengine.engine.execution import EngineAbsent
from ratingengine.errors import EngineFailure, InvalidInput
from ratingengine.model.program import Program, Step, StepTable, Target

RULESET = "ratingengine"
TRIES = 3
"""Of a run that the library stops halfway; a pause during one is seldom followed by another."""


def _library() -> Any:
    """durable.engine, or EngineAbsent with the reason."""
    try:
        from durable import engine
    except ImportError as failure:
        if sys.version_info >= (3, 13):
            why = "durable-rules does not run on Python 3.13 or later"
        elif isinstance(failure, ModuleNotFoundError):
            why = "durable-rules is not installed (pip install durable-rules builds it, with gcc and the Python headers)"
        else:
            why = f"durable-rules cannot be loaded: {failure}"
        raise EngineAbsent(why) from failure
    return engine


class DurableEngine:
    """Executes a program with durable-rules. Raises EngineAbsent, or InvalidInput (C4xx) for a program out of bounds."""

    name = "durable"

    def __init__(self, program: Program, table: StepTable | None = None) -> None:
        problems = check_bounds(program)
        if problems:
            raise InvalidInput(problems)
        library = _library()
        self.program = program
        self._layout = layout(program)
        self._table = table or StepTable(program)
        self._conditions = [
            [[self._layout.condition(test) for test in tests] for tests in rule.alternatives] for rule in program.rules
        ]
        self._lowest = _lowest_thresholds(self._conditions)
        self._conclusions = [self._conclusion(rule.target) for rule in program.rules]
        self._fired: dict[int, int] = {}
        self._asserted: set[int] = set()
        self._ended = False
        self._messages = (library.MessageNotHandledException, library.MessageObservedException)
        self._host = _quiet_host(library)
        # The library removes `run` from the definitions it is given, so it gets a set of its own.
        self._host.set_rulesets({RULESET: self._with_actions()})
        self._numbers = count(1)

    def definitions(self) -> dict[str, dict[str, Any]]:
        """The rules as JSON definitions, without actions: one rule an alternative, the equality term first."""
        found = {
            f"r{number}a{alternative}": _definition(conditions)
            for number, alternatives in enumerate(self._conditions)
            for alternative, conditions in enumerate(alternatives)
        }
        return {**found, "go": _definition([(self._layout.go, 1)])}

    def _with_actions(self) -> dict[str, dict[str, Any]]:
        definitions = self.definitions()
        for number, alternatives in enumerate(self._conditions):
            for alternative in range(len(alternatives)):
                definitions[f"r{number}a{alternative}"]["run"] = self._action(number, alternative)
        definitions["go"]["run"] = self._end
        return definitions

    def _end(self, _closure: Any) -> None:
        """`go` is the last fact and stands last, so where it fires nothing is left to fire.

        The library ends the chain of actions without a word when more than ten seconds pass during one, by the clock on the wall:
        a suspended process or the change to summer time is enough.
        """
        self._ended = True

    def _action(self, number: int, alternative: int) -> Callable[[Any], None]:
        subjects, bit = self._conclusions[number], 1 << alternative

        def act(closure: Any) -> None:
            self._fired[number] = self._fired.get(number, 0) | bit
            for subject in subjects:
                if subject not in self._asserted:
                    self._asserted.add(subject)
                    try:
                        closure.assert_fact({"id": fact_id(subject), "i": subject, "v": 1})
                    except self._messages as refused:
                        # Only facts that a rule reads are asserted, each once: a refusal would mean a lost conclusion.
                        raise EngineFailure(f"durable-rules refused a conclusion: {refused}") from refused

        return act

    def _conclusion(self, target: Target) -> tuple[int, ...]:
        """The subjects that a rule's conclusion makes true, without those that no rule reads."""
        subjects: tuple[int, ...] = ()
        if target.kind == "finding":
            subjects = (self._layout.findings[target.name],)
        elif target.kind == "level":
            subjects = tuple(self._layout.levels[(target.name, severity)] for severity in range(target.severity + 1))
        return tuple(subject for subject in subjects if subject in self._lowest)

    def run(self, values: Sequence[int]) -> tuple[Step, ...]:
        """The canonical steps for one integer a variable."""
        if any(abs(value) >= EXACT for value in values):
            raise EngineFailure("a value beyond 2^53 cannot be given to durable-rules exactly")
        for _ in range(TRIES):
            self._run(values)
            if self._ended:
                # Firings are grouped by rule; the rules of a program stand in canonical order.
                return tuple(self._table.step(number, self._fired[number]) for number in sorted(self._fired))
        why = f"an action lasted more than {SECONDS_AN_ACTION} seconds, or the clock was put forward"
        raise EngineFailure(f"durable-rules stopped before the last rule {TRIES} times: {why}")

    def _run(self, values: Sequence[int]) -> None:
        """Give the library one set of facts, in a state of its own, and collect what fires."""
        sid = str(next(self._numbers))
        facts = [
            {"id": fact_id(subject), "i": subject, "v": value, "sid": sid}
            for subject, value in enumerate(values)
            if value >= self._lowest.get(subject, EXACT)
        ]
        self._fired, self._asserted, self._ended = {}, set(), False
        try:
            refused = self._refused(facts)
            go = {"id": fact_id(self._layout.go), "i": self._layout.go, "v": 1, "sid": sid}
            self._host.assert_fact(RULESET, go)
            # The library keeps an exception of an action as text in the state and goes on.
            swallowed = self._host.get_state(RULESET, sid).get("exception")
        finally:
            self._host.delete_state(RULESET, sid)
        if refused:
            raise EngineFailure(f"durable-rules refused a fact: {refused}")
        if swallowed:
            raise EngineFailure(f"an action of durable-rules failed: {swallowed}")

    def _refused(self, facts: list[dict[str, Any]]) -> str:
        """Assert the facts together; what the library says when it refuses one of them."""
        try:
            if facts:
                self._host.assert_facts(RULESET, facts)
        except self._messages as refused:
            # The rest of the batch is pending until the next fact; a state deleted before that takes the process down.
            return str(refused)
        return ""


def _definition(conditions: Sequence[Condition]) -> dict[str, Any]:
    """One rule of the library: every condition an equality and a bound, in that order."""
    return {
        "all": [
            {f"c{n}": {"$and": [{"i": subject}, {"$gte": {"v": threshold}}]}} for n, (subject, threshold) in enumerate(conditions)
        ]
    }


def _lowest_thresholds(rules: Sequence[Sequence[Sequence[Condition]]]) -> dict[int, int]:
    """The lowest threshold on each subject: a fact below it matches nothing, and durable-rules refuses such facts."""
    lowest: dict[int, int] = {}
    for subject, threshold in (c for alternatives in rules for conditions in alternatives for c in conditions):
        lowest[subject] = min(lowest.get(subject, threshold), threshold)
    return lowest


def _quiet_host(library: Any) -> Any:
    """A host that starts no background threads: they run actions at their own time and can crash on deleted states."""
    host = type("QuietHost", (library.Host,), {"_run": lambda _self: None})
    return host()
