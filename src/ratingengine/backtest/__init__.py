"""Our ratings against published ones: agreement, changes, baselines, and what would reconcile each difference."""
