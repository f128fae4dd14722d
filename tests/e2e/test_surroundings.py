"""Where and how `rate` is run changes nothing: pipes, full disks, closed streams, encodings, folders, caches."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest
from assets.toy import OPTIONS, RECORDS, RULES
from e2e.command import rate, shell

WORDS = ("BVT", "--year", "2003", *OPTIONS)
LINE = "rate " + shlex.join(WORDS)
ANSWERS = {
    "quick": LINE,
    "table": "rate history BVT " + shlex.join(OPTIONS),
    "help": "rate --help",
    "long": "rate codebook",
}


@pytest.mark.parametrize("line", ANSWERS.values(), ids=ANSWERS)
@pytest.mark.parametrize("reader", ["head -0", "head -1", "true"])
@pytest.mark.parametrize("unbuffered", ["", "1"], ids=["buffered", "unbuffered"])
def test_a_reader_that_has_seen_enough_is_no_failure(line: str, reader: str, unbuffered: str) -> None:
    ran = shell(f"{line} | {reader}", env={"PYTHONUNBUFFERED": unbuffered})
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("line", ANSWERS.values(), ids=ANSWERS)
def test_a_full_disk_is_a_failure_that_is_told(line: str) -> None:
    shell(f"{line} > /dev/full").refused(1, "cannot write the answer: no space left on device\n")


@pytest.mark.parametrize("line", ANSWERS.values(), ids=ANSWERS)
def test_a_closed_stdout_is_a_failure_that_is_told(line: str) -> None:
    shell(f"{line} >&-").refused(1, "cannot write the answer: stdout is closed\n")


def test_with_stderr_closed_the_exit_code_still_tells() -> None:
    assert shell("rate no-such-country --year 2003 2>&-").code == 3
    assert shell("rate BVT --year 1 2>&-").code == 2
    ran = shell(f"{LINE} 2>&-")
    assert (ran.code, ran.out) == (0, rate(*WORDS).out)


@pytest.mark.parametrize(
    "env",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
        {"PYTHONIOENCODING": "utf-16"},
        {"LC_ALL": "C", "LANG": "C"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii:strict"},
    ],
    ids=lambda env: " ".join(f"{key}={value}" for key, value in env.items()),
)
@pytest.mark.parametrize("form", ["text", "json", "md"])
def test_the_answer_is_utf_8_whatever_the_terminal_says(env: dict[str, str], form: str) -> None:
    words = ("côte d'ivoire", "--year", "2003", "--format", form, *OPTIONS)
    plain = rate(*words)
    plain.answered("Côte d’Ivoire")
    name = "CIV" if env.get("PYTHONUTF8") == "0" else words[0]
    assert rate(name, *words[1:], env=env) == plain


def test_the_lists_are_utf_8_whatever_the_terminal_says() -> None:
    plain = rate("history", "BVT", *OPTIONS)
    plain.answered("–")
    assert rate("history", "BVT", *OPTIONS, env={"PYTHONIOENCODING": "ascii"}) == plain


@pytest.mark.parametrize("words", [("Казахстн", "--year", "2003"), ("rules", "show", "ЪЪЪ"), ("rules", "list", "--help")])
def test_help_and_refusals_are_printed_in_ascii_too(words: tuple[str, ...]) -> None:
    ran = rate(*words, env={"PYTHONIOENCODING": "ascii"})
    assert ran.code in (0, 3)
    assert ran.out or ran.err


def test_the_default_method_and_records_are_found_from_any_folder(tmp_path: Path) -> None:
    words = ("kaz", "--year", "2022", "--format", "json")
    here, elsewhere = rate(*words), rate(*words, cwd=tmp_path)
    here.answered()
    assert elsewhere == here
    assert list(tmp_path.iterdir()) == []


def test_rules_and_records_may_be_named_from_where_one_stands() -> None:
    folder = RULES.parent
    words = ("BVT", "--year", "2003", "--rules", RULES.name, "--records", RECORDS.name)
    assert rate(*words, cwd=folder) == rate(*WORDS)


def test_an_answer_leaves_nothing_in_the_working_folder(tmp_path: Path) -> None:
    rate(*WORDS, cwd=tmp_path).answered("OBSTRUCTED")
    assert list(tmp_path.iterdir()) == []


def test_without_a_cache_with_a_new_one_and_with_a_warm_one_the_answer_is_the_same(tmp_path: Path) -> None:
    words = (*WORDS, "--format", "json")
    without = rate(*words, env={"RATINGENGINE_CACHE": "off"})
    without.answered()
    for _ in range(2):
        assert rate(*words, env={"RATINGENGINE_CACHE": str(tmp_path / "new")}) == without


def test_a_cache_that_cannot_be_written_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    assert rate(*WORDS, env={"RATINGENGINE_CACHE": str(tmp_path / "file")}) == rate(*WORDS)


def test_without_a_home_the_answer_is_the_same() -> None:
    gone = {name: "" for name in ("HOME", "XDG_CACHE_HOME", "RATINGENGINE_CACHE") if name in os.environ}
    assert rate(*WORDS, env={**gone, "HOME": "/nonexistent"}) == rate(*WORDS)


def test_a_changed_record_changes_the_answer_although_a_cache_is_kept(tmp_path: Path) -> None:
    record = tmp_path / "records" / "BVT" / "2003.yaml"
    record.parent.mkdir(parents=True)
    for name in ("codebook", "sources.yaml"):
        (tmp_path / "records" / name).symlink_to(RECORDS / name)
    text = (RECORDS / "BVT" / "2003.yaml").read_text("utf-8")
    words = ("BVT", "--year", "2003", "--rules", str(RULES), "--records", str(tmp_path / "records"))
    record.write_text(text, "utf-8")
    rate(*words).answered("Banners taken away: at least 3")
    record.write_text(text.replace("at_least: 3", "at_least: 5"), "utf-8")
    rate(*words).answered("Banners taken away: at least 5")


def test_no_colour_reaches_a_pipe() -> None:
    ran = rate(*WORDS, env={"FORCE_COLOR": "1", "TERM": "xterm-256color", "NO_COLOR": ""})
    assert "\x1b" not in ran.out + ran.err
