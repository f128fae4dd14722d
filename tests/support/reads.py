"""Reads a text with a shape; used by the tests of this folder."""

from __future__ import annotations

from typing import Any

from ratingengine.errors import Problem
from ratingengine.files.collect import Collector, Located
from ratingengine.files.mappings import Shape
from ratingengine.files.nodes import parse


def read(shape: Shape, text: str) -> tuple[Located[Any] | None, list[Problem]]:
    """What the shape makes of a YAML text, and its problems."""
    document, problems = parse(text.encode(), "f.yaml")
    assert problems == ()
    assert document.root is not None
    collector = Collector(document)
    return shape.read(document.root, collector), collector.problems


def value(shape: Shape, text: str) -> Any:
    """The value of a text that is right."""
    found, problems = read(shape, text)
    assert problems == []
    assert found is not None
    return found.value


def problem(shape: Shape, text: str) -> Problem:
    """The one problem of a text that is wrong."""
    found, problems = read(shape, text)
    assert found is None
    (only,) = problems
    return only
