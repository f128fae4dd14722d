"""A rule set on evidence: one country on a day, its years, and what two answers differ in."""
