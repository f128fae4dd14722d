"""Data sets of others as observations: a mapping declares what their columns mean, and no code is about one data set."""
