"""Certificates: an answer with everything it was read from, in one file that can be checked without this machine."""
