"""`rate rules diff`: what was changed between two rule sets, where they disagree, and which ratings on record move."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

from attrs import evolve, frozen

from ratingengine.engine.rating import codebook_folder, rules_folder
from ratingengine.errors import InvalidInput, NotFound, Problem
from ratingengine.files.shipped import shipped
from ratingengine.interface.asked import DAY, FORMATS, Usage, asked_day, asked_records, choice, write
from ratingengine.interface.exit_codes import DONE
from ratingengine.interface.options import Argument, Format, Option, Records
from ratingengine.interface.page import written
from ratingengine.interface.written import write_file
from ratingengine.proofs.rules_diff.impact import impact as impact_of
from ratingengine.proofs.rules_diff.meaning import meanings
from ratingengine.proofs.rules_diff.parts import changes
from ratingengine.proofs.rules_diff.region import Meaning
from ratingengine.proofs.rules_diff.revision import extract, is_revision, path_in_repository
from ratingengine.proofs.rules_diff.rules_diff_answer import Told, rules_diff_json
from ratingengine.proofs.rules_diff.rules_diff_page import rules_diff_page
from ratingengine.proofs.rules_diff.side import Side, on_one_codebook, open_side
from ratingengine.proofs.rules_diff.space import DAY as WITNESS_DAY
from ratingengine.proofs.rules_diff.space import Point
from ratingengine.proofs.rules_diff.witness import reads_as, witness_files

MOST = 20


@frozen
class Named:
    """A rule set as asked for: a name or folder, a day if any, or a path in a git revision."""

    text: str
    rules: str | None
    day: str | None
    revision: str | None


def asked_sides(old: str, new: str) -> tuple[Named, Named]:
    """Both rule sets; a day or a revision alone is one of the other's."""
    if new and _bare(new):
        before = named(old)
        return before, named(new, before)
    after = named(new)
    return named(old, after), after


def _bare(text: str) -> bool:
    """Whether the word names a day or revision and no rule set."""
    if text.startswith("@"):
        return True
    try:
        rules_folder(text.partition("@")[0])
    except NotFound:
        return ":" not in text
    return False


def named(text: str, other: Named | None = None) -> Named:
    """`NAME`, `DIR`, `…@DATE`, `@DATE`, `REV:PATH` or `REV`; a day or revision alone is of the `other` rule set."""
    rules, at, day = text.rpartition("@")
    own = None if other is None else other.rules
    if not text or Path(text).is_dir():
        return Named(text or "civic-space", text or None, None, None)
    if at and DAY.fullmatch(day):
        return Named(text, rules or own, day, None)
    revision, colon, path = text.partition(":")
    if colon and revision and path:
        return Named(text, path, None, revision)
    try:
        rules_folder(text)
    except NotFound as missing:
        if not is_revision(text):
            raise NotFound(f"{missing}; nor is it a git revision, or a path in one (REV:PATH)") from None
        return Named(text, _path_of(own, text), None, text)
    return Named(text, text, None, None)


def _path_of(rules: str | None, revision: str) -> str:
    path = path_in_repository(rules_folder(rules))
    if path is None:
        raise NotFound(f"'{rules or 'civic-space'}' lies in no git repository here; write {revision}:PATH")
    return path


@contextmanager
def _opened(asked: Named, records: Sequence[Path]) -> Iterator[Side]:
    day = None if asked.day is None else asked_day(asked.day, "…@DATE")
    if asked.revision is None:
        folder = rules_folder(asked.rules)
        yield open_side(asked.text, folder, codebook_folder(records, folder), day)
        return
    with TemporaryDirectory() as name:
        folder = extract(asked.revision, asked.rules or "", Path(name).resolve())
        try:
            side = open_side(asked.text, folder, codebook_folder(records, folder), day)
        except InvalidInput as invalid:
            # The files lie in a passing folder; the revision is where they can be looked at.
            raise InvalidInput(_placed(problem, folder, asked) for problem in invalid.problems) from None
        yield side


