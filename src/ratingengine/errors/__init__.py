"""Problems as values: where, what, remedy. Readers collect them; a facade raises `InvalidInput` once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import field, frozen

FULL = 20
"""Problems of one kind in a file that are told in full; a column with a wrong name gives thousands."""


@frozen(order=True)
class Place:
    """A position in a text file; line and column count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@frozen
class Problem:
    """One thing that is wrong, or (`severity` warning or note) likely a mistake.

    `code` is documented in docs/errors.md or docs/lint.md; `excerpt` is the line of the file, `width` the length of the
    offending text.
    """

    code: str
    message: str
    place: Place | None = None
    hint: str = field(default="", kw_only=True)
    excerpt: str = field(default="", kw_only=True)
    width: int = field(default=1, kw_only=True)
    severity: str = field(default="error", kw_only=True)

    def sort_key(self) -> tuple[str, int, int, str, str]:
        """File, line, column, code, message: the order in which problems are shown."""
        if self.place is None:
            return ("", 0, 0, self.code, self.message)
        return (self.place.file, self.place.line, self.place.column, self.code, self.message)

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        kind = "" if self.severity == "error" else f"{self.severity}: "
        lines = [f"{where}{self.code} {kind}{self.message}"]
        if self.excerpt and self.place:
            lines += quote(self.excerpt, self.place, self.width)
        if self.hint:
            lines.append(f"   {self.hint}")
        return "\n".join(lines)


def quote(excerpt: str, place: Place, width: int) -> list[str]:
    """The offending line, cut to 100 characters around the place, with carets; what a terminal acts upon is a space."""
    start = max(0, place.column - 60)
    # Cut first: a line may be megabytes long.
    shown = "".join(c if c.isprintable() else " " for c in excerpt[start : start + 100])
    lead = f"{place.line:>6} | "
    carets = " " * (place.column - 1 - start) + "^" * max(1, min(width, 100 - (place.column - 1 - start)))
    return [lead + shown, " " * (len(lead) - 2) + "| " + carets]


def told(problems: Sequence[Problem]) -> Iterator[str]:
    """Every problem in words; of many of one kind in a file the first in full, and the lines of the others."""
    kinds: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        if problem.place is not None:
            kinds.setdefault((problem.place.file, problem.code, problem.hint), []).append(problem)
    left = {id(problem): of[FULL:] for of in kinds.values() for problem in of[FULL:]}
    for problem in problems:
        others = left.get(id(problem))
        if others is None or problem.place is None:
            yield str(problem)
        elif problem is others[0]:
            lines = _ranges([other.place.line for other in others if other.place is not None])
            yield f"{problem.place.file}: {problem.code} {len(others)} more of this kind, in lines {lines}"


def _ranges(lines: Sequence[int]) -> str:
    """`2 to 5, 9`: numbers in ascending order, runs drawn together."""
    runs: list[list[int]] = []
    for line in lines:
        if runs and line <= runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    return ", ".join(str(first) if first == last else f"{first} to {last}" for first, last in runs)


class InvalidInput(Exception):
    """Rules, codebook or records that cannot be used; holds every problem found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=Problem.sort_key))
        super().__init__(f"{len(self.problems)} problem(s)")

    def __str__(self) -> str:
        return "\n".join(told(self.problems))


class NotFound(Exception):
    """A country, rule, indicator or rule set that is not known; the message carries the hints."""


class EngineFailure(Exception):
    """An engine failed or two engines disagree: a bug, never a fault of the researcher's input."""


class CannotWrite(Exception):
    """A file that could not be written; the message says which and why, and nothing of it is left."""
