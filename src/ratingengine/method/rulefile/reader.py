"""Reads `rules/<method>/`: scale.yaml, sources.yaml and every other .yaml as a rule file."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

from ratingengine.errors import Problem
from ratingengine.files.collect import Collector, Fields, Located
from ratingengine.files.declared import digest, missing_folder, read_file, read_root, shown_path
from ratingengine.files.nodes import Document, Mapping, Scalar, read_document
from ratingengine.files.shipped import rule_files
from ratingengine.method.rulefile.conditions import atom, condition
from ratingengine.method.rulefile.shapes import KIND_OF, RULES, SCALE
from ratingengine.method.sources import Bibliography, citation_text, read_sources
from ratingengine.model.condition import Condition
from ratingengine.model.rule import Band, Conclusion, Measure, MeasureInput, Rule, RuleSet
from ratingengine.model.scale import ONE_BAND, Facet, Rating, RequiredGroup, Scale

OTHERS = tuple(f"ratingengine/{kind}/1" for kind in ("import", "sources", "record", "overrides", "codebook", "cases"))
"""Schemas of files that may lie among rules and are none."""
EMPTY_SCALE = Scale((), (), (), ())


@frozen
class Header:
    """The head of scale.yaml beside the scale itself."""

    name: str
    version: str
    title: str
    scale: Scale


@frozen
class ReadRules:
    """A rule set with the documents it came from, by the path that its places name.

    `whole` tells that no rule was left out; otherwise what seems undefined or unread may stand in a rule that could not be read.
    """

    rule_set: RuleSet
    documents: tuple[Document, ...]
    whole: bool = True
    sources_whole: bool = True
    others: tuple[str, ...] = ()
    """Files that say by their schema that they are none of rules, and are left alone."""

    def document(self, path: str) -> Document:
        """The document of a place."""
        return next(document for document in self.documents if document.path == path)


def read_rules(folder: Path) -> tuple[ReadRules, tuple[Problem, ...]]:
    """All files of a rule set, in sorted order, with every problem of form; `checks` looks across them."""
    nothing = ReadRules(RuleSet(folder.name, "", "", EMPTY_SCALE, {}, {}, ""), ())
    if not folder.is_dir():
        return nothing, (missing_folder(folder, "the rule set"),)
    header, scale_document, found_problems = read_file(folder / "scale.yaml", SCALE, _scale)
    if not (folder / "scale.yaml").exists():
        # What lies in such a folder is anything but rules; one problem says so.
        return nothing, found_problems
    problems = list(found_problems)
    bibliography, wrong = read_sources(folder / "sources.yaml")
    problems += wrong
    documents = [scale_document, *_known(bibliography)]
    rules: dict[str, Rule] = {}
    whole, others = True, list[str]()
    for path in rule_files(folder):
        if path.name in ("scale.yaml", "sources.yaml"):
            continue
        document, wrong = read_document(path, shown_path(path))
        if of_another_kind(document):
            others.append(path.name)
            continue
        found, document, wrong = read_root(document, wrong, RULES, _rules)
        documents.append(document)
        problems += wrong
        whole = whole and found is not None and None not in found
        for rule in filter(None, found or ()):
            first = rules.setdefault(rule.id, rule)
            if first is not rule:
                hint = f"first at {first.place}; ids are never reused"
                problems.append(document.problem("R201", f"rule '{rule.id}' stands twice", rule.place, hint, len(rule.id)))
    head = header or Header(folder.name, "", "", EMPTY_SCALE)
    sources = bibliography.sources
    ordered = {key: rules[key] for key in sorted(rules)}
    rule_set = RuleSet(head.name, head.version, head.title, head.scale, ordered, sources, digest(documents))
    return ReadRules(rule_set, tuple(documents), whole, bibliography.whole, tuple(others)), tuple(problems)


def of_another_kind(document: Document) -> bool:
    """Whether a file says by its schema that it is none of rules, and has none: a mapping, or the sources of a table."""
    if not isinstance(document.root, Mapping):
        return False
    said = {key.text: value.text for key, value in document.root.entries if isinstance(value, Scalar)}
    named = {key.text for key, _ in document.root.entries}
    return said.get("schema") in OTHERS and "rules" not in named


def _known(bibliography: Bibliography) -> tuple[Document, ...]:
    return () if bibliography.document is None else (bibliography.document,)


def _scale(fields: Fields, collector: Collector) -> Header:
    ratings = tuple(Rating(r.value.get("id", ""), r.value.get("meaning", "")) for r in fields.get("ratings", ()))
    facets = tuple(Facet(f.value.get("id", ""), f.value.get("title", "")) for f in fields.get("facets", ()))
    profiles = tuple(word.value for word in fields.get("profiles", ()))
    for key, words in (("ratings", [r.id for r in ratings]), ("facets", [f.id for f in facets]), ("profiles", list(profiles))):
        for word in sorted({word for word in words if words.count(word) > 1}):
            collector.add("R216", f"'{word}' stands twice in {key}", fields.place_of(key), "keep one of them")
    groups = tuple(_group(group.value) for group in fields.get("required", ()))
    scale = Scale(ratings, facets, profiles, groups, fields.get("transition", ONE_BAND))
    return Header(fields.get("name", ""), fields.get("version", ""), fields.get("title", ""), scale)


def _group(fields: Fields) -> RequiredGroup:
    indicators = tuple(word.value for word in fields.get("any_of", ()))
    return RequiredGroup(
        fields.get("profile", ""), fields.get("facet", ""), indicators, fields.get("rationale", ""), fields.place
    )


def _rules(fields: Fields, collector: Collector) -> tuple[Rule | None, ...]:
    """The rules of one file; None stands for what could not be read."""
    profile = fields.get("profile", "")
    found: tuple[Located[Fields], ...] = fields.get("rules", ())
    return tuple(_rule(rule.value, profile, collector) for rule in found) or (None,)


def _rule(fields: Fields, profile: str, collector: Collector) -> Rule | None:
    needed = ("id", "kind", "then", "since")
    when: Condition | None = None
    if "when" in fields:
        when = condition(fields.get("when"), collector)
    if any(key not in fields for key in needed) or fields.broken("legal_basis", "sources"):
        return None
    then = _conclusion(fields.get("then"))
    if then is None:
        return None
    measure = _measure(fields.get("measure")) if "measure" in fields else None
    if not _kind_fits(fields, then, collector) or (measure is None and when is None):
        return None
    _check_dates(fields, collector)
    return Rule(
        id=fields.get("id"),
        title=fields.get("title", ""),
        kind=fields.get("kind"),
        profile=profile,
        when=when,
        measure=measure,
        then=then,
        rationale=fields.get("rationale", ""),
        legal_basis=tuple(citation_text(text) for text in fields.get("legal_basis", ())),
        sources=tuple(citation_text(text) for text in fields.get("sources", ())),
        non_monotone=fields.get("non_monotone", ""),
        since=fields.get("since"),
        until=fields.get("until"),
        place=fields.place_of("id"),
        then_place=fields.place_of("then"),
    )


def _conclusion(fields: Fields) -> Conclusion | None:
    """The conclusion, or None when its key or facet could not be read (its problem is recorded)."""
    key = next(name for name in KIND_OF if name in fields.keys)
    wanted = (key, "facet") if key in ("finding", "level_at_most", "measure") else (key,)
    if any(name not in fields for name in wanted):
        return None
    word = fields.get(key)
    name = word if key in ("finding", "measure") else ""
    return Conclusion(KIND_OF[key], name, fields.get("facet", ""), "" if name else word)


def _kind_fits(fields: Fields, then: Conclusion, collector: Collector) -> bool:
    kind = fields.get("kind")
    if then.kind != kind:
        hint = f"a {kind} rule concludes: " + next(key for key, value in KIND_OF.items() if value == kind)
        collector.add("R215", f"kind {kind} does not go with this conclusion", fields.place_of("then"), hint)
        return False
    wanted, other = ("measure", "when") if kind == "measure" else ("when", "measure")
    if wanted not in fields.keys or other in fields.keys:
        place = fields.keys.get(other, fields.place)
        collector.add("R215", f"a {kind} rule has {wanted}: and no {other}:", place, f"write {wanted}: and leave {other}: out")
        return False
    return True


def _check_dates(fields: Fields, collector: Collector) -> None:
    since, until = fields.get("since"), fields.get("until")
    if until is not None and until <= since:
        hint = "until is the first day without the rule"
        collector.add_at("R207", f"until is not after since {since}", fields.at("until"), hint)


def _measure(fields: Fields) -> Measure | None:
    if any(key not in fields for key in ("of", "inputs", "needs", "decimals")):
        return None
    inputs = tuple(_input(entry.value) for entry in fields.get("inputs"))
    return Measure(
        fields.get("of"), inputs, int(fields.get("needs")), int(fields.get("decimals")), fields.get("rounding", "half_up")
    )


def _input(fields: Fields) -> MeasureInput:
    """An input; without the name of its indicator where a part of it could not be read, so that nothing is said of the rest."""
    weight = fields.at("weight").text if "weight" in fields else "1"
    ranges = _pair(fields, "from"), _pair(fields, "to")
    rows: list[Fields] = [step.value for step in fields.get("steps", ())]
    whole = not fields.broken() and all("from" in row and "counts" in row for row in rows)
    steps = tuple(Band(row.at("from").text, row.at("counts").text) for row in rows) if whole else ()
    name = fields.get("indicator", "") if whole else ""
    return MeasureInput(name, weight, *ranges, atom(fields), fields.place_of("indicator"), steps)


def _pair(fields: Fields, key: str) -> tuple[str, str] | None:
    ends = fields.get(key, ())
    return (ends[0].text, ends[1].text) if len(ends) == 2 else None
