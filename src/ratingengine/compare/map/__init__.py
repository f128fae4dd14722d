"""`rate map`: the world in the colours of the ratings."""
