"""The map as a drawing: every country once and by its name, colour and number, a legend, and nothing from elsewhere."""

from __future__ import annotations

from collections import Counter
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from assets.toy import island

from ratingengine.compare.map.drawing import HEIGHT, UNRATED_DOT, WIDTH
from ratingengine.compare.map.map_page import document, drawing, map_json
from ratingengine.compare.map.palette import ink, shades
from ratingengine.compare.standing import Standing
from ratingengine.model.window import last_day
from ratingengine.world.atlas.world import DOT_RADIUS, NOT_DRAWN, outlines
from ratingengine.world.countries import all_countries, by_iso3

WORDS = ("open", "narrowed", "obstructed", "repressed", "closed")
SVG = "{http://www.w3.org/2000/svg}"
Ratings = dict[str, str | None]


def standings(ratings: Ratings) -> list[Standing]:
    return [Standing(island(code), last_day(2003), rating) for code, rating in sorted(ratings.items())]


def drawn(ratings: Ratings) -> ET.Element:
    found = standings(ratings)
    return ET.fromstring(drawing(map_json(found, WORDS, "Ratings <&>", "a test"), found, WORDS))  # noqa: S314  # written here


def listed(svg: ET.Element) -> dict[str, ET.Element]:
    """The list items by code."""
    found = [item for item in svg.iter() if item.get("role") == "listitem" and item.get("data-iso3")]
    assert max(Counter(item.get("data-iso3") for item in found).values()) == 1
    return {item.get("data-iso3", ""): item for item in found}


def parents(svg: ET.Element) -> dict[ET.Element, ET.Element]:
    return {child: parent for parent in svg.iter() for child in parent}


ALL: Ratings = {c.iso3: WORDS[number * 7 % 5] for number, c in enumerate(all_countries()) if c.iso3 not in NOT_DRAWN}


def test_every_country_is_one_item_named_in_the_list_and_colour_of_its_rating() -> None:
    svg = drawn(ALL)
    above, colours, items = parents(svg), dict(zip(WORDS, shades(5), strict=True)), listed(svg)
    assert set(items) == set(ALL)
    for code, item in items.items():
        rating, country = ALL[code], by_iso3(code)
        assert country is not None
        assert item.get("data-rating") == rating
        assert item.findtext(f"{SVG}title") == f"{country.name_en} ({code}): {rating}"
        group = above[item]
        assert group.get("role") == "list"
        assert (group.get("aria-label") or "").startswith(str(rating))
        assert group.get("fill") == colours[str(rating)]


def test_every_rated_country_bears_its_number_in_ink_that_can_be_read() -> None:
    svg = drawn(ALL)
    numbers = {(text.get("x"), text.get("y")): text for text in svg.iter(f"{SVG}text") if text.get("y")}
    above = parents(svg)
    for one in outlines():
        if one.iso3 in ALL:
            text, rating = numbers[str(one.x), str(one.y + 31)], ALL[one.iso3]
            assert text.text == str(WORDS.index(str(rating)) + 1), one.iso3
            assert (text.get("fill") or above[text].get("fill")) == ink(shades(5)[WORDS.index(str(rating))])


def test_small_countries_are_dots_of_a_size_to_be_seen() -> None:
    items = listed(drawn({"MCO": "open", "KAZ": "closed", "GLP": "closed"}))
    assert items["MCO"].tag == items["GLP"].tag == f"{SVG}circle"
    assert items["MCO"].get("r") == str(DOT_RADIUS)
    assert items["KAZ"].tag == f"{SVG}path"
    # A pixel of the full size is ten units: the dots are more than 8 pixels wide on a map of 960.
    assert 2 * DOT_RADIUS / 10 * 960 / WIDTH > 8


def test_countries_that_nobody_rated_are_hatched_and_named_so() -> None:
    svg = drawn({"KAZ": "closed", "FIN": None})
    items, above = listed(svg), parents(svg)
    assert items["KGZ"].findtext(f"{SVG}title") == "Kyrgyzstan (KGZ): not rated"
    assert items["FIN"].findtext(f"{SVG}title") == "Finland (FIN): not rated, not enough evidence"
    for code in ("KGZ", "FIN", "MCO"):
        assert above[items[code]].get("fill") == "url(#unrated)"
        assert items[code].get("data-rating") is None
    assert items["MCO"].get("r") == str(UNRATED_DOT)
    assert "GLP" not in items


def test_a_part_without_a_rating_of_its_own_is_drawn_with_its_state() -> None:
    titles = [element.text or "" for element in drawn({"FRA": "open"}).iter(f"{SVG}title")]
    assert titles.count("France (FRA): open") >= 2
    apart = listed(drawn({"FRA": "open", "GUF": "closed"}))
    assert apart["GUF"].findtext(f"{SVG}title") == "French Guiana (GUF): closed"
    assert listed(drawn({"SOM": "open"}))["XSL"].findtext(f"{SVG}title") == "Somaliland (XSL): not rated"


def test_the_drawing_has_a_title_a_description_a_legend_and_says_whose_boundaries_it_shows() -> None:
    svg = drawn({"KAZ": "closed", "FIN": None})
    assert svg.get("viewBox") == f"0 0 {WIDTH} {HEIGHT}"
    assert svg.get("role") == "graphics-document document"
    named = {element.get("id"): element.text for element in svg.iter() if element.get("id", "").startswith("map-")}
    assert (svg.get("aria-labelledby") or "").split() == list(named)
    assert named["map-title"] == "Ratings <&>"
    assert "closed 1, not rated 1" in (named["map-desc"] or "")
    texts = [text.text or "" for text in svg.iter(f"{SVG}text")]
    assert {"open: 0", "closed: 1", "not rated: 1, and all others"} <= set(texts)
    assert any("Natural Earth 4.1, public domain" in text for text in texts)
    assert any("imply no opinion" in text for text in texts)


def test_what_has_no_place_on_the_map_is_said_in_the_text() -> None:
    found = standings({"ATA": "closed", "KAZ": "open"})
    assert map_json(found, WORDS, "t", "s")["not_drawn"] == ["ATA"]


@pytest.mark.parametrize("words", [("free", "unfree"), ("a", "b", "c"), tuple("abcdefg")])
def test_scales_of_other_methods_are_drawn_too(words: tuple[str, ...]) -> None:
    found = standings({"KAZ": words[-1], "FIN": words[0]})
    svg = ET.fromstring(drawing(map_json(found, words, "t", "s"), found, words))  # noqa: S314
    assert listed(svg)["KAZ"].get("data-rating") == words[-1]


def test_the_page_holds_drawing_and_lists_and_fetches_nothing() -> None:
    found = standings({"KAZ": "closed", "ATA": "open", "FIN": None})
    content: dict[str, Any] = map_json(found, WORDS, "Ratings <&>", "a test")
    page = document(content, found, WORDS)
    assert "<h1>Ratings &lt;&amp;&gt;</h1>" in page
    assert "<li>Kazakhstan (KAZ)</li>" in page
    assert "<h3>not rated, not enough evidence: 1</h3>" in page
    assert "Not drawn, as the map has no place for them: ATA." in page
    assert page.count("http") == page.count("http://www.w3.org/2000/svg") == 1
    assert "<script" not in page
