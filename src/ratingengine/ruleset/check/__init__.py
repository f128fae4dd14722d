"""`rate check`: problems and likely mistakes of rules, codebook, records and sources."""
