"""Write src/ratingengine/world/countries/countries.csv from CLDR 47 and country_extras.csv.

Names come from babel 2.18 (which holds CLDR 47), codes, regions and populations from the unpacked npm package
cldr-core 47.0.0, and what neither has from country_extras.csv beside this file. Run it from the project root:

    npm pack cldr-core@47.0.0 && tar xzf cldr-core-47.0.0.tgz
    python tools/build_countries.py package

The same inputs give the same bytes, so `git diff` shows what a new CLDR changes.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import field, frozen
from babel import Locale, UnknownLocaleError
from babel.core import get_cldr_version

from ratingengine.world.countries.folding import fold
from ratingengine.world.countries.shared_names import SHARED_NAMES
from ratingengine.world.countries.table import COLUMNS, LANGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CLDR = "47"
UN_MEMBERS = 193
EXTRAS = Path(__file__).with_name("country_extras.csv")
OUT = Path("src/ratingengine/world/countries/countries.csv")
FIELDS = {"iso2", "kind", "region", *(f"name_{lang}" for lang in LANGS)}
ALIASES = {"aliases_other", *(f"aliases_{lang}" for lang in LANGS)}
# CLDR shortens these in Russian; a page has room for the word, and nobody types the short form.
RUSSIAN_SHORT = (("о-ва", "острова"), ("о-в", "остров"), ("Св.", "Святой"))


@frozen(kw_only=True)
class Extra:
    """What country_extras.csv says of one country: single fields, and further names."""

    fields: dict[str, str] = field(factory=dict)
    aliases: list[str] = field(factory=list)


@frozen(kw_only=True)
class Cldr:
    """The three tables of cldr-core that the country table needs."""

    codes: dict[str, dict[str, str]]
    containment: dict[str, dict[str, Any]]
    territories: dict[str, dict[str, Any]]

    @classmethod
    def read(cls, package: Path) -> Cldr:
        """Read an unpacked cldr-core, which must be of the same version as babel's copy."""
        found: dict[str, Any] = {}
        for name in ("codeMappings", "territoryContainment", "territoryInfo"):
            supplemental = json.loads((package / "supplemental" / f"{name}.json").read_text("utf-8"))["supplemental"]
            found[name] = supplemental[name]
            versions = {supplemental["version"]["_cldrVersion"], get_cldr_version()}
            if versions != {CLDR}:
                msg = f"CLDR {CLDR} is wanted of both cldr-core and babel, found {sorted(versions)}"
                raise SystemExit(msg)
        return cls(
            codes=found["codeMappings"],
            containment=found["territoryContainment"],
            territories=found["territoryInfo"],
        )

    def regions(self) -> dict[str, tuple[str, str]]:
        """Map ISO2 codes to the English names of the UN M49 region (continent) and sub-region."""
        names = Locale("en").territories
        return {
            iso2: (names[continent], names[part])
            for continent in self.containment["001"]["_contains"]
            for part in self.containment[continent]["_contains"]
            for iso2 in self.containment[part]["_contains"]
        }


def read_extras() -> dict[str, Extra]:
    """Read country_extras.csv; lines out of order or of an unknown sort end the run."""
    extras: dict[str, Extra] = defaultdict(Extra)
    last = ""
    with EXTRAS.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            iso3, what, text = row["iso3"], row["what"], row["text"]
            if what not in FIELDS | ALIASES or iso3 < last or not text or None in row:
                msg = f"{EXTRAS.name}: unknown field, wrong order, no text or a comma without quotes: {row}"
                raise SystemExit(msg)
            last = iso3
            if what in ALIASES:
                extras[iso3].aliases.extend(text.split("|"))
            else:
                extras[iso3].fields[what] = text
    return extras


