"""An answer from embedded files alone: no shipped folder is looked at, no cache is read or written."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from attrs import frozen

from ratingengine.engine.assess import Method
from ratingengine.engine.loading import load_compiled, load_country, load_overrides, load_sources
from ratingengine.engine.rating import Loaded, rate, ready
from ratingengine.errors import InvalidInput, NotFound
from ratingengine.evidence.tables.form import is_table
from ratingengine.files.bounded import noting
from ratingengine.model.assessment import Assessment
from ratingengine.model.compiled import Compiled
from ratingengine.model.evidence import Evidence
from ratingengine.model.override import Override
from ratingengine.publish.certificate.files import Embedded, Places, laid_out, misplaced
from ratingengine.world.countries import Country


@frozen
class Question:
    """What was asked; `in_force` is the day that chose the rules in force, `prior` a rating given from outside."""

    country: Country
    as_of: date
    known_at: date | None = None
    prior: str | None = None
    in_force: date | None = None


@frozen
class Inputs:
    """What the embedded files say."""

    compiled: Compiled
    evidence: Evidence
    overrides: tuple[Override, ...]


class Unreadable(Exception):
    """Embedded files that cannot be read; holds the codes of the problems, and words that name the files as embedded."""

    def __init__(self, codes: Sequence[str], text: str) -> None:
        self.codes = tuple(codes)
        super().__init__(text)


def read_inputs(files: Sequence[Embedded], question: Question) -> Inputs:
    """Method and evidence from the texts, by way of a temporary folder. Raises Unreadable, also for a file that is not read."""
    wrong = misplaced(files)
    if wrong:
        raise Unreadable((), wrong)
    with tempfile.TemporaryDirectory(prefix="ratingengine-") as name:
        places, names = laid_out(files, Path(name))
        try:
            with noting() as used:
                inputs = _inputs(places, question)
        except InvalidInput as invalid:
            raise unreadable(invalid, names) from None
        except NotFound as missing:  # no rule is in force on the day that the certificate names
            raise Unreadable((), str(missing)) from None
        idle = [name for path, name in names.items() if str(Path(path).absolute()) not in used and not is_table(Path(path))]
    if idle:
        raise Unreadable((), f"{idle[0]} takes no part in the answer")
    return inputs


def _inputs(places: Places, question: Question) -> Inputs:
    compiled = load_compiled(places.rules, places.codebook, question.in_force)
    sources = load_sources(places.sources)
    evidence = load_country(places.records, question.country.iso3, compiled.codebook, sources)
    overrides = load_overrides(places.overrides, compiled.scale.words, sources)
    return Inputs(compiled, evidence, overrides.entries)


def unreadable(invalid: InvalidInput, names: dict[str, str]) -> Unreadable:
    """The first problem in words, with embedded names, and how many more there are."""
    first, *others = invalid.problems
    text = str(first)
    for path, name in names.items():
        text = text.replace(path, name)
    more = f" (and {len(others)} more)" if others else ""
    return Unreadable([problem.code for problem in invalid.problems], text.split("\n", maxsplit=1)[0] + more)


def method_of(inputs: Inputs, engine: str) -> Method:
    """The method with an engine. Raises Unreadable for a program that the engine cannot take."""
    try:
        return ready(inputs.compiled, engine)
    except InvalidInput as invalid:
        raise unreadable(invalid, {}) from None


def derive(inputs: Inputs, question: Question, method: Method) -> Assessment:
    """The answer to the question."""
    loaded = Loaded(method, (), "")
    asked = (question.country, question.as_of, question.known_at, question.prior, inputs.evidence)
    return rate(loaded, *asked, overrides=inputs.overrides)
