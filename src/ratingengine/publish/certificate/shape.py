"""The form of a certificate, in the same shapes that read rules and records, and what a well-formed one says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from ratingengine.errors import InvalidInput, Place, Problem
from ratingengine.files.bounded import read_bytes
from ratingengine.files.canonical_json import read_json
from ratingengine.files.collect import Collector, Fields, Located
from ratingengine.files.declared import shown_path
from ratingengine.files.mappings import Key, ListOf, Record, Shape
from ratingengine.files.nodes import Document, Mapping, Node, Scalar
from ratingengine.files.scalars import Choice, Day, Number, Schema
from ratingengine.publish.certificate.derive import Question
from ratingengine.publish.certificate.files import PARTS, Embedded
from ratingengine.publish.certificate.make import SCHEMA
from ratingengine.publish.signing import ALGORITHM, Signature
from ratingengine.world.countries import Country

MAX_BYTES = 16 * 1024 * 1024
HINT = "name a file that rate certify wrote"


@frozen
class Exact:
    """A text in double quotes, kept letter for letter; the whole of it matches the pattern."""

    what: str
    pattern: str = r"[\s\S]*"

    def read(self, node: Node, collector: Collector) -> Located[str] | None:
        """The text."""
        if not isinstance(node, Scalar) or not node.quoted:
            collector.wrong_kind(node, self.what)
            return None
        located = Located(node.text, node.text, node.place)
        if not re.fullmatch(self.pattern, node.text):
            collector.add_at("F118", f"not {self.what}", located, HINT)
            return None
        return located

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of this shape."""
        return {"type": "string", "pattern": f"^(?:{self.pattern})$", "description": self.what}


@frozen
class OrNull:
    """A value of another shape, or null."""

    shape: Shape

    def read(self, node: Node, collector: Collector) -> Located[Any] | None:
        """What the shape reads; None as value stands for null."""
        if isinstance(node, Scalar) and not node.quoted and node.text == "null":
            return Located(None, node.text, node.place)
        return self.shape.read(node, collector)

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of this shape."""
        return {"anyOf": [self.shape.schema(), {"type": "null"}]}


@frozen
class Answer:
    """The answer: any object, as it is compared whole with the one that is derived."""

    def read(self, node: Node, collector: Collector) -> Located[None] | None:
        """Nothing but that it is an object."""
        if not isinstance(node, Mapping):
            collector.wrong_kind(node, "an answer (an object)")
            return None
        return Located(None, "", node.place)

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of this shape."""
        return {"type": "object", "description": "the answer, as docs/schemas/assessment.json describes it"}


DIGEST = Exact("a SHA-256 in hexadecimal", r"[0-9a-f]{64}")
WORD = Exact("a text", r"[^\x00-\x1f\x7f-\x9f]{1,200}")
COUNTRY = Record(
    "a country",
    (
        Key("iso3", Exact("a country code", r"[A-Z]{3}")),
        Key("name", WORD),
        Key("population", OrNull(Number("a population", whole=True))),
    ),
)
RULES = Record("a rule set", (Key("in_force", OrNull(Day("a date"))), Key("name", WORD), Key("version", WORD)))
QUESTION = Record(
    "a question",
    (
        Key("as_of", Day("a date")),
        Key("country", COUNTRY),
        Key("known_at", OrNull(Day("a date"))),
        Key("prior", OrNull(WORD)),
        Key("rules", RULES),
    ),
)
FILE = Record(
    "a file",
    (
        Key("part", Choice(PARTS, "a part")),
        Key("path", Exact("a path", r"[^\x00-\x1f\x7f-\x9f]{1,400}")),
        Key("root", Number("a number of a root", whole=True)),
        Key("sha256", DIGEST),
        Key("text", Exact("a text")),
    ),
)
SIGNATURE = Record(
    "a signature",
    (
        Key("algorithm", Exact("the algorithm Ed25519", ALGORITHM)),
        Key("public_key", Exact("a public key of 32 bytes in hexadecimal", r"[0-9a-f]{64}")),
        Key("value", Exact("a signature of 64 bytes in hexadecimal", r"[0-9a-f]{128}")),
    ),
)
VERSIONS = Record(
    "the versions",
    (
        Key("durable_rules", OrNull(WORD)),
        Key("engines", ListOf(Choice(("durable", "reference"), "an engine"), "engines", 1, 2)),
        Key("python", WORD),
        Key("software", WORD),
    ),
)
CERTIFICATE = Record(
    "a certificate",
    (
        Key("answer", Answer()),
        Key("files", ListOf(FILE, "files")),
        Key("question", QUESTION),
        Key("schema", Schema(SCHEMA)),
        Key("sha256", DIGEST),
        Key("signature", SIGNATURE, required=False),
        Key("versions", VERSIONS),
    ),
)


