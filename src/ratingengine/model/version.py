"""The version of this program, which every answer names."""

from typing import Final

__version__: Final = "0.1.0"
