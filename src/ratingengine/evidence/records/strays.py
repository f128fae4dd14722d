"""What lies in a folder of records and is read by nothing: it is named, as evidence must not be passed over without a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ratingengine.errors import Place, Problem
from ratingengine.files.shipped import CODEBOOK
from ratingengine.world.countries import by_iso3

CODINGS = ("recoded",)
"""Folders below the records that hold a second, independent coding: checked, never rated."""
BESIDE = ("sources.yaml", "overrides.yaml")
"""The files beside the country folders."""
TEXTS = (".yaml", ".yml")
TABLES = (".csv", ".tsv", ".parquet", ".xlsx", ".xls", ".ods", ".json")
"""Endings of what may hold evidence; documents and notes may lie anywhere."""


def strays(folder: Path, named: Iterable[Path] = ()) -> tuple[Problem, ...]:
    """A problem for each file that may hold evidence, and each folder, that no reader of the folder looks at.

    `named`: files that were asked for by name and are read wherever they lie, with what lies beside them.
    """
    asked = tuple(path.name for path in named if path.is_file() and path.resolve().parent == folder.resolve())
    method = (folder / "scale.yaml").exists()
    problems: list[Problem] = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", *asked)):
            continue
        if path.is_dir():
            known = path.name in (CODEBOOK, *CODINGS) or method
            problems += () if known else _in_folder(path)
        elif path.suffix.lower() in (*TEXTS, *TABLES) and path.name not in BESIDE and not (method and path.suffix in TEXTS):
            problems.append(_beside(path))
    return tuple(problems)


def _beside(path: Path) -> Problem:
    if path.suffix.lower() in TABLES:
        return _problem(path, "a table beside the country folders", "name it: --records FOLDER --records FILE")
    from ratingengine.files.nodes import near  # with YAML behind it, which a start with nothing amiss does without

    meant = near(path.name, BESIDE)
    return _problem(
        path, "a file beside the country folders", meant or "move it into the folder of its country, for example KAZ/"
    )


def _in_folder(folder: Path) -> Iterator[Problem]:
    """A country's folder has record files, and folders of them; a folder that is no country's has nothing that is read."""
    if by_iso3(folder.name) is None:
        code = folder.name.upper()
        if any(_evidence(path) for path in folder.rglob("*")):
            hint = f"did you mean {code}?" if by_iso3(code) else "a country's folder has its three-letter code, for example KAZ"
            yield _problem(folder, "a folder that is no country's", hint)
        return
    for path in sorted(folder.rglob("*")):
        if any(part.startswith(".") for part in path.relative_to(folder).parts):
            continue
        if path.is_symlink() and path.is_dir():
            yield _problem(path, "a link to another folder", "put the files themselves here, or name the folder with --records")
        elif path.suffix.lower() in TABLES and path.is_file():
            hint = "move it out of the folder and name it: --records FOLDER --records FILE"
            yield _problem(path, "a table in a country's folder", hint)


def _evidence(path: Path) -> bool:
    return path.suffix.lower() in (*TEXTS, *TABLES) and path.is_file()


def _problem(path: Path, what: str, hint: str) -> Problem:
    from ratingengine.files.declared import shown_path

    return Problem("I327", f"{what} is read by nothing", Place(shown_path(path), 1, 1), hint=hint)
