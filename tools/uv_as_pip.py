"""Run the uv of this environment with what pip is configured with, as in `python tools/uv_as_pip.py pip list`.

Institutions name their mirror and their certificate in pip's configuration, where uv does not look.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

SETTINGS = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "cert": "SSL_CERT_FILE",
}
SEPARATORS = {"UV_FIND_LINKS": ","}


def environment(listing: str, given: Mapping[str, str]) -> dict[str, str]:
    """The variables that uv is run with, by `pip config list` and the environment as it is, which goes first."""
    settings: dict[str, str] = {}
    for line in sorted(listing.splitlines(), key=lambda line: line.startswith(":env:")):
        key, _, value = line.partition("=")
        settings[key.rpartition(".")[2]] = str(ast.literal_eval(value))
    named = {SETTINGS[key]: value for key, value in settings.items() if key in SETTINGS}
    from_pip = {name: SEPARATORS.get(name, " ").join(value.split()) for name, value in named.items()}
    # Every file is pinned by hash, so that it does not matter which index has it.
    return {"UV_INDEX_STRATEGY": "unsafe-best-match", "UV_NO_PROGRESS": "1", **from_pip, **given, "VIRTUAL_ENV": sys.prefix}


def main() -> None:
    listing = subprocess.run([sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=True).stdout
    uv = str(Path(sys.prefix, "bin", "uv"))
    os.execve(uv, [uv, *sys.argv[1:]], environment(listing, os.environ))  # noqa: S606


if __name__ == "__main__":
    main()
