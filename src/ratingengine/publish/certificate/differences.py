"""Where two answers differ, leaf by leaf."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from ratingengine.files.canonical_json import canonical

ABSENT = "absent"


@frozen
class Difference:
    """A place in the answer (`trace[3].rule`) with what the certificate says and what was derived, in words."""

    where: str
    certified: str
    derived: str

    def __str__(self) -> str:
        return f"{self.where}: certificate {self.certified}, derived {self.derived}"


def differences(certified: Any, derived: Any, where: str = "") -> Iterator[Difference]:
    """Every leaf that differs, in the order of the derived answer; a list of another length also by its missing items."""
    if isinstance(certified, dict) and isinstance(derived, dict):
        for key in dict.fromkeys([*derived, *certified]):
            lead = f"{where}.{key}" if where else key
            if key not in certified or key not in derived:
                yield Difference(lead, words(certified.get(key, ABSENT)), words(derived.get(key, ABSENT)))
            else:
                yield from differences(certified[key], derived[key], lead)
    elif isinstance(certified, list) and isinstance(derived, list):
        for number, (one, other) in enumerate(zip(certified, derived, strict=False)):
            yield from differences(one, other, f"{where}[{number}]")
        for number in range(min(len(certified), len(derived)), max(len(certified), len(derived))):
            pair = [words(found[number]) if number < len(found) else ABSENT for found in (certified, derived)]
            yield Difference(f"{where}[{number}]", *pair)
    elif canonical(certified) != canonical(derived):  # as JSON, where 1 is 1.0 but not true
        yield Difference(where, words(certified), words(derived))


def words(value: Any) -> str:
    """A leaf as text, a whole branch cut short."""
    text = value if isinstance(value, str) else "nothing" if value is None else canonical(value).decode()
    line = "".join(letter if letter.isprintable() else " " for letter in text)
    return line if len(line) <= 80 else line[:79] + "…"