def _placed(problem: Problem, folder: Path, asked: Named) -> Problem:
    if problem.place is None:
        return problem
    shown = re.sub(rf"^.*{re.escape(folder.name)}", f"{asked.revision}:{(asked.rules or '').rstrip('/')}", problem.place.file)
    return evolve(problem, place=evolve(problem.place, file=shown))


def _stated(found: Sequence[Meaning], side: Side) -> tuple[Meaning, ...]:
    """Each witness said to be statable is written and read back; one that comes back otherwise is not."""
    codebook = side.method.codebook

    def reads(point: Point) -> bool:
        return reads_as(witness_files(point, codebook), point, codebook)

    return tuple(
        evolve(
            meaning,
            regions=tuple(
                evolve(region, witnesses=tuple(evolve(w, stated=w.stated and reads(w.point)) for w in region.witnesses))
                for region in meaning.regions
            ),
        )
        for meaning in found
    )


def _written(
    found: Sequence[Meaning], sides: tuple[Named, Named], side: Side, codebook: Path, folder: Path
) -> Mapping[int, tuple[str, ...]]:
    """The folder of each witness, and the commands that rate it: by its number in the report."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Usage(f"--witnesses {folder}: is there already and not empty; name a new folder")
    commands: dict[int, tuple[str, ...]] = {}
    points = [w for meaning in found for region in meaning.regions for w in region.witnesses]
    for number, one in enumerate(points, start=1):
        if not one.stated:
            continue
        own = folder / f"{number:02}"
        own.mkdir(parents=True)
        for name, text in witness_files(one.point, side.method.codebook).items():
            (own / name).parent.mkdir(parents=True, exist_ok=True)
            write_file(str(own / name), text.encode())
        if codebook != shipped("indicators") / "codebook":
            shutil.copytree(codebook, own / "codebook")
        commands[number] = tuple(_command(one.point, own, asked, side) for asked in sides if asked.revision is None)
    return commands


def _command(point: Point, folder: Path, asked: Named, side: Side) -> str:
    rules = asked.text if asked.day is None else f"{asked.rules or ''}@{asked.day}"
    words = ["rate", point.country.iso3, "--year", str(WITNESS_DAY.year), "--records", str(folder), "--rules", rules]
    if point.prior is not None:
        words += ["--prior", side.method.scale.word(point.prior.rating)]
    return shlex.join(words)


def rules_diff_command(
    old: Annotated[str, Argument(metavar="OLD", help="NAME, DIR, NAME@DATE, @DATE, REV or REV:PATH (a git revision).")],
    new: Annotated[str | None, Argument(metavar="[NEW]", help="The same. [default: civic-space]")] = None,
    impact: Annotated[bool, Option("--impact", help="Also list the country-years on record whose rating differs.")] = False,
    records: Records = None,
    witnesses: Annotated[
        str | None, Option("--witnesses", metavar="DIR", help="Write each witness as a folder of records.")
    ] = None,
    most: Annotated[int, Option("--max", metavar="N", help="Witnesses for each change of outcome.")] = 3,
    format_: Format = "text",
) -> int:
    """Compare two rule sets and prove what differs.

    Shows the changed rules, evidence that the two rate differently or a proof that there is none, and ratings that move.

    rate rules diff civic-space mine
    rate rules diff HEAD~1 --impact
    """
    choice(format_, FORMATS, "--format")
    if not 1 <= most <= MOST:
        raise Usage(f"--max {most}: write a number from 1 to {MOST}")
    folders = asked_records(records or ())
    codebook = codebook_folder(folders)
    before, after = asked_sides(old, new or "")
    with _opened(before, folders) as first, _opened(after, folders) as second:
        one, other = on_one_codebook(first, second)
        found = _stated(meanings(one, other, most), one)
        commands = _written(found, (before, after), one, codebook, Path(witnesses)) if witnesses is not None else {}
        moved = impact_of(one, other, folders) if impact else None
        content = rules_diff_json(Told(one, other, changes(one, other), found, moved, commands))
    write(written(rules_diff_page(content), content, format_))
    return DONE
