"""Each command line word with its options, for typer; what it does stands in the module it calls."""
