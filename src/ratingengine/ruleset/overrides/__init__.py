"""`rate overrides`: judgements that depart from the rules."""
