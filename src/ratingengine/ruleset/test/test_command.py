"""`rate test`: run the cases of a rule set, and say what they cover and notice."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from ratingengine.engine.rating import codebook_folder, rules_folder
from ratingengine.files.shipped import CODEBOOK
from ratingengine.interface.asked import FORMATS, Usage, asked_load, asked_records, choice, write
from ratingengine.interface.exit_codes import DONE, FOUND
from ratingengine.interface.options import Argument, Format, Option, Records
from ratingengine.interface.page import written
from ratingengine.ruleset.test.load import load_under_test
from ratingengine.ruleset.test.run import run_cases
from ratingengine.ruleset.test.test_answer import cases_json, coverage_json, mutation_json, on_record_json
from ratingengine.ruleset.test.test_answer_page import trials_page

RuleSet = Annotated[str | None, Argument(metavar="[NAME|DIR]", help="The rule set. [default: civic-space]")]

Cases = Annotated[str | None, Option("--cases", metavar="DIR", help="The cases. [default: the folder `cases` of the rule set]")]

Mutate = Annotated[bool, Option("--mutate", help="Also change each rule and count the changes that the cases notice.")]


def run_cases_command(
    rules: RuleSet = None,
    cases: Cases = None,
    coverage: Annotated[bool, Option("--coverage", help="Also show what the cases and the records cover.")] = False,
    mutate: Mutate = False,
    least: Annotated[int, Option("--least", metavar="PERCENT", help="The per cent of changes that must be noticed.")] = 95,
    records: Records = None,
    format_: Format = "text",
) -> int:
    """Run the cases of a rule set.

    Exit code 1 when a case fails, a gap is found, or too few changed rules are noticed.

    rate test
    rate test mine --coverage --mutate
    """
    choice(format_, FORMATS, "--format")
    if not 0 <= least <= 100:
        raise Usage(f"--least {least}: write a per cent, 0 to 100")
    folder = rules_folder(rules)
    codebook = codebook_folder(asked_records(records or ()), folder)
    under = load_under_test(folder, codebook, None if cases is None else Path(cases))
    tried = run_cases(under)
    content = cases_json(under, tried)
    found = content["cases"]["failed"] > 0
    if coverage:
        from ratingengine.ruleset.test.coverage import cover
        from ratingengine.ruleset.test.on_record import on_record

        content["coverage"] = coverage_json(cover(under))
        # Rules with a codebook of their own have no records but those that are named.
        loaded = (
            asked_load(str(folder), records or (), "reference") if records or () or not (folder / CODEBOOK).is_dir() else None
        )
        content["on_record"] = None if loaded is None else on_record_json(on_record(under, loaded))
        found = found or not content["coverage"]["complete"]
    if mutate:
        from ratingengine.ruleset.test.mutation import mutate as judged

        # A case that fails anyway would seem to notice every change.
        content["mutation"] = None if content["cases"]["failed"] else mutation_json(judged(under), least, under)
        found = found or not content["mutation"]["enough"]
    write(written(trials_page(content), content, format_))
    return FOUND if found else DONE
