"""`rate import` without its words: a mapping, a file and a place, to a table and the outcome."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

from ratingengine.evidence.tables.write import TableSource, open_writer
from ratingengine.files.bounded import digest_of
from ratingengine.importing.dating import Release
from ratingengine.importing.mapping import Mapping
from ratingengine.importing.outcome import Outcome
from ratingengine.importing.rawfile import open_raw
from ratingengine.importing.run import run
from ratingengine.model.indicator import Codebook


@frozen
class Imported:
    """What was imported: the mapping, the raw file by name and digest, what of it was read and not, what became of it."""

    mapping: Mapping
    file: str
    part: str
    unread: tuple[str, ...]
    sha256: str
    release: Release
    outcome: Outcome


def import_file(mapping: Mapping, file: Path, codebook: Codebook, release: Release, output: Path, part: str = "") -> Imported:
    """Write the table. Raises InvalidInput or NotFound for the file, CannotWrite for the table; then nothing is written.

    `part`: the sheet of a workbook, or the file of an archive, that is meant.
    """
    raw = open_raw(file, mapping, part)
    writer = open_writer(output)
    try:
        outcome = run(mapping, raw, codebook, release, writer.add)
        if not outcome.tally.observations:
            raise raw.problem("no row gives an observation", _why(outcome))
        imported = Imported(mapping, file.name, raw.part, raw.unread, digest_of(file), release, outcome)
        writer.finish([source_of(imported)])
    except BaseException:
        writer.drop()
        raise
    return imported


def _why(outcome: Outcome) -> str:
    tally = outcome.tally
    told = [f"line {refusal.line}: {refusal.reason}: '{refusal.text[:40]}'" for refusal in tally.refusals[:1]]
    told += [f"not a country: '{name}'" for name in tally.unrecognised]
    return told[0] if told else "is it the file of this mapping?"


def source_of(imported: Imported) -> TableSource:
    """The bibliographic entry of the table: the mapping's, with licence, edition and the digest of the raw file."""
    data, release = imported.mapping.data, imported.release
    day, part = release.day, f" ({imported.part})" if imported.part else ""
    edition = release.edition or data.version
    note = " ".join(
        filter(None, (f"Licence: {data.licence}.", data.caution, f"File {imported.file}{part}, SHA-256 {imported.sha256}."))
    )
    return TableSource(
        id=data.id,
        type=data.type,
        title=data.title,
        author=data.author,
        issued=data.issued if day is None else (day, day),
        publisher=data.publisher,
        number=edition,
        url=data.url,
        note=note,
    )
