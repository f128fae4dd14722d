"""`rate test`: the cases of a rule set, what they cover, and which changes they notice."""
