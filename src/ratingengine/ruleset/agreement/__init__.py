"""`rate agreement`: two codings of the same sources."""
