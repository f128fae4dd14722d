"""What the exit code of a command says; the same of every command."""

from collections.abc import Mapping
from typing import Final

DONE: Final = 0
FOUND: Final = 1
USAGE: Final = 2
NOT_FOUND: Final = 3
INVALID: Final = 4
UNDETERMINED: Final = 5
BUG: Final = 70
STOPPED: Final = 130

MEANINGS: Final[Mapping[int, str]] = {
    DONE: "The answer was given.",
    FOUND: "The answer says that something is wrong (problems, failed cases, ratings that differ), or it could not be written.",
    USAGE: "The command line has no meaning.",
    NOT_FOUND: "A country, rule, file or folder does not exist or cannot be read.",
    INVALID: "A file has problems; nothing was rated.",
    UNDETERMINED: "With --strict: the evidence does not determine the rating.",
    BUG: "The program failed, or its engines disagree; please report it.",
    STOPPED: "Stopped by Ctrl-C.",
}
"""Each code with its meaning, as help, manual and docs/commands.md show it."""
