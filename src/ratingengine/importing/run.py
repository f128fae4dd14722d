"""A file under a mapping, row by row, to observations and the tally of what became of each row."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from ratingengine.errors import InvalidInput, Place, Problem
from ratingengine.importing.binding import ANY, Binding, bound
from ratingengine.importing.counted import Counter
from ratingengine.importing.coverage import Coverage
from ratingengine.importing.dating import Dating, Release, Sink
from ratingengine.importing.mapping import Mapping
from ratingengine.importing.outcome import Outcome, Tally
from ratingengine.importing.placing import EVER, Placed, Span, placed
from ratingengine.importing.rawfile import RawFile
from ratingengine.importing.suiting import OtherFile, Suiting
from ratingengine.importing.valued import Valuer
from ratingengine.model.indicator import Codebook


class Taker(Protocol):
    """What makes observations of the rows of recognised countries, at once or when all have been read."""

    def see(self, countries: Sequence[str], span: Span, cells: Sequence[str]) -> None:
        """The file speaks of these countries in these years, wanted or not."""

    def take(self, line: int, cells: Sequence[str], where: Placed, sink: Sink) -> None:
        """A row of countries, with years that are wanted."""

    def doubt(self, cells: Sequence[str] | None, countries: Collection[str], span: Span) -> None:
        """A row that may be of these countries (ANY: of all) in these years is left out; no cells: they cannot be told apart."""

    def finish(self, sink: Sink) -> Coverage | None:
        """All rows have been read; what the file covers, where that matters."""


def run(mapping: Mapping, raw: RawFile, codebook: Codebook, release: Release, sink: Sink) -> Outcome:
    """Hand every observation to the sink. Raises InvalidInput where the file is not of this mapping."""
    binding = bound(mapping, raw, codebook)
    tally = Tally()
    taker: Taker = (Counter if mapping.counts else Valuer)(binding, Dating(binding, release), tally, raw.unit)
    suiting = Suiting(binding)
    try:
        _read(raw, binding, taker, suiting, tally, sink, release)
        suiting.finish()
    except OtherFile as other:
        raise InvalidInput([Problem("I325", str(other), Place(raw.name, other.line, 1), hint=other.hint)]) from None
    coverage = taker.finish(sink)
    used = tuple(dict.fromkeys(name for column in binding.columns for name in column.names))
    return Outcome(tally, raw.unit, used, binding.lacking, mapping.unknown, coverage)


def _read(raw: RawFile, binding: Binding, taker: Taker, suiting: Suiting, tally: Tally, sink: Sink, wanted: Release) -> None:
    width = len(raw.headings)
    for line, cells in raw.rows:
        tally.read += 1
        if not any(cell.strip() for cell in cells):
            tally.outside += 1  # the end of many a sheet; a torn row it is not
        elif len(cells) < width or any(cell.strip() for cell in cells[width:]):
            tally.refused += 1
            tally.refuse(line, "", ", ".join(cells[:4]), f"{len(cells)} cells under {width} headings")
            taker.doubt(None, (ANY,), EVER)
        else:
            _take(binding, taker, suiting, tally, line, cells, sink, wanted)


def _take(
    binding: Binding,
    taker: Taker,
    suiting: Suiting,
    tally: Tally,
    line: int,
    cells: Sequence[str],
    sink: Sink,
    wanted: Release,
) -> None:
    meant = all(test.holds(cells) for test in binding.only)
    if not meant and not all(test.may_hold(cells) for test in binding.only):
        tally.outside += 1
        return
    where = placed(binding, cells)
    # The one place where a row casts doubt on totals; whatever else happens to it, it may be of these countries and years.
    if where.left_out:
        taker.doubt(cells, where.left_out, where.reach)
    if not meant:
        taker.doubt(cells, where.countries, where.reach)
        tally.outside += 1
        return
    if where.wrong is not None:
        tally.refused += 1
        tally.refuse(line, where.column, where.wrong.text, str(where.wrong))
        return
    suiting.see(line, cells, where)
    taker.see(where.countries, where.span, cells)
    if not wanted.wants(where.reach):
        tally.cut += 1
        return
    tally.unrecognised.update(where.unrecognised)
    tally.apart.update(where.apart)
    if where.countries:
        taker.take(line, cells, where, sink)
    elif where.unrecognised:
        tally.unrecognised_rows += 1
    else:
        tally.apart_rows += 1
