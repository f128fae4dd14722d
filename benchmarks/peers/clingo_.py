"""clingo: the program as logic rules over many country-years in one grounding, its quickest form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from peers import NotInstalled, Reached, alternatives, findings, levels
from ratingengine.model.program import Outcome, Program, Test

NO_OUTCOME = (0, False, False)
MOST = 10**9
"""Its numbers have 32 bits; no threshold of the rules is near."""


class Clingo:
    """Executes a program with clingo, any number of country-years at once."""

    def __init__(self, program: Program) -> None:
        self._library = _library()
        self._program = program
        self._places = alternatives(program)
        self._findings, self._facets = findings(program), levels(program)
        self._text = "\n".join(self._rules())

    def rate_all(self, rows: Sequence[Sequence[int]]) -> list[Reached]:
        """All rows by one model, which is the only one: there is no choice and no negation."""
        control = self._library.Control(["--warn=none"])
        facts = "\n".join(
            f"v({row},{number},{max(-MOST, min(MOST, value))})."
            for row, values in enumerate(rows)
            for number, value in enumerate(values)
        )
        control.add("base", [], f"{self._text}\n#show a/2.\n{facts}")
        control.ground([("base", [])])
        fired: list[list[int]] = [[] for _ in rows]
        with control.solve(yield_=True) as handle:
            for model in handle:
                for symbol in model.symbols(shown=True):
                    row, position = (part.number for part in symbol.arguments)
                    fired[row].append(position)
        return [Reached(self._outcome(own), sorted(own)) for own in fired]

    def _rules(self) -> list[str]:
        found = []
        for position, (number, n) in enumerate(self._places):
            rule = self._program.rules[number]
            body = ", ".join(self._test(k, test) for k, test in enumerate(rule.alternatives[n]))
            found.append(f"a(R,{position}) :- v(R,0,_){', ' if body else ''}{body}.")
            target = rule.target
            if target.kind == "finding" and target.name in self._findings:
                found.append(f"f(R,{self._findings[target.name]}) :- a(R,{position}).")
            elif target.kind == "level":
                found.append(f"l(R,{self._facets[target.name]},{target.severity}) :- a(R,{position}).")
        return found

    def _test(self, k: int, test: Test) -> str:
        if test.kind == "finding":
            return f"f(R,{self._findings[test.name]})" if test.name in self._findings else "1 < 0"
        if test.kind == "level":
            return f"l(R,{self._facets[test.name]},X{k}), X{k} >= {test.threshold}"
        return f"v(R,{test.variable},X{k}), X{k} >= {test.threshold}"

    def _outcome(self, fired: Sequence[int]) -> Outcome:
        """clingo names what fired; the highest severity of it is read off here."""
        rating, gate, watchlist = NO_OUTCOME
        reached = dict.fromkeys(self._program.facets, 0)
        for position in fired:
            target = self._program.rules[self._places[position][0]].target
            rating = max(rating, target.severity) if target.kind == "rating" else rating
            gate, watchlist = gate or target.kind == "upgrade_gate", watchlist or target.kind == "watchlist"
            if target.kind == "level":
                reached[target.name] = max(reached[target.name], target.severity)
        return Outcome(rating, reached, gate, watchlist)


def library_version() -> str:
    """The installed version; raises NotInstalled."""
    _library()
    from importlib.metadata import version

    return version("clingo")


def _library() -> Any:
    try:
        import clingo
    except ImportError as absent:
        raise NotInstalled("pip install clingo") from absent
    return clingo
