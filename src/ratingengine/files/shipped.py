"""Where files are: the method and records that came with the program, and which files of a folder count."""

from __future__ import annotations

from pathlib import Path

from ratingengine.errors import NotFound

CASES = "cases"
"""The folder of a rule set that holds cases of its rules; it takes no part in rating."""
CODEBOOK = "codebook"
"""The folder of a rule set, or of records, that holds the indicators they are about."""
_PACKAGE = Path(__file__).resolve().parent.parent


def shipped(name: str) -> Path:
    """The folder `rules` or `indicators` that came with this copy of the program; raises NotFound when it is gone."""
    for root in (_PACKAGE / "shipped", _PACKAGE.parent.parent):
        if (root / name).is_dir():
            return root / name
    raise NotFound(f"the folder '{name}' that belongs to ratingengine is missing; install it again")


def yaml_below(folder: Path) -> tuple[Path, ...]:
    """The .yaml and .yml files below a folder, sorted by name; hidden ones are left out.

    What bears the name but cannot be read (a folder, a broken link) is kept, so that its reader says so.
    """
    found = (path for path in folder.rglob("*") if path.suffix.lower() in (".yaml", ".yml"))
    return tuple(sorted(path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts)))


def rule_files(folder: Path) -> tuple[Path, ...]:
    """The files of a rule set: its scale, sources and rules, without the cases and the codebook that lie beside them."""
    return tuple(path for path in yaml_below(folder) if path.relative_to(folder).parts[0] not in (CASES, CODEBOOK))


def country_paths(folder: Path, iso3: str) -> tuple[Path, ...]:
    """The record files of one country below a records folder, or the file itself when a file was named.

    A folder `kaz` holds what belongs into `KAZ`: its files are given too, for their reader to say so.
    """
    if folder.exists() and not folder.is_dir():
        return (folder,)  # also a pipe, for its reader to refuse
    named = sorted(path for path in folder.iterdir() if path.name.upper() == iso3 and path.is_dir())
    return tuple(file for path in named for file in yaml_below(path))
