"""Every command, walked with a method that asks about offices and sets no level of them: nowhere do they have one."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.weighed import RULES, indicator, method, records, rule

from ratingengine.cli import run
from ratingengine.cli.commands import COMMANDS

WORDS = ("good", "poor")
CASES = """\
schema: ratingengine/cases/1
cases:
  - rule: WGH-003
    name: a free press of 59
    given: {bank.press: 59}
    expect: fires
    concludes: answers at most poor
"""
TABLE = "iso3,year,bank.press,bank.courts,bank.polls,bank.desks\nBVT,2021,50,80,60,80\nHMD,2021,70,70,69,70\n"
OTHERS = ("schema", "agreement", "import", "verify", "codebook")
"""Commands that show no answer of a method, or none but in a file that another one wrote."""

METHOD, RECORDS = "--rules mine", "--rules mine --records records"
YEAR = f"BVT --year 2021 {RECORDS}"
WALK = f"""\
country {YEAR} --log log.jsonl
history BVT {RECORDS}
why {YEAR} --full
why {YEAR} --rule WGH-004
why-not {YEAR} --rating good
robust {YEAR}
sources {YEAR} --leave-one-out
what-if {YEAR} --set bank.press=90
what-if {YEAR} --set bank.desks=10
diff BVT 2021 2022 {RECORDS}
backtest --against published.csv {RECORDS}
batch t.csv {METHOD} -o out.csv --explain
batch t.csv {METHOD} -o - --explain
batch t.csv {METHOD} --trace BVT:2021
simulate t.csv {METHOD} --draws 10
sensitivity t.csv {METHOD}
certify {YEAR} -o certificate.json
provenance {YEAR} -o graph.json
compare BVT HMD --year 2021 {RECORDS}
compare BVT HMD --year 2021 --ratings out.csv {METHOD}
changes --from 2020 --to 2022 {RECORDS}
watchlist --year 2021 {RECORDS}
summary --year 2021 {RECORDS}
panel {RECORDS}
coverage {RECORDS}
summary --year 2021 --ratings out.csv {METHOD}
map --year 2021 -o map.html {RECORDS}
map --year 2021 -o map.svg {RECORDS}
check mine --format github
check laxer --format sarif
prove mine --theorem T2 --witnesses witnesses
prove unsound --theorem T11
rules list {METHOD}
rules show WGH-004 {METHOD}
rules diff mine laxer --impact --records records
overrides list --records records
test mine --coverage
"""
FORMATS = ("text", "json", "md")
ONE_FORMAT = re.compile(r"--format|certify|provenance| -o -|overrides")
FOUND = {0, 1}
"""Proofs and comparisons find something."""


def asking(folder: Path, rules: tuple[str, ...]) -> Path:
    """A method that asks about offices in a rule of the rating alone."""
    made = method(folder, rules)
    head = "schema: ratingengine/codebook/1\nfacet: offices\nindicators:\n"
    (made / "codebook" / "desks.yaml").write_text(head + indicator("desks"), "utf-8")
    return made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("walk")
    closed = rule("WGH-007", "rating", "when: {indicator: bank.desks, less_than: 20}", "{rating_at_most: poor}")
    later = closed.replace("20}", "10}")
    inputs = "{indicator: bank.desks, weight: 1, from: [0, 100], to: [2, 1]}"
    body = f"measure: {{of: mean, inputs: [{inputs}], needs: 1, decimals: 0, rounding: half_up}}"
    desks = rule("WGH-008", "measure", body, "{measure: bank.always, facet: offices}")
    always = rule("WGH-009", "rating", "when: {measure: bank.always, at_least: 1}", "{rating_at_most: poor}")
    mine = asking(place / "mine", (*RULES, closed))
    (mine / "cases").mkdir()
    (mine / "cases" / "all.yaml").write_text(CASES, "utf-8")
    asking(place / "laxer", (*RULES, later))
    asking(place / "unsound", (*RULES, desks, always))
    records(place / "records", press=50, courts=80, polls=60, desks=80)
    (place / "published.csv").write_text("iso3,year,rating\nBVT,2021,good\n", "utf-8")
    (place / "t.csv").write_text(TABLE, "utf-8")
    return place


def leaks_of_text(text: str) -> Iterator[str]:
    """Lines in which a word of the scale stands after the facet."""
    yield from (line for line in text.splitlines() if re.search(rf"offices\b.*\b({'|'.join(WORDS)})\b", line))


def leaks_of_json(node: Any, about: bool = False) -> Iterator[str]:
    """Words of the scale under the facet's name, or beside it."""
    if isinstance(node, dict):
        about = about or any(isinstance(value, str) and re.fullmatch("(level of )?offices", value) for value in node.values())
        for key, value in node.items():
            yield from leaks_of_json(value, about or key.startswith("offices"))
    elif isinstance(node, list):
        for value in node:
            yield from leaks_of_json(value, about)
    elif about and node in (*WORDS, "determined", "bounded", "insufficient"):
        yield f"offices: {node}"


def leaks(text: str) -> list[str]:
    """What a text of any format says of the facet's level."""
    if text.startswith("{"):
        whole = [json.loads(text)] if text.count('{"schema"') < 2 else list(map(json.loads, text.splitlines()))
        return list(leaks_of_json(whole))
    if text.startswith("iso3,"):
        return list(leaks_of_json(list(csv.DictReader(io.StringIO(text)))))
    return list(leaks_of_text(text))


@pytest.mark.parametrize("line", WALK.splitlines())
def test_no_command_gives_it_a_level(
    line: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    if "out.csv" in line and "-o" not in line:
        assert run(f"batch t.csv {METHOD} -o out.csv --explain".split()) == 0
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    capsys.readouterr()
    for form in (None,) if ONE_FORMAT.search(line) else FORMATS:
        assert run([*line.split(), *(("--format", form) if form else ())]) in FOUND
        said = capsys.readouterr()
        assert said.out or form is None
        assert leaks(said.out) == []
        assert leaks(said.err) == []
    for path in (path for path in tmp_path.rglob("*") if path.is_file() and path not in before):
        assert leaks(path.read_text("utf-8")) == [], path.name


def test_every_command_is_walked() -> None:
    assert {line.split()[0] for line in WALK.splitlines()} | set(OTHERS) == set(COMMANDS)


@pytest.mark.parametrize(
    "text",
    [
        "offices             good\n",
        "| offices | good | – | 1 | 12 |\n",
        "2021: rating poor, offices good; rules none\n",
        '{"freedoms": {"offices": {"level": null, "ceiling": "good"}}}',
        '{"levels": [{"facet": "offices", "status": "determined"}]}',
        '{"differs": [{"name": "level of offices", "said": {"BVT": null, "HMD": "good"}}]}',
        "iso3,year,offices,offices_status\nBVT,2021,,determined\n",
    ],
)
def test_the_walk_sees_a_level(text: str) -> None:
    assert leaks(text)
