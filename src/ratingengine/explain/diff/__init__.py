"""`rate diff`: two answers, and how much each change in evidence contributed."""
