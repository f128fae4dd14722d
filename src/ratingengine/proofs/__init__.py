"""What holds of a rule set for every input, proved; a failed proof ends in evidence that shows it. Needs the extra `prove`."""
