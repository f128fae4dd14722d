"""Rule sets: reading `rules/<method>/` and checking across its files."""
