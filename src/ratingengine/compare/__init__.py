"""Several countries side by side, their changes, a summary, a map: a folder a question."""
