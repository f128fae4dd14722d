"""Find the country that a person means; nothing is guessed, near names are only hinted at."""

from __future__ import annotations

from functools import cache

from ratingengine.errors import NotFound
from ratingengine.world.countries.folding import fold, fold_keys, fold_words
from ratingengine.world.countries.shared_names import SHARED_NAMES
from ratingengine.world.countries.table import Country, all_countries, by_code, by_iso3

_SHOWN = 60  # characters of the typed text that a message repeats
_COMPARED = 100  # a longer text is no typing error in a name, and comparing it would take long
_NEAR = 5
_TELLING = 4  # fewer letters ("and", "sa") are in too many names
# A shared state form makes unlike names look alike: "Republic of Nigr" is not near Republic of Niue.
_STATE_FORMS = frozenset({"republic", "of", "kingdom", "state", "states", "federal", "democratic", "islamic"})


class CountryNotResolved(NotFound):
    """The text names no single country; `message` is ready to be shown."""

    def __init__(self, text: str, message: str) -> None:
        super().__init__(message)
        self.text = text
        self.message = message


class UnknownCountry(CountryNotResolved):
    """The text is no country's name or code; `near` holds those that resemble it, best first."""

    def __init__(self, text: str, near: tuple[Country, ...]) -> None:
        hint = f"; did you mean {_either(near)}?" if near else "; write its usual name or its ISO code"
        super().__init__(text, f"no country has the name or code {_quote(text)}{hint}")
        self.near = near


class AmbiguousCountry(CountryNotResolved):
    """The text is a name that several countries share."""

    def __init__(self, text: str, choices: tuple[Country, ...]) -> None:
        lines = "\n".join(f"   {c.iso3}  {c.name_en}" for c in choices)
        super().__init__(text, f"{_quote(text)} may mean any of these; write the code or the full name:\n{lines}")
        self.choices = choices


def resolve(text: str) -> Country:
    """Return the country with this name in any of the four languages, or with this ISO2 or ISO3 code.

    >>> resolve("Казахстан").iso3
    'KAZ'
    """
    country = by_code(text.strip())
    if country:
        return country
    key = fold(text)
    country = by_name(key)
    if country:
        return country
    if key in SHARED_NAMES:
        raise AmbiguousCountry(text, _of(SHARED_NAMES[key]))
    raise UnknownCountry(text, _near(text))


def by_name(key: str) -> Country | None:
    """Return the country that has the folded name for its own."""
    return _by_name().get(key)


def _named() -> list[tuple[str, Country]]:
    return [(name, c) for c in all_countries() for name in (c.name_en, c.name_ru, c.name_fr, c.name_es, *c.aliases)]


@cache
def _by_name() -> dict[str, Country]:
    named = _named()
    return dict(zip(fold_keys(name for name, _ in named), (country for _, country in named), strict=True))


def _of(codes: tuple[str, ...]) -> tuple[Country, ...]:
    return tuple(country for country in map(by_iso3, codes) if country)


def _near(text: str) -> tuple[Country, ...]:
    words = fold_words((text[:_COMPARED],))[0].split()
    if not words:
        return ()
    telling = [word for word in words if word not in _STATE_FORMS] or words
    near = _alike("".join(words), 0.9) or [*_alike("".join(telling), 0.78), *_containing(telling)]
    return tuple(dict.fromkeys(near))[:_NEAR]


def _alike(key: str, cutoff: float) -> list[Country]:
    """Countries with a name, own or shared, that differs from the key in a few letters; best first."""
    from difflib import get_close_matches  # only a mistyped name pays for the import

    known: dict[str, tuple[Country, ...]] = {name: (country,) for name, country in _by_name().items()}
    known |= {name: _of(codes) for name, codes in SHARED_NAMES.items()}
    return [country for name in get_close_matches(key, known, n=_NEAR, cutoff=cutoff) for country in known[name]]


def _containing(words: list[str]) -> list[Country]:
    """Countries with a name that has all the words in it, in any order."""
    if len("".join(words)) < _TELLING:
        return []
    named = _named()
    names = fold_words(name for name, _ in named)
    return [country for name, (_, country) in zip(names, named, strict=True) if set(words) <= set(name.split())]


def _either(countries: tuple[Country, ...]) -> str:
    *others, last = map(str, countries)
    return f"{', '.join(others)} or {last}" if others else last


def _quote(text: str) -> str:
    # Control characters must not reach a terminal, and a pasted page must not fill it.
    shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    return "'" + "".join(c if c.isprintable() else " " for c in shown) + "'"
