"""What a JSON answer holds must stand in the text and in the Markdown as well."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

from ratingengine.cli import run
from ratingengine.interface.terminal import MOST

NAMED_OTHERWISE = (".possible",)
"""A range of ratings is shown by its ends."""


def leaves(content: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Every value that is no list and no mapping, with the keys that lead to it."""
    if isinstance(content, dict):
        for key, value in content.items():
            yield from leaves(value, f"{place}.{key}".strip("."))
    elif isinstance(content, list):
        for value in content:
            yield from leaves(value, place)
    else:
        yield place, content


def shown(value: Any) -> str:
    """A value as tables write it."""
    return "–" if value is None else {True: "on", False: "off"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def unsaid(words: list[str], left_out: set[str], capsys: Any) -> list[str]:
    """The leaves of a command's JSON that its text or its Markdown lacks, but for those that are left out on purpose."""
    said = {}
    before = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = str(MOST)  # so wide that few cells fold
    for form in ("json", "text", "md"):
        assert run([*words, "--format", form]) == 0
        said[form] = capsys.readouterr().out
    os.environ.pop("COLUMNS")
    os.environ |= {"COLUMNS": before} if before else {}
    plain = said["md"].replace("\\_", "_").replace("\\*", "*").replace("\\|", "|").replace("&lt;", "<").replace("\\\\", "\\")
    found = [
        (place, shown(value))
        for place, value in leaves(json.loads(said["json"]))
        if place not in left_out and not place.endswith(NAMED_OTHERWISE)
    ]
    assert found
    # Text is wrapped, so a line may end where a value has a space.
    texts = [" ".join(form.split()) for form in (said["text"], plain)]
    return [f"{place}: {value}" for place, value in found for form in texts if not any(way in form for way in _ways(value))]


def _ways(value: str) -> tuple[str, ...]:
    """As it stands, and a large number with separators between thousands."""
    plain = " ".join(value.split())
    return (plain, f"{int(plain):,}") if plain.isdigit() else (plain,)
