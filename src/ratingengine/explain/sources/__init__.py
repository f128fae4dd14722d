"""`rate sources`: the sources behind an answer."""
