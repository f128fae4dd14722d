"""Two ratings side by side, and how much each changed input contributed, as an answer."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from datetime import date

from attrs import frozen

from ratingengine.engine.differences import differences
from ratingengine.engine.rating import rate
from ratingengine.errors import NotFound
from ratingengine.explain.diff.attribution import Derivation, attribute, derive
from ratingengine.explain.diff.diff_page import Commands, Compared, diff_json, diff_page, term_json, term_page
from ratingengine.explain.diff.mixture import EVIDENCE, KINDS, Input, Mixture, Side
from ratingengine.explain.settings import setting_text
from ratingengine.files.nodes import near
from ratingengine.interface.asked import Usage, asked_country, asked_day, asked_load, asked_year
from ratingengine.interface.page import Answer, answer_of
from ratingengine.model.indicator import PER_MILLION
from ratingengine.model.window import last_day
from ratingengine.world.countries import Country

WHEN = re.compile(r"[0-9]{4}(-[0-9]{2}-[0-9]{2})?")


@frozen
class Asked:
    """The options of one side: `rules`, `records` and `known_at` as given, and where they were given for this side."""

    rules: str | None
    records: tuple[str, ...]
    known_at: str | None


def diff_answer(
    words: Sequence[str],
    against: str | None,
    asked: Asked,
    other: Asked,
    own: Mapping[str, Sequence[str]],
    *,
    term: str | None = None,
    brief: bool = False,
) -> Answer:
    """Two years or days of a country, two countries, two rule sets or two states of the records; or, with `term`, one share.

    `words` are a country and one or two years or days; `own` are the options as they were given. Raises Usage and NotFound.
    """
    names, days = _split(words)
    country = asked_country(names)
    partner = asked_country([against]) if against else country
    sides = (_side(country, days[0], asked, own, "--known-from"), _side(partner, days[-1], other, own, "--known-to"))
    if (partner, days[0], asked) == (country, days[-1], other):
        more = "--against, --rules-to, --records-to, --known-to"
        raise Usage(f"the two sides are the same: give two years or days, or what differs ({more})")
    _comparable(sides)
    before, after = (rate(side.loaded, side.country, side.as_of, side.known_at) for side in sides)
    rated = before.rating is not None and after.rating is not None
    mixture = Mixture(*sides, after.profile, rated=rated)
    if term is not None:
        return _term(mixture, term, (asked, other))
    given = [word for option, values in own.items() for value in values for word in (option, value)]
    command = shlex.join(["rate", "diff", *words, *(("--against", against) if against else ()), *given])
    terms = {entry.name: f"{command} --term {entry.name}" for entry in mixture.inputs}
    corners = {(e, r): _rating_command(sides[e], (asked, other)[e], (asked, other)[r]) for e in (0, 1) for r in (0, 1)}
    compared = Compared(before, after, differences(before, after), attribute(mixture), mixture, Commands(terms, corners))
    content = diff_json(compared)
    return answer_of(diff_page(content, compared, brief), content, (content["attribution"] or {"terms": ()})["terms"])


def _split(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """The words that name a country, then one or two years or days."""
    names = list(words)
    days: list[str] = []
    while names and WHEN.fullmatch(names[-1]) and len(days) < 2:
        days.insert(0, names.pop())
    if not names or not days:
        raise Usage(
            "write: rate diff COUNTRY YEAR YEAR (or days, or one year with --against, --rules-to, --records-to, --known-to)"
        )
    return names, days


def _day(text: str) -> date:
    return asked_day(text, "the day", "2022-03-15") if "-" in text else last_day(asked_year(int(text), "the year"))


def _side(country: Country, day: str, asked: Asked, own: Mapping[str, Sequence[str]], option: str) -> Side:
    option = option if own.get(option) else "--known-at"
    known = None if asked.known_at is None else asked_day(asked.known_at, option)
    return Side(asked_load(asked.rules, asked.records, "reference"), country, _day(day), known)


def _comparable(sides: tuple[Side, Side]) -> None:
    """Values can only be mixed where both sides read them by one codebook and give ratings on one scale."""
    one, other = (side.loaded for side in sides)
    if one.codebook_digest != other.codebook_digest:
        raise Usage("the two sides have different codebooks, so their values cannot be compared; use records with the same one")
    if one.method.scale.words != other.method.scale.words or set(one.method.programs) != set(other.method.programs):
        raise Usage("the two rule sets have different scales or profiles, so their ratings cannot be compared")


def _rating_command(side: Side, asked: Asked, rules: Asked) -> str:
    return shlex.join(["rate", side.country.iso3, *_when(side), *_options(asked, rules.rules)])


def _when(side: Side) -> list[str]:
    whole = side.as_of == last_day(side.as_of.year)
    return ["--year", str(side.as_of.year)] if whole else ["--on", str(side.as_of)]


def _options(asked: Asked, rules: str | None) -> list[str]:
    found = [] if rules is None else ["--rules", rules]
    found += [word for path in asked.records for word in ("--records", path)]
    return found if asked.known_at is None else [*found, "--known-at", asked.known_at]


def _term(mixture: Mixture, name: str, asked: tuple[Asked, Asked]) -> Answer:
    kind = name if name in KINDS else EVIDENCE
    try:
        found = derive(mixture, Input(kind, name))
    except KeyError:
        known = [one.name for one in mixture.inputs]
        hint = near(name, known) or f"what differs: {', '.join(known) or 'nothing'}"
        raise NotFound(f"--term {name}: no input of that name differs; {hint}") from None
    content = term_json(found, mixture, _what_ifs(mixture, found, asked[0]))
    return answer_of(term_page(content), content)


def _what_ifs(mixture: Mixture, derivation: Derivation, asked: Asked) -> tuple[str, str] | None:
    """The commands that rate the smallest mixture without and with the input; none where more than values is mixed."""
    inputs = (*derivation.others, derivation.term.input)
    if derivation.without == derivation.within or any(one.kind != EVIDENCE for one in inputs):
        return None
    # A number per million follows from the count and the population, and a supposed count is one of the country's own.
    foreign = mixture.sides[0].country.population != mixture.sides[1].country.population
    if foreign and any(f"{one.name}{PER_MILLION}" in mixture.values(0, 0) for one in inputs):
        return None
    side, values = mixture.sides[0], mixture.values(1, 0)
    lead = ["rate", "what-if", side.country.iso3, *_when(side), *_options(asked, asked.rules)]
    texts = [setting_text(values[one.name].indicator, values[one.name].lowest, values[one.name].highest) for one in inputs]
    without, within = ([word for text in part for word in ("--set", text)] for part in (texts[:-1], texts))
    return shlex.join([*lead, *without]), shlex.join([*lead, *within])
