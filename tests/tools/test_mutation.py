"""What tools/mutation.py makes of mutants: the function they are of, which are drawn, and which the page explains."""

from __future__ import annotations

import pytest
from mutation import drawn, explained, function, survivors

PAGE = """
| `compiler` `Terms.support` | `return None` `return ""` | never read |
| `normal` `_plain` | `title=None,` | never read |
"""


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ratingengine.compiler.x__rule__mutmut_2", "_rule"),
        ("ratingengine.compiler.x_compile_profile__mutmut_12", "compile_profile"),
        ("ratingengine.compiler.xǁTermsǁsupport__mutmut_6", "Terms.support"),
        ("ratingengine.engines.reference.xǁ_Wideǁ__missing____mutmut_4", "_Wide.__missing__"),
    ],
)
def test_a_mutant_tells_its_function(name: str, words: str) -> None:
    assert function(name) == words


@pytest.mark.parametrize(
    ("module", "within", "new", "told"),
    [
        ("compiler", "Terms.support", 'return ""', True),
        ("compiler", "Terms.support", "return", False),
        ("compiler", "Terms.test", 'return ""', False),
        ("normal", "Terms.support", 'return ""', False),
        ("normal", "_plain", "title=None,", True),
    ],
)
def test_a_row_explains_what_is_written_in_that_function_only(module: str, within: str, new: str, told: bool) -> None:
    assert explained(module, within, new, PAGE) is told


def test_a_draw_is_the_same_on_every_run_and_never_more_than_there_are() -> None:
    mutants = [str(n) for n in range(100)]
    assert drawn(mutants, 10) == drawn(mutants, 10)
    assert len(set(drawn(mutants, 10))) == 10
    assert drawn(mutants, None) == drawn(mutants, 100) == mutants


def test_what_no_test_calls_survives_too() -> None:
    assert survivors({"a": "killed", "b": "survived", "c": "no tests", "d": "timeout", "e": "not checked"}) == ["b", "c"]
