"""The page of commands and the manual page say what the help says."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from command_pages import ENVIRONMENT, commands_page, descriptions, manual_page

from ratingengine.interface.exit_codes import MEANINGS

TEXTS = [text for _, texts in descriptions() for text in texts]


def test_both_pages_have_every_command_with_its_examples_options_and_exit_codes() -> None:
    page, manual = commands_page(), manual_page().replace("\\-", "-").replace("\\e", "\\")
    for text in TEXTS:
        assert f"### {text.path}\n" in page
        assert f".SS {text.path} {text.usage}\n" in manual
        for words in (*text.paragraphs, *text.examples):
            assert words in page
            assert words in manual
        for name, words in (*text.arguments, *text.options):
            assert f"| `{name}` | {words} |".replace("|", "\\|") in page.replace("\\|", "|").replace("|", "\\|")
            assert f".TP\n.B {name}\n{words}\n" in manual
    for words in (*MEANINGS.values(), *ENVIRONMENT, *ENVIRONMENT.values()):
        assert words in page
        assert words in manual
    assert len({text.path for text in TEXTS}) == len(TEXTS) > 30


@pytest.mark.skipif(shutil.which("groff") is None, reason="no groff on the path, which shows manual pages")
def test_roff_has_nothing_to_warn_of_in_the_manual_page() -> None:
    shown = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww", "-K", "utf8"], input=manual_page().encode(), capture_output=True, check=True
    )
    assert shown.stderr == b""
    assert b"why-not" in shown.stdout
