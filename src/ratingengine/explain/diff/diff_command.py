"""`rate diff`: two answers side by side, and how much each changed input makes of the change."""

from __future__ import annotations

from typing import Annotated

from ratingengine.explain.diff.diff_answer import Asked, diff_answer
from ratingengine.interface.asked import LISTS, choice, write
from ratingengine.interface.exit_codes import DONE
from ratingengine.interface.options import Argument, KnownAt, ListFormat, Option, Records, Rules


def diff_command(
    words: Annotated[list[str], Argument(metavar="COUNTRY FROM [TO]", help="A country and two years or days.")],
    against: Annotated[
        str | None, Option("--against", metavar="COUNTRY", help="Compare with another country (on the day TO).")
    ] = None,
    rules: Rules = None,
    rules_from: Annotated[str | None, Option("--rules-from", metavar="NAME|DIR", help="The rules for FROM.")] = None,
    rules_to: Annotated[str | None, Option("--rules-to", metavar="NAME|DIR", help="The rules for TO.")] = None,
    records: Records = None,
    records_from: Annotated[list[str] | None, Option("--records-from", metavar="DIR|FILE", help="Records for FROM.")] = None,
    records_to: Annotated[list[str] | None, Option("--records-to", metavar="DIR|FILE", help="Records for TO.")] = None,
    known_at: KnownAt = None,
    known_from: Annotated[str | None, Option("--known-from", metavar="DATE", help="FROM as known on this day.")] = None,
    known_to: Annotated[str | None, Option("--known-to", metavar="DATE", help="TO as known on this day.")] = None,
    term: Annotated[str | None, Option("--term", metavar="NAME", help="Show how the share of one input is computed.")] = None,
    brief: Annotated[bool, Option("--brief", help="Leave out commands, rules and other values.")] = False,
    format_: ListFormat = "text",
) -> int:
    """Compare two ratings and show what caused the difference.

    The change is divided among evidence, rules, revised records, the ratings of years before and overrides.

    rate diff kazakhstan 2021 2022
    rate diff kazakhstan 2019 --against egypt
    rate diff kazakhstan 2022 --known-from 2022-03-15
    """
    choice(format_, LISTS, "--format")
    own = {
        "--rules": [rules] if rules else [],
        "--rules-from": [rules_from] if rules_from else [],
        "--rules-to": [rules_to] if rules_to else [],
        "--records": records or [],
        "--records-from": records_from or [],
        "--records-to": records_to or [],
        "--known-at": [known_at] if known_at else [],
        "--known-from": [known_from] if known_from else [],
        "--known-to": [known_to] if known_to else [],
    }
    asked = Asked(rules_from or rules, tuple(records_from or records or ()), known_from or known_at)
    other = Asked(rules_to or rules, tuple(records_to or records or ()), known_to or known_at)
    write(diff_answer(words, against, asked, other, own, term=term, brief=brief).write(format_))
    return DONE
