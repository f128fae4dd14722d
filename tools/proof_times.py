"""Writes how long each theorem took into docs/theorems.md: one run of `rate prove` on the default rules."""

from __future__ import annotations

import os
import platform
import time
from datetime import UTC, datetime
from pathlib import Path

from ratingengine.engine.loading import compile_rules, load_rule_set
from ratingengine.engine.rating import codebook_folder, rules_folder
from ratingengine.proofs.histories import candidates
from ratingengine.proofs.prove import prove
from ratingengine.proofs.solver import version
from ratingengine.proofs.subject import profiles
from ratingengine.proofs.theorems import THEOREMS

PAGE = Path(__file__).resolve().parents[1] / "docs" / "theorems.md"
START, END = "<!-- times -->\n", "<!-- /times -->"


def table() -> str:
    """The times of a run, with what they were measured on."""
    rule_set, codebook = load_rule_set(rules_folder(None), codebook_folder(()))
    begun, worked = time.perf_counter(), time.process_time()
    found = list(prove(profiles(rule_set, compile_rules(rule_set, codebook)), candidates(())))
    whole, work = time.perf_counter() - begun, time.process_time() - worked
    system = f"Python {platform.python_version()}, {os.cpu_count()} shared cores, load {os.getloadavg()[0]:.1f}"
    what = f"{rule_set.name} {rule_set.version}, {version()}, {system}, {datetime.now(UTC).date()}"
    lines = [f"{what}: {whole:.1f} s in all, {work:.1f} s of processor time."]
    lines += ["", "| theorem, of every profile | verdict | s |", "|---|---|---|"]
    for theorem in THEOREMS:
        own = [verdict for verdict in found if verdict.theorem is theorem]
        said = ", ".join(sorted({verdict.finding.status for verdict in own}))
        lines.append(f"| {theorem.number} {theorem.name} | {said} | {sum(verdict.seconds for verdict in own):.2f} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    text = PAGE.read_text("utf-8")
    head, _, rest = text.partition(START)
    _, _, tail = rest.partition(END)
    PAGE.write_text(head + START + table() + END + tail, "utf-8")


if __name__ == "__main__":
    main()