def units(cldr: Cldr, extras: dict[str, Extra]) -> Iterator[tuple[str, str, str]]:
    """Yield ISO3, ISO2 and numeric code of each unit: all of ISO 3166-1, and those that only the extras have."""
    own_code = {extra.fields["iso2"]: iso3 for iso3, extra in extras.items() if "iso2" in extra.fields}
    # Islands without a numeric code, and groups such as the EU, are in the same CLDR table as countries.
    assigned = {
        code["_alpha3"]: (iso2, code["_numeric"])
        for iso2, code in cldr.codes.items()
        if iso2 in cldr.territories and {"_alpha3", "_numeric"} <= code.keys() and iso2 not in {"ZZ", *own_code}
    }
    for iso2, iso3 in own_code.items():
        # ISO has given Kosovo no code; CLDR's number for it is a private one, hence not repeated.
        assigned[iso3] = (iso2, "")
    for iso3 in sorted(assigned.keys() | extras.keys()):
        yield iso3, *assigned.get(iso3, ("", ""))


def cldr_names(iso2: str) -> dict[str, str]:
    """Return CLDR's names of a country in the four languages."""
    return {lang: Locale(lang).territories[iso2] for lang in LANGS} if iso2 else {}


def native_names(iso2: str, cldr: Cldr) -> Iterator[str]:
    """Yield CLDR's names of a country in its official languages."""
    languages = cldr.territories.get(iso2, {}).get("languagePopulation", {})
    for language, facts in languages.items():
        if facts.get("_officialStatus") not in {"official", "de_facto_official"}:
            continue
        try:
            name = Locale.parse(language).territories.get(iso2)
        except (UnknownLocaleError, ValueError):
            continue  # CLDR counts speakers of more languages than it translates into
        if name:
            yield name


def in_full(name: str) -> str:
    """Return a Russian name with its shortened words written out."""
    for short, word in RUSSIAN_SHORT:
        name = re.sub(rf"(?<!\w){re.escape(short)}(?!\w)", word, name)
    return name[0].upper() + name[1:]


def distinct(names: list[str], taken: Iterable[str]) -> list[str]:
    """Return the names that add a way of writing; a name that several countries share is no country's own."""
    seen = {fold(name) for name in taken} | SHARED_NAMES.keys()
    kept = []
    for name in names:
        if fold(name) not in seen:
            kept.append(name)
            seen.add(fold(name))
    return kept


def rows(cldr: Cldr) -> Iterator[dict[str, str]]:
    """Yield the rows of countries.csv, by ISO3 code."""
    extras, regions = read_extras(), cldr.regions()
    # Antarctica is no part of a continent in CLDR's table, nor has it a sub-region there.
    continents = {part: continent for continent, part in regions.values()} | {"Antarctica": "Antarctica"}
    members = set(cldr.containment["UN"]["_contains"])
    for iso3, iso2, numeric in units(cldr, extras):
        extra = extras.get(iso3, Extra())
        original = cldr_names(iso2)
        names = {lang: extra.fields.get(f"name_{lang}") or original[lang] for lang in LANGS}
        names["ru"] = in_full(names["ru"])
        saints = [re.sub(r"\bSt\. ", "Saint ", name) for name in original.values()]
        aliases = [*original.values(), *saints, *extra.aliases, *native_names(iso2, cldr)]
        region = extra.fields.get("region") or regions[iso2][1]
        yield {
            "iso3": iso3,
            "iso2": iso2,
            "numeric": numeric,
            **{f"name_{lang}": names[lang] for lang in LANGS},
            "aliases": "|".join(distinct(aliases, names.values())),
            "kind": "un_member" if iso2 in members else extra.fields.get("kind", "territory"),
            "continent": continents[region],
            "region": region,
            "population": cldr.territories.get(iso2, {}).get("_population", ""),
        }


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("package", type=Path, help="folder of the unpacked npm package cldr-core")
    parser.add_argument("-o", "--out", type=Path, default=OUT, help=f"file to write (default: {OUT})")
    args = parser.parse_args()
    table = list(rows(Cldr.read(args.package)))
    found = sum(row["kind"] == "un_member" for row in table)
    if found != UN_MEMBERS:
        msg = f"{found} UN members instead of {UN_MEMBERS}"
        raise SystemExit(msg)
    with args.out.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)


if __name__ == "__main__":
    main()
