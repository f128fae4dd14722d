"""ratingengine: civic space ratings that can be recomputed, explained and proved.

Source: docs/method.md. The command is `rate`; in Python start from `ratingengine.engine.rating`.
"""

__version__ = "0.1.0"
