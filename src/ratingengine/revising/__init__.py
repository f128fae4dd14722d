"""Two rule sets side by side: what was changed in words, on which inputs they disagree, and which ratings on record move."""
