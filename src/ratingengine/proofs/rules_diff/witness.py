"""A witness as a folder of records that `rate` runs: one country-year, told as a record file tells it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from ratingengine.evidence.records.collecting import collect_evidence
from ratingengine.evidence.records.reader import read_record_file
from ratingengine.evidence.values import indicator_values
from ratingengine.method.sources import read_sources
from ratingengine.model.indicator import Codebook, Indicator, has_totals
from ratingengine.model.terms import NO_VALUE
from ratingengine.model.value import IndicatorValue
from ratingengine.proofs.rules_diff.space import DAY, Interval, Point, values_of

SOURCE = "witness"
SOURCES = f"""\
schema: ratingengine/sources/1
references:
  - id: {SOURCE}
    type: document
    title: Invented to show where two rule sets disagree; no evidence of anything
    issued: {DAY}
"""


def witness_files(point: Point, codebook: Codebook) -> Mapping[str, str]:
    """The files of a folder of records by path; without a record where nothing is known."""
    files = {"sources.yaml": SOURCES}
    if point.told:
        iso3 = point.country.iso3
        entries = "".join(
            _entry(f"{iso3}-{DAY.year}-{number:03}", codebook[name], point.known.get(name))
            for number, name in enumerate(sorted(point.told), start=1)
        )
        head = f"# {_why()}\nschema: ratingengine/record/1\ncountry: {iso3}\nobservations:\n"
        files[f"{iso3}/{DAY.year}.yaml"] = head + entries
    return files


def _why() -> str:
    return "Invented: an input on which two rule sets disagree. It says nothing of the country, which only lends its name."


def _entry(name: str, indicator: Indicator, ends: Interval | None) -> str:
    return (
        f"  - id: {name}\n"
        f"    indicator: {indicator.id}\n"
        f"    {claim(indicator, ends)}\n"
        f"    from: {DAY.year}-01-01\n"
        f"    to: {DAY}\n"
        f"{_total(indicator, ends)}"
        f"    reported: {DAY}\n"
        "    sources:\n"
        f"      - source: {SOURCE}\n"
        "        locator: p. 1\n"
        "    coder: witness\n"
        "    confidence: high\n"
    )


def _total(indicator: Indicator, ends: Interval | None) -> str:
    """A count is bounded from above only where it is said to be all that there was."""
    stated = ends is not None and ends[1] != indicator.highest and has_totals(indicator)
    return "    total: yes\n" if stated else ""


def claim(indicator: Indicator, ends: Interval | None) -> str:
    """An interval as a record states it: `value: 7`, `at_least: 3`, `between: [3, 5]`; None that there is no value."""
    if ends is None:
        return f"value: {NO_VALUE}"
    low, high = ends
    if low == high:
        return f"value: {indicator.number(low)}"
    if high == indicator.highest:
        return f"at_least: {indicator.number(low)}"
    if low == indicator.lowest:
        return f"at_most: {indicator.number(high)}"
    return f"between: [{indicator.number(low)}, {indicator.number(high)}]"


def reads_as(files: Mapping[str, str], point: Point, codebook: Codebook) -> bool:
    """Whether the files, read as records are, give the values of the point."""
    if point.prior is not None and point.prior.assessed != point.prior.rating:
        return False
    with TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, files)
        sources = read_sources(folder / "sources.yaml")[0].sources
        read = [read_record_file(path, codebook) for path in sorted(folder.glob("*/*.yaml"))]
    problems = [problem for _, found in read for problem in found]
    evidence, wrong = collect_evidence(point.country.iso3, tuple(file for file, _ in read if file is not None), sources)
    if problems or wrong:
        return False
    found = indicator_values(evidence, codebook, DAY, point.country.population)
    wanted = values_of(codebook, point)
    return all(_alike(found[key], value) for key, value in wanted.items())


def _alike(indicator_value: IndicatorValue, other: IndicatorValue) -> bool:
    return (indicator_value.lowest, indicator_value.highest, indicator_value.absent) == (
        other.lowest,
        other.highest,
        other.absent,
    )


def write(folder: Path, files: Mapping[str, str]) -> None:
    """The files below a folder."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
