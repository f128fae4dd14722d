"""Countries and territories, and where they lie."""
