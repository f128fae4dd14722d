"""`rate certify` and `rate verify`."""
