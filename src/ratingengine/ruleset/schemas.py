"""JSON Schemas of the file formats, written from the same shapes that read the files. Published in docs/schemas/."""

from __future__ import annotations

from typing import Any

from ratingengine.evidence.records import overrides, reader
from ratingengine.files.mappings import Record
from ratingengine.importing import shape as importing
from ratingengine.method import codebook, sources
from ratingengine.method.rulefile import shapes
from ratingengine.ruleset import cases

SHAPES: dict[str, tuple[Record, str]] = {
    "rules": (shapes.RULES, "A rule file: rules/<method>/<name>.yaml"),
    "scale": (shapes.SCALE, "The scale of a rule set: rules/<method>/scale.yaml"),
    "codebook": (codebook.FILE, "A codebook file: indicators/codebook/<facet>.yaml"),
    "record": (reader.FILE, "An evidence file: indicators/<ISO3>/<year>.yaml"),
    "overrides": (overrides.FILE, "Judgements that depart from the rules: indicators/overrides.yaml"),
    "sources": (sources.FILE, "A bibliography: sources.yaml"),
    "import": (importing.FILE, "A mapping: imports/<name>.yaml"),
    "cases": (cases.FILE, "Cases of rules: rules/<method>/cases/<name>.yaml"),
}


def schema_of(kind: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one format; KeyError for another kind."""
    shape, description = SHAPES[kind]
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"ratingengine {kind}",
        "description": f"{description}. Order of keys, references and ranges are checked by `rate check`.",
        **shape.schema(),
    }
    if kind == "rules":
        schema["$defs"] = {"condition": shapes.CONDITION.schema()}
    return schema
