"""The real command: a data set becomes a table, and the table evidence, with nothing left behind beside it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from e2e.command import execute, rate

LINES = (
    "country_name,country_text_id,country_id,year,v2x_civlib,v2x_civlib_codelow,v2x_civlib_codehigh,v2x_regime\n"
    "Kazakhstan,KAZ,121,2022,0.521,0.451,0.589,1\n"
    "Somaliland,SML,139,2022,0.68,0.601,0.744,1\n"
    "German Democratic Republic,DDR,137,1980,0.2,0.15,0.25,0\n"
)


def test_a_file_of_v_dem_in_its_own_columns_becomes_evidence(tmp_path: Path) -> None:
    raw = tmp_path / "V-Dem-CY.csv"
    raw.write_text(LINES, "utf-8")
    words = ["import", "vdem", str(raw), "--edition", "v15", "--released", "2025-03-13"]
    for name in ("vdem.csv", "vdem.parquet"):
        table = str(tmp_path / name)
        ran = rate(*words, "-o", table, "--format", "json")
        assert (ran.code, ran.err) == (0, "")
        assert ran.json["values"]["observations"] == 4
        assert ran.json["apart"] == [{"unit": "East Germany (historical)", "rows": 1}]
        answer = rate("KAZ", "--year", "2022", "--records", table, "--format", "json").json
        (found,) = [one for one in answer["evidence"] if one["indicator"] == "vdem.v2x_civlib"]
        assert found["observations"][0]["claim"] == "value 0.521"
        before = rate("KAZ", "--year", "2022", "--records", table, "--known-at", "2025-03-12", "--format", "json").json
        assert "vdem.v2x_civlib" not in [one["indicator"] for one in before["evidence"] if one["observations"]]
        somaliland = rate("XSL", "--year", "2022", "--records", table, "--format", "json").json
        assert json.dumps(somaliland["evidence"]).count("0.68") > 0
        assert not rate("SOM", "--year", "2022", "--records", table, "--format", "json").json["rating"]
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == ["V-Dem-CY.csv", "vdem.csv", "vdem.csv.sources.yaml", "vdem.parquet"]


SMALL = """
import resource, signal, sys
from ratingengine.cli import run
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
room = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
sys.exit(run(sys.argv[2:]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of the size of files")
@pytest.mark.parametrize(("table", "room"), [("t.csv", 3000), ("t.csv", 500), ("t.parquet", 3000), ("t.parquet", 500)])
def test_a_disk_without_room_is_told_and_leaves_what_was_there(table: str, room: int, tmp_path: Path) -> None:
    raw = tmp_path / "V-Dem-CY.csv"
    rows = [f"France,FRA,76,{year},0.{year},0.451,0.589,1\n" for year in range(1800, 2020)]
    raw.write_text(LINES.splitlines()[0] + "\n" + "".join(rows[:3]), "utf-8")
    assert rate("import", "vdem", str(raw), "-o", str(tmp_path / table)).code == 0
    raw.write_text(LINES.splitlines()[0] + "\n" + "".join(rows), "utf-8")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    words = [sys.executable, "-c", SMALL, str(room), "import", "vdem", str(raw), "-o", str(tmp_path / table)]
    reason = "file too large" if table.endswith(".csv") else "is there room on the disk?"
    execute(words, env={"RATINGENGINE_CACHE": "off"}).refused(1, f"cannot write '{tmp_path / table}", reason)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
