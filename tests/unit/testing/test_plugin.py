"""`pytest --rate-rules`: what it collects, what it says of faulty and of unreadable rules, and how it exits."""

from __future__ import annotations

import subprocess
import sys

import pytest
from assets.toy import RECORDS, RULES

from ratingengine.testing import PROPERTIES

PLUGIN = ("-p", "no:cacheprovider", "-p", "ratingengine.testing.plugin")
TOY = ("--rate-rules", str(RULES), "--rate-records", str(RECORDS), "--rate-examples", "2")


@pytest.fixture(autouse=True)
def profile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_ADDOPTS", "")


def test_every_folder_gets_every_property_beside_the_tests_that_are_there(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_own(): pass")
    found = pytester.runpytest_inprocess(*PLUGIN, *TOY, "--rate-rules", "civic-space", "--collect-only", "-q")
    names = [line.rpartition("::")[2] for line in found.outlines if "::" in line]
    assert names == ["test_own", *PROPERTIES, *PROPERTIES]


def test_sound_rules_pass_and_a_marker_chooses_them(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_own(): assert False")
    found = pytester.runpytest_inprocess(*PLUGIN, *TOY, "-m", "rate_rules", "--strict-markers")
    found.assert_outcomes(passed=len(PROPERTIES), deselected=1)
    assert found.ret == 0


def test_without_the_option_nothing_is_added(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_own(): pass")
    pytester.runpytest_inprocess(*PLUGIN).assert_outcomes(passed=1)


def test_a_folder_that_is_not_there_is_a_mistake_of_usage(pytester: pytest.Pytester) -> None:
    found = pytester.runpytest_inprocess(*PLUGIN, "--rate-rules", "nowhere")
    assert found.ret == pytest.ExitCode.USAGE_ERROR
    found.stderr.fnmatch_lines("ERROR: --rate-rules: no rule set 'nowhere': neither a folder nor one of *civic-space*")
    found = pytester.runpytest_inprocess(*PLUGIN, "--rate-rules", str(RULES), "--rate-records", "nowhere")
    assert found.ret == pytest.ExitCode.USAGE_ERROR
    found.stderr.fnmatch_lines("ERROR: --rate-records: no such file or folder of records: 'nowhere'*")


def test_rules_that_cannot_be_read_are_told_with_their_places_and_no_traceback(pytester: pytest.Pytester) -> None:
    folder = pytester.mkdir("mine")
    (folder / "scale.yaml").write_text("schema: ratingengine/scale/1\n", "utf-8")
    found = pytester.runpytest_inprocess(*PLUGIN, "--rate-rules", "mine", "-k", "totality")
    found.assert_outcomes(failed=1, deselected=len(PROPERTIES) - 1)
    found.stdout.fnmatch_lines("mine/scale.yaml:1:1: F114 *")
    found.stdout.no_fnmatch_line("*Traceback*")
    found.stdout.no_fnmatch_line("*.py:*")


def test_the_class_of_properties_is_collected_where_it_is_subclassed(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        f"""
        from ratingengine.testing import RuleProperties

        class TestToy(RuleProperties):
            rules = {str(RULES)!r}
            records = ({str(RECORDS)!r},)
            examples = 2
        """
    )
    found = pytester.runpytest_inprocess("-p", "no:cacheprovider")
    found.assert_outcomes(passed=len(PROPERTIES))


def test_the_plugin_loads_nothing_of_the_program_before_it_is_asked() -> None:
    names = "n for n in sys.modules if n.startswith(('ratingengine', 'hypothesis'))"
    program = f"import ratingengine.testing.plugin, sys; print(*sorted({names}))"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["ratingengine", "ratingengine.testing", "ratingengine.testing.plugin"]
