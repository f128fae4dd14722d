"""Exit codes and what is said beside them: nothing is rated, nothing is printed as an answer, nothing is changed on disk."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from assets.toy import INVENTED, OPTIONS, RECORDS, RULES
from e2e.command import rate, snapshot

ISLAND = ("BVT", *OPTIONS)
WITHOUT_YEAR = "give --year YEAR (the state on 31 December) or --on DATE, one of them"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((*ISLAND, "--year", "2003", "--on", "2003-12-31"), "give one year or day"),
        (("BVT", "2003", "--year", "2003"), "give one year or day"),
        (("BVT", "2003-2005", "--strict"), "several years are a history"),
        (("why", "BVT", "2003-2005"), "2003-2005 are several years"),
        ((*ISLAND, "--year", "20x3"), "--year"),
        ((*ISLAND, "--year", "-1"), "--year"),
        ((*ISLAND, "--year", "2003.5"), "--year"),
        ((*ISLAND, "--year", ""), "--year"),
        ((*ISLAND, "--year", "0"), "--year 0 is outside 1700 to 2200"),
        ((*ISLAND, "--year", "1699"), "--year 1699 is outside 1700 to 2200"),
        ((*ISLAND, "--year", "2201"), "--year 2201 is outside 1700 to 2200"),
        ((*ISLAND, "--year", "9" * 5000), "--year"),
        ((*ISLAND, "--year"), "--year"),
        ((*ISLAND, "--on", "2003-02-29"), "--on is not a date: '2003-02-29'; write for example --on 2022-03-15"),
        ((*ISLAND, "--on", "31.12.2003"), "--on is not a date: '31.12.2003'"),
        ((*ISLAND, "--on", "2003-W01-1"), "--on is not a date"),
        ((*ISLAND, "--on", "2003-12-31", "--known-at", "yesterday"), "--known-at is not a date: 'yesterday'"),
        ((*ISLAND, "--year", "2003", "--format", "xml"), "--format xml: write one of text, json, md"),
        ((*ISLAND, "--year", "2003", "--engine", "rete"), "--engine rete: write one of both, reference, durable"),
        (
            (*ISLAND, "--year", "2003", "--prior", "bad"),
            "--prior bad: write one of open, narrowed, obstructed, repressed, closed",
        ),
        ((*ISLAND, "--year", "2003", "--yaer", "2003"), "--yaer"),
        ((*ISLAND, "--year", "2003", "--strict=1"), "--strict"),
        (("BVT", "--year", "2003", "--rules", ""), "--rules is empty"),
        (("BVT", "--year", "2003", "--records", ""), "--records is empty"),
        (("--year", "2003"), "COUNTRY"),
        (("country",), "COUNTRY"),
        (("watchlist", *OPTIONS), WITHOUT_YEAR),
        (("changes", "--from", "2005", "--to", "2003", *OPTIONS), "--from 2005 is after --to 2003"),
        (("changes", "--from", "2005", *OPTIONS), "--to"),
        (("history", "BVT", "--to", "1", *OPTIONS), "--to 1 is outside"),
        (("rules",), "Missing command"),
        (("rules", "lst"), "list"),
        (("rules", "list", "--kind", "ratings"), "--kind ratings: write one of measure, finding, level, rating"),
        (
            ("schema", "recrod"),
            "no schema 'recrod': write one of rules, scale, codebook, record, overrides, sources, import, cases",
        ),
        (("check", "--format", "md"), "--format md: write one of text, json"),
    ],
    ids=lambda value: " ".join(word for word in value if word not in OPTIONS)[:60] if isinstance(value, tuple) else "",
)
def test_a_line_without_a_meaning_is_refused_with_2(words: tuple[str, ...], said: str) -> None:
    rate(*words).refused(2, said)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("BVT", "--year", "2003", "--rules", "civic-spaec"),
            "no rule set 'civic-spaec': neither a folder nor one of civic-space",
        ),
        (("BVT", "--year", "2003", "--rules", "no/such/folder"), "no rule set 'no/such/folder'"),
        (("BVT", "--year", "2003", "--rules", "../rules"), "no rule set '../rules'"),
        (("BVT", "--year", "2003", "--rules", "r" * 5000), "file name too long"),
        (("BVT", "--year", "2003", "--records", "no/such"), "no such file or folder of records: 'no/such'"),
        (("BVT", "--year", "2003", "--records", str(RECORDS / "BVT")), "no country's folder below"),
        (("history", "BVT", "--records", "no/such"), "no such file or folder of records: 'no/such'"),
        (("rules", "show", "INV-01", *OPTIONS), "no rule 'INV-01' in invented; did you mean 'INV-0"),
        (("rules", "show", "nothing", *OPTIONS), "see: rate rules list"),
        (("codebook", "assembly.baners_taken", *OPTIONS), "did you mean 'assembly.banners_taken'?"),
        (("codebook", "xyz", *OPTIONS), "see: rate codebook"),
        (("check", "no/such"), "no such folder: 'no/such'"),
        (("check", str(RULES), "--documents", "no/such"), "no such folder of documents: 'no/such'"),
        (("agreement", "no/such"), "no such folder of records: 'no/such'"),
        (("agreement", str(RECORDS)), "recoded'"),
    ],
    ids=lambda value: " ".join(word for word in value if word not in OPTIONS)[:60] if isinstance(value, tuple) else "",
)
def test_what_is_not_there_is_refused_with_3(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    rate(*words, cwd=tmp_path).refused(3, said)


def test_an_undetermined_rating_is_answered_and_with_strict_ends_with_5() -> None:
    open_to_doubt = rate(*ISLAND, "--year", "2001")
    open_to_doubt.answered("(evidence incomplete)")
    strict = rate(*ISLAND, "--year", "2001", "--strict")
    assert (strict.code, strict.out, strict.err) == (5, open_to_doubt.out, "")
    assert rate(*ISLAND, "--on", "1999-01-01", "--strict").code == 5


def test_a_determined_rating_ends_with_0_with_strict_too() -> None:
    rate(*ISLAND, "--year", "2003", "--strict").answered("determined")


Spoil = Callable[[Path], None]


def spoiled(name: str, old: str, new: str) -> Spoil:
    def change(folder: Path) -> None:
        text = (folder / name).read_text("utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), "utf-8")

    return change


def bytes_in(name: str, raw: bytes) -> Spoil:
    def change(folder: Path) -> None:
        (folder / name).write_bytes(raw)

    return change


SPOILED: dict[str, tuple[Spoil, tuple[str, ...]]] = {
    "value out of terms": (
        spoiled("records/BVT/2003.yaml", "at_least: 7", "at_least: many"),
        ("2003.yaml:32:15: I303 not a number for assembly.banners_taken: 'many'", "at_least: many", "1 problem;"),
    ),
    "unknown key": (spoiled("records/BVT/2003.yaml", "    coder: A", "    codre: A"), ("2003.yaml", "codre", "coder")),
    "unknown indicator": (
        spoiled("records/BVT/2001.yaml", "assembly.permit", "assembly.permits"),
        ("2001.yaml:5:16: I302", "did you mean 'assembly.permit'?"),
    ),
    "an id that stands twice": (spoiled("records/BVT/2003.yaml", "BVT-2003-002", "BVT-2001-001"), ("I301", "stands twice")),
    "another country's file": (spoiled("records/BVT/2003.yaml", "country: BVT", "country: HMD"), ("I314", "move it to HMD/")),
    "no YAML": (bytes_in("records/BVT/2003.yaml", b"a: [1, 2"), ("2003.yaml:2:1:", "F104 not valid YAML")),
    "no text": (bytes_in("records/BVT/2003.yaml", b"\xff\xfe\x00a"), ("2003.yaml:1:1: F103 not UTF-8 text",)),
    "nothing": (bytes_in("records/BVT/2003.yaml", b""), ("2003.yaml:1:1: F105 the file is empty",)),
    "nested too deeply": (bytes_in("records/BVT/2003.yaml", b"[" * 5000), ("2003.yaml:1:", "nested deeper")),
    "a rule in the better direction": (
        spoiled("rules/coded.yaml", "at_least: 3}", "at_most: 3}"),
        ("coded.yaml:9:23: R205 rule INV-001", "non_monotone"),
    ),
    "a rating that the scale has not": (
        spoiled("rules/coded.yaml", "rating_at_most: closed", "rating_at_most: clsoed"),
        ("R212", "'clsoed'", "did you mean 'closed'?"),
    ),
    "a finding that nobody makes": (
        spoiled("rules/coded.yaml", "when: {finding: assembly.banner_hunt}", "when: {finding: assembly.baner_hunt}"),
        ("R202", "did you mean 'assembly.banner_hunt'?", "R203"),
    ),
    "no scale": (lambda folder: (folder / "rules" / "scale.yaml").unlink(), ("scale.yaml:1:1: F101 cannot read the file",)),
    "a codebook entry without time": (
        spoiled("records/codebook/expression.yaml", "    time: condition\n", ""),
        ("expression.yaml", "'time' is missing"),
    ),
    "a bibliography without a title": (
        spoiled("records/sources.yaml", "    title: The Island Gazette, a paper that does not exist\n", ""),
        ("sources.yaml", "'title' is missing"),
    ),
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(INVENTED, tmp_path / "copy"))


@pytest.mark.parametrize("name", SPOILED)
def test_bad_input_is_refused_with_4_and_stays_as_it_was(name: str, copy: Path) -> None:
    spoil, said = SPOILED[name]
    spoil(copy)
    before = snapshot(copy)
    ran = rate("BVT", "--year", "2003", "--rules", str(copy / "rules"), "--records", str(copy / "records"))
    ran.refused(4, *said, "; nothing was rated")
    assert snapshot(copy) == before


@pytest.mark.parametrize("name", SPOILED)
def test_the_check_finds_the_same_bad_input_and_ends_with_1(name: str, copy: Path) -> None:
    spoil, said = SPOILED[name]
    spoil(copy)
    before = snapshot(copy)
    ran = rate("check", str(copy / "rules"), str(copy / "records"))
    if name == "no scale":
        ran.refused(3, "neither rules nor records nor mappings in", "a rule set has a scale.yaml")
        return
    assert (ran.code, ran.err) == (1, "")
    for text in said:
        assert text.removesuffix(" problem;") in ran.out
    assert snapshot(copy) == before


def test_every_problem_of_all_files_is_told_at_once(copy: Path) -> None:
    spoiled("records/BVT/2003.yaml", "at_least: 7", "at_least: many")(copy)
    spoiled("records/BVT/2001.yaml", "assembly.permit", "assembly.permits")(copy)
    ran = rate("BVT", "--year", "2003", "--rules", str(RULES), "--records", str(copy / "records"))
    ran.refused(4, "2001.yaml:5:16: I302", "2003.yaml:32:15: I303", "2 problems; nothing was rated")


def test_a_spoiled_file_of_another_country_does_not_hinder_the_answer(copy: Path) -> None:
    (copy / "records" / "HMD" / "2004.yaml").write_bytes(b"[")
    rate("BVT", "--year", "2003", "--rules", str(RULES), "--records", str(copy / "records")).answered("OBSTRUCTED")


def test_good_input_stays_as_it_was_too() -> None:
    before = snapshot(INVENTED)
    rate(*ISLAND, "--year", "2003").answered("OBSTRUCTED")
    rate("check", str(RULES), str(RECORDS)).answered("no problem found")
    assert snapshot(INVENTED) == before
