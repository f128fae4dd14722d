"""Two questions for tests of differences, with everything that can differ drawn: day, knowledge, records, rules."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from assets.toy import island
from attrs import frozen
from hypothesis import strategies as st
from support.entries import SOURCES, Entry, record_text, rule_file, scale_text, written
from support.method_files import method_files
from support.strategies import codebooks, days, records, required_groups, rule_entries

from ratingengine.engine.rating import load, rate
from ratingengine.explain.diff.mixture import Mixture, Side

KAZAKHSTAN = island("KAZ")


@frozen
class Drawn:
    """Files of two methods and two states of the records, the day and the day of knowledge of either side."""

    files: dict[str, str]
    rules: tuple[str, str]
    records: tuple[str, str]
    days: tuple[date, date]
    known: tuple[date | None, date | None]


@st.composite
def drawn_sides(draw: st.DrawFn) -> Drawn:
    """Two sides that differ at least in what they are asked for, if not in what they say."""
    codebook = draw(codebooks(most=6))
    required: list[Entry] = list(draw(required_groups(codebook)))
    made = method_files(codebook, draw(rule_entries(codebook)), required)
    files = {f"one/{name}".replace("one/codebook", "one/records/codebook"): text for name, text in made.items()}
    files["one/records/sources.yaml"] = SOURCES
    other_rules, other_records = draw(st.booleans()), draw(st.booleans())
    if other_rules:
        files |= {"two/rules/scale.yaml": scale_text(required), "two/rules/sources.yaml": SOURCES}
        files["two/rules/rules.yaml"] = rule_file(draw(rule_entries(codebook)))
    if other_records:
        files |= {name.replace("one/", "two/"): text for name, text in files.items() if name.startswith("one/records/")}
    for side in ("one", *(("two",) if other_records else ())):
        observations, searches = draw(records(codebook))
        if observations or searches:
            files[f"{side}/records/KAZ/all.yaml"] = record_text(observations, searches)
    known = st.one_of(st.none(), days())
    return Drawn(
        files,
        ("one/rules", "two/rules" if other_rules else "one/rules"),
        ("one/records", "two/records" if other_records else "one/records"),
        (draw(days()), draw(days())),
        (draw(known), draw(known)),
    )


@contextmanager
def opened(drawn: Drawn) -> Iterator[tuple[Side, Side]]:
    """The two sides, read from files that are there as long as the context."""
    with TemporaryDirectory() as name:
        folder = written(Path(name), drawn.files)
        loaded = [load(str(folder / drawn.rules[n]), [folder / drawn.records[n]], "reference") for n in (0, 1)]
        one, other = (Side(loaded[n], KAZAKHSTAN, drawn.days[n], drawn.known[n]) for n in (0, 1))
        yield one, other


def mixed(one: Side, other: Side) -> Mixture:
    """The mixture that `rate diff` looks at: of the profile that carries the later answer."""
    return Mixture(one, other, rate(other.loaded, other.country, other.as_of, other.known_at).profile)
