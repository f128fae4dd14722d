"""Evidence records: reading them, and checking them against codebook, sources and documents."""
