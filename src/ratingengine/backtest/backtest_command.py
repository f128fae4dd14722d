"""`rate backtest`: our ratings against published ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

from attrs import frozen

from ratingengine.backtest.agreement import DRAWS, SEED
from ratingengine.backtest.backtest import Asked as Compared
from ratingengine.backtest.backtest import Backtest, Index, backtest, judged
from ratingengine.backtest.backtest_answer import backtest_json
from ratingengine.backtest.backtest_page import backtest_page
from ratingengine.backtest.baselines import first_years
from ratingengine.backtest.countries_in import chosen
from ratingengine.backtest.given import Given, Key, Rated, Wanted, evidence_of, rated, record_files
from ratingengine.backtest.index_file import read_index
from ratingengine.backtest.pairs import SIDES
from ratingengine.backtest.published import Published, between, read_published
from ratingengine.backtest.ratings_file import read_ratings
from ratingengine.backtest.splitting import PARTS
from ratingengine.engine.rating import Loaded, codebook_folder, rules_folder
from ratingengine.errors import InvalidInput, NotFound
from ratingengine.files.bounded import digest_of
from ratingengine.files.declared import shown_path
from ratingengine.files.nodes import near
from ratingengine.interface.asked import LISTS, Usage, asked_file, asked_load, asked_rules, asked_span, choice, write
from ratingengine.interface.exit_codes import DONE
from ratingengine.interface.options import ListFormat, Option, Records, Rules
from ratingengine.interface.page import written
from ratingengine.interface.progress import progress
from ratingengine.method.rulefile.reader import read_rules
from ratingengine.model.scale import Scale
from ratingengine.model.version import __version__

MOST_DRAWS = 100_000


@frozen(kw_only=True)
class Asked:
    """What the command line says, option by option."""

    against: str
    records: tuple[str, ...] = ()
    rules: str | None = None
    ratings: str | None = None
    chain: bool = False
    suggest: bool = False
    profile: str | None = None
    of: str = SIDES[0]
    baselines: tuple[str, ...] = ()
    countries: str | None = None
    first: int | None = None
    last: int | None = None
    draws: int | None = None
    seed: int | None = None
    most: int = 20
    format_: str = "text"


@frozen
class Named:
    """What a comparison needs of a rule set, whether it is run or only gave the words of a file."""

    name: str
    version: str
    digest: str
    day: date | None
    scale: Scale
    titles: Mapping[str, str]


@frozen
class Answers:
    """Our answers, what they were computed from (None: they come from a file), and the values of baselines by indicator."""

    rules: Named
    entries: Mapping[Key, Given]
    loaded: Loaded | None = None
    rated: Rated | None = None
    starts: Mapping[str, tuple[int, int]] = {}


def show_backtest(asked: Asked) -> int:
    """Compare, and write it in one of the formats."""
    _meaningful(asked)
    loaded = asked_load(asked.rules, asked.records, "reference") if asked.ratings is None else None
    rules = _rules_of(asked, loaded)
    if asked.profile is not None:
        choice(asked.profile, rules.scale.profiles, "--profile")
    words = rules.scale.words
    everything = between(read_published(Path(asked.against), words), asked.first, asked.last)
    rows = chosen(everything, asked.countries)
    if not judged(rows, asked.chain):
        raise NotFound(f"no published rating to judge in '{asked.against}' for these countries and years")
    answers = _answers(asked, rules, loaded, rows, everything)
    options = Compared(asked.chain, asked.of, DRAWS if asked.draws is None else asked.draws, _seed(asked))
    found = backtest(rows, answers.entries, words, options, _indices(asked, answers, everything))
    content = backtest_json(found, _about(asked, answers, rows), rules.titles)
    if asked.suggest:
        content = _suggested(asked, answers, found, content)
    write(written(backtest_page(content, max(0, asked.most)), content, asked.format_, content["mismatches"]))
    return DONE


def _seed(asked: Asked) -> int:
    return SEED if asked.seed is None else asked.seed


def _meaningful(asked: Asked) -> None:
    choice(asked.format_, LISTS, "--format")
    choice(asked.of, SIDES, "--of")
    for option, path in (("--against", asked.against), ("--ratings", asked.ratings), ("--countries-in", asked.countries)):
        if path is not None and path not in PARTS:
            asked_file(path, option)
    asked_span(asked.first, asked.last)
    if asked.draws is not None and not 1 <= asked.draws <= MOST_DRAWS:
        raise Usage(f"--draws {asked.draws}: write 1 to {MOST_DRAWS}")
    by_rules = (
        ("--chain", asked.chain),
        ("--suggest", asked.suggest),
        ("--profile", asked.profile),
        ("--records", asked.records),
    )
    for option, given in by_rules if asked.ratings is not None else ():
        if given:
            raise Usage(f"{option} asks the rules, and --ratings puts a file in their place; leave one of them out")


def _rules_of(asked: Asked, loaded: Loaded | None) -> Named:
    if loaded is not None:
        compiled = loaded.method.compiled
        return Named(compiled.name, compiled.version, compiled.digest, compiled.day, compiled.scale, compiled.titles)
    name, day = asked_rules(asked.rules)
    read, problems = read_rules(rules_folder(name))
    if problems:
        raise InvalidInput(problems)
    rule_set = read.rule_set
    return Named(
        rule_set.name,
        rule_set.version,
        rule_set.digest,
        day,
        rule_set.scale,
        {rule.id: rule.title for rule in rule_set.rules.values()},
    )


def _answers(
    asked: Asked, rules: Named, loaded: Loaded | None, rows: Sequence[Published], everything: Sequence[Published]
) -> Answers:
    if loaded is None:
        return Answers(rules, read_ratings(Path(asked.ratings or ""), rules.scale.words))
    indicators = tuple(sorted(_indicators(asked, loaded)))
    # Cut points are fitted to countries of other folds, and the parts of the split share what the cache keeps of the whole.
    needed = everything if indicators or asked.countries in PARTS else rows
    years: dict[str, tuple[int, ...]] = {}
    for row in needed:
        years[row.iso3] = (*years.get(row.iso3, ()), row.year)
    starts = first_years(needed) if asked.chain else {}
    wanted = Wanted(years, starts if asked.chain else None, asked.profile, indicators, asked.suggest)
    found = rated(loaded, wanted, progress("rating countries"))
    return Answers(rules, found.entries, loaded, found, starts)


def _indicators(asked: Asked, loaded: Loaded) -> list[str]:
    names = [text for text in asked.baselines if ":" not in text]
    known = {indicator.id for indicator in loaded.method.codebook}
    for name in names:
        if name not in known:
            hint = near(name, sorted(known)) or "see: rate codebook, or write CSV:COLUMN"
            raise NotFound(f"no indicator '{name}' for --baseline; {hint}")
    return names


def _indices(asked: Asked, answers: Answers, rows: Sequence[Published]) -> list[Index]:
    examples = {(row.iso3, row.year): row.severity for row in rows}
    found = []
    for text in asked.baselines:
        path, colon, column = text.rpartition(":")
        if colon:
            values = read_index(asked_file(path, "--baseline"), column)
        elif answers.loaded is None:
            raise Usage(f"--baseline {text}: with --ratings there are no records; write CSV:COLUMN")
        else:
            told = ((key, given.values.get(text)) for key, given in answers.entries.items())
            values = {key: Fraction(value) for key, value in told if value is not None}
        found.append(Index(f"cut points on {column or text}", values, examples))
    return found


def _about(asked: Asked, answers: Answers, rows: Sequence[Published]) -> dict[str, Any]:
    against, rules = Path(asked.against), answers.rules
    years = sorted({row.year for row in rows})
    loaded = answers.loaded
    files = (Path(asked.ratings or ""),) if loaded is None else record_files(loaded.records)
    names = [shown_path(files[0])] if loaded is None else [shown_path(path) for path in loaded.records]
    digests = b"".join(sorted(bytes.fromhex(digest_of(file)) for file in files))
    return {
        "software": __version__,
        "rules": f"{rules.name} {rules.version}",
        "rules_sha256": rules.digest,
        "rules_on": None if rules.day is None else str(rules.day),
        "answers": names,
        "answers_sha256": sha256(digests).hexdigest(),
        "profile": asked.profile,
        "split": asked.countries or "all",
        "against": {
            "file": against.name,
            "sha256": digest_of(against),
            "rows": len(rows),
            "countries": len({row.iso3 for row in rows}),
            "years": f"{years[0]} to {years[-1]}",
        },
    }


def _suggested(asked: Asked, answers: Answers, found: Backtest, content: dict[str, Any]) -> dict[str, Any]:
    from ratingengine.backtest.suggest import Ground, suggestions
    from ratingengine.backtest.suggestions import with_suggestions
    from ratingengine.engine.loading import load_rule_set

    loaded, computed = answers.loaded, answers.rated
    if loaded is None or computed is None:
        raise Usage("--suggest needs rules and records")
    folder = rules_folder(asked_rules(asked.rules)[0])
    rule_set, _ = load_rule_set(folder, codebook_folder(loaded.records, folder))
    ground = Ground(loaded.method, rule_set, computed.courses, answers.starts, evidence_of(loaded), found.pairs, asked.of)
    return with_suggestions(content, suggestions(ground, found.mismatches, progress("reconciling differences")))


Against = Annotated[
    str, Option("--against", metavar="CSV", help="Published ratings, with columns iso3, year and rating, and status if known.")
]

Ratings = Annotated[
    str | None, Option("--ratings", metavar="CSV|PARQUET", help="Read our ratings from a file, in place of rules and records.")
]

Chain = Annotated[bool, Option("--chain", help="Start from each country's first published rating.")]
Suggest = Annotated[bool, Option("--suggest", help="Also suggest what would remove each difference.")]
Profile = Annotated[str | None, Option("--profile", metavar="P", help="Use only this profile.")]
Of = Annotated[
    str, Option("--of", metavar="rating|assessed", help="Compare the rating as published, or by the evidence of the year only.")
]

Baseline = Annotated[
    list[str] | None,
    Option("--baseline", metavar="INDICATOR|CSV:COLUMN", help="Also compare with cut points on this index; repeatable."),
]

Countries = Annotated[
    str | None,
    Option("--countries-in", metavar="development|held-out|FILE", help="Compare only these countries (FILE: one per line)."),
]
First = Annotated[int | None, Option("--from", metavar="YEAR", help="The first year. [default: the first published]")]
Last = Annotated[int | None, Option("--to", metavar="YEAR", help="The last year. [default: the last published]")]
Draws = Annotated[int | None, Option("--draws", metavar="N", help="Resamples for each interval. [default: 2000]")]
Seed = Annotated[int | None, Option("--seed", metavar="N", help="Random seed. [default: 1]")]
Most = Annotated[int, Option("--max", metavar="N", help="Differences shown at most; JSON has all.")]


def backtest_command(
    against: Against,
    records: Records = None,
    rules: Rules = None,
    ratings: Ratings = None,
    chain: Chain = False,
    suggest: Suggest = False,
    profile: Profile = None,
    of: Of = "rating",
    baseline: Baseline = None,
    countries: Countries = None,
    first: First = None,
    last: Last = None,
    draws: Draws = None,
    seed: Seed = None,
    most: Most = 20,
    format_: ListFormat = "text",
) -> int:
    """Compare our ratings with published ones.

    Agreement with intervals, changes, simple baselines, and every difference.

    rate backtest --against published.csv --suggest
    """
    sources = {"against": against, "records": tuple(records or ()), "rules": rules, "ratings": ratings}
    options = {"chain": chain, "suggest": suggest, "profile": profile, "of": of, "baselines": tuple(baseline or ())}
    limits = {"countries": countries, "first": first, "last": last, "draws": draws, "seed": seed, "most": most}
    return show_backtest(Asked(**sources, **options, **limits, format_=format_))  # type: ignore[arg-type]
