"""What the fuzzer tries: generated rule sets, and two kinds of records for each.

Hypothesis draws rule sets, and records of every form. The other records state, for eight years and each indicator, a value
at, beside or between the thresholds of the rules: they come from a seed of their own, since drawing each number would cost more
than judging it. A case is one country-year.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from random import Random

from attrs import evolve, frozen
from fuzzing.judges import PROFILE, Bench
from fuzzing.symbols import Inputs
from hypothesis import strategies as st
from support.entries import (
    COUNTRY,
    SOURCES,
    Entry,
    Files,
    codebook_files,
    codebook_of,
    evidence_of,
    record_text,
    rule_file,
    rules_of,
    scale_text,
    written,
)
from support.strategies import codebook_entries, records, required_groups, rule_entries

from ratingengine.errors import Place
from ratingengine.model.condition import Atom, atoms
from ratingengine.model.evidence import Citation, Claim, Evidence, Observation
from ratingengine.model.indicator import Codebook, Indicator
from ratingengine.model.normal import normalise, subject_of

YEARS = range(2015, 2023)
NEAR = 8
"""Bodies of evidence beside the thresholds, for each rule set."""


@frozen
class Drawn:
    """A rule set and one body of evidence, as the entries of their files."""

    codebook: tuple[Entry, ...]
    rules: tuple[Entry, ...]
    required: tuple[Entry, ...]
    free: bool = False
    observations: tuple[Entry, ...] = ()
    searches: tuple[Entry, ...] = ()

    def bench(self) -> Bench:
        """The judges of the rule set."""
        codebook = codebook_of(self.codebook)
        return Bench(rules_of(self.rules, codebook, self.required, free=self.free), codebook)

    def evidence(self, bench: Bench) -> Evidence:
        """The evidence as it is read from its file."""
        return evidence_of(self.observations, self.searches, bench.codebook)

    def files(self) -> Files:
        """All files, as `rate COUNTRY --rules rules --records records` takes them."""
        found = {f"records/codebook/{name}": text for name, text in codebook_files(self.codebook).items()}
        record = record_text(self.observations, self.searches) if self.observations or self.searches else ""
        return {
            **found,
            "rules/scale.yaml": scale_text(self.required, free=self.free),
            "rules/sources.yaml": SOURCES,
            "rules/rules.yaml": rule_file(self.rules),
            "records/sources.yaml": SOURCES,
            **({f"records/{COUNTRY}/one.yaml": record} if record else {}),
        }

    def save(self, folder: Path) -> Path:
        """Write the files into a folder."""
        return written(folder, self.files())


@st.composite
def rule_sets_drawn(draw: st.DrawFn) -> Drawn:
    """A rule set without evidence."""
    entries = draw(codebook_entries())
    codebook, free = codebook_of(entries), draw(st.sampled_from((False, False, False, True)))
    return Drawn(entries, draw(rule_entries(codebook, free=free)), draw(required_groups(codebook)), free)


@st.composite
def with_records(draw: st.DrawFn, drawn: Drawn, bench: Bench) -> Drawn:
    """The rule set with records of every form."""
    observations, searches = draw(records(bench.codebook))
    return evolve(drawn, observations=observations, searches=searches)


@frozen
class Statement:
    """A value or bounds of one indicator for a stretch of one year."""

    number: int
    indicator: Indicator
    year: int
    low: int | None
    high: int | None
    event: str = ""
    first_month: int = 1

    @property
    def _form(self) -> str:
        if self.low is None:
            return "at_most"
        if self.high is None:
            return "at_least"
        return "value" if self.low == self.high else "between"

    def entry(self) -> Entry:
        """As it stands in a record file."""
        texts = [self.indicator.number(end) for end in (self.low, self.high) if end is not None]
        return {
            "id": f"{COUNTRY}-{self.number:03}",
            "indicator": self.indicator.id,
            self._form: texts if self._form == "between" else texts[0],
            "from": f"{self.year}-{self.first_month:02}-01",
            "to": f"{self.year}-12-31",
            **({"event": self.event} if self.event else {}),
            "reported": f"{self.year}-12-31",
            "sources": [{"source": "A", "locator": "p. 1"}],
            "coder": "A",
            "confidence": "high",
        }

    def observation(self) -> Observation:
        """As it is read from there; a test holds the two to each other."""
        nowhere, last = Place("drawn", 1, 1), date(self.year, 12, 31)
        return Observation(
            id=f"{COUNTRY}-{self.number:03}",
            country=COUNTRY,
            indicator=self.indicator.id,
            claim=Claim(self._form, self.low, self.high, "drawn"),
            begun=date(self.year, self.first_month, 1),
            begun_by=False,
            ended=last,
            event=self.event,
            reported=(last, last),
            sources=(Citation("A", "p. 1", nowhere),),
            coder="A",
            confidence="high",
            note="",
            place=nowhere,
        )


def evidence_from(statements: Sequence[Statement]) -> Evidence:
    """The evidence that the entries of these statements would be read to."""
    return Evidence(COUNTRY, tuple(found.observation() for found in statements), (), {}, "0" * 64)


def thresholds(bench: Bench) -> dict[str, tuple[int, ...]]:
    """The values of each indicator at and beside the thresholds that conditions and counting measures set, and a few others."""
    near = {
        entry.id: {entry.lowest, min(entry.highest, entry.lowest + 3), min(entry.highest, 40)} for entry in bench.codebook.coded
    }
    for atom in _indicator_atoms(bench):
        if atom.name in near:
            entry = bench.codebook[atom.name]
            threshold = normalise(atom, subject_of(atom, bench.codebook, bench.method.scale, {})).threshold
            value = threshold if entry.worse == "higher" else -threshold
            near[atom.name] |= {value - 1, value, value + 1}
    inside = {
        name: {n for n in found if bench.codebook[name].lowest <= n <= bench.codebook[name].highest}
        for name, found in near.items()
    }
    return {name: tuple(sorted(found)) for name, found in inside.items()}


def _indicator_atoms(bench: Bench) -> list[Atom]:
    found: list[Atom] = []
    for rule in bench.rule_set.of_profile(PROFILE):
        if rule.when is not None:
            found += [atom for atom in atoms(rule.when) if atom.subject == "indicator"]
        if rule.measure is not None:
            found += [entry.atom for entry in rule.measure.inputs if isinstance(entry.atom, Atom)]
    return found


def beside_thresholds(bench: Bench, near: dict[str, tuple[int, ...]], seed: int) -> tuple[Statement, ...]:
    """Statements about most indicators in each of the years; how many are left open differs from seed to seed."""
    chance = Random(seed)  # noqa: S311 - a sequence that can be repeated is wanted
    silent = chance.choice((0.1, 0.3, 0.7))
    found: list[Statement] = []
    for year in YEARS:
        for entry in bench.codebook.coded:
            if chance.random() >= silent:
                found.append(_statement(chance, len(found) + 1, entry, year, near[entry.id]))
                if chance.random() < 0.1:
                    found.append(_statement(chance, len(found) + 1, entry, year, near[entry.id]))
    return tuple(found)


def _statement(chance: Random, number: int, entry: Indicator, year: int, values: tuple[int, ...]) -> Statement:
    low, high = sorted((chance.choice(values), chance.choice(values)))
    if entry.type == "yes_no":
        ends: tuple[int | None, int | None] = (low, low)
    else:
        ends = chance.choice(((low, low), (high, high), (low, high), (low, None), (None, high)))
    event = f"E-{entry.id}-{year}" if chance.random() < 0.15 else ""
    return Statement(number, entry, year, *ends, event, chance.choice((1, 1, 1, 1, 1, 5)))


def entries_of(statements: Sequence[Statement]) -> tuple[Entry, ...]:
    """The statements as entries of a record file."""
    return tuple(found.entry() for found in statements)


def stated(inputs: Inputs, codebook: Codebook) -> tuple[Statement, ...]:
    """Records of the last year that come as near to a point of the input space as records can."""
    found: list[Statement] = []
    for entry in codebook.coded:
        low, high = inputs.indicators[entry.id]
        if (low, high) != (entry.lowest, entry.highest):
            ends = (low if low > entry.lowest else None, high if high < entry.highest else None)
            ends = (low, high) if low == high else ends
            found.append(Statement(len(found) + 1, entry, YEARS[-1], *ends))
    return tuple(found)
