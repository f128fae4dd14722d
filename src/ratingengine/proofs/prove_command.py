"""`rate prove`: theorems of a rule set, and evidence against those that fail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from ratingengine.engine.loading import compile_rules, load_rule_set
from ratingengine.engine.rating import codebook_folder, countries_on_record, rules_folder
from ratingengine.interface.asked import FORMATS, Usage, asked_records, choice, write
from ratingengine.interface.exit_codes import DONE, FOUND
from ratingengine.interface.options import Argument, Format, Option, Records
from ratingengine.interface.progress import progress
from ratingengine.interface.written import write_file

if TYPE_CHECKING:
    from ratingengine.proofs.theorems import Theorem
    from ratingengine.proofs.verdicts import Verdict


def _asked(words: Sequence[str]) -> list[Theorem]:
    """The theorems by number or name, in their order; all without a word."""
    from ratingengine.proofs.theorems import THEOREMS, theorem

    for word in words:
        if theorem(word) is None:
            names = ", ".join(f"{entry.number} ({entry.name})" for entry in THEOREMS)
            raise Usage(f"--theorem {word}: write one of {names}")
    return [found for found in THEOREMS if not words or found in map(theorem, words)]


def _save(folder: Path, texts: Mapping[str, str]) -> None:
    """Each file whole or not at all; a theorem that holds leaves no file."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        write_file(str(folder / name), text.encode())


def _told(verdicts: Iterable[Verdict], most: int) -> tuple[Verdict, ...]:
    """The verdicts, with how far it is meanwhile; some theorems are not asked of every scale, so there are `most` of them."""
    tell = progress("proving theorems")
    reached = []
    for verdict in verdicts:
        reached.append(verdict)
        tell(len(reached), most)
    tell(most, most)
    return tuple(reached)


Folder = Annotated[str | None, Argument(metavar="[DIR]", help="The rule set, by folder or name. [default: civic-space]")]

Theorems = Annotated[
    list[str] | None, Option("--theorem", metavar="NAME", help="Only this theorem, by name or number; repeatable.")
]

Counterexamples = Annotated[
    str | None, Option("--counterexamples", metavar="DIR", help="Write records that break a theorem to this folder.")
]

Witnesses = Annotated[
    str | None, Option("--witnesses", metavar="DIR", help="Write records that show what T2 and T3 ask for to this folder.")
]


def prove_command(
    folder: Folder = None,
    records: Records = None,
    theorems: Theorems = None,
    counterexamples: Counterexamples = None,
    witnesses: Witnesses = None,
    format_: Format = "text",
) -> int:
    """Prove theorems of a rule set, or show what breaks them.

    Each theorem is about every possible input. Exit code 1 when one fails.

    rate prove
    rate prove mine --theorem T1 --counterexamples against
    """
    choice(format_, FORMATS, "--format")
    chosen = _asked(theorems or ())
    paths = asked_records(records or ())
    rule_set, codebook = load_rule_set(rules_folder(folder), codebook_folder(paths, rules_folder(folder)))
    # Without z3 the import fails with the remedy; the rules have been read by then, so that their problems come first.
    from ratingengine.interface.page import written
    from ratingengine.proofs.histories import candidates
    from ratingengine.proofs.prove import prove
    from ratingengine.proofs.prove_page import Proved, files, prove_json, prove_page
    from ratingengine.proofs.prove_page import witnesses as witness_files
    from ratingengine.proofs.solver import version
    from ratingengine.proofs.subject import profiles
    from ratingengine.proofs.verdicts import PROVED

    subjects = profiles(rule_set, compile_rules(rule_set, codebook))
    countries = candidates(countries_on_record(paths))
    verdicts = _told(prove(subjects, countries, chosen, keep=witnesses is not None), len(subjects) * len(chosen))
    options = [f"--rules {folder}" if folder else "", *(f"--records {path}" for path in records or ())]
    shown = Proved(rule_set, version(), verdicts, " ".join(options))
    if counterexamples is not None:
        _save(Path(counterexamples), files(shown))
    if witnesses is not None:
        _save(Path(witnesses), witness_files(shown))
    write(written(prove_page(shown), prove_json(shown), format_))
    return DONE if all(verdict.finding.status == PROVED for verdict in verdicts) else FOUND
