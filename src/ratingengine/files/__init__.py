"""Declared shapes of the project's YAML files: one declaration reads a node and writes its JSON Schema."""

from ratingengine.files.collect import Collector, Fields, Located
from ratingengine.files.mappings import Choices, Key, ListOf, OneOrPair, Record, Shape
from ratingengine.files.scalars import COVERED, Choice, Day, Number, Schema, Text

__all__ = [
    "COVERED",
    "Choice",
    "Choices",
    "Collector",
    "Day",
    "Fields",
    "Key",
    "ListOf",
    "Located",
    "Number",
    "OneOrPair",
    "Record",
    "Schema",
    "Shape",
    "Text",
]
