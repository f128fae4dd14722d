"""Changes of the core, and whether the tests notice (docs/mutation.md): mutmut on some modules, then counts and survivors.

    python tools/mutation.py engine/reference method/compiler     every change of two modules
    python tools/mutation.py --sample 150 engine/assess              so many of them, drawn by a seed
    python tools/mutation.py --survivors engine/assess               those that nothing noticed or explains, again
    python tools/mutation.py --report                                what came of the last runs; nothing is run

Exit code 1 where a change goes unnoticed that docs/mutation.md does not explain.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = Path("src/ratingengine")
MUTANTS = Path("mutants")
PAGE = ROOT / "docs" / "mutation.md"
SEED = 4
NOTICED, CRASHED, ENDLESS = "killed", "segfault", "timeout"
UNNOTICED, UNTESTED, UNTRIED = "survived", "no tests", "not checked"
HEAD = ("module", "mutants", "tried", "killed", "crashed", "timed out", "survived", "without a test", "of these explained")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; see the top of the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="*", help="below src/ratingengine, without .py; all that have mutants")
    parser.add_argument("--sample", type=int, help="at most so many mutants a module")
    parser.add_argument("--survivors", action="store_true", help="only those that nothing noticed or explains")
    parser.add_argument("--report", action="store_true", help="run nothing")
    asked = parser.parse_args(arguments)
    os.chdir(ROOT)
    if not asked.report:
        tried = (list(left(module)) if asked.survivors else names(module) for module in asked.modules)
        run([name for mutants in tried for name in drawn(mutants, asked.sample)])
    return 1 if report(asked.modules or modules()) else 0


def names(module: str) -> list[str]:
    """Every mutant of a module."""
    from mutmut.mutation.file_mutation import mutate_file_contents
    from mutmut.utils.format_utils import get_mutant_name

    path = PACKAGE / f"{module}.py"
    found = mutate_file_contents(str(path), path.read_text("utf-8")).mutant_names
    return [get_mutant_name(path, name) for name in found]


def drawn(mutants: Sequence[str], most: int | None) -> list[str]:
    """All of them, or so many, the same on every run."""
    if most is None or most >= len(mutants):
        return list(mutants)
    return random.Random(SEED).sample(list(mutants), most)  # noqa: S311 - a draw that can be repeated is wanted


def run(mutants: Sequence[str]) -> None:
    """Try the mutants, one after the other, each on the tests that call its function, few examples a property."""
    command = [str(Path(sys.executable).with_name("mutmut")), "run", "--max-children", "1", *mutants]
    if mutants and subprocess.run(command, env={**os.environ, "HYPOTHESIS_PROFILE": "mutation"}, check=False).returncode:  # noqa: S603
        raise SystemExit("mutmut stopped; its reason stands above. If only_mutate in pyproject.toml changed, remove mutants/")


def modules() -> list[str]:
    """Every module that has mutants."""
    folder = MUTANTS / PACKAGE
    return sorted(str(path.relative_to(folder)).removesuffix(".py.meta") for path in folder.rglob("*.py.meta"))


def outcomes(module: str) -> Mapping[str, str]:
    """What came of each mutant of a module."""
    from mutmut.stats import status_by_exit_code

    meta = MUTANTS / PACKAGE / f"{module}.py.meta"
    found = json.loads(meta.read_text("utf-8"))["exit_code_by_key"] if meta.is_file() else {}
    return {name: status_by_exit_code[code] for name, code in found.items()}


def survivors(found: Mapping[str, str]) -> list[str]:
    """The mutants that nothing noticed."""
    return [name for name, what in found.items() if what in (UNNOTICED, UNTESTED)]


def change(name: str, module: str) -> tuple[str, str]:
    """The lines that a mutant takes out and puts in."""
    from mutmut.mutation.diff_apply import get_diff_for_mutant

    lines = get_diff_for_mutant(name, path=PACKAGE / f"{module}.py").splitlines()[2:]
    old, new = (" ".join(line[1:].strip() for line in lines if line.startswith(sign)) for sign in "-+")
    return old, new


def function(name: str) -> str:
    """The function, or method, that a mutant is of: `_rule`, `Terms.support`."""
    mangled = name.rpartition(".")[2].partition("__mutmut_")[0]
    return mangled.removeprefix("xǁ").replace("ǁ", ".") if "ǁ" in mangled else mangled.removeprefix("x_")


def explained(module: str, within: str, change: tuple[str, str], page: str) -> bool:
    """Whether a line of the page says why nothing can notice a change: - `module` `function` writes `piece`, `piece`: why."""
    old, new = change
    lead = f"- `{module}` `{within}` writes "
    told = [line.removeprefix(lead).partition("`: ")[0] for line in page.splitlines() if line.startswith(lead)]
    pieces = [piece for line in told for piece in line.strip("`").split("`, `")]
    return any(piece in new and piece not in old for piece in pieces)


def left(module: str) -> Mapping[str, tuple[str, str]]:
    """The mutants of a module that nothing noticed and the page does not explain, with what they change."""
    page = PAGE.read_text("utf-8")
    found = {name: change(name, module) for name in survivors(outcomes(module))}
    return {name: lines for name, lines in found.items() if not explained(module, function(name), lines, page)}


def report(chosen: Sequence[str]) -> int:
    """Prints a row a module and every unnoticed mutant that the page does not explain; gives how many those are."""
    rows, told = [HEAD, tuple("---" for _ in HEAD)], []
    for module in chosen:
        found = outcomes(module)
        if not found:
            continue
        counts = Counter(found.values())
        unexplained = left(module)
        told += [f"{name}\n  - {old}\n  + {new}" for name, (old, new) in unexplained.items()]
        numbers = [counts[what] for what in (NOTICED, CRASHED, ENDLESS, UNNOTICED, UNTESTED)]
        tried = len(found) - counts[UNTRIED]
        rows.append((f"`{module}`", *map(str, (len(found), tried, *numbers, len(survivors(found)) - len(unexplained)))))
    print("\n".join(f"| {' | '.join(row)} |" for row in rows))
    print("\n".join(told), file=sys.stderr)
    return len(told)


if __name__ == "__main__":
    sys.exit(main())
