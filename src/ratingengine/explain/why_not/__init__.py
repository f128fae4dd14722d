"""`rate why-not`: what would give another rating."""
