"""What tools/mutation.py makes of mutants: the function they are of, which are drawn, and which the page explains."""

from __future__ import annotations

import pytest
from mutation import drawn, explained, function, survivors

PAGE = """
- `compiler` `Terms.support` writes `return None`, `+ ""`: `return 1` is never read.
- `normal` `_plain` writes `title=None`: never read.
"""


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ratingengine.method.compiler.x__rule__mutmut_2", "_rule"),
        ("ratingengine.method.compiler.x_compile_profile__mutmut_12", "compile_profile"),
        ("ratingengine.method.compiler.xǁTermsǁsupport__mutmut_6", "Terms.support"),
        ("ratingengine.engine.reference.xǁ_Wideǁ__missing____mutmut_4", "_Wide.__missing__"),
    ],
)
def test_a_mutant_tells_its_function(name: str, words: str) -> None:
    assert function(name) == words


@pytest.mark.parametrize(
    ("module", "within", "old", "new", "told"),
    [
        ("compiler", "Terms.support", "return 1", "return None", True),
        ("compiler", "Terms.support", "return 1", 'return 1 + ""', True),
        ("compiler", "Terms.support", "return None", "return None or 1", False),
        ("compiler", "Terms.support", "return 0", "return 1", False),
        ("compiler", "Terms.test", "return 1", "return None", False),
        ("normal", "Terms.support", "return 1", "return None", False),
        ("normal", "_plain", 'title="",', "title=None,", True),
    ],
)
def test_a_line_explains_what_is_written_in_that_function_only(module: str, within: str, old: str, new: str, told: bool) -> None:
    assert explained(module, within, (old, new), PAGE) is told


def test_a_draw_is_the_same_on_every_run_and_never_more_than_there_are() -> None:
    mutants = [str(n) for n in range(100)]
    assert drawn(mutants, 10) == drawn(mutants, 10)
    assert len(set(drawn(mutants, 10))) == 10
    assert drawn(mutants, None) == drawn(mutants, 100) == mutants


def test_what_no_test_calls_survives_too() -> None:
    assert survivors({"a": "killed", "b": "survived", "c": "no tests", "d": "timeout", "e": "not checked"}) == ["b", "c"]
