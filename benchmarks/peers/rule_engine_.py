"""rule-engine: one expression a rule, in the order of the program; what it concludes is put into the record for the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from peers import NotInstalled, Reached, alternatives, findings, levels
from ratingengine.model.program import Outcome, Program, Test


class RuleEngine:
    """Executes a program with rule-engine; one expression an alternative, so that what fired is known."""

    def __init__(self, program: Program) -> None:
        library = _library()
        self._program = program
        self._facets, self._findings = levels(program), findings(program)
        self._rules = [
            [library.Rule(" and ".join(self._test(test) for test in alternative) or "true") for alternative in rule.alternatives]
            for rule in program.rules
        ]
        self._positions = {place: position for position, place in enumerate(alternatives(program))}

    def rate(self, values: Sequence[int]) -> Reached:
        """Every rule on one record."""
        record: dict[str, Any] = {f"v{number}": value for number, value in enumerate(values)}
        record |= {f"f{number}": False for number in self._findings.values()}
        record |= {f"l{number}": 0 for number in self._facets.values()}
        found = {"rating": 0, "upgrade_gate": 0, "watchlist": 0}
        fired: list[int] = []
        for number, (rule, texts) in enumerate(zip(self._program.rules, self._rules, strict=True)):
            held = [n for n, text in enumerate(texts) if text.matches(record)]
            if not held:
                continue
            fired += [self._positions[number, n] for n in held]
            target = rule.target
            if target.kind == "finding":
                if target.name in self._findings:
                    record[f"f{self._findings[target.name]}"] = True
            elif target.kind == "level":
                name = f"l{self._facets[target.name]}"
                record[name] = max(record[name], target.severity)
            else:
                found[target.kind] = max(found[target.kind], target.severity if target.kind == "rating" else 1)
        reached = {facet: record[f"l{number}"] for facet, number in self._facets.items()}
        return Reached(Outcome(found["rating"], reached, found["upgrade_gate"] > 0, found["watchlist"] > 0), fired)

    def _test(self, test: Test) -> str:
        if test.kind == "finding":
            return f"f{self._findings[test.name]}"
        subject = f"v{test.variable}" if test.kind == "variable" else f"l{self._facets[test.name]}"
        return f"{subject} >= {test.threshold}"


def library_version() -> str:
    """The installed version; raises NotInstalled."""
    from importlib.metadata import version

    _library()
    return version("rule-engine")


def _library() -> Any:
    try:
        import rule_engine
    except ImportError as absent:
        raise NotInstalled("pip install rule-engine") from absent
    return rule_engine