@frozen
class Certificate:
    """A well-formed certificate: its bytes, its plain content, and what it states. Nothing of it is verified."""

    raw: bytes
    content: dict[str, Any]
    question: Question
    files: tuple[Embedded, ...]
    digests: tuple[str, ...]
    sha256: str
    signature: Signature | None

    @property
    def body(self) -> dict[str, Any]:
        """What hash and signature are of."""
        return {key: value for key, value in self.content.items() if key not in ("sha256", "signature")}

    @property
    def answer(self) -> dict[str, Any]:
        """The answer that is certified."""
        found: dict[str, Any] = self.content["answer"]
        return found


def read_certificate(path: Path) -> Certificate:
    """A certificate of the form of docs/certificate.md. Raises InvalidInput."""
    name = shown_path(path)
    raw, problems = read_bytes(path, name, MAX_BYTES)
    if raw is None:
        raise InvalidInput(evolve(problem, hint=HINT) for problem in problems)
    return parsed(raw, name)


def parsed(raw: bytes, name: str) -> Certificate:
    """As `read_certificate`, from bytes."""
    document, content, wrong = read_json(raw, name)
    wrong = wrong or _another(document)
    if wrong or document.root is None:
        raise InvalidInput(wrong)
    collector = Collector(document)
    found = CERTIFICATE.read(document.root, collector)
    if collector.problems or found is None:
        raise InvalidInput(collector.problems)
    read = _certificate(raw, content, found.value)
    _check_files(read, document, found.value)
    return read


def _another(document: Document) -> tuple[Problem, ...]:
    """One problem for a file of another kind, instead of one for each of its keys."""
    root = document.root
    start = Place(document.path, 1, 1)
    if not isinstance(root, Mapping):
        return (document.problem("F110", "not a certificate: expected an object", root.place if root else start, HINT),)
    stated = next((node for key, node in root.entries if key.text == "schema"), None)
    if isinstance(stated, Scalar) and stated.text == SCHEMA:
        return ()
    said = f" but {stated.text[:60]}" if isinstance(stated, Scalar) and stated.text.isprintable() else ""
    place = root.place if stated is None else stated.place
    return (document.problem("F119", f"not a certificate: the schema is not {SCHEMA}{said}", place, HINT),)


def _certificate(raw: bytes, content: dict[str, Any], fields: Fields) -> Certificate:
    asked: Fields = fields.get("question")
    files: list[Fields] = [file.value for file in fields.get("files")]
    signature: Fields | None = fields.get("signature")
    return Certificate(
        raw=raw,
        content=content,
        question=Question(
            _country(asked.get("country")),
            asked.get("as_of"),
            asked.get("known_at"),
            asked.get("prior"),
            asked.get("rules").get("in_force"),
        ),
        files=tuple(Embedded(f.get("part"), int(f.get("root")), f.get("path"), f.get("text").encode()) for f in files),
        digests=tuple(file.get("sha256") for file in files),
        sha256=fields.get("sha256"),
        signature=None if signature is None else Signature(signature.get("public_key"), signature.get("value")),
    )


def _country(fields: Fields) -> Country:
    name, population = fields.get("name"), fields.get("population")
    return Country(
        iso3=fields.get("iso3"),
        iso2=None,
        numeric=None,
        name_en=name,
        name_ru=name,
        name_fr=name,
        name_es=name,
        aliases=(),
        kind="un_member",
        continent="",
        region="",
        population=None if population is None else int(population),
    )


def _check_files(certificate: Certificate, document: Document, fields: Fields) -> None:
    """Two files of one place would leave open which of them was read."""
    seen: set[str] = set()
    for file, found in zip(certificate.files, fields.get("files"), strict=True):
        if str(file) in seen:
            hint = HINT
            raise InvalidInput([document.problem("F112", f"the file {file} stands twice", found.place, hint)])
        seen.add(str(file))
