"""Engines execute a program on integers and give the canonical trace. They do not know each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ratingengine.model.program import Program, Step


class Engine(Protocol):
    """Runs one program many times."""

    name: str

    def run(self, values: Sequence[int]) -> tuple[Step, ...]:
        """The steps that hold for the values (one integer a variable), sorted by stratum and rule id."""


class EngineAbsent(Exception):
    """The engine cannot run here; the message says why and what to do."""


class OpenEngine(Protocol):
    """Makes an engine for a program; raises InvalidInput where the program is outside the engine's bounds."""

    def __call__(self, program: Program) -> Engine:
        """The engine, ready to run."""
