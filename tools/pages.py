"""The generated pages of docs/ as Markdown."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from ratingengine.errors.codes import GROUPS, LINT, Code
from ratingengine.method.sources import issued_text
from ratingengine.model.condition import All, AnyOf, Atom, Condition, atoms, describe
from ratingengine.model.indicator import PER_MILLION, Codebook, Indicator, base_of, is_derived
from ratingengine.model.rule import KINDS, Rule, RuleSet
from ratingengine.ruleset.method_page import measure_lines

GENERATED = "<!-- Written by tools/make_docs.py: change its source and run make docs. -->"
KIND_WORDS = {
    "measure": "Measures",
    "finding": "Findings",
    "level": "Levels",
    "rating": "Rating",
    "upgrade_gate": "Upgrade gates",
    "watchlist": "Watchlist",
}


def page(title: str, *parts: str) -> str:
    """A page with its title and the line that says where it comes from."""
    return "\n\n".join((f"# {title}", GENERATED, *parts)) + "\n"


def prose(text: str, lead: str = "", hang: str = "") -> str:
    """Text wrapped at 140 columns."""
    lines = textwrap.wrap(text, 140, initial_indent=lead, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines)


def block(text: str) -> str:
    """Text between fences."""
    return f"```text\n{text}\n```"


def cell(text: str) -> str:
    """Text inside a table."""
    return text.replace("|", "\\|")


def errors_page() -> str:
    """Every code with its meaning, a wrong text and the right one."""
    intro = prose(
        "Problems are printed as `file:line:column: CODE what is wrong: 'the text'`, with the line and a remedy, all of a file "
        "at once. "
        "`rate check` finds them; every other command stops at them, since a rating from half of the evidence is none. What "
        "is allowed "
        "and likely a mistake is in [lint.md](lint.md)."
    )
    head = ["| code | |", "|---|---|"]
    rows = [f"| [{code.code}](#{code.code.lower()}) | {cell(code.title)} |" for _, group in GROUPS for code in group]
    parts = [intro, "\n".join([*head, *rows])]
    for name, group in GROUPS:
        parts += [f"## {name}", *(_code(code) for code in group)]
    return page("Error codes", *parts)


def lint_page() -> str:
    """Every code of a finding, with its severity, a questionable text and a better one."""
    intro = prose(
        "`rate check` reports likely mistakes in rules, codebook and records that are allowed, in the form of an "
        "[error](errors.md) with its severity: `file:line:column: CODE warning: what it is`. Findings stop no rating. They are "
        "looked for where there is no error, exit code 0; with `--strict` they exit 1. `--select CODE` shows some, `--ignore "
        "CODE` "
        "leaves some out; `--format json`, `sarif` (2.1.0) and `github` (annotations of a workflow) are for machines."
    )
    more = prose(
        "A warning says that something has no effect, or counts twice. A note says what may well be meant; read it once. L504 "
        "needs "
        "records, L505 and L507 rule sets and codebook under check together: `rate check rules indicators`."
    )
    rows = [f"| [{code.code}](#{code.code.lower()}) | {code.severity} | {cell(code.title)} |" for code in LINT]
    return page(
        "Findings", intro, more, "\n".join(["| code | severity | |", "|---|---|---|", *rows]), *(_code(code) for code in LINT)
    )


def _code(code: Code) -> str:
    lines = [f"### {code.code}", f"**{code.title}.** {code.explanation}"]
    return "\n\n".join((lines[0], prose(lines[1]), "Not:", block(code.bad), "But:", block(code.good)))


def readers(rule_set: RuleSet) -> dict[str, list[str]]:
    """Indicator id to the rules that read it; a companion counts for its base."""
    found: dict[str, list[str]] = {}
    for rule in rule_set.rules.values():
        names = {atom.name for atom in atoms(rule.when) if atom.subject == "indicator"} if rule.when is not None else set()
        names |= {entry.indicator for entry in rule.measure.inputs} if rule.measure is not None else set()
        for name in sorted({base_of(name) for name in names}):
            found.setdefault(name, []).append(rule.id)
    return found


def codebook_page(codebook: Codebook, rule_set: RuleSet) -> str:
    """All indicators by facet."""
    coded = [entry for entry in codebook if not is_derived(entry)]
    read = readers(rule_set)
    titles = {facet.id: facet.title for facet in rule_set.scale.facets}
    intro = prose(
        f"{len(coded)} indicators. The general [rules of coding](coding-rules.md) come first: they hold for every question "
        "below. What type, time and direction do to a value is in [method.md](method.md#evidence); the rules are in "
        "[rules.md](rules.md), the sources of the standards [there too](rules.md#sources)."
    )
    required = {name for group in rule_set.scale.required for name in group.any_of}
    parts = [intro]
    for facet in dict.fromkeys([*titles, *(entry.facet for entry in coded)]):
        inside = [entry for entry in coded if entry.facet == facet]
        parts += [f"## {titles.get(facet, facet)}"] if inside else []
        parts += [_indicator(entry, read.get(entry.id, []), entry.id in required) for entry in inside]
    return page("Codebook", *parts)


def _indicator(entry: Indicator, read: list[str], standing: bool) -> str:
    parts = [f"### {entry.id}", f"**{entry.title}**", prose(entry.question)]
    if entry.values:
        rows = [f"| `{value.id}` | {cell(value.anchor)} |" for value in entry.values]
        parts.append("\n".join(["| value, best first | when |", "|---|---|", *rows]))
    facts = [
        ("type", entry.type.replace("_", " ") + (f" of {entry.unit}" if entry.unit else "")),
        ("range", _range(entry)),
        ("time", entry.time + (f" in {entry.basis}" if entry.basis else "")),
        ("combined by", entry.aggregation + (f" over {entry.window_months} months" if entry.aggregation == "mean" else "")),
        ("worse", entry.worse),
        ("companion", f"`{entry.id}{PER_MILLION}`" if entry.per_million else ""),
        ("standing fact", "one of those of which a freedom needs one known" if standing else ""),
        ("tags", ", ".join(entry.tags)),
        ("standard", "; ".join(entry.standard)),
        ("read by", ", ".join(f"[{rule}](rules.md#{rule.lower()})" for rule in read) or "no rule"),
    ]
    parts.append("\n".join(prose(f"- {name}: {text}", hang="  ") for name, text in facts if text))
    return "\n\n".join(parts)


def _range(entry: Indicator) -> str:
    if entry.type not in ("index", "share"):
        return ""
    return f"{entry.number(entry.lowest)} to {entry.number(entry.highest)}"


def rules_page(rule_set: RuleSet) -> str:
    """All rules by kind and facet."""
    titles = {facet.id: facet.title for facet in rule_set.scale.facets}
    intro = prose(
        f"{rule_set.title}: rule set {rule_set.name} {rule_set.version}, {len(rule_set.rules)} rules. There is no order and no "
        "priority between them; the outcome is the lowest ceiling that holds. The [rule language](rule-language.md) says what a "
        "condition means, the [codebook](codebook.md) what an indicator asks, [the method](method.md) how rules become a rating."
    )
    parts = [intro, "\n".join(_scale(rule_set))]
    for kind in KINDS:
        inside = [rule for rule in rule_set.rules.values() if rule.kind == kind]
        parts += [f"## {KIND_WORDS[kind]}"] if inside else []
        for facet in dict.fromkeys([*titles, *(rule.then.facet for rule in inside)]):
            rules = [rule for rule in inside if rule.then.facet == facet]
            parts += [f"**{titles[facet]}**"] if rules and facet in titles else []
            parts += [_rule(rule, rule_set) for rule in rules]
    return page("Rules", *parts, "## Sources", "\n".join(_sources(rule_set)))


def _scale(rule_set: RuleSet) -> Iterable[str]:
    yield from ("| rating, best first | |", "|---|---|")
    for rating in rule_set.scale.ratings:
        yield f"| {rating.id} | {cell(rating.meaning)} |"


def _rule(rule: Rule, rule_set: RuleSet) -> str:
    many = len(rule_set.scale.profiles) > 1
    until = f" until {rule.until}" if rule.until else ""
    parts = [f"### {rule.id}", f"**{rule.title}** → {rule.then}" + (f" (profile {rule.profile})" if many else "")]
    if rule.when is not None:
        parts.append("\n".join(_tree(rule.when, 0)))
    if rule.measure is not None:
        head, *inputs = measure_lines(rule.measure)
        parts.append("\n".join([f"- {head}", *(f"  - {line.strip()}" for line in inputs)]))
    parts.append(prose(rule.rationale))
    facts = [
        ("legal basis", "; ".join(map(str, rule.legal_basis))),
        ("sources", "; ".join(map(str, rule.sources))),
        ("not monotone", rule.non_monotone),
        ("in force", f"since {rule.since}{until}"),
    ]
    parts.append("\n".join(prose(f"- {name}: {text}", hang="  ") for name, text in facts if text))
    return "\n\n".join(parts)


def _sources(rule_set: RuleSet) -> Iterable[str]:
    """The bibliography of the rule set, each source under the id by which it is cited."""
    for source in rule_set.sources.values():
        title = f"[{source.title}]({source.url})" if source.url else source.title
        parts = (source.author, title, source.number, issued_text(source.issued))
        yield f"- **{source.id}**: " + ", ".join(part for part in parts if part)


def _tree(condition: Condition, depth: int) -> Iterable[str]:
    """The condition as a nested list, one test a line."""
    lead = "  " * depth + "- "
    if isinstance(condition, Atom):
        yield lead + _atom(condition)
        return
    words = "all of" if isinstance(condition, All) else "any of" if isinstance(condition, AnyOf) else f"{condition.count} of"
    yield lead + words
    for part in condition.parts:
        yield from _tree(part, depth + 1)


def _atom(atom: Atom) -> str:
    text = describe(atom)
    if atom.subject != "indicator":
        return text
    return text.replace(atom.name, f"[{atom.name}](codebook.md#{anchor(base_of(atom.name))})", 1)


def anchor(heading: str) -> str:
    """The anchor of a heading, as the usual renderers of Markdown make it."""
    kept = "".join(c for c in heading.lower() if c.isalnum() or c in " -_")
    return kept.replace(" ", "-")
