"""Cases of single rules in the field's words: reading them, and an independent reading of the conditions they try."""

from ratingengine.model.terms import NotInTerms
from ratingengine.ruleset.cases.judge import EXCLUDED, FIRES, OPEN, Bench, verdict
from ratingengine.ruleset.cases.reader import FILE, Case, read_cases

__all__ = ["EXCLUDED", "FILE", "FIRES", "OPEN", "Bench", "Case", "NotInTerms", "read_cases", "verdict"]
