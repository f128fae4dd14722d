"""Checks across the rules of a set: references, directions, terms, citations, cycles.

One function a check; all problems at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from attrs import frozen

from ratingengine.errors import Place, Problem
from ratingengine.files.nodes import near
from ratingengine.method.rulefile.measures import idle_input, input_fault, measure_fault
from ratingengine.method.rulefile.reader import ReadRules
from ratingengine.method.rulefile.shapes import OF_INDICATORS, OF_MEASURE
from ratingengine.model.condition import Atom, atoms
from ratingengine.model.indicator import Codebook
from ratingengine.model.normal import NotClosed, normalise, subject_of, vacuous
from ratingengine.model.rule import Measure, MeasureInput, Rule
from ratingengine.model.scale import Scale
from ratingengine.model.terms import NotInTerms

Found = Iterator[Problem]
UNDEFINED = "define it, or see: rate codebook, rate rules list"


@frozen
class Context:
    """A rule set read so far, with what its rules may refer to."""

    read: ReadRules
    codebook: Codebook

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All rules by id."""
        return tuple(self.read.rule_set.rules.values())

    @property
    def scale(self) -> Scale:
        """The scale of the set."""
        return self.read.rule_set.scale

    def measures(self, profile: str) -> dict[str, Measure]:
        """The measures that rules of a profile compute."""
        return {rule.then.name: rule.measure for rule in self.rules if rule.measure and rule.profile == profile}

    def lacks(self, atom: Atom) -> bool:
        """Whether what an atom reads is surely not defined: not where only the reading of its definition failed."""
        if atom.subject == "indicator":
            return self.codebook.lacks(atom.name)
        return "" not in self.scale.facet_ids if atom.subject == "level" else self.read.whole

    def problem(self, code: str, message: str, place: Place, hint: str, width: int = 1) -> Problem:
        """A problem at a place of one of the set's files."""
        return self.read.document(place.file).problem(code, message, place, hint, width)


def check_rules(read: ReadRules, codebook: Codebook) -> tuple[Problem, ...]:
    """Every problem that shows only when all rules, the scale and the codebook are seen together."""
    context = Context(read, codebook)
    if not (context.scale.ratings and context.scale.facets and context.scale.profiles):
        return ()
    checks = (_words, _names, _terms, _findings, _cycles, _citations, _measures, _required, _transition)
    return tuple(problem for check in checks for problem in check(context))


def rule_atoms(rule: Rule) -> tuple[Atom, ...]:
    """The atoms of a rule's condition; a measure has none."""
    return tuple(atoms(rule.when)) if rule.when is not None else ()


def _words(context: Context) -> Found:
    """Profile, facet and rating words that the scale does not have."""
    scale = context.scale
    for rule in context.rules:
        checked = (
            ("profile", rule.profile, scale.profiles, rule.place),
            ("facet", rule.then.facet, scale.facet_ids, rule.then_place),
            ("rating", rule.then.word if rule.kind in ("level", "rating") else "", scale.words, rule.then_place),
        )
        for what, word, words, place in checked:
            if word and word not in words and "" not in words:
                hint = near(word, words) or "scale.yaml has: " + ", ".join(words)
                yield context.problem("R212", f"rule {rule.id}: no such {what}: '{word}'", place, hint)


def _names(context: Context) -> Found:
    """Indicators, measures, findings and levels that nothing defines."""
    for rule in context.rules:
        findings = {other.then.name for other in context.rules if other.kind == "finding" and other.profile == rule.profile}
        known: dict[str, tuple[str, Iterable[str]]] = {
            "indicator": ("R208", [entry.id for entry in context.codebook]),
            "measure": ("R209", context.measures(rule.profile)),
            "finding": ("R202", sorted(findings)),
            "level": ("R212", context.scale.facet_ids),
        }
        for atom in rule_atoms(rule):
            code, names = known.get(atom.subject, ("", (atom.name,)))
            if atom.name in names:
                yield from _lapsed(context, rule, atom, code)
            elif context.lacks(atom):
                hint = _of_another_kind(atom.name, known) or near(atom.name, list(names)) or UNDEFINED
                message = f"rule {rule.id}: {atom.subject} '{atom.name}' is not defined"
                yield context.problem(code, message, atom.place, hint, len(atom.name))


def _of_another_kind(name: str, known: Mapping[str, tuple[str, Iterable[str]]]) -> str:
    """The remedy where a name is that of something else."""
    kinds = [kind for kind, (_, names) in known.items() if name in names]
    return f"it is {'an' if kinds[0] == 'indicator' else 'a'} {kinds[0]}: write {kinds[0]}: {name}" if kinds else ""


