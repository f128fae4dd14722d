"""Single thresholds of conditions and counts, moved to the nearest value that turns one country-year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve, frozen

from ratingengine.backtest.given import Course, Moment
from ratingengine.engine.assess import Method, vector
from ratingengine.engine.measures import measure_range, measure_value
from ratingengine.errors import InvalidInput
from ratingengine.method.compiler import with_rule
from ratingengine.model.condition import Atom, Condition, atoms
from ratingengine.model.indicator import UNBOUNDED
from ratingengine.model.normal import Normal, Subject, normalise, subject_of, support_words
from ratingengine.model.program import Program, Variable
from ratingengine.model.rule import Measure, Rule, RuleSet
from ratingengine.model.value import IndicatorValue


@frozen
class Threshold:
    """An atom that points in the worse direction: its number in the condition or among the inputs of a count, and what it tests.

    `variable` is what it reads of the program, None for a level or where it is an input of the measure `counted`.
    """

    rule: Rule
    number: int
    atom: Atom
    subject: Subject
    threshold: int
    variable: int | None
    counted: str = ""

    def ends(self, moment: Moment) -> tuple[int, int] | None:
        """Best and worst severity of what it tests in a year; None for a level, which the rules make."""
        if self.counted:
            return moment.counted[self.atom.name]
        return None if self.variable is None else (moment.best[self.variable], moment.worst[self.variable])

    def value(self, moment: Moment, levels: Mapping[str, int]) -> int:
        """The severity that it is held against."""
        ends = self.ends(moment)
        return levels[self.atom.name] if ends is None else ends[0]


@frozen(order=True)
class Edit:
    """One threshold moved: the rule, which of its atoms, and where to; `steps` of its grid away."""

    rule: str
    number: int
    to: int
    steps: int


def thresholds(rule_set: RuleSet, method: Method, profile: str) -> tuple[Threshold, ...]:
    """Every threshold of a profile's rules and counts, but for those on the year before and in the better direction."""
    return (*_of_conditions(rule_set, method, profile), *_of_counts(rule_set, method, profile))


def _of_conditions(rule_set: RuleSet, method: Method, profile: str) -> Iterator[Threshold]:
    program, measures = method.programs[profile], dict(method.compiled.measures[profile])
    index = {variable: number for number, variable in enumerate(program.variables)}
    for compiled in program.rules:
        rule = rule_set.rules[compiled.id]
        for number, atom in enumerate(() if rule.when is None else atoms(rule.when)):
            if atom.subject in ("finding", "prior"):
                continue
            subject = subject_of(atom, method.codebook, method.scale, measures)
            normal = normalise(atom, subject)
            if normal.better:
                continue
            if atom.subject == "measure":
                low, high = measure_range(measures[atom.name], method.codebook)
                subject = evolve(subject, lowest=low, highest=high)
            place = None if atom.subject == "level" else index[Variable(atom.subject, atom.name)]
            yield Threshold(rule, number, atom, subject, normal.threshold, place)


def _of_counts(rule_set: RuleSet, method: Method, profile: str) -> Iterator[Threshold]:
    """Those of the counts that conditions read."""
    counts = {variable.name for variable in method.programs[profile].variables if variable.subject == "measure"}
    for rule in rule_set.of_profile(profile):
        if rule.measure is None or rule.then.name not in counts or not rule.in_force(method.compiled.day):
            continue
        for number, entry in enumerate(rule.measure.inputs):
            if isinstance(entry.atom, Atom):
                subject = subject_of(entry.atom, method.codebook, method.scale, {})
                threshold = normalise(entry.atom, subject).threshold
                yield Threshold(rule, number, entry.atom, subject, threshold, None, rule.then.name)


def nearest(threshold: Threshold, value: int, *, worse: bool) -> Edit | None:
    """The edit that makes this atom hold on a value (`worse`), or fail; None where none does, or it would always hold."""
    holds = value >= threshold.threshold
    if holds == worse or abs(value) >= UNBOUNDED:
        return None
    to = value if worse else value + 1
    if not threshold.subject.lowest < to <= threshold.subject.highest:
        return None
    return Edit(threshold.rule.id, threshold.number, to, abs(to - threshold.threshold))


def atom_after(threshold: Threshold, edit: Edit) -> Atom:
    """The atom with its threshold moved, in canonical words."""
    test, operand = support_words(Normal(edit.to, better=False), threshold.subject)
    return evolve(threshold.atom, test=test, operands=(operand,))


def edited(method: Method, profile: str, rule_set: RuleSet, threshold: Threshold, edit: Edit) -> Program | None:
    """The profile's program after the edit; None where it would expand to too many alternatives."""
    rule = threshold.rule
    if rule.when is None:
        return None
    changed = evolve(rule, when=_replaced(rule.when, iter(range(1_000_000)), threshold.number, atom_after(threshold, edit)))
    try:
        return with_rule(method.programs[profile], rule_set, method.codebook, changed, method.compiled.day)
    except InvalidInput:
        return None


def recounted(method: Method, profile: str, threshold: Threshold, edit: Edit, course: Course) -> Course:
    """A country's years with a threshold of a count moved: the program stays, what it reads of the measure is counted anew."""
    measure = method.compiled.measures[profile][threshold.counted]
    inputs = list(measure.inputs)
    inputs[threshold.number] = evolve(inputs[threshold.number], atom=atom_after(threshold, edit))
    moved = evolve(measure, inputs=tuple(inputs))
    return tuple(_recounted(method, profile, (threshold.counted, moved), moment) for moment in course)


def _recounted(method: Method, profile: str, named: tuple[str, Measure], moment: Moment) -> Moment:
    program, (name, measure) = method.programs[profile], named
    values = {}
    for entry in measure.inputs:
        indicator = method.codebook[entry.indicator]
        low, high = sorted(indicator.severity(end) for end in moment.counted[entry.indicator])
        values[entry.indicator] = IndicatorValue(indicator, low, high, (), ())
    places = [n for n, variable in enumerate(program.variables) if (variable.subject, variable.name) == ("measure", name)]
    reading = evolve(program, variables=tuple(program.variables[place] for place in places))
    measured = {name: measure_value(measure, values, method.codebook)}
    best, worst = list(moment.best), list(moment.worst)
    for end, vector_there in ((False, best), (True, worst)):
        for place, value in zip(places, vector(reading, values, measured, None, worst=end), strict=True):
            vector_there[place] = value
    return evolve(moment, best=tuple(best), worst=tuple(worst))


def _replaced(condition: Condition, count: Iterator[int], number: int, atom: Atom) -> Condition:
    if isinstance(condition, Atom):
        return atom if next(count) == number else condition
    return evolve(condition, parts=tuple(_replaced(part, count, number, atom) for part in condition.parts))
