"""Every link of the documentation to another page, file or heading of this repository leads somewhere."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from pages import anchor

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(\s*([^)\s]+)\s*\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def prose(path: Path) -> str:
    return FENCE.sub("", path.read_text("utf-8"))


@cache
def anchors(path: Path) -> frozenset[str]:
    headings = re.findall(r"^#{1,6} +(.+?) *$", prose(path), re.MULTILINE)
    return frozenset(anchor(re.sub(r"[`*]", "", heading)) for heading in headings)


def broken(path: Path) -> list[str]:
    found = []
    for link in LINK.findall(prose(path)):
        if re.match(r"[a-z]+:", link):
            continue
        target, _, heading = link.partition("#")
        file = (path.parent / target).resolve() if target else path
        if not file.exists() or not file.is_relative_to(ROOT) or (heading and heading not in anchors(file)):
            found.append(link)
    return found


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_of_a_page_resolves(path: Path) -> None:
    assert broken(path) == []


def test_a_broken_link_would_be_found(tmp_path: Path) -> None:
    page = ROOT / "docs" / "errors.md"
    assert "f101" in anchors(page)
    assert "f999" not in anchors(page)
    assert LINK.findall("see [a](b.md#c) and [d](#e)") == ["b.md#c", "#e"]


def test_headings_become_anchors_as_renderers_make_them() -> None:
    made = [anchor(text) for text in ("assembly.protesters_killed", "What is rated", "The state's duty: to protect")]
    assert made == ["assemblyprotesters_killed", "what-is-rated", "the-states-duty-to-protect"]
