"""Readers never raise for bad text: they collect problems, each with code, place and remedy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ratingengine.errors import Problem
from ratingengine.evidence.records.collecting import collect_evidence
from ratingengine.evidence.records.reader import read_record_file
from ratingengine.files.nodes import parse
from ratingengine.method.codebook import read_codebook
from ratingengine.method.rulefile.checks import check_rules
from ratingengine.method.rulefile.reader import read_rules
from ratingengine.method.sources import read_sources
from ratingengine.model.indicator import Codebook
from ratingengine.testing.drawn_codebooks import codebooks
from ratingengine.testing.drawn_records import records
from ratingengine.testing.drawn_rules import required_groups, rule_entries
from ratingengine.testing.files import SOURCES, record_text, rule_file, scale_text, written

CODEBOOK = Path(__file__).resolve().parents[2] / "indicators" / "codebook"
# Words and signs that mean something to YAML, to the readers, or to neither.
PIECES = (
    *(
        "- ",
        ": ",
        "{",
        "}",
        "[",
        "]",
        "&a ",
        "*a",
        "!tag ",
        "---\n",
        "%YAML 2\n",
        "| \n",
        "\t",
        '"',
        "'",
        "#",
        "\n",
        "  ",
        "\x00",
    ),
    *(
        "\u2028",
        "\x85",
        "\ufeff",
        "é",
        "国",
        "null",
        "yes",
        "~",
        "1e9",
        "-1",
        "0",
        "9" * 40,
        ".5",
        "0.123456789012",
        "9999-12-31",
    ),
    *(
        "0000-01-01",
        "2021-02-30",
        "open",
        "by 2021-01-01",
        "rule",
        "level",
        "prior",
        "one_of",
        "is",
        "less_than",
        "closed",
        "all",
    ),
)


@st.composite
def mutated(draw: st.DrawFn, text: str) -> bytes:
    """The text with some pieces put in, taken out, repeated or exchanged, and rarely a byte that is not UTF-8."""
    found = text
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(found)))
        end = min(len(found), start + draw(st.sampled_from((0, 0, 1, 3, 12, 80))))
        piece = draw(st.one_of(st.sampled_from(PIECES), st.just(found[start:end] * 2), st.text(max_size=4)))
        found = found[:start] + piece + found[end:]
    raw = found.encode("utf-8", "surrogatepass")
    cut = draw(st.integers(0, len(raw)))
    return raw[:cut] + draw(st.sampled_from((b"", b"", b"", b"\xff", b"\xc3"))) + raw[cut:]


def sound(problems: tuple[Problem, ...], *, placed: bool = True) -> None:
    """Each problem can be shown, and says what, and mostly where."""
    for problem in problems:
        assert problem.code[0] in "FRIC"
        assert problem.message
        assert problem.message in str(problem)
        if placed:
            assert problem.place is not None
            assert problem.place.line >= 1
            assert problem.place.column >= 1


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))))
@example(b"\xef\xbb\xbf")
@example(b"a: \x85b")
@example("- \U000e0001: [".encode())
@example(b"%")
@example(b"? [a]\n: b")
@example(b"[" * 200)
def test_any_bytes_parse_or_give_problems(raw: bytes) -> None:
    document, problems = parse(raw, "any.yaml")
    sound(problems)
    assert document.raw == raw
    assert problems or document.root is not None or not raw.strip() or b"#" in raw or b"-" in raw


def in_one_file(raw: bytes, name: str, read: Callable[[Path], None]) -> None:
    """Read a folder that has this one file."""
    with TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(raw)
        read(Path(folder))


@given(st.data())
def test_broken_rule_files_give_problems_only(data: st.DataObject) -> None:
    codebook = data.draw(codebooks(most=3))
    files = {
        "scale.yaml": scale_text(data.draw(required_groups(codebook)), ("coded", "indices")),
        "sources.yaml": SOURCES,
        "rules.yaml": rule_file(data.draw(rule_entries(codebook))),
    }
    broken = data.draw(st.sampled_from(sorted(files)))
    raw = data.draw(mutated(files[broken]))
    with TemporaryDirectory() as folder:
        (written(Path(folder), files) / broken).write_bytes(raw)
        read, problems = read_rules(Path(folder))
        sound(problems)
        sound(check_rules(read, codebook))


@given(st.data())
def test_broken_record_files_give_problems_only(data: st.DataObject) -> None:
    codebook = data.draw(codebooks(most=3))
    raw = data.draw(mutated(record_text(*data.draw(records(codebook)))))

    def read(folder: Path) -> None:
        file, problems = read_record_file(folder / "2021.yaml", codebook)
        sound(problems)
        sound(collect_evidence("KAZ", () if file is None else (file, file), {})[1])

    in_one_file(raw, "2021.yaml", read)


@given(st.data())
def test_broken_sources_give_problems_only(data: st.DataObject) -> None:
    raw = data.draw(mutated(SOURCES))
    in_one_file(raw, "sources.yaml", lambda folder: sound(read_sources(folder / "sources.yaml")[1]))


@pytest.mark.skipif(not CODEBOOK.is_dir(), reason="no codebook")
@given(st.data())
def test_broken_codebooks_give_problems_only(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(CODEBOOK.glob("*.yaml"))))
    text = path.read_text(encoding="utf-8")
    # A stretch from the head on keeps most of a mutation inside what is read.
    raw = data.draw(mutated(text[: data.draw(st.integers(200, 6000))]))

    def read(folder: Path) -> None:
        found, _, problems = read_codebook(folder)
        sound(problems)
        assert isinstance(found, Codebook)

    in_one_file(raw, "broken.yaml", read)
