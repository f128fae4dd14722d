"""uv is told what pip is configured with."""

from __future__ import annotations

import sys

from uv_as_pip import environment

LISTING = """\
:env:.index-url='here/simple'
global.cert='/etc/own.pem'
global.find-links='wheels\\nmore wheels'
global.index-url='there/simple'
global.timeout='60'
"""


def test_settings_of_pip_become_variables_of_uv_and_its_variables_go_before_its_files() -> None:
    assert environment(LISTING, {"HOME": "x"}) == {
        "HOME": "x",
        "SSL_CERT_FILE": "/etc/own.pem",
        "UV_DEFAULT_INDEX": "here/simple",
        "UV_FIND_LINKS": "wheels,more,wheels",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_NO_PROGRESS": "1",
        "VIRTUAL_ENV": sys.prefix,
    }


def test_what_uv_itself_was_told_goes_first() -> None:
    assert environment(LISTING, {"UV_DEFAULT_INDEX": "mine"})["UV_DEFAULT_INDEX"] == "mine"


def test_without_a_configuration_nothing_is_told() -> None:
    assert environment("", {}) == {"UV_INDEX_STRATEGY": "unsafe-best-match", "UV_NO_PROGRESS": "1", "VIRTUAL_ENV": sys.prefix}
