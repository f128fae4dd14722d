"""`rate compare`: countries side by side."""
