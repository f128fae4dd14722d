"""Answers about several countries at once: side by side, changes, summaries by region."""
