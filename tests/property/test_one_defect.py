"""One value that cannot be read is reported where it stands, and nothing that merely follows from it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from assets.toy import INVENTED

from ratingengine.ruleset.check.checking import check

VALUE = re.compile(r"(\s*(?:- )?[a-z_]+: )[^>\n].*\n")
"""A line with a key and its value; folded texts have none of their own."""
FILES = sorted(path.relative_to(INVENTED) for path in INVENTED.rglob("*.yaml"))


@pytest.mark.deep
@pytest.mark.parametrize("name", FILES, ids=str)
def test_a_value_of_another_kind_gives_problems_in_its_own_line_alone(name: Path, tmp_path: Path) -> None:
    folder = tmp_path / "invented"
    shutil.copytree(INVENTED, folder)
    lines = (folder / name).read_text("utf-8").splitlines(keepends=True)
    tried = 0
    for number, line in enumerate(lines, start=1):
        if broken := VALUE.fullmatch(line):
            tried += 1
            (folder / name).write_text("".join([*lines[: number - 1], f"{broken[1]}{{}}\n", *lines[number:]]), "utf-8")
            problems = check((folder / "rules", folder / "records"), None).problems
            places = {(Path(place.file).name, place.line) if (place := problem.place) else None for problem in problems}
            assert places == {(name.name, number)}, [str(problem) for problem in problems]
    assert tried >= 5
