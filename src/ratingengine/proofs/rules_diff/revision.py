"""A folder of files as a git revision has it. Git is run only when a revision is asked for."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path, PurePosixPath

from ratingengine.errors import NotFound


def extract(revision: str, path: str, into: Path) -> Path:
    """Write the files of `path` at a revision below `into`; returns the folder. Raises NotFound with the reason.

    As git reads it, `path` starts at the root of the repository, and at the working directory when it begins with `./`.
    """
    git = _git()
    shown = f"{revision}:{path}"
    if revision.startswith("-"):
        raise NotFound(f"no such revision: '{revision}'")
    inside = _run(git, "rev-parse", "--is-inside-work-tree")
    if inside is None:
        raise NotFound(f"no git repository here for '{shown}'; name a folder, or go to the repository")
    if _run(git, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}") is None:
        raise NotFound(f"no such revision: '{revision}'; see: git log --oneline")
    tree = _run(git, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}:{path.rstrip('/')}")
    listed = None if tree is None else _run(git, "ls-tree", "-r", "-z", tree.decode().strip())
    if listed is None:
        raise NotFound(
            f"revision '{revision}' has no folder '{path}'; it is read from the root of the repository, or write ./{path}"
        )
    for entry in filter(None, listed.decode("utf-8", "surrogateescape").split("\0")):
        about, _, name = entry.partition("\t")
        mode, kind, digest = about.split()
        if kind != "blob" or mode == "120000" or ".." in PurePosixPath(name).parts:
            continue  # links and submodules hold no rules
        target = into / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(_run(git, "cat-file", "blob", digest) or b"")
    return into


def path_in_repository(folder: Path) -> str | None:
    """Where a folder lies in the repository of the working directory; None where it lies elsewhere."""
    top = _run(_git(), "rev-parse", "--show-toplevel")
    if top is None:
        return None
    try:
        return folder.resolve().relative_to(Path(top.decode().strip()).resolve()).as_posix()
    except ValueError:
        return None


def is_revision(text: str) -> bool:
    """Whether git knows the word as a commit; False where git is absent."""
    git = shutil.which("git")
    if git is None or text.startswith("-"):
        return False
    return _run(git, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{text}^{{commit}}") is not None


def _git() -> str:
    found = shutil.which("git")
    if found is None:
        raise NotFound("git is not installed, so no revision can be read; name a folder, or a rule set and a date")
    return found


def _run(git: str, *words: str) -> bytes | None:
    """What git prints, or None where it fails."""
    done = subprocess.run([git, *words], capture_output=True, check=False)  # noqa: S603  # no shell, and git is looked up
    return done.stdout if done.returncode == 0 else None
