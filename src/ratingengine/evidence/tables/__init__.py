"""Observations as a table: what `rate import` writes and `--records` reads, Parquet or CSV, with its sources."""
