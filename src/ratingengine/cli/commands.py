"""Every command with the function that answers it: a question is registered here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

Place = str | Mapping[str, str]
"""Where a command's function is, `module:name` below `ratingengine`; or the commands below it."""

PANELS: Final[Mapping[str, Mapping[str, Place]]] = {
    "Rate": {
        "country": "cli.country_command:country_command",
        "history": "explain.history.history_command:history_command",
    },
    "Explain": {
        "why": "explain.why.why_command:why_command",
        "why-not": "explain.why_not.why_not_command:why_not_command",
        "robust": "explain.robust.robust_command:robust_command",
        "diff": "explain.diff.diff_command:diff_command",
        "what-if": "explain.what_if.what_if_command:what_if_command",
        "sources": "explain.sources.sources_command:sources_command",
    },
    "Compare": {
        "compare": "compare.compare.compare_command:compare_command",
        "changes": "compare.changes.changes_command:changes_command",
        "watchlist": "compare.changes.watchlist_command:watchlist_command",
        "summary": "compare.summary.summary_command:summary_command",
        "panel": "compare.panel.panel_command:panel_command",
        "map": "compare.map.map_command:map_command",
        "backtest": "backtest.backtest_command:backtest_command",
    },
    "Data": {
        "coverage": "compare.coverage.coverage_command:coverage_command",
        "import": "importing.import_command:import_command",
        "batch": "bulk.batch_command:batch_command",
        "simulate": "bulk.simulate_command:simulate_command",
        "sensitivity": "bulk.sensitivity_command:sensitivity_command",
        "agreement": "ruleset.agreement.agreement_command:agreement_command",
    },
    "Rules": {
        "codebook": "ruleset.codebook_command:codebook_command",
        "rules": {
            "list": "ruleset.rules_command:rules_list_command",
            "show": "ruleset.rules_command:rules_show_command",
            "diff": "proofs.rules_diff.rules_diff_command:rules_diff_command",
        },
        "overrides": {
            "list": "ruleset.overrides.overrides_command:overrides_list_command",
            "stale": "ruleset.overrides.overrides_command:overrides_stale_command",
        },
        "check": "ruleset.check.check_command:check_command",
        "test": "ruleset.test.test_command:run_cases_command",
        "prove": "proofs.prove_command:prove_command",
        "schema": "ruleset.schema_command:schema_command",
    },
    "Publish": {
        "certify": "publish.certificate.certify_command:certify_command",
        "verify": "publish.certificate.verify_command:verify_command",
        "provenance": "publish.provenance.provenance_command:provenance_command",
    },
}
"""Commands by what they are for, in the order that `rate --help` shows."""

BELOW: Final[Mapping[str, str]] = {
    "rules": "List and show rules, and compare two rule sets.",
    "overrides": "List judgements that depart from the rules.",
}
"""What the commands are about that have others below them."""

COMMANDS: Final[Mapping[str, Place]] = {name: place for panel in PANELS.values() for name, place in panel.items()}
FIRST: Final = "country"
"""The command that is meant where the first word is none."""