def _lapsed(context: Context, rule: Rule, atom: Atom, code: str) -> Found:
    """Findings and measures that no rule gives on a day on which this rule is in force."""
    if atom.subject not in ("finding", "measure"):
        return
    makers = [r for r in context.rules if (r.kind, r.then.name, r.profile) == (atom.subject, atom.name, rule.profile)]
    days = {rule.since, *(maker.until for maker in makers if maker.until is not None and rule.in_force(maker.until))}
    gap = next((day for day in sorted(days) if not any(maker.in_force(day) for maker in makers)), None)
    if gap is not None:
        message = f"rule {rule.id}: no rule in force on {gap} gives {atom.subject} '{atom.name}'"
        yield context.problem(code, message, atom.place, "make since: and until: of the rules meet", len(atom.name))


def _terms(context: Context) -> Found:
    """Thresholds outside their subject's terms, sets that are not closed, wrong directions, subjects a gate may not read."""
    for rule in context.rules:
        for atom in rule_atoms(rule):
            if rule.kind == "upgrade_gate" and atom.subject in ("finding", "level"):
                hint = "a gate reads indicators, measures and prior values: findings are established harms"
                yield context.problem("R218", f"rule {rule.id}: a gate may not read a {atom.subject}", atom.place, hint)
            elif atom.name == "pressure" and atom.subject == "prior" and rule.kind not in ("upgrade_gate", "watchlist"):
                hint = "read prior: rating or prior: assessed; a ceiling on what is still to come would never come to rest"
                yield context.problem("R218", f"rule {rule.id}: only gates and the watchlist read the pressure", atom.place, hint)
            elif atom.subject != "finding":
                yield from _term(context, rule, atom)


def _term(context: Context, rule: Rule, atom: Atom) -> Found:
    place, width = atom.operand_place, max(1, len(atom.operands[0]))
    if atom.subject == "indicator" and atom.name in context.codebook and context.codebook[atom.name].may_be_none:
        hint = "let a measure read it (mean, median, min, max), and this condition the measure"
        message = f"rule {rule.id}: {atom.name} may be none, and a condition could not tell that from a value"
        yield context.problem("R221", message, atom.place, hint, len(atom.name))
        return
    try:
        subject = subject_of(atom, context.codebook, context.scale, context.measures(rule.profile))
        normal = normalise(atom, subject)
    except KeyError:
        return
    except NotInTerms as wrong:
        if atom.subject in ("level", "prior") and "" in context.scale.words:
            return
        text = f"rule {rule.id}: {wrong.reason}: '{', '.join(atom.operands)}'"
        yield context.problem("R210", text, place, wrong.remedy, width)
        return
    except NotClosed:
        hint = "use at_least or at_most, or list every value up to that end"
        message = f"rule {rule.id}: {atom.test} must reach to one end of the values"
        yield context.problem("R211", message, place, hint, width)
        return
    if reason := vacuous(normal, subject):
        yield _says_nothing(context, rule, atom, reason)
        return
    if normal.better and atom.subject == "level":
        hint = "a level can be read downwards only: write at_most"
        yield context.problem("R205", f"rule {rule.id}: the condition asks for a good level of {atom.name}", atom.place, hint)
        return
    wanted_better = rule.kind == "upgrade_gate"
    if normal.better != wanted_better and not rule.non_monotone:
        way = "better" if normal.better else "worse"
        message = f"rule {rule.id}: the condition points in the {way} direction of {atom.name}"
        hint = "turn the comparison round" + ("" if wanted_better else ", or declare non_monotone: with a reason")
        yield context.problem("R205", message, atom.place, hint, len(atom.name))


def _says_nothing(context: Context, rule: Rule, atom: Atom, reason: str) -> Problem:
    hint = "choose a threshold that some values reach and others do not"
    text, width = f"rule {rule.id}: {reason}: '{atom}'", max(1, len(atom.operands[0]))
    return context.problem("R220", text, atom.operand_place, hint, width)


def _findings(context: Context) -> Found:
    """Findings that no rule reads, and findings given to two facets."""
    read = {(rule.profile, atom.name) for rule in context.rules for atom in rule_atoms(rule) if atom.subject == "finding"}
    facets: dict[tuple[str, str], Rule] = {}
    for rule in context.rules:
        if rule.kind != "finding":
            continue
        key = (rule.profile, rule.then.name)
        if key not in read and context.read.whole and rule.until is None:
            hint = "let a rule read it, or end this rule with until:"
            message = f"rule {rule.id}: finding '{rule.then.name}' is read by no rule"
            yield context.problem("R203", message, rule.then_place, hint)
        first = facets.setdefault(key, rule)
        if first.then.facet != rule.then.facet:
            message = f"rule {rule.id}: finding '{rule.then.name}' is given to another facet than in {first.id}"
            yield context.problem("R213", message, rule.then_place, f"write facet: {first.then.facet}")


def node_of(rule: Rule) -> str:
    """The name under which other rules read what this one concludes."""
    return f"level {rule.then.facet}" if rule.kind == "level" else f"{rule.kind} {rule.then.name}"


def reads(rule: Rule) -> frozenset[str]:
    """The findings and levels a rule reads, as `node_of` names them."""
    return frozenset(f"{atom.subject} {atom.name}" for atom in rule_atoms(rule) if atom.subject in ("finding", "level"))


