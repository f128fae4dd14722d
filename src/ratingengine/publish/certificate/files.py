"""The files that an answer is read from: listed, taken as bytes, and laid out anew in an empty folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from attrs import frozen

from ratingengine.evidence.tables.excerpt import excerpt
from ratingengine.evidence.tables.form import is_table, sidecar
from ratingengine.files.bounded import bytes_of
from ratingengine.files.declared import shown_path
from ratingengine.files.shipped import country_paths, rule_files, yaml_below

PARTS = ("rules", "codebook", "records", "sources", "overrides")
"""The kinds of files, in the order of a certificate."""
AT_THE_TOP = ("scale.yaml", "sources.yaml")
"""Files of a rule set that are told by their name; elsewhere than at its top they are not read."""


@frozen
class Places:
    """Where a method and a country's evidence are read from: two folders, and files in the order of their precedence."""

    rules: Path
    codebook: Path
    records: tuple[Path, ...]
    sources: tuple[Path, ...]
    overrides: tuple[Path, ...] = ()


@frozen
class Embedded:
    """One file: its part, which root of that part it lies below (from 1), its path there, and its bytes."""

    part: str
    root: int
    path: str
    raw: bytes

    @property
    def sha256(self) -> str:
        """The digest of the bytes."""
        return sha256(self.raw).hexdigest()

    def __str__(self) -> str:
        return f"{self.part}/{self.path}" if self.root == 1 else f"{self.part} {self.root}/{self.path}"


def files_read(places: Places, iso3: str) -> tuple[Embedded, ...]:
    """Every file that the answer for this country is read from, as it is now."""
    roots: dict[str, Sequence[Iterable[tuple[str, bytes]]]] = {
        "rules": [_texts(places.rules, _rules(places.rules))],
        "codebook": [_texts(places.codebook, yaml_below(places.codebook))],
        "records": [_records(root, iso3) for root in places.records],
        "sources": [_texts(path, (path,)) for path in places.sources],
        "overrides": [_texts(path, (path,)) for path in places.overrides],
    }
    numbered = ((part, number, texts) for part in PARTS for number, texts in enumerate(roots[part], start=1))
    return tuple(Embedded(part, number, name, raw) for part, number, texts in numbered for name, raw in texts)


def _texts(root: Path, paths: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        yield path.name if path == root else path.relative_to(root).as_posix(), bytes_of(path)


def _records(root: Path, iso3: str) -> Iterator[tuple[str, bytes]]:
    """Record files as they are; of a table the rows of the country, with the table's bibliography."""
    if not is_table(root):
        yield from _texts(root, country_paths(root, iso3))
        return
    found = excerpt(root, iso3)
    yield found.name, found.rows
    yield sidecar(Path(found.name)).name, found.sources


def _laid_name(file: Embedded, number: int) -> str:
    if file.part == "rules" and file.path in AT_THE_TOP:
        return file.path
    return f"{number:06}.{'csv' if file.part == 'records' and file.path.endswith('.csv') else 'yaml'}"


def _rules(folder: Path) -> tuple[Path, ...]:
    return tuple(path for path in rule_files(folder) if path.name not in AT_THE_TOP or path.parent == folder)


def misplaced(files: Sequence[Embedded]) -> str:
    """What of the files is not as they are taken, if anything. A second place for a file would hide which one decided."""
    places = [(PARTS.index(file.part), file.root) for file in files]
    if places != sorted(places):
        return "the files do not stand in the order of their parts and roots"
    for part in PARTS:
        roots = [file.root for file in files if file.part == part]
        alone = len(set(roots)) == len(roots) if part in ("sources", "overrides") else True
        if sorted(set(roots)) != list(range(1, len(set(roots)) + 1)) or not alone:
            return f"the roots of {part} are not numbered as they are taken, from 1"
        if part in ("rules", "codebook") and len(set(roots)) > 1:
            return f"{part} have a second root, and are read from one"
    return ""


def laid_out(files: Sequence[Embedded], folder: Path) -> tuple[Places, dict[str, str]]:
    """The files written below an empty folder, and the name of each by the path that a problem would show.

    No path of a certificate becomes a path of the machine: files are numbered, but for the two that readers know by name.
    """
    written: dict[str, list[Path]] = {part: [] for part in PARTS}
    names: dict[str, str] = {}
    for part in PARTS:
        (folder / part).mkdir()
    tables: dict[str, Path] = {}
    for number, file in enumerate(files):
        beside = tables.get(f"{file.root} {file.path}") if file.part == "records" else None
        path = beside or folder / file.part / _laid_name(file, number)
        path.write_bytes(file.raw)
        names[shown_path(path)] = str(file)
        if beside is None:
            written[file.part].append(path)
        if file.part == "records" and is_table(path):
            tables[f"{file.root} {sidecar(Path(file.path)).name}"] = sidecar(path)
    files_of = {part: tuple(paths) for part, paths in written.items()}
    places = Places(folder / "rules", folder / "codebook", files_of["records"], files_of["sources"], files_of["overrides"])
    return places, names
