"""A rule set as a piece of work: checked, tested, shown, coded by two."""
