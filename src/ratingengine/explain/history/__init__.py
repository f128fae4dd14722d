"""`rate history`: every year of a country, and how each was known over time."""
