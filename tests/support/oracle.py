"""The naive interpreter of `ratingengine.testing`, to which engines and traces are held."""

from __future__ import annotations

from ratingengine.testing.interpreter import PRESSURE, Answer, Ends, World, answer, holds, measure_ends

__all__ = ["PRESSURE", "Answer", "Ends", "World", "answer", "holds", "measure_ends"]
