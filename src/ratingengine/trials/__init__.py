"""`rate test`: cases of rules run, what they cover, and whether they would notice a changed rule."""
