"""Questions that need several answers: revisions, leave-one-out, differences."""
