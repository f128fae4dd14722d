"""`rate what-if`: the answer on supposed evidence."""
