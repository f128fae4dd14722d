"""A release is refused while something stands in its way; its README leads where it is read."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from release import absolute, address, main, problems, versions

ROOT = Path(__file__).parents[2]
AT = "https://example.org/ratingengine"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name in versions(ROOT):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    project = tmp_path / "pyproject.toml"
    text = project.read_text("utf-8")
    if "[project.urls]" not in text:
        project.write_text(
            text.replace("[project.scripts]", f'[project.urls]\nRepository = "{AT}/"\n\n[project.scripts]'), "utf-8"
        )
    return tmp_path


def test_this_checkout_says_one_version_everywhere() -> None:
    assert len(set(versions(ROOT).values())) == 1


def test_nothing_stands_in_the_way_of_a_sound_commit(checkout: Path) -> None:
    assert list(problems(checkout, "")) == []
    assert address(checkout) == AT


def test_every_problem_is_named_at_once(checkout: Path) -> None:
    project, citation = checkout / "pyproject.toml", checkout / "CITATION.cff"
    project.write_text(re.sub(r"\[project.urls\]\n.*\n", "", project.read_text("utf-8")), "utf-8")
    citation.write_text(citation.read_text("utf-8").replace("\nversion: ", "\nversion: 9."), "utf-8")
    committed, version, place = problems(checkout, " M README.md\n")
    assert committed == "not everything is committed:\n M README.md"
    assert "CITATION.cff 9.0.1.0" in version
    assert place.startswith("pyproject.toml: [project.urls] has no Repository; ")


def test_links_lead_to_the_files_of_the_version() -> None:
    text = "![a](docs/a.svg) [b](docs/b.md#c), [d](https://example.org/d), [e](#f)"
    assert absolute(text, AT, "1.2.3") == (
        f"![a]({AT}/raw/v1.2.3/docs/a.svg) [b]({AT}/blob/v1.2.3/docs/b.md#c), [d](https://example.org/d), [e](#f)"
    )
    readme = absolute((ROOT / "README.md").read_text("utf-8"), AT, "1.2.3")
    assert all(link.startswith("https://") for link in re.findall(r"\]\(([^)]+)\)", readme))


def test_the_command_says_what_is_in_the_way(capsys: pytest.CaptureFixture[str]) -> None:
    if address(ROOT) is None:
        assert main([]) == 1
        assert "[project.urls] has no Repository" in capsys.readouterr().err
