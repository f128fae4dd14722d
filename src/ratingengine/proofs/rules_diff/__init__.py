"""`rate rules diff`: where two rule sets disagree."""
