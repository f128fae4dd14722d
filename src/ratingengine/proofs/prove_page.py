"""`rate prove` as text, JSON and Markdown, all from the same values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from ratingengine.interface.page import Block, Code, Heading, Item, Lines, Page, Points
from ratingengine.model.rule import RuleSet
from ratingengine.proofs.exhibits import LAST_YEAR, Exhibit, Shown, record_text
from ratingengine.proofs.subject import ProfileProved
from ratingengine.proofs.verdicts import PROVED, Verdict

SCHEMA = "ratingengine/proofs/1"


@frozen
class Proved:
    """What a report shows: the rule set, the solver, every verdict, and how a record file of a counterexample is rated.

    `options` are the words that follow `rate COUNTRY --year YEAR` before `--records FILE`.
    """

    rule_set: RuleSet
    solver: str
    verdicts: Sequence[Verdict]
    options: str


def files(shown: Proved) -> Mapping[str, str]:
    """The record files of all counterexamples, by name."""
    return {name: text for verdict in shown.verdicts for name, _, _, text in _evidence(verdict, shown)}


def witnesses(shown: Proved) -> Mapping[str, str]:
    """Record files of what is possible, by name: for each rule, rating, level and finding the evidence that shows it."""
    found = {}
    for verdict in shown.verdicts:
        for name, witness in verdict.finding.witnesses.items():
            file = f"{verdict.theorem.number}-{verdict.profile.name}-{name.replace(' ', '-')}.yaml"
            found[file] = _record(verdict, name, witness.exhibits[0], witness.answers[0], file, shown)
    return found


Evidence = tuple[str, str, Sequence[Shown], str]
"""File name, command, answers to each year, and text of a record file."""


def _evidence(verdict: Verdict, shown: Proved) -> Iterator[Evidence]:
    """Each body of evidence against a theorem."""
    counterexample = verdict.finding.counterexample
    for number, (exhibit, answers) in enumerate(
        zip(counterexample.exhibits, counterexample.answers, strict=True) if counterexample else (), start=1
    ):
        name = f"{verdict.theorem.number}-{verdict.profile.name}-{number}.yaml"
        says = counterexample.says if counterexample else ""
        yield name, _command(exhibit, name, shown), answers, _record(verdict, says, exhibit, answers, name, shown)


def _record(verdict: Verdict, says: str, exhibit: Exhibit, answers: Sequence[Shown], name: str, shown: Proved) -> str:
    """A record file that says at its head what it shows and how it is rated."""
    head = f"{verdict.theorem.number} {verdict.theorem.name}: {says}"
    told = _answer_line(answers[-1], verdict.profile)
    remarks = (head, told, _command(exhibit, name, shown), "Invented evidence.")
    return record_text(exhibit, verdict.profile, remarks)


def _command(exhibit: Exhibit, name: str, shown: Proved) -> str:
    return " ".join(f"rate {exhibit.country.iso3} --year {LAST_YEAR} {shown.options} --records {name}".split())


def prove_json(shown: Proved) -> dict[str, Any]:
    """Every verdict, and the evidence against those that fail."""
    rule_set = shown.rule_set
    return {
        "schema": SCHEMA,
        "rules": {"name": rule_set.name, "version": rule_set.version, "digest": rule_set.digest},
        "solver": shown.solver,
        "proved": all(verdict.finding.status == PROVED for verdict in shown.verdicts),
        "theorems": [_verdict(verdict, shown) for verdict in shown.verdicts],
    }


def _verdict(verdict: Verdict, shown: Proved) -> dict[str, Any]:
    finding = verdict.finding
    return {
        "theorem": verdict.theorem.number,
        "name": verdict.theorem.name,
        "says": verdict.theorem.on(verdict.profile.scale),
        "profile": verdict.profile.name,
        "status": finding.status,
        "remark": finding.counted or None,
        "listed": {heading: list(names) for heading, names in finding.listed.items()},
        "seconds": round(verdict.seconds, 2),
        "counterexample": None
        if finding.counterexample is None
        else _counterexample(finding.counterexample.says, verdict, shown),
    }


def _counterexample(says: str, verdict: Verdict, shown: Proved) -> dict[str, Any]:
    evidence = [
        {
            "file": name,
            "command": command,
            "years": [_answer(answer, verdict.profile) for answer in answers],
            "record": text.splitlines(),
        }
        for name, command, answers, text in _evidence(verdict, shown)
    ]
    return {"says": says, "evidence": evidence}


def _word(profile: ProfileProved, severity: int | None) -> str | None:
    words = profile.scale.words
    return None if severity is None else words[severity] if severity < len(words) else f"off the scale ({severity})"


def _answer(answer: Shown, profile: ProfileProved) -> dict[str, Any]:
    worst, rated = max(answer.outcome.rating, answer.limit.rating), profile.program.rated
    return {
        "year": answer.year,
        "rating": _word(profile, answer.published.rating),
        "assessed": _word(profile, answer.assessed),
        "ceiling": _word(profile, answer.outcome.rating),
        "not_excluded": _word(profile, worst),
        "gate": "open" if answer.outcome.gate else "closed",
        "watchlist": "on" if answer.outcome.watchlist else "off",
        "levels": {f: _word(profile, severity) if f in rated else None for f, severity in answer.outcome.levels.items()},
        "rules": [step.rule for step in answer.best],
    }


def _answer_line(answer: Shown, profile: ProfileProved) -> str:
    """One year's answer in a line."""
    told = _answer(answer, profile)
    parts = [f"{told['year']}: rating {told['rating'] or 'none'}", f"assessed {told['assessed'] or 'none'}"]
    parts += [f"ceiling {told['ceiling']}", f"not excluded {told['not_excluded']}"]
    parts += [f"gate {told['gate']}", f"watchlist {told['watchlist']}"]
    parts += [f"{facet} {level or 'not rated'}" for facet, level in told["levels"].items()]
    return ", ".join(parts) + "; rules " + (", ".join(told["rules"]) or "none")


