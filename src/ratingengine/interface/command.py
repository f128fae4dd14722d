"""Functions as commands: parameters that are frozen classes of options are written out for the command line.

Options that commands share are declared once, as fields of such a class, and arrive as one value.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, get_type_hints

import attrs

from ratingengine.interface.options import end

Body = Callable[..., int]


def command(body: Body) -> Callable[..., None]:
    """A function that typer makes a command of; the exit code that `body` returns ends it."""
    hints = get_type_hints(body, include_extras=True)
    groups = {name: hint for name, hint in hints.items() if attrs.has(hint)}
    parameters = [written for given in inspect.signature(body).parameters.values() for written in _written(given, hints)]

    @wraps(body)
    def run(**words: Any) -> None:
        whole = {
            name: kind(**{field.name: words.pop(field.name) for field in attrs.fields(kind)}) for name, kind in groups.items()
        }
        end(body(**words, **whole))

    # Arguments and required options first, as Python wants parameters without a default.
    ordered = sorted(parameters, key=lambda parameter: parameter.default is not inspect.Parameter.empty)
    vars(run)["__signature__"] = inspect.Signature(ordered)
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in ordered}
    return run


def _written(given: inspect.Parameter, hints: Mapping[str, Any]) -> list[inspect.Parameter]:
    """The parameter by itself, or the fields of its class."""
    kind = hints[given.name]
    if not attrs.has(kind):
        return [given.replace(annotation=kind, kind=inspect.Parameter.KEYWORD_ONLY)]
    types = get_type_hints(kind, include_extras=True)
    empty = inspect.Parameter.empty
    return [
        inspect.Parameter(
            field.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=empty if field.default is attrs.NOTHING else field.default,
            annotation=types[field.name],
        )
        for field in attrs.fields(kind)
    ]
