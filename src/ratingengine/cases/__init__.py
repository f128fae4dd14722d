"""Cases of single rules in the field's words: reading them, and an independent reading of the conditions they try."""

from ratingengine.cases.judge import EXCLUDED, FIRES, OPEN, Bench, verdict
from ratingengine.cases.reader import FILE, Case, read_cases
from ratingengine.terms import NotInTerms

__all__ = ["EXCLUDED", "FILE", "FIRES", "OPEN", "Bench", "Case", "NotInTerms", "read_cases", "verdict"]