def prove_page(shown: Proved) -> Page:
    """The same for people."""
    rule_set, verdicts = shown.rule_set, shown.verdicts
    proved = sum(verdict.finding.status == PROVED for verdict in verdicts)
    head = Lines(
        (
            f"{rule_set.name} {rule_set.version} ({rule_set.digest}), {shown.solver}",
            f"{proved} of {len(verdicts)} proved for every input",
        )
    )
    blocks: list[Block] = [head, Points(tuple(map(_point, verdicts)))]
    for verdict in verdicts:
        blocks += _against(verdict, shown)
    return Page("Theorems of a rule set", tuple(blocks))


def _point(verdict: Verdict) -> Item:
    """The verdict, what the theorem says, and what was listed."""
    finding = verdict.finding
    head = f"{verdict.theorem.number} {verdict.theorem.name} ({verdict.profile.name}): {finding.status}, {verdict.seconds:.2f} s"
    parts = [Item(verdict.theorem.on(verdict.profile.scale) or ""), *([Item(finding.counted)] if finding.counted else [])]
    parts += [Item(f"{heading}: {', '.join(names)}") for heading, names in finding.listed.items()]
    return Item(head, tuple(parts))


def _against(verdict: Verdict, shown: Proved) -> list[Block]:
    """The evidence against a theorem."""
    counterexample = verdict.finding.counterexample
    if counterexample is None:
        return []
    head = Heading(f"Against {verdict.theorem.number} {verdict.theorem.name} ({verdict.profile.name})")
    blocks: list[Block] = [head, Lines((counterexample.says,))]
    for name, command, answers, text in _evidence(verdict, shown):
        years = tuple(_answer_line(answer, verdict.profile) for answer in answers)
        blocks += [Lines((f"{name}: {command}", *years)), Code(tuple(text.splitlines()))]
    return blocks
