"""What the exit code of a command says."""

from typing import Final

DONE: Final = 0
"""The answer was given."""
FOUND: Final = 1
"""The answer says that something is amiss: problems found, cases failed, ratings that differ; or it could not be written."""
USAGE: Final = 2
"""The command line has no meaning."""
NOT_FOUND: Final = 3
"""A country, rule, file or folder that was named is not there."""
INVALID: Final = 4
"""A file has problems; nothing was rated."""
UNDETERMINED: Final = 5
"""With `--strict`: the rating is not determined."""
BUG: Final = 70
"""The program failed, or its engines disagree."""
