"""Drawn rule sets, valid by construction: written as files and read by the project's own readers."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve, frozen
from hypothesis import strategies as st

from ratingengine.model.indicator import Codebook, Indicator
from ratingengine.model.rule import ROUNDINGS
from ratingengine.testing.drawn_codebooks import codebooks, small_number
from ratingengine.testing.files import FACETS, RATINGS, Entry, rules_of
from ratingengine.testing.rules import Rules, with_codebook

PRESSURES = ("better", "none", "worse")
UP, DOWN = ("at_least", "more_than"), ("at_most", "less_than")


@st.composite
def rule_sets(draw: st.DrawFn, codebook: Codebook | None = None) -> Rules:
    """A rule set as its files are read, on the given codebook or a drawn one.

    It has the profile `coded`, the five ratings and four facets of the default method, rules of every kind with conditions of
    every form, sometimes a facet that must be known before a rating is given, and sometimes `transition: none`.
    """
    read = draw(codebooks()) if codebook is None else codebook
    free = draw(st.sampled_from((False, False, False, True)))
    rules = draw(rule_entries(read, free=free))
    return with_codebook(rules_of(rules, read, draw(required_groups(read)), free=free), read)


def _worded(draw: st.DrawFn, words: Sequence[str], end: bool, names: tuple[str, str]) -> Entry:
    """A test on a closed set of words that reaches to the last word (`end`) or to the first."""
    cut = draw(st.integers(1, len(words) - 1))
    inclusive, strict = names
    return draw(
        st.sampled_from(
            (
                {inclusive: words[cut] if end else words[cut - 1]},
                {strict: words[cut - 1] if end else words[cut]},
                {"one_of": list(words[cut:] if end else words[:cut])},
                {"is": words[-1] if end else words[0]},
            )
        )
    )


def compared(draw: st.DrawFn, entry: Indicator, better: bool) -> Entry:
    """A comparison of an indicator with a value, that points to its worse end or to its better one."""
    upward = (entry.worse == "higher") != better
    if entry.words:
        return {"indicator": entry.id, **_worded(draw, entry.words, upward, UP if upward else DOWN)}
    test = draw(st.sampled_from(UP if upward else DOWN))
    return {"indicator": entry.id, test: small_number(draw, entry, test)}


@frozen
class Readable:
    """What the rule under construction may read."""

    codebook: Codebook
    measures: tuple[str, ...]
    findings: tuple[str, ...]
    levels: tuple[str, ...]
    free: bool = False

    def with_conclusion(self, kind: str, name: str, facet: str) -> Readable:
        """With what a rule of this kind adds."""
        if kind == "level":
            return evolve(self, levels=tuple(dict.fromkeys((*self.levels, facet))))
        if kind == "measure":
            return evolve(self, measures=tuple(dict.fromkeys((*self.measures, name))))
        return evolve(self, findings=tuple(dict.fromkeys((*self.findings, name)))) if kind == "finding" else self


def _in_conditions(codebook: Codebook) -> tuple[Indicator, ...]:
    """What conditions, counts and sums may read: where there may be no value, only other measures do."""
    return tuple(entry for entry in codebook if not entry.may_be_none)


def _atom(draw: st.DrawFn, kind: str, can: Readable) -> Entry:
    better = kind == "upgrade_gate"
    subjects = ["indicator"] * 4 + ["measure"] * bool(can.measures) + ["prior"]
    subjects += [] if better else ["finding"] * bool(can.findings) + ["level"] * bool(can.levels)
    subject = draw(st.sampled_from(subjects))
    if subject == "indicator":
        return compared(draw, draw(st.sampled_from(_in_conditions(can.codebook))), better)
    if subject == "finding":
        return {"finding": draw(st.sampled_from(can.findings))}
    if subject == "measure":
        # Neither is met by all values of a count of one thing, so that nothing holds, or opens a gate, on no evidence.
        least, most = (0, 0) if better else (1, 9)
        test = draw(st.sampled_from(DOWN if better else UP))
        number = draw(st.integers(least, most)) + (test == DOWN[1])
        return {"measure": draw(st.sampled_from(can.measures)), test: str(number)}
    # On the scale `at_most obstructed` is no better than obstructed: the worse end is the last word.
    names = UP if better else DOWN
    if subject == "level":
        return {"level": draw(st.sampled_from(can.levels)), **_worded(draw, RATINGS, True, names)}
    # Pressure is for gates and the watchlist: a ceiling that rests on it is not monotone over the years.
    pressed = kind in ("upgrade_gate", "watchlist") and not can.free
    name = draw(st.sampled_from(("rating", "assessed", "pressure")[: 3 if pressed else 2]))
    return {"prior": name, **_worded(draw, PRESSURES if name == "pressure" else RATINGS, not better, names)}


def _condition(draw: st.DrawFn, kind: str, can: Readable, depth: int = 2) -> Entry:
    join = draw(st.sampled_from(("atom", "atom", "all", "any", "n_of"))) if depth else "atom"
    if join == "atom":
        return _atom(draw, kind, can)
    parts = [_condition(draw, kind, can, depth - 1) for _ in range(draw(st.integers(1, 3)))]
    return {"n_of": str(draw(st.integers(1, len(parts)))), "of": parts} if join == "n_of" else {join: parts}


def _steps(draw: st.DrawFn, entry: Indicator) -> list[Entry]:
    """A step table that ends at 0 and 10 as other inputs do, so that what may be none can stand among them."""
    last = min(entry.highest, entry.lowest + 10 * 10**entry.decimals)
    cuts = draw(st.lists(st.integers(entry.lowest + 1, last), min_size=1, max_size=3, unique=True))
    between = draw(st.permutations(("0.5", "2", "3.25", "7")))[: len(cuts) - 1]
    bands = ["0", *sorted(between, key=float), "10"]
    starts = [entry.number(cut) for cut in (entry.lowest, *sorted(cuts))]
    turned = bands if entry.worse == "higher" else bands[::-1]
    return [{"from": start, "counts": counts} for start, counts in zip(starts, turned, strict=True)]


def _measure(draw: st.DrawFn, codebook: Codebook) -> Entry:
    of = draw(st.sampled_from(("count", "sum", "mean", "median", "min", "max")))
    inputs = []
    names = _in_conditions(codebook) if of in ("count", "sum") else tuple(codebook)
    for entry in draw(st.lists(st.sampled_from(names), min_size=1, max_size=3)):
        if of == "count":
            inputs.append(compared(draw, entry, better=False))
            continue
        weight = draw(st.sampled_from(("1", "0.5", "3")))
        if draw(st.booleans()):
            inputs.append({"indicator": entry.id, "weight": weight, "steps": _steps(draw, entry)})
            continue
        ends = ["0", "10"] if entry.worse == "higher" else ["10", "0"]
        last = entry.highest if entry.words or entry.may_be_none else min(entry.highest, 10 * 10**entry.decimals)
        span = str(last) if entry.words else entry.number(last)
        inputs.append({"indicator": entry.id, "weight": weight, "from": ["0", span], "to": ends})
    needs, rounding = str(draw(st.integers(1, len(inputs)))), draw(st.sampled_from(ROUNDINGS))
    return {"of": of, "inputs": inputs, "needs": needs, "decimals": draw(st.sampled_from(("0", "1"))), "rounding": rounding}


def _then(kind: str, name: str, facet: str, word: str) -> Entry:
    return {
        "measure": {"measure": name, "facet": facet},
        "finding": {"finding": name, "facet": facet},
        "level": {"facet": facet, "level_at_most": word},
        "rating": {"rating_at_most": word},
        "upgrade_gate": {"gate": "open"},
        "watchlist": {"watchlist": "on"},
    }[kind]


@st.composite
def rule_entries(draw: st.DrawFn, codebook: Codebook, *, free: bool = False) -> tuple[Entry, ...]:
    """The rules of a profile: what a rule reads stands before it, ids come in any order, every finding is read by a rule.

    `free`: for a scale without transition, which has neither gates nor pressure.
    """
    kinds = draw(
        st.lists(st.sampled_from(("finding", "level", "rating", "watchlist", "upgrade_gate")[: 4 if free else 5]), max_size=8)
    )
    kinds = ["measure"] * draw(st.integers(0, 2)) + kinds
    numbers = draw(st.permutations(range(1, len(kinds) + 3)))
    can = Readable(codebook, (), (), (), free)
    rules: list[Entry] = []

    def add(kind: str, name: str, facet: str, body: Entry) -> None:
        word = draw(st.sampled_from((*RATINGS, *RATINGS[2:])))
        rule = {
            "id": f"RUL-{numbers[len(rules)]:03}",
            "title": kind,
            "kind": kind,
            **body,
            "then": _then(kind, name, facet, word),
        }
        rules.append({**rule, "rationale": "drawn", "sources": ["A p. 1"], "since": "2026-01-01"})

    for number, kind in enumerate(kinds):
        facet, name = FACETS[number % 3], f"{'measured' if kind == 'measure' else 'found'}.x{number % 3}"
        # A second rule for the same finding or level reads neither, or the rules would rest on each other.
        again = (kind == "finding" and name in can.findings) or (kind == "level" and facet in can.levels)
        open_to = evolve(can, findings=(), levels=()) if again else can
        body = {"measure": _measure(draw, codebook)} if kind == "measure" else {"when": _condition(draw, kind, open_to)}
        add(kind, name, facet, body)
        can = can.with_conclusion(kind, name, facet)
    if can.findings:
        add("rating", "", "", {"when": {"any": [{"finding": name} for name in can.findings]}})
    add("rating", "", "", {"when": _condition(draw, "rating", can)})
    return tuple(rules)


@st.composite
def required_groups(draw: st.DrawFn, codebook: Codebook) -> tuple[Entry, ...]:
    """No group, or one."""
    names = draw(st.lists(st.sampled_from([entry.id for entry in codebook.coded]), max_size=2, unique=True))
    group = {"profile": "coded", "facet": FACETS[0], "any_of": names, "rationale": "drawn"}
    return (group,) if names else ()
