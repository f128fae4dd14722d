"""Files of a declared shape, read and hashed by content, so that no file system order can leak into an answer."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from ratingengine.errors import Place, Problem
from ratingengine.files.collect import Collector, Fields, Located
from ratingengine.files.mappings import Record
from ratingengine.files.nodes import Document, read_document

T = TypeVar("T")


def shown_path(path: Path) -> str:
    """The path as a researcher would type it: relative where it lies below the working directory."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)


def read_file(
    path: Path, shape: Record, convert: Callable[[Fields, Collector], T]
) -> tuple[T | None, Document, tuple[Problem, ...]]:
    """Read one file of a shape and convert its fields; the value is None when the file has no readable root."""
    document, problems = read_document(path, shown_path(path))
    return read_root(document, problems, shape, convert)


def read_root(
    document: Document, problems: tuple[Problem, ...], shape: Record, convert: Callable[[Fields, Collector], T]
) -> tuple[T | None, Document, tuple[Problem, ...]]:
    """As `read_file`, from a document that was read already."""
    if document.root is None:
        return None, document, problems
    collector = Collector(document)
    found: Located[Fields] | None = shape.read(document.root, collector)
    value = None if found is None else convert(found.value, collector)
    return value, document, (*problems, *collector.problems)


def digest(documents: Iterable[Document]) -> str:
    """SHA-256 over the sorted content hashes of the documents; names and order do not enter."""
    parts = sorted(hashlib.sha256(document.raw).digest() for document in documents)
    return hashlib.sha256(b"".join(parts)).hexdigest()


def missing_folder(path: Path, what: str) -> Problem:
    """The problem of a folder that is not there."""
    name = shown_path(path)
    reason = "is a file, not a folder" if path.is_file() else "there is no such folder"
    return Problem("F101", f"{reason}: {what}", Place(name, 1, 1), hint="name a folder of .yaml files")
