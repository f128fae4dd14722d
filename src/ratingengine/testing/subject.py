"""A rule set made ready for its properties: compiled, with the engines that run here, and the words by which `rate` finds it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from attrs import evolve, field, frozen

from ratingengine.engine.assess import Method
from ratingengine.engine.chain import NONE, Link, chain
from ratingengine.engine.execution import Engine
from ratingengine.engine.loading import compile_rules
from ratingengine.engine.opening import countries_on_record, open_engines
from ratingengine.errors import NotFound
from ratingengine.model.assessment import Prior
from ratingengine.model.compiled import Compiled
from ratingengine.model.evidence import Evidence
from ratingengine.model.program import Program
from ratingengine.testing.drawn_records import CountryYear
from ratingengine.testing.files import COUNTRY
from ratingengine.testing.rules import Folder, Rules, read_rules_on_codebook
from ratingengine.world.countries import Country, by_iso3

OpenEngines = Callable[[Program], tuple[Engine, ...]]
CANDIDATES = (COUNTRY, "FIN", "COL", "IND", "TZA", "NZL", "URY", "MNG", "ZMB", "PER")

KEPT = 16


def engines_here(program: Program) -> tuple[Engine, ...]:
    """The reference engine, and durable-rules where it runs."""
    return open_engines(program, "both")[0]


@frozen
class RulesUnderTest:
    """A rule set with its codebook, the country that drawn records are about, and how `rate` is told where the rules are.

    `method` runs the first engine alone, so that what engines disagree about is found by engine agreement and by nothing else;
    `engines` are all of them, by profile.
    """

    rules: Rules
    options: tuple[str, ...]
    country: Country
    method: Method
    engines: Mapping[str, tuple[Engine, ...]]
    open_engines: OpenEngines
    _others: dict[tuple[str, ...], Method] = field(factory=dict, eq=False, repr=False)
    _read: dict[tuple[str, ...], Evidence] = field(factory=dict, eq=False, repr=False)

    def other(self, rules: Rules, key: tuple[str, ...]) -> Method:
        """The method of a variant of the rules, compiled once for each key."""
        if key not in self._others:
            self._others[key] = method_with(rules, self.open_engines)
        return self._others[key]

    def evidence(self, asked: CountryYear) -> Evidence:
        """What the records of a question are read to; the last ones are kept, since a case asks for the same again and again."""
        texts = asked.texts()
        if texts not in self._read:
            if len(self._read) >= KEPT:
                self._read.clear()
            self._read[texts] = asked.evidence(self.rules.codebook)
        return self._read[texts]

    def prior(self, asked: CountryYear) -> Prior | None:
        """What a question gives as the year before, as `rate --prior` does."""
        if asked.prior is None:
            return None
        severity = self.rules.scale.severity(asked.prior)
        return Prior(severity, severity, NONE)

    def links(self, asked: CountryYear, profile: str, method: Method | None = None) -> tuple[Link, ...]:
        """Each year of one profile up to the year in question; only that year where the year before is given."""
        where = (method or self.method, profile, self.evidence(asked), asked.as_of, self.country.population, self.prior(asked))
        return tuple(chain(*where))


def method_with(rules: Rules, opened: OpenEngines) -> Method:
    """The method of a rule set with the first engine alone."""
    return _first(compile_rules(rules, rules.codebook), opened)


def _first(compiled: Compiled, opened: OpenEngines) -> Method:
    return Method(compiled, {profile: opened(program)[:1] for profile, program in compiled.programs.items()}, ())


def under_test(
    rules: Rules, options: Iterable[str] = (), country: str = COUNTRY, opened: OpenEngines = engines_here
) -> RulesUnderTest:
    """A rule set ready for its properties.

    `options` are the words that let `rate` read the same rules, `opened` the engines to run. Raises InvalidInput for rules that
    an engine cannot hold, NotFound for a country that is not one.
    """
    found = by_iso3(country)
    if found is None:
        raise NotFound(f"no country has the code '{country}'")
    method = method_with(rules, opened)
    engines = {profile: opened(program) for profile, program in method.programs.items()}
    return RulesUnderTest(rules, tuple(options), found, method, engines, opened)


def folder_under_test(rules: Folder, records: Iterable[Folder] = (), opened: OpenEngines = engines_here) -> RulesUnderTest:
    """A rule set by folder or shipped name, with the codebook beside the records, as `rate --rules … --records …` reads them.

    Drawn records are about a country of which the folders have none. Raises NotFound or InvalidInput.
    """
    places = tuple(Path(place) for place in records)
    found = read_rules_on_codebook(rules, places)
    options = ["--rules", str(rules), *(word for place in places for word in ("--records", str(place)))]
    taken = countries_on_record(places)
    country = next((code for code in CANDIDATES if code not in taken), COUNTRY)
    return under_test(found, options, country, opened)


def without_kind(rules: Rules, kind: str) -> Rules:
    """The rule set without its rules of one kind."""
    return evolve(rules, rules={name: rule for name, rule in rules.rules.items() if rule.kind != kind})
