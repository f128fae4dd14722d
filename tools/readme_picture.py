"""The picture of README.md: how Kazakhstan was rated year by year, what the evidence leaves possible, and why, as an SVG."""

from __future__ import annotations

from html import escape

from ratingengine.compare.map.palette import ink, shades
from ratingengine.engine.rating import load
from ratingengine.engine.years import years_of
from ratingengine.interface.answer_words import reason_words
from ratingengine.model.assessment import Assessment
from ratingengine.model.window import last_day
from ratingengine.world.countries import resolve

YEARS = range(2016, 2023)
LEFT, TOP, COLUMN, ROW, FOOT = 110, 64, 92, 40, 92
FONT = 'font-family="DejaVu Sans, Verdana, sans-serif"'


def picture() -> str:
    """docs/kazakhstan.svg."""
    loaded = load(None, (), "reference")
    words = loaded.method.scale.words
    kazakhstan = resolve("KAZ")
    answers = years_of(loaded, kazakhstan, last_day(YEARS[-1]), None, last_day(YEARS[0]))
    width, height = LEFT + COLUMN * len(answers) + 20, TOP + ROW * len(words) + FOOT
    last = answers[-1]
    said = f"{kazakhstan.name_en} {last.as_of.year}: {last.change} to {last.rating}"
    because = "; ".join(reason_words(last, rule) for rule in last.chosen.deciding)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" {FONT}>',
        f"<title>{escape(said)}</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<text x="20" y="30" font-size="17" font-weight="bold">rate kazakhstan {YEARS[0]}-{YEARS[-1]}</text>',
        '<text x="20" y="50" font-size="12" fill="#555555">solid: the rating; pale: what the evidence leaves possible</text>',
        *(_band(number, word, width) for number, word in enumerate(words)),
        *(part for number, answer in enumerate(answers) for part in _year(number, answer, words)),
        f'<text x="20" y="{height - 34}" font-size="13" font-weight="bold">{escape(said)}</text>',
        f'<text x="20" y="{height - 14}" font-size="12">{escape(because)}</text>',
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _band(number: int, word: str, width: int) -> str:
    y = TOP + ROW * number
    line = f'<line x1="{LEFT}" y1="{y}" x2="{width - 20}" y2="{y}" stroke="#dddddd"/>'
    return f'{line}<text x="{LEFT - 10}" y="{y + ROW / 2 + 5:.0f}" font-size="13" text-anchor="end">{escape(word)}</text>'


def _year(number: int, answer: Assessment, words: tuple[str, ...]) -> list[str]:
    """The range as a pale bar, the rating as a solid one, the year below."""
    x, colours = LEFT + COLUMN * number + 6, shades(len(words))
    possible = [words.index(word) for word in answer.chosen.possible]
    y, length = TOP + ROW * possible[0] + 3, ROW * len(possible) - 6
    parts = [f'<rect x="{x}" y="{y}" width="{COLUMN - 12}" height="{length}" fill="#eeeeee" rx="3"/>']
    if answer.rating is not None:
        place = words.index(answer.rating)
        y, colour = TOP + ROW * place + 3, colours[place]
        parts.append(f'<rect x="{x}" y="{y}" width="{COLUMN - 12}" height="{ROW - 6}" fill="{colour}" rx="3"/>')
        parts.append(_text(x, y + ROW / 2 + 1, answer.rating, ink(colour)))
    parts.append(_text(x, TOP + ROW * len(words) + 20, str(answer.as_of.year), "#000000"))
    return parts


def _text(x: float, y: float, text: str, colour: str) -> str:
    middle = f'x="{x + (COLUMN - 12) / 2:.0f}" y="{y:.0f}" font-size="12" text-anchor="middle"'
    return f'<text {middle} fill="{colour}">{escape(text)}</text>'
