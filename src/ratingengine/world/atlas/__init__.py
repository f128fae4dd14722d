"""Outlines of the world's countries and territories, as a map of a fixed size."""
