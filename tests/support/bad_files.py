"""The files of tests/bad, each with one defect, put into the good frame beside them and checked as `rate check` does.

`made` are those that cannot be kept as text: other encodings, links, very large files and rule sets.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from ratingengine.backtest.published import read_published
from ratingengine.engine.opening import load_method
from ratingengine.errors import InvalidInput, Problem
from ratingengine.evidence.tables.form import sidecar
from ratingengine.evidence.tables.read import country_file, sources_of
from ratingengine.importing.reader import read_mapping
from ratingengine.method.codebook import read_codebook
from ratingengine.model.indicator import Codebook
from ratingengine.publish.certificate.shape import read_certificate
from ratingengine.ruleset.check.checking import check

BAD = Path(__file__).resolve().parents[1] / "bad"
FRAME = BAD / "frame"
PLACES = {
    "rules": "rules/{}",
    "scale": "rules/scale.yaml",
    "codebook": "records/codebook/{}",
    "records": "records/BVT/{}",
    "sources": "records/sources.yaml",
    "overrides": "records/overrides.yaml",
    "cases": "rules/cases/{}",
    "certificates": "certificates/{}",
    "imports": "imports/{}",
    "tables": "tables/{}",
    "published": "published/{}",
    "bulk": "bulk/{}",
}
RULES = "schema: ratingengine/rules/1\nprofile: coded\nrules:\n"
RECORD = FRAME / "records/BVT/2003.yaml"


def kept() -> list[Path]:
    """The files and folders with a defect that are kept as such."""
    return sorted(path for kind in (*PLACES, "folders") for path in (BAD / kind).iterdir() if path.suffix != ".expected")


def linted() -> list[Path]:
    """The folders with something that is hardly meant; put into the frame, each adds one finding to those of the frame."""
    return sorted(path for path in (BAD / "lint").iterdir() if path.is_dir())


def name_of(path: Path) -> str:
    """`records/I303-negative-count`."""
    return f"{path.parent.name}/{path.stem}"


def code_of(name: str) -> str:
    """The code that a name promises."""
    return name.split("/")[1].split("-", maxsplit=1)[0]


def place(path: Path, here: Path) -> None:
    """Put a kept file or folder into the frame at `here`."""
    if path.is_dir():
        shutil.copytree(path, here, dirs_exist_ok=True)
    else:
        target = here / PLACES[path.parent.name].format(path.name)
        target.parent.mkdir(exist_ok=True)
        shutil.copy(path, target)
        if path.parent.name == "tables" and path.stem != "I325-without-sources":
            shutil.copy(sidecar(FRAME / "tables/good.csv"), sidecar(target))


def problems_here() -> tuple[Problem, ...]:
    """What the readers say of rules, records, documents, cases, certificates and published ratings below the
    working directory.
    """
    documents = Path("documents")
    found = check((Path("rules"), Path("records")), documents if documents.is_dir() else None).problems
    certificates = sorted(Path("certificates").glob("*"))
    codebook, _, _ = read_codebook(Path("records/codebook"))
    mappings = [problem for path in sorted(Path("imports").glob("*")) for problem in read_mapping(path, codebook)[2]]
    tables = [problem for path in sorted(Path("tables").glob("*.csv")) for problem in _of_table(path, codebook)]
    published = sorted(Path("published").glob("*"))
    return (
        *found,
        *(problem for path in certificates for problem in _refused(path, read_certificate)),
        *(problem for path in published for problem in _refused(path, _read_published)),
        *mappings,
        *tables,
        *(problem for path in sorted(Path("bulk").glob("*")) for problem in _frame_refused(path)),
    )


def findings_here() -> tuple[Problem, ...]:
    """What is hardly meant in rules and records below the working directory, which have no problem."""
    found = check((Path("rules"), Path("records")), None)
    assert not found.problems, shown(found.problems)
    return found.findings


def _of_table(path: Path, codebook: Codebook) -> tuple[Problem, ...]:
    return (*country_file(path, "BVT", codebook)[1], *sources_of(path)[1])


def _read_published(path: Path) -> object:
    return read_published(path, ("open", "narrowed", "obstructed", "repressed", "closed"))


def _refused(path: Path, read: Callable[[Path], object]) -> tuple[Problem, ...]:
    try:
        read(path)
    except InvalidInput as invalid:
        return invalid.problems
    return ()


def _frame_refused(path: Path) -> tuple[Problem, ...]:
    from ratingengine.bulk.batch import admitted_table
    from ratingengine.bulk.state import State

    try:
        if path.suffix == ".state":
            State(path, "of this one").read()
        else:
            admitted_table(path, load_method(Path("rules"), Path("records/codebook"), "reference").compiled)
    except InvalidInput as invalid:
        return invalid.problems
    return ()


def shown(problems: tuple[Problem, ...]) -> str:
    """Problems as they are printed."""
    return "".join(f"{problem}\n" for problem in problems)


def _rules(name: str, *conditions: str) -> Callable[[Path], None]:
    """A rule file with one rule a condition, and sixty-four counts for them to read."""

    def make(here: Path) -> None:
        rules = [_rule(number, condition) for number, condition in enumerate(conditions, start=1)]
        (here / f"rules/{name}.yaml").write_text(RULES + "".join(rules), encoding="utf-8")
        entries = "".join(_count(number) for number in range(1, 65))
        head = "schema: ratingengine/codebook/1\nfacet: expression\nindicators:\n"
        (here / "records/codebook/wide.yaml").write_text(head + entries, encoding="utf-8")

    return make


def _rule(number: int, condition: str) -> str:
    return (
        f"  - id: BAD-{number:03}\n    title: An invented rule\n    kind: rating\n    when: {condition}\n"
        "    then: {rating_at_most: narrowed}\n    rationale: Invented.\n    legal_basis: [ISLAND-LAW art. 1]\n"
        "    since: 2000-01-01\n"
    )


def _count(number: int) -> str:
    return (
        f"  - id: expression.w{number}\n    title: An invented count\n    question: Invented.\n    type: count\n"
        "    unit: leaflets\n    worse: higher\n    time: event\n    aggregation: sum\n"
    )


def _at_least(numbers: range, threshold: int) -> list[str]:
    return [f"{{indicator: expression.w{number}, at_least: {threshold}}}" for number in numbers]


def _joined(join: str, parts: list[str]) -> str:
    return f"{{{join}: [{', '.join(parts)}]}}"


def _shared() -> list[str]:
    """Five rules of fifty-six alternatives, each of which needs the same condition."""
    some = f"{{n_of: 3, of: [{', '.join(_at_least(range(2, 10), 1))}]}}"
    return [_joined("all", [*_at_least(range(1, 2), 1), some])] * 5


def _thresholds() -> list[str]:
    """Sixty-five thresholds on one count, in alternatives of which none implies another."""
    pairs = [_joined("all", [*_at_least(range(1, 2), n), *_at_least(range(2, 3), 65 - n)]) for n in range(1, 65)]
    return [_joined("any", pairs), *_at_least(range(1, 2), 65)]


def _many() -> list[str]:
    """Sixty-four rules of sixty-four alternatives: one more than there is room for, no condition in more than 255."""
    first, second = range(1, 9), range(9, 17)
    return [
        _joined("all", [_joined("any", _at_least(first, 1 + n // 31)), _joined("any", _at_least(second, 1 + n // 31))])
        for n in range(64)
    ]


def _record(raw: Callable[[str], bytes]) -> Callable[[Path], None]:
    def make(here: Path) -> None:
        (here / "records/BVT/bad.yaml").write_bytes(raw(RECORD.read_text("utf-8").replace("BVT-2003-00", "BVT-2003-10")))

    return make


def _directory(here: Path) -> None:
    (here / "records/BVT/bad.yaml").mkdir()


def _link(here: Path) -> None:
    (here / "records/BVT/bad.yaml").symlink_to("moved-away.yaml")


def _without_scale(here: Path) -> None:
    (here / "rules/scale.yaml").unlink()
    (here / "rules/scale.yaml").mkdir()


def _too_large(here: Path) -> None:
    with (here / "records/BVT/bad.yaml").open("wb") as file:
        file.truncate(50 * 1024 * 1024)


def _too_deep(here: Path) -> None:
    deep = "[" * 100_000
    (here / "records/BVT/bad.yaml").write_text(f"schema: ratingengine/record/1\ncountry: {deep}\n", encoding="utf-8")


_every_byte = bytes(range(256))
MADE: Mapping[str, Callable[[Path], None]] = {
    "made/F101-directory": _directory,
    "made/F101-directory-for-the-scale": _without_scale,
    "made/F101-link-to-nothing": _link,
    "made/F102-fifty-megabytes": _too_large,
    "made/F103-utf-16": _record(lambda text: text.encode("utf-16")),
    "made/F103-latin-1": _record(lambda text: text.replace("Invented", "Erfunden für uns").encode("latin-1")),
    "made/F103-binary": _record(lambda _: b"\x7fELF" + _every_byte * 4),
    "made/F103-cut-in-a-letter": _record(lambda text: f"{text}# ж".encode()[:-1]),
    "made/F104-utf-16-without-mark": _record(lambda text: text.encode("utf-16-le")),
    "made/F104-zero-bytes": _record(lambda text: text.encode() + b"\0" * 16),
    "made/F109-hundred-thousand-brackets": _too_deep,
    "made/R219-seventy-two-ways": _rules(
        "ways", _joined("all", [_joined("any", _at_least(range(1, 10), 1)), _joined("any", _at_least(range(10, 18), 1))])
    ),
    "made/R219-a-choice-among-millions": _rules("choice", f"{{n_of: 32, of: [{', '.join(_at_least(range(1, 65), 1))}]}}"),
    "made/C401-seventeen-conditions": _rules("wide", _joined("all", _at_least(range(1, 18), 1))),
    "made/C402-condition-in-280-alternatives": _rules("shared", *_shared()),
    "made/C403-576-conditions": _rules("distinct", *(_joined("any", _at_least(range(1, 65), n)) for n in range(1, 10))),
    "made/C404-sixty-five-thresholds": _rules("thresholds", *_thresholds()),
    "made/C407-4096-alternatives": _rules("many", *_many()),
}
