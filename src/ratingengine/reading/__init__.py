"""Declared shapes of the project's YAML files: one declaration reads a node and writes its JSON Schema."""

from ratingengine.reading.collect import Collector, Fields, Located
from ratingengine.reading.records import Choices, Key, ListOf, OneOrPair, Record, Shape
from ratingengine.reading.scalars import COVERED, Choice, Day, Number, Schema, Text

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
