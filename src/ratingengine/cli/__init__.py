"""The command `rate`. Thin: it reads words, calls the library, writes the answer, and turns failures into exit codes."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from ratingengine.interface.exit_codes import BUG, DONE, FOUND, INVALID, NOT_FOUND, STOPPED, USAGE


def main() -> None:
    """Entry point of the console script."""
    # One short run makes many values and drops few: collecting cycles meanwhile costs a tenth of its time.
    gc.disable()
    sys.exit(run(sys.argv[1:]))


def run(words: Sequence[str]) -> int:
    """Run one command line; returns the exit code. Nothing but an answer goes to stdout."""
    if sys.stdout is None:  # the caller closed it (`rate … >&-`)
        return _say("cannot write the answer: stdout is closed", FOUND)
    try:
        code = _run(words)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has seen enough (`rate … | head`); stop Python from writing what is left at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as failure:
        if failure.filename is not None:
            return _say(f"cannot read '{_shortened(str(failure.filename))}': {_reason(failure)}", NOT_FOUND)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _say(f"cannot write the answer: {_reason(failure)}", FOUND)
    except KeyboardInterrupt:
        kept = "; the state is kept, and the same command goes on from there" if "--state" in words else ""
        return _say(f"stopped{kept}", STOPPED, label="")
    except Exception:  # noqa: BLE001  # whatever it is, the user gets a sentence, and the developers what they need
        from ratingengine.cli.disagreement import save_traceback

        return _say(f"this is a bug in ratingengine{save_traceback(words)}", BUG)
    return code


def _run(words: Sequence[str]) -> int:
    from ratingengine.errors import CannotWrite, EngineFailure, InvalidInput, NotFound
    from ratingengine.files.bounded import inputs

    try:
        with inputs():
            return _command(words)
    except NotFound as missing:
        return _say(str(missing) + _near_command(words), NOT_FOUND)
    except InvalidInput as invalid:
        count = len(invalid.problems)
        return _say(f"{count} problem{'s' if count > 1 else ''}; nothing was rated", INVALID, before=f"{invalid}\n")
    except CannotWrite as failure:
        return _say(str(failure), FOUND)
    except EngineFailure as failure:
        from ratingengine.cli.disagreement import save

        return _say(f"{failure}{save(failure)}", BUG)
    except RecursionError:
        return _say("the input is nested too deeply", INVALID)


def _command(words: Sequence[str]) -> int:
    from ratingengine.cli.quick import quick_country

    asked = quick_country(words)
    if asked is not None:
        from ratingengine.cli.country import answer
        from ratingengine.interface.asked import Usage

        try:
            return answer(**asked)
        except Usage as wrong:
            return _say(str(wrong), USAGE)
    from ratingengine.cli.app import invoke

    return invoke(words)


def _near_command(words: Sequence[str]) -> str:
    """A hint when the first word is nearly a command."""
    import difflib

    from ratingengine.cli.commands import COMMANDS

    if not words or words[0] in COMMANDS:
        return ""
    close = difflib.get_close_matches(words[0].lower(), list(COMMANDS), n=1, cutoff=0.7)
    return f"\nor the command: rate {close[0]}" if close else ""


def _reason(failure: OSError) -> str:
    return (failure.strerror or str(failure)).lower()


def _shortened(name: str) -> str:
    return name if len(name) <= 100 else name[:100] + "…"


def _say(text: str, code: int, before: str = "", label: str = "error: ") -> int:
    from ratingengine.errors.visible import visible

    if sys.stderr is not None:  # the exit code still tells when the caller closed it
        sys.stderr.write(visible(f"{before}{label}{text}\n"))
    return code
