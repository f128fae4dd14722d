"""The PROV-O export: rdflib reads it, prov takes it, SHACL shapes hold it to PROV-O, and a damaged one does not pass."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pyshacl
import pytest
from assets.toy import island, loaded
from attrs import evolve
from prov.model import ProvActivity, ProvAgent, ProvAssociation, ProvDerivation, ProvDocument, ProvEntity, ProvUsage
from rdflib import PROV, RDF, Graph, Literal, URIRef

from ratingengine.cli import run
from ratingengine.engine.rating import load, load_evidence, rate
from ratingengine.publish.provenance.provenance import OWN, provenance

# rdflib 7 and prov 3 still use what rdflib itself has deprecated.
pytestmark = pytest.mark.filterwarnings(
    "ignore::DeprecationWarning:rdflib", "ignore::DeprecationWarning:prov", "ignore:ConjunctiveGraph"
)
SHAPES = Graph().parse(Path(__file__).parents[3] / "assets" / "provenance.ttl")
YEARS = [("BVT", year, False) for year in (1999, 2001, 2003, 2004, 2005)] + [("HMD", 2004, False)]
YEARS += [("KAZ", year, True) for year in (2011, 2019, 2022)] + [("FIN", 2021, True)]


@cache
def exported(iso3: str = "BVT", year: int = 2003, shipped: bool = False, known: date | None = None) -> dict[str, Any]:
    method = load(engine="reference") if shipped else loaded()
    country = island(iso3)
    found = rate(method, country, date(year, 12, 31), known)
    return provenance(found, country, load_evidence(method, iso3))


def graph(content: dict[str, Any]) -> Graph:
    return Graph().parse(data=json.dumps(content), format="json-ld")


def complaints(content: dict[str, Any]) -> str:
    """What the shapes have against it; nothing when it conforms."""
    conforms, _, text = pyshacl.validate(graph(content), shacl_graph=SHAPES, advanced=True, inference="none")
    return "" if conforms else str(text)


@pytest.mark.parametrize(("iso3", "year", "shipped"), YEARS)
def test_an_export_conforms_to_the_shapes(iso3: str, year: int, shipped: bool) -> None:
    assert complaints(exported(iso3, year, shipped)) == ""


def test_what_was_known_on_a_day_conforms_and_has_the_day() -> None:
    content = exported(known=date(2003, 1, 31))
    assert complaints(content) == ""
    day = next(graph(content).objects(None, URIRef(OWN + "knownAt")))
    assert isinstance(day, Literal)
    assert day.toPython() == date(2003, 1, 31)


@pytest.mark.parametrize(("iso3", "year", "shipped"), YEARS)
def test_prov_takes_it_whole(iso3: str, year: int, shipped: bool) -> None:
    content = exported(iso3, year, shipped)
    turtle = graph(content).serialize(format="turtle")
    document = ProvDocument.deserialize(content=turtle, format="rdf", rdf_format="turtle")
    kinds = {"prov:Entity": ProvEntity, "prov:Activity": ProvActivity, "prov:Agent": ProvAgent}
    for kind, record in kinds.items():
        wanted = {node["@id"] for node in content["@graph"] if kind in node["@type"]}
        found = {str(one.identifier).replace("\\", "") for one in document.get_records(record)}
        assert found == wanted, kind
    activity = content["@graph"][1]
    assert len(list(document.get_records(ProvUsage))) == len(activity["prov:used"])
    assert len(list(document.get_records(ProvAssociation))) == 1
    assert list(document.get_records(ProvDerivation))
    assert document.unified()


def test_every_record_that_counts_is_there_with_source_place_and_coder() -> None:
    method = loaded()
    found = rate(method, island(), date(2003, 12, 31))
    content = exported()
    nodes = {node["@id"]: node for node in content["@graph"]}
    values = found.chosen.values.values()
    entries = {one.id for value in values for one in value.observations} | {one.id for value in values for one in value.searches}
    assert {name for name in nodes if name.startswith("re:record:")} == {f"re:record:{name}" for name in entries}
    for value in found.chosen.values.values():
        for entry in value.observations:
            node = nodes[f"re:record:{entry.id}"]
            places = [(one["prov:entity"]["@id"], one["re:locator"]) for one in node["prov:qualifiedPrimarySource"]]
            assert places == [(f"re:source:{cited.source}", cited.locator) for cited in entry.sources]
            assert node["prov:wasAttributedTo"]["@id"] == f"re:coder:{entry.coder}"
    assert {name for name in nodes if name.startswith("re:rule:")} == {f"re:rule:{step.rule}" for step in found.chosen.steps}


def test_no_time_is_made_up_and_the_same_answer_gives_the_same_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    for predicate in (PROV.startedAtTime, PROV.endedAtTime, PROV.generatedAtTime):
        assert list(graph(exported("KAZ", 2022, True)).triples((None, predicate, None))) == []
    words = ["provenance", "kazakhstan", "--year", "2022", "--engine", "reference"]
    assert [run(words), run(words)] == [0, 0]
    first, second = capsys.readouterr().out.split("\n}\n")[:2]
    assert first == second
    assert json.loads(first + "\n}") == exported("KAZ", 2022, True)


def test_a_source_that_no_bibliography_has_is_still_an_entity() -> None:
    method, country = loaded(), island()
    evidence = load_evidence(method, "BVT")
    found = rate(method, country, date(2003, 12, 31))
    content = provenance(found, country, evolve(evidence, sources={}))
    assert complaints(content) == ""


def test_words_of_the_records_cannot_break_an_identifier() -> None:
    method, country = loaded(), island()
    evidence = load_evidence(method, "BVT")
    coded = evolve(evidence, observations=tuple(evolve(entry, coder='A> <b>:"ж ') for entry in evidence.observations))
    found = rate(method, country, date(2003, 12, 31), evidence=coded)
    content = provenance(found, country, coded)
    assert complaints(content) == ""
    named = next(subject for subject in graph(content).subjects(RDF.type, URIRef(OWN + "Coder")) if "%3E" in str(subject))
    assert str(named) == OWN + "coder:A%3E%20%3Cb%3E%3A%22%D0%B6%20"


def node(content: dict[str, Any], kind: str) -> dict[str, Any]:
    return next(one for one in content["@graph"] if kind in one["@type"])


DAMAGE: dict[str, Callable[[dict[str, Any]], object]] = {
    "no activity": lambda c: c["@graph"].remove(node(c, "re:Rating")),
    "no generation": lambda c: node(c, "re:Assessment").pop("prov:wasGeneratedBy"),
    "no day": lambda c: node(c, "re:Assessment").pop("re:asOf"),
    "day as text": lambda c: node(c, "re:Assessment").update({"re:asOf": "2003-12-31"}),
    "day that is none": lambda c: node(c, "re:Assessment").update({"re:asOf": {"@type": "xsd:date", "@value": "2003-13-31"}}),
    "unknown status": lambda c: node(c, "re:Assessment").update({"re:status": "sure"}),
    "no software": lambda c: c["@graph"].remove(node(c, "prov:SoftwareAgent")),
    "no plan": lambda c: node(c, "re:Rating")["prov:qualifiedAssociation"].pop("prov:hadPlan"),
    "agent is used": lambda c: node(c, "re:Rating")["prov:used"].append({"@id": node(c, "prov:Agent")["@id"]}),
    "rule set not used": lambda c: node(c, "re:Rating")["prov:used"].pop(0),
    "rule not used": lambda c: node(c, "re:Rating")["prov:used"].pop(),
    "entity is an activity": lambda c: node(c, "re:RuleSet")["@type"].append("prov:Activity"),
    "no locator": lambda c: node(c, "re:Observation")["prov:qualifiedPrimarySource"][0].pop("re:locator"),
    "no source": lambda c: node(c, "re:Observation").pop("prov:hadPrimarySource"),
    "source is a rule": lambda c: node(c, "re:Observation").update({"prov:hadPrimarySource": {"@id": node(c, "re:Rule")["@id"]}}),
    "no coder": lambda c: node(c, "re:Observation").pop("prov:wasAttributedTo"),
    "coder is no agent": lambda c: node(c, "re:Coder").update({"@type": "re:Coder"}),
    "ends before it began": lambda c: node(c, "re:Observation").update({"re:to": {"@type": "xsd:date", "@value": "1999-01-01"}}),
    "two sources in one": lambda c: node(c, "re:Observation")["prov:qualifiedPrimarySource"][0].update({"prov:entity": []}),
    "no label": lambda c: node(c, "re:Rule").pop("rdfs:label"),
    "stratum as text": lambda c: node(c, "re:Rule").update({"re:stratum": "one"}),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_export_does_not_conform(name: str) -> None:
    content = deepcopy(exported())
    DAMAGE[name](content)
    assert "Constraint Violation" in complaints(content)


def test_an_export_is_written_whole_to_a_file(tmp_path: Path) -> None:
    file = tmp_path / "prov.jsonld"
    assert run(["provenance", "kazakhstan", "--year", "2022", "--engine", "reference", "-o", str(file)]) == 0
    assert json.loads(file.read_text("utf-8")) == exported("KAZ", 2022, True)
    assert [path.name for path in tmp_path.iterdir()] == ["prov.jsonld"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["nowhere", "--year", "2003"], 3, "nowhere"),
        (["france"], 3, "nothing on record is about France"),
        (["kazakhstan", "--year", "2022", "--prior", "bad"], 2, "--prior bad"),
        (["kazakhstan", "--year", "2022", "-o", "no/such/file"], 1, "cannot write"),
    ],
)
def test_what_cannot_be_done_is_told(words: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["provenance", *words, "--engine", "reference"]) == code
    printed = capsys.readouterr()
    assert (printed.out, said in printed.err) == ("", True)


def test_the_exports_tried_have_every_kind_of_node() -> None:
    kinds = {kind for asked in YEARS for one in exported(*asked)["@graph"] for kind in one["@type"] if kind.startswith("re:")}
    assert kinds == {
        f"re:{kind}"
        for kind in ("Assessment", "Coder", "Observation", "PriorRating", "Rating", "Rule", "RuleSet", "Search", "Source")
    }
