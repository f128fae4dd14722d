"""Changed rules (mutants), each different from the rule and from the others: its condition, or what it concludes."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve, frozen

from ratingengine.errors import Place
from ratingengine.model.rule import Conclusion, Rule
from ratingengine.ruleset.cases import Bench
from ratingengine.ruleset.test.changes import Names, changes
from ratingengine.ruleset.test.formula import formula
from ratingengine.ruleset.test.measure_changes import measure_changes

KINDS = ("threshold", "connective", "direction", "dropped", "swapped", "ceiling", "conclusion", "measure")


@frozen
class Mutant:
    """A changed rule: the kind of change, where, and the changed part before and after in the rule's words."""

    rule: Rule
    kind: str
    place: Place
    before: str
    after: str

    @property
    def concludes_otherwise(self) -> bool:
        """Whether the conclusion was changed, not the condition."""
        return self.kind in ("ceiling", "conclusion")


def mutants(rule: Rule, bench: Bench) -> tuple[Mutant, ...]:
    """Every mutant of a rule, each once however it was made, and none that says what the rule says."""
    if rule.when is None:
        return tuple(_of_measure(rule, bench))
    known = {formula(rule.when, rule.profile, bench)}
    found: list[Mutant] = []
    for change in changes(rule, bench):
        said = formula(change.condition, rule.profile, bench)
        if said not in known:
            known.add(said)
            changed = evolve(rule, when=change.condition)
            found.append(Mutant(changed, change.kind, change.place, change.before, change.after))
    for kind, then in _conclusions(rule, bench):
        found.append(Mutant(evolve(rule, then=then), kind, rule.then_place, str(rule.then), str(then)))
    return tuple(found)


def _of_measure(rule: Rule, bench: Bench) -> Iterator[Mutant]:
    known = {rule.measure}
    for measure, place, before, after in measure_changes(rule, bench):
        if measure not in known:
            known.add(measure)
            yield Mutant(evolve(rule, measure=measure), "measure", place, before, after)


def _conclusions(rule: Rule, bench: Bench) -> Iterator[tuple[str, Conclusion]]:
    """The ceiling one word up and down; another finding of the facet; another facet."""
    then, scale, names = rule.then, bench.rule_set.scale, Names.of(rule.profile, bench)
    if rule.kind in ("level", "rating"):
        severity = scale.severity(then.word)
        for other in (severity - 1, severity + 1):
            if 0 <= other <= scale.worst:
                yield "ceiling", evolve(then, word=scale.word(other))
    if rule.kind == "level" and then.facet in names.facets:
        yield "conclusion", evolve(then, facet=names.facets[then.facet])
    if rule.kind == "finding" and then.name in names.findings:
        yield "conclusion", evolve(then, name=names.findings[then.name])
