"""Why this rating, and why not another: supports, blocks and changes of evidence, with the reference engine as oracle."""
