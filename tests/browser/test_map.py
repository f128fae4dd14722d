"""The map in a real Chromium: what is drawn can be seen, pointed at and read. Skipped where there is none."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from e2e.command import rate

from ratingengine.world.atlas.world import NOT_DRAWN
from ratingengine.world.countries import all_countries

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
WORDS = ("open", "narrowed", "obstructed", "repressed", "closed")
RATINGS = {c.iso3: WORDS[number * 7 % 5] for number, c in enumerate(all_countries()) if c.iso3 not in NOT_DRAWN}
OPTIONS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--window-size=1720,1400", "--virtual-time-budget=2000",
)  # fmt: skip
MEASURE = """<script>
const box = e => { const r = e.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; };
const at = (x, y) => { const e = document.elementFromPoint(x, y); return e && e.getAttribute('data-iso3'); };
const svg = document.querySelector('svg');
const items = [...svg.querySelectorAll('[data-rating]')].map(e => ({
  iso3: e.getAttribute('data-iso3'), rating: e.getAttribute('data-rating'), tag: e.tagName, box: box(e),
  fill: getComputedStyle(e).fill, role: e.getAttribute('role'), name: e.querySelector('title').textContent }));
for (const one of items) if (one.tag == 'circle')
  one.hit = at((one.box[0] + one.box[2]) / 2, (one.box[1] + one.box[3]) / 2);
const texts = [...svg.querySelectorAll('text')].map(e => ({ text: e.textContent, box: box(e), size: box(e)[3] - box(e)[1] }));
const signs = [...svg.querySelectorAll('g[pointer-events=none] text')].map(e => {
  const b = box(e); return at((b[0] + b[2]) / 2, (b[1] + b[3]) / 2); });
const found = { svg: box(svg), items, texts, signs };
document.body.textContent = ''; const pre = document.createElement('pre'); pre.id = 'found';
pre.textContent = JSON.stringify(found); document.body.append(pre);
</script>"""

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium")]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("map")
    rows = "".join(f"{iso3},2023,{rating}\n" for iso3, rating in RATINGS.items())
    (folder / "ratings.csv").write_text(f"iso3,year,rating\n{rows}", "utf-8")
    rate("map", "--year", "2023", "--ratings", "ratings.csv", "-o", "map.html", cwd=folder).answered()
    page = (folder / "map.html").read_text("utf-8").replace("</body>", f"{MEASURE}</body>")
    (folder / "measured.html").write_text(page, "utf-8")
    return json.loads(dumped(folder / "measured.html", folder / "profile"))


def dumped(page: Path, profile: Path) -> str:
    command = [str(CHROMIUM), *OPTIONS, f"--user-data-dir={profile}", "--dump-dom", page.as_uri()]
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    shown = re.search(r'<pre id="found">(.*?)</pre>', done.stdout.decode(), re.DOTALL)
    assert shown, done.stderr.decode()[-2000:]
    return unescape(shown[1])


def test_every_rated_country_is_drawn_where_it_can_be_seen(seen: Any) -> None:
    assert {one["iso3"]: one["rating"] for one in seen["items"]} == RATINGS
    left, top, right, bottom = seen["svg"]
    assert right - left > 1400
    for one in seen["items"]:
        x1, y1, x2, y2 = one["box"]
        assert left <= x1 < x2 <= right, one
        assert top <= y1 < y2 <= bottom, one
        assert x2 - x1 >= 3, one


def test_each_rating_has_a_colour_of_its_own(seen: Any) -> None:
    colours = {(one["rating"], one["fill"]) for one in seen["items"]}
    assert len(colours) == len({fill for _, fill in colours}) == len(WORDS)


def test_the_pointer_on_a_dot_or_a_number_finds_the_country_there(seen: Any) -> None:
    dots = [one for one in seen["items"] if one["tag"] == "circle"]
    assert len(dots) > 90
    assert [one["iso3"] for one in dots if one["hit"] != one["iso3"]] == []
    assert sorted(filter(None, seen["signs"])) == sorted(RATINGS)


def test_all_words_are_within_the_drawing_and_none_covers_another(seen: Any) -> None:
    left, top, right, bottom = seen["svg"]
    words = [one for one in seen["texts"] if len(one["text"]) > 1]
    assert len(words) > len(WORDS)
    for number, one in enumerate(words):
        x1, y1, x2, y2 = one["box"]
        assert left <= x1 < x2 <= right, one
        assert top <= y1 < y2 <= bottom, one
        for other in words[:number]:
            a1, b1, a2, b2 = other["box"]
            assert x2 <= a1 or a2 <= x1 or y2 <= b1 + 1 or b2 <= y1 + 1, (one, other)


def test_numbers_are_large_enough_to_read(seen: Any) -> None:
    assert min(one["size"] for one in seen["texts"]) >= 9
