"""An answer for others: sealed with its files, or as a graph of where it comes from."""
