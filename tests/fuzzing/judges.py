"""Every judge of one rule set on one body of evidence: three engines, the naive oracle and z3, year by year along the chain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from importlib import import_module

from attrs import frozen
from fuzzing.symbols import Inputs, Symbols, at_hand
from support.entries import COUNTRY, method_of
from support.oracle import Answer, Ends, World, answer, measure_ends

from ratingengine.bulk.columnar import ColumnarEngine
from ratingengine.bulk.dialect import Dialect
from ratingengine.engine.assess import EnginesDisagree, Method, measured, vector
from ratingengine.engine.chain import Link, chain
from ratingengine.engine.durable import DurableEngine
from ratingengine.engine.execution import OpenEngine
from ratingengine.engine.reference import ReferenceEngine
from ratingengine.errors import EngineFailure
from ratingengine.model.evidence import Evidence
from ratingengine.model.indicator import Codebook
from ratingengine.model.program import conclude
from ratingengine.model.rule import RuleSet
from ratingengine.world.countries import by_iso3

PROFILE = "coded"
AS_OF = date(2022, 12, 31)


def present() -> dict[str, bool]:
    """The judges by name, and whether each can speak here; oracle and reference always can."""
    return {"reference": True, "oracle": True, "durable": _there("durable.engine"), "columnar": _there("polars"), "z3": at_hand()}


def _there(module: str) -> bool:
    try:
        import_module(module)
    except ImportError:
        return False
    return True


@frozen
class Verdict:
    """What came of a body of evidence: how many country-years were judged, of what kind, and what the judges differ in."""

    tally: Counter[str]
    faults: tuple[str, ...]


class Bench:
    """The judges of one rule set."""

    def __init__(self, rule_set: RuleSet, codebook: Codebook) -> None:
        speaking = present()
        engines: list[OpenEngine] = [ReferenceEngine, *([DurableEngine] if speaking["durable"] else [])]
        self.rule_set, self.codebook = rule_set, codebook
        self.method: Method = method_of(rule_set, codebook, engines)
        self.symbols = Symbols(rule_set, PROFILE, codebook) if speaking["z3"] else None
        self.columns = _Columns(self.method) if speaking["columnar"] else None
        country = by_iso3(COUNTRY)
        self.population = None if country is None else country.population

    def proved(self) -> tuple[Counter[str], Inputs | None]:
        """Whether z3 proves that the program fires what the rule language says on all inputs; else an input where not."""
        if self.symbols is None:
            return Counter(), None
        found = self.symbols.differing_input(self.method.programs[PROFILE])
        if isinstance(found, Inputs):
            return Counter(), found
        return Counter({"rule sets not decided" if found else "rule sets proved": 1}), None

    def judge(self, evidence: Evidence) -> Verdict:
        """Each year from the first evidence to the last day of the fuzzed years, every one a case."""
        tally: Counter[str] = Counter()
        faults: list[str] = []
        links: list[Link] = []
        try:
            for link in chain(self.method, PROFILE, evidence, AS_OF, self.population):
                tally += kinds(link)
                faults += [f"{link.as_of.year}: {fault}" for fault in self.faults(link)]
                links.append(link)
            faults += self.columns.faults(links) if self.columns is not None else []
        except EnginesDisagree as differ:
            steps = {name: [step.rule for step in found] for name, found in differ.steps.items()}
            faults.append(f"engines: {differ.values} gives {steps}")
        except EngineFailure as failed:
            faults.append(f"engine: {failed}")
        return Verdict(tally, tuple(faults))

    def faults(self, link: Link) -> list[str]:
        """What oracle and z3 say otherwise of one day than the engines."""
        given = self._world(link)
        established, possible = (answer(self.rule_set, PROFILE, given, every=every) for every in (True, False))
        found = [*_against(self.method, link, established, possible)]
        if self.symbols is not None:
            measures = {name: measure_ends(measure, given) for name, measure in self.symbols.measures.items()}
            last = None if not given.prior else {name: low for name, (low, _) in given.prior.items()}
            inputs = Inputs(given.indicators, measures, last)
            pairs = zip(("established", "not excluded"), self.symbols.fired(inputs), (established, possible), strict=True)
            for end, fired, said in pairs:
                if fired != said.fired:
                    found.append(f"{end}: z3 fires {sorted(fired)}, oracle {sorted(said.fired)}")
        return found

    def _world(self, link: Link) -> World:
        last: dict[str, Ends] = {}
        prior = link.assessment.prior
        if prior is not None:
            pairs = {"rating": prior.rating, "assessed": prior.assessed, "pressure": prior.pressure}
            last = {name: (position, position) for name, position in pairs.items()}
        ends = {name: (value.lowest, value.highest) for name, value in link.assessment.values.items()}
        without = frozenset(name for name, value in link.assessment.values.items() if value.absent)
        return World(self.codebook, self.method.scale, ends, last, without=without)


class _Columns:
    """The columnar engine on polars, asked about all years of a body of evidence at once."""

    def __init__(self, method: Method) -> None:
        import polars as pl

        self.polars = pl
        self.method = method
        self.program = method.programs[PROFILE]
        self.engine = ColumnarEngine(self.program, Dialect(pl))

    def faults(self, links: Sequence[Link]) -> list[str]:
        """What it says otherwise than the chain, at the best ends of a year and at the worst."""
        asked = [(link, worst) for link in links for worst in (False, True)]
        names = [f"v{number}" for number in range(len(self.program.variables))]
        schema = {"row": self.polars.Int64, **dict.fromkeys(names, self.polars.Int64)}
        rows = [(number, *self._vector(link, worst)) for number, (link, worst) in enumerate(asked)]
        told = self.engine.explain(self.polars.DataFrame(rows, schema=schema, orient="row")).rows()
        if len(told) == 1:
            told *= len(asked)  # what reads no column is told once
        found = []
        for (link, worst), (rating, *others) in zip(asked, told, strict=True):
            held = others[len(others) - len(self.program.rules) :]
            fired = {rule.id for rule, holds in zip(self.program.rules, held, strict=True) if holds}
            steps = (*link.assessment.steps, *(link.assessment.not_excluded if worst else ()))
            meant = {step.rule for step in steps}
            severity = conclude(self.program, steps).rating
            if (fired, rating) != (meant, severity):
                end = "not excluded" if worst else "established"
                said = f"columnar fires {sorted(fired)} and gives {rating}, the chain {sorted(meant)} and {severity}"
                found.append(f"{link.as_of.year}: {end}: {said}")
        return found

    def _vector(self, link: Link, worst: bool) -> Sequence[int]:
        found = link.assessment
        numbers = measured(self.method, PROFILE, found.values)
        return vector(self.program, found.values, numbers, found.prior, worst=worst)


def _against(method: Method, link: Link, established: Answer, possible: Answer) -> list[str]:
    """Each thing that the engines and the oracle see differently, in words."""
    assessment = link.assessment
    outcome = conclude(method.programs[PROFILE], assessment.steps)
    words = [rating.id for rating in method.scale.ratings]
    pairs = {
        "fired": ({step.rule for step in assessment.steps}, set(established.fired)),
        "not excluded": ({step.rule for step in assessment.not_excluded}, set(possible.fired - established.fired)),
        "rating": (outcome.rating, established.rating),
        "gate": (outcome.gate, established.gate),
        "watchlist": (outcome.watchlist, established.watchlist),
        "levels": (dict(outcome.levels), dict(established.levels)),
        "worst": (words.index(assessment.possible[-1]), max(established.rating, possible.rating)),
    }
    return [f"{name}: engines {ours!r}, oracle {theirs!r}" for name, (ours, theirs) in pairs.items() if ours != theirs]


def kinds(link: Link) -> Counter[str]:
    """What kind of case a country-year is, to show that the cases are not all alike."""
    found = link.assessment
    tally = Counter({"cases": 1, f"rated {found.ceiling}": 1, "steps": len(found.steps) + len(found.not_excluded)})
    tally["with a rule that fires"] = int(bool(found.steps))
    tally["with a rule not excluded"] = int(bool(found.not_excluded))
    tally["with a prior rating"] = int(found.prior is not None)
    tally["with nothing known"] = int(not found.known)
    return tally