def _cycles(context: Context) -> Found:
    for profile in context.scale.profiles:
        rules = [rule for rule in context.rules if rule.profile == profile and rule.kind in ("finding", "level")]
        graph: dict[str, set[str]] = {}
        for rule in rules:
            graph.setdefault(node_of(rule), set()).update(reads(rule))
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as failure:
            path = " → ".join(reversed(failure.args[1]))
            rule = next(rule for rule in rules if node_of(rule) in failure.args[1])
            hint = "let one of them read indicators instead"
            yield context.problem("R204", f"rules rest on each other in a circle: {path}", rule.place, hint)


def _citations(context: Context) -> Found:
    """Rules without any citation, and citations of sources that sources.yaml does not have."""
    known = context.read.rule_set.sources
    for rule in context.rules:
        if not rule.legal_basis and not rule.sources:
            hint = "add legal_basis: [ICCPR art. 21], or sources:"
            yield context.problem("R206", f"rule {rule.id} cites nothing", rule.place, hint, len(rule.id))
        for citation in (*rule.legal_basis, *rule.sources):
            if citation.source not in known and context.read.sources_whole:
                hint = near(citation.source, list(known)) or "add it to sources.yaml"
                message = f"rule {rule.id}: no such source: '{citation.source}'"
                yield context.problem("R206", message, citation.place, hint, len(citation.source))


def _measures(context: Context) -> Found:
    """Measures with inputs that have no meaning, and measures that two rules give at once."""
    given: dict[tuple[str, str], list[Rule]] = {}
    measures = {rule.then.name for rule in context.rules if rule.measure is not None}
    for rule in context.rules:
        if rule.measure is None:
            continue
        for entry in rule.measure.inputs:
            if entry.indicator:  # what could not be read is reported
                yield from _input(context, rule, rule.measure, entry, measures)
        if reason := measure_fault(rule.measure):
            yield context.problem("R217", f"rule {rule.id}: {reason}", rule.place, "see docs/rule-language.md, Measures")
        others = given.setdefault((rule.profile, rule.then.name), [])
        for other in others:
            if other.in_force(rule.since) or rule.in_force(other.since):
                message = f"rule {rule.id}: measure '{rule.then.name}' is given by {other.id} too"
                yield context.problem("R217", message, rule.then_place, "end one of them with until:, or name it otherwise")
        others.append(rule)


def _input(context: Context, rule: Rule, measure: Measure, entry: MeasureInput, measures: set[str]) -> Found:
    code, reason, hint = "R217", "", "see docs/rule-language.md, Measures"
    if context.codebook.lacks(entry.indicator) and entry.indicator in measures:
        code, reason, hint = "R223", f"{OF_MEASURE}: '{entry.indicator}'", OF_INDICATORS
    elif context.codebook.lacks(entry.indicator):
        code, reason = "R208", f"indicator '{entry.indicator}' is not defined"
        hint = near(entry.indicator, [indicator.id for indicator in context.codebook]) or "see: rate codebook"
    elif entry.indicator in context.codebook:  # else its own entry is at fault
        reason = input_fault(measure, entry, context.codebook, context.scale)
        if not reason and isinstance(entry.atom, Atom) and (idle := idle_input(entry.atom, context.codebook, context.scale)):
            yield _says_nothing(context, rule, entry.atom, idle)
    if reason:
        yield context.problem(code, f"rule {rule.id}: {reason}", entry.place, hint, len(entry.indicator))


def _transition(context: Context) -> Found:
    """Rules about the way from assessed to published, on a scale that has none."""
    for rule in context.rules if context.scale.free else ():
        pressed = [atom for atom in rule_atoms(rule) if (atom.subject, atom.name) == ("prior", "pressure")]
        if rule.kind == "upgrade_gate":
            hint = "leave it out, or let scale.yaml say transition: one_band"
            yield context.problem("R222", f"rule {rule.id}: no upgrade waits for a gate on this scale", rule.then_place, hint)
        for atom in pressed:
            hint = "read prior: assessed, or let scale.yaml say transition: one_band"
            message = f"rule {rule.id}: on this scale there is never any pressure"
            yield context.problem("R222", message, atom.place, hint, len(atom.name))


def _required(context: Context) -> Found:
    for group in context.scale.required:
        wrong = group.profile not in context.scale.profiles or group.facet not in context.scale.facet_ids
        if wrong and "" not in (group.profile, group.facet, *context.scale.profiles, *context.scale.facet_ids):
            message = f"required group of {group.profile} and {group.facet}: no such profile or facet"
            yield context.problem("R216", message, group.place, "use the words of scale.yaml")
        for name in group.any_of:
            if context.codebook.lacks(name):
                hint = near(name, [entry.id for entry in context.codebook]) or "see: rate codebook"
                yield context.problem("R216", f"required group: indicator '{name}' is not defined", group.place, hint)
