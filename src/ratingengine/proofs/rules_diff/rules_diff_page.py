"""The comparison of two rule sets as a page: the same values as its JSON, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ratingengine.interface.differences import difference_blocks
from ratingengine.interface.page import Block, Code, Heading, Item, Lines, Page, Points

Tree = dict[str, Any]
ANSWERS = {
    "same": "Both mean the same",
    "different": "They do not mean the same",
    "not known": "Whether both mean the same is not known",
    "not comparable": "They cannot be compared",
}


def rules_diff_page(content: Tree) -> Page:
    """The page of what `rules_diff_json` gives."""
    old, new = content["old"], content["new"]
    heads = [_side("old", old), _side("new", new)]
    if not any(content["rules"].values()):
        heads.append("No rule was added, ended or changed.")
    blocks: list[Block] = [Lines(tuple(heads)), *_changed(content["rules"])]
    for meaning in content["meaning"]:
        blocks += _meaning(meaning)
    if content["impact"] is not None:
        blocks += _impact(content["impact"])
    return Page(f"What changed in the rules: {old['named']} → {new['named']}", tuple(blocks))


def _side(word: str, side: Tree) -> str:
    on = f" in force on {side['rules_on']}" if side["rules_on"] else ""
    return f"{word}: {side['named']}, {side['rules']}, {side['count']} rules{on}"


def _changed(rules: Tree) -> Iterator[Block]:
    if rules["head"]:
        yield Heading("Scale and required facts")
        yield Points(tuple(_part(part) for part in rules["head"]))
    if rules["added"]:
        yield Heading("Rules added")
        yield Points(tuple(_rule(rule) for rule in rules["added"]))
    if rules["gone"]:
        yield Heading("Rules gone")
        yield Points(tuple(_rule(rule, f", {rule['how']}") for rule in rules["gone"]))
    if rules["changed"]:
        yield Heading("Rules changed")
        yield Points(tuple(_changed_rule(rule) for rule in rules["changed"]))


def _rule(rule: Tree, more: str = "") -> Item:
    return Item(f"{rule['rule']} {rule['title']} → {rule['concludes']}{more}", (Item(rule["condition"]),))


def _changed_rule(rule: Tree) -> Item:
    return Item(f"{rule['rule']} {rule['title']}", tuple(_part(part) for part in rule["parts"]))


def _part(part: Tree) -> Item:
    return Item(f"{part['part']}:", (Item(f"was: {_text(part['before'])}"), Item(f"is: {_text(part['after'])}")))


def _text(text: str | None) -> str:
    return "not there" if text is None else text


def _meaning(meaning: Tree) -> Iterator[Block]:
    named = f" (profile {meaning['profile']})" if meaning["profile"] else ""
    yield Heading(f"Effect{named}")
    by = f", shown by {meaning['by']}" if meaning["by"] else ""
    why = f": {meaning['why']}" if meaning["why"] else ""
    lines = [f"{ANSWERS[meaning['answer']]} ({meaning['answer']}){by}{why}."]
    yield Lines(tuple(lines))
    for region in meaning["regions"]:
        lead = "not excluded " if region["end"] == "not excluded" else "established "
        whole = "every such input knows what one of these knows" if region["whole"] else "among others"
        yield Heading(f"The {lead}{region['of']}: {region['old']} → {region['new']} ({whole})")
        yield Points(tuple(_witness(witness) for witness in region["witnesses"]))
        commands = tuple(line for witness in region["witnesses"] for line in witness["commands"])
        if commands:
            yield Code(commands)


def _witness(witness: Tree) -> Item:
    known = ", ".join(f"{one['indicator']} {one['value']}" for one in witness["known"]) or "nothing known"
    parts = [Item(text) for text in _about(witness)]
    return Item(f"{witness['number']}. {known}", tuple(parts))


def _about(witness: Tree) -> Iterator[str]:
    if witness["prior"] is not None:
        prior = witness["prior"]
        yield f"after a year rated {prior['rating']}, assessed {prior['assessed']}, pressure {prior['pressure']}"
    for key, side in (("rules_of_old_only", "old"), ("rules_of_new_only", "new")):
        if witness[key]:
            yield f"holds in the {side} only: {', '.join(witness[key])}"
    country = witness["country"]
    people = f"population {country['population']}" if country["population"] else "no population"
    stated = "one record can say so" if witness["one_record"] else "no single record says so"
    yield f"written for {country['iso3']}, {people}; {stated}"


def _impact(tree: Tree) -> Iterator[Block]:
    count = len(tree["changed"])
    yield Heading("What moves on record")
    told = f"{count} of {tree['country_years']} country-years get another answer"
    yield Lines((f"{told}; in {tree['rules_alone']} more, other rules hold with the same outcome.",))
    for moved in tree["changed"]:
        yield Heading(f"{moved['name']} ({moved['iso3']}) {moved['year']}")
        keys = ("aspects", "levels", "gained", "lost", "values")
        yield from difference_blocks({key: moved[key] for key in keys}, "before", "after")
