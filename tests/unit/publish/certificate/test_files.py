"""Which files a certificate takes, and how they are laid out again."""

from __future__ import annotations

import shutil
from pathlib import Path

from assets.toy import RECORDS, RULES
from attrs import evolve
from support.certificates import INVENTED

from ratingengine.engine.loading import load_compiled, load_country, load_sources
from ratingengine.files.bounded import noting
from ratingengine.publish.certificate.files import files_read, laid_out


def test_every_file_that_the_answer_is_read_from_and_no_other() -> None:
    found = files_read(INVENTED, "BVT")
    assert [str(file) for file in found] == [
        *(f"rules/{name}.yaml" for name in ("coded", "indices", "scale", "sources")),
        *(f"codebook/{name}.yaml" for name in ("expression", "peaceful_assembly")),
        *(f"records/BVT/{year}.yaml" for year in (2001, 2003, 2005)),
        *("sources/sources.yaml", "sources 2/sources.yaml"),
    ]
    assert found[0].raw == (RULES / "coded.yaml").read_bytes()
    assert len(found[0].sha256) == 64


def test_every_file_that_is_opened_for_the_answer_is_taken() -> None:
    with noting() as opened:
        compiled = load_compiled(INVENTED.rules, INVENTED.codebook, None)
        load_country(INVENTED.records, "BVT", compiled.codebook, load_sources(INVENTED.sources))
    assert {Path(path).read_bytes() for path in opened} == {file.raw for file in files_read(INVENTED, "BVT")}
    assert len(opened) == 11


def test_a_record_file_named_by_itself_and_a_second_folder_are_told_apart() -> None:
    places = evolve(INVENTED, records=(RECORDS, RECORDS / "HMD" / "2004.yaml"))
    assert [str(file) for file in files_read(places, "BVT") if file.part == "records"][-1] == "records 2/2004.yaml"


def test_a_scale_below_the_top_of_a_rule_set_is_not_read_and_not_taken(tmp_path: Path) -> None:
    shutil.copytree(RULES, tmp_path / "rules")
    (tmp_path / "rules" / "deeper").mkdir()
    shutil.copy(RULES / "scale.yaml", tmp_path / "rules" / "deeper")
    assert files_read(evolve(INVENTED, rules=tmp_path / "rules"), "BVT")[:4] == files_read(INVENTED, "BVT")[:4]


def test_what_is_laid_out_has_the_bytes_under_names_of_our_own(tmp_path: Path) -> None:
    files = files_read(INVENTED, "BVT")
    _, names = laid_out(files, tmp_path)
    laid = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.yaml"))
    assert laid[-6:] == ["rules/000000.yaml", "rules/000001.yaml", "rules/scale.yaml", "rules/sources.yaml", *laid[-2:]]
    assert sorted(names.values()) == sorted(map(str, files))
    assert {path.read_bytes() for path in tmp_path.rglob("*.yaml")} == {file.raw for file in files}
