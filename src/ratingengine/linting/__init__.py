"""Findings: what is allowed in rules, codebook and records, and is hardly meant. Each has a code, a place and a remedy."""
