"""`rate changes` and `rate watchlist`."""
