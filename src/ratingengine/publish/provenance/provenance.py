"""An answer's provenance as PROV-O in JSON-LD: who stated what, from which source, and what the rating made of it.

Only dates that the records state are given; when the rating was computed is not known here, so the same answer gives the same
bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import quote

from ratingengine.model.assessment import Assessment
from ratingengine.model.evidence import Citation, Entry, Evidence, Observation, Source
from ratingengine.world.countries import Country

OWN = "urn:ratingengine:"
CONTEXT: dict[str, Any] = {
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "dcterms": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "re": {"@id": OWN, "@prefix": True},
}
Node = dict[str, Any]


def provenance(assessment: Assessment, country: Country, evidence: Evidence) -> Node:
    """The graph of one answer; `evidence` is what it was read from, for the sources."""
    entries = _counting(assessment)
    cited = dict.fromkeys(citation.source for entry in entries for citation in citations(entry))
    coders = dict.fromkeys(entry.coder for entry in entries)
    nodes = [
        _assessment(assessment, country, entries),
        _activity(assessment, entries),
        _software(assessment),
        _rule_set(assessment),
        *_prior(assessment),
        *_rules(assessment),
        *(_entry(entry) for entry in entries),
        *(_source(name, evidence.sources.get(name)) for name in sorted(cited)),
        *(_coder(name) for name in sorted(coders)),
    ]
    return {"@context": CONTEXT, "@graph": nodes}


def citations(entry: Entry) -> tuple[Citation, ...]:
    """Where an observation or search is read from."""
    return entry.sources if isinstance(entry, Observation) else (entry.source,)


def _counting(assessment: Assessment) -> tuple[Entry, ...]:
    """The observations and searches that give the values of the day, each once, by id."""
    entries: dict[str, Entry] = {}
    for value in assessment.chosen.values.values():
        entries |= {entry.id: entry for entry in value.observations}
        entries |= {entry.id: entry for entry in value.searches}
    return tuple(entries[name] for name in sorted(entries))


def _name(kind: str, *parts: str) -> str:
    return ":".join([f"re:{kind}", *(quote(part, safe="") for part in parts)])


def _id(kind: str, *parts: str) -> Node:
    return {"@id": _name(kind, *parts)}


def _day(value: date) -> Node:
    return {"@type": "xsd:date", "@value": str(value)}


def _given(node: Node) -> Node:
    """The node without what is not known."""
    return {key: value for key, value in node.items() if value not in (None, "", [])}


def _of_day(assessment: Assessment) -> tuple[str, ...]:
    known = () if assessment.known_at is None else (str(assessment.known_at),)
    return (assessment.country, str(assessment.as_of), *known)


def _used(assessment: Assessment, entries: Iterable[Entry]) -> list[Node]:
    prior = [_id("prior", *_of_day(assessment))] if assessment.previous is not None else []
    return [_id("rules", assessment.versions.rules_digest), *prior, *(_id("record", entry.id) for entry in entries)]


def _assessment(assessment: Assessment, country: Country, entries: tuple[Entry, ...]) -> Node:
    return _given(
        {
            **_id("assessment", *_of_day(assessment)),
            "@type": ["prov:Entity", "re:Assessment"],
            "rdfs:label": f"{country.name_en} on {assessment.as_of}: {assessment.rating or 'no rating'}",
            "re:country": assessment.country,
            "re:asOf": _day(assessment.as_of),
            "re:knownAt": None if assessment.known_at is None else _day(assessment.known_at),
            "re:rating": assessment.rating,
            "re:assessed": assessment.chosen.assessed,
            "re:status": assessment.chosen.status,
            "re:change": assessment.change,
            "re:recordsSha256": assessment.versions.records_digest,
            "prov:wasGeneratedBy": _id("rating", *_of_day(assessment)),
            "prov:wasAttributedTo": _id("software", assessment.versions.software),
            "prov:wasDerivedFrom": _used(assessment, entries),
        }
    )


def _activity(assessment: Assessment, entries: tuple[Entry, ...]) -> Node:
    rules = [_id("rule", step.rule) for step in assessment.chosen.steps]
    software = _id("software", assessment.versions.software)
    return {
        **_id("rating", *_of_day(assessment)),
        "@type": ["prov:Activity", "re:Rating"],
        "rdfs:label": f"rating {assessment.country} on {assessment.as_of}",
        "prov:used": [*_used(assessment, entries), *rules],
        "prov:wasAssociatedWith": software,
        "prov:qualifiedAssociation": {
            **_id("association", *_of_day(assessment)),
            "@type": "prov:Association",
            "prov:agent": software,
            "prov:hadPlan": _id("rules", assessment.versions.rules_digest),
        },
    }


def _software(assessment: Assessment) -> Node:
    return {
        **_id("software", assessment.versions.software),
        "@type": ["prov:Agent", "prov:SoftwareAgent"],
        "rdfs:label": f"ratingengine {assessment.versions.software}",
        "re:engine": list(assessment.engines),
    }


def _rule_set(assessment: Assessment) -> Node:
    return _given(
        {
            **_id("rules", assessment.versions.rules_digest),
            "@type": ["prov:Entity", "prov:Plan", "prov:Collection", "re:RuleSet"],
            "rdfs:label": assessment.versions.rules,
            "re:sha256": assessment.versions.rules_digest,
            "prov:hadMember": [_id("rule", step.rule) for step in assessment.chosen.steps],
        }
    )


def _prior(assessment: Assessment) -> list[Node]:
    if assessment.previous is None:
        return []
    label = f"published rating of {assessment.country} the year before {assessment.as_of.year}: {assessment.previous}"
    node = {"@type": ["prov:Entity", "re:PriorRating"], "rdfs:label": label, "re:rating": assessment.previous}
    return [{**_id("prior", *_of_day(assessment)), **node}]


def _rules(assessment: Assessment) -> list[Node]:
    """The rules that hold."""
    return [
        {
            **_id("rule", step.rule),
            "@type": ["prov:Entity", "re:Rule"],
            "rdfs:label": f"{step.rule} {assessment.titles[step.rule]}",
            "re:stratum": step.stratum,
            "re:conclusion": step.conclusion,
            "re:support": [str(support) for support in step.supports],
        }
        for step in assessment.chosen.steps
    ]


def _entry(entry: Entry) -> Node:
    cited = citations(entry)
    stated: Node = {"re:from": _day(entry.begun)}
    if isinstance(entry, Observation):
        kind, label = "re:Observation", f"{entry.indicator}: {entry.claim.form} {entry.claim.text}"
        stated |= {"re:begunNoLater": entry.begun_by or None, "re:to": None if entry.ended is None else _day(entry.ended)}
        stated |= {"re:indicator": entry.indicator, "re:confidence": entry.confidence, "re:event": entry.event}
    else:
        kind, label = "re:Search", f"looked for {', '.join(entry.indicators)} and found none"
        stated |= {"re:to": _day(entry.ended), "re:indicator": list(entry.indicators)}
    return _given(
        {
            **_id("record", entry.id),
            "@type": ["prov:Entity", kind],
            "rdfs:label": label,
            **stated,
            "re:reportedEarliest": _day(entry.reported[0]),
            "re:reportedLatest": _day(entry.reported[1]),
            "prov:wasAttributedTo": _id("coder", entry.coder),
            "prov:hadPrimarySource": [_id("source", name) for name in dict.fromkeys(citation.source for citation in cited)],
            "prov:qualifiedPrimarySource": [_place(entry, number, citation) for number, citation in enumerate(cited, start=1)],
        }
    )


def _place(entry: Entry, number: int, cited: Citation) -> Node:
    """Where in its source a record is read from."""
    node = {"@type": "prov:PrimarySource", "prov:entity": _id("source", cited.source), "re:locator": cited.locator}
    return _given({**_id("citation", entry.id, str(number)), **node})


def _source(name: str, source: Source | None) -> Node:
    node = {**_id("source", name), "@type": ["prov:Entity", "re:Source"]}
    if source is None:
        return {**node, "rdfs:label": name}
    first, last = source.issued
    issued = (
        {"dcterms:issued": _day(first)} if first == last else {"re:issuedEarliest": _day(first), "re:issuedLatest": _day(last)}
    )
    return _given(
        {
            **node,
            "rdfs:label": source.title,
            "dcterms:title": source.title,
            "dcterms:creator": source.author,
            "dcterms:publisher": source.publisher,
            **issued,
            "re:url": {"@type": "xsd:anyURI", "@value": source.url} if source.url else None,
            "re:documentSha256": source.document,
        }
    )


def _coder(name: str) -> Node:
    return {**_id("coder", name), "@type": ["prov:Agent", "re:Coder"], "rdfs:label": f"coder {name}"}
