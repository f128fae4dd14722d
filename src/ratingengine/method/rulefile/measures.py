"""What can be wrong with the inputs of a measure; `checks` turns it into problems."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from ratingengine.model.condition import Atom
from ratingengine.model.indicator import Codebook, Indicator
from ratingengine.model.normal import NotClosed, normalise, subject_of, vacuous
from ratingengine.model.rule import Measure, MeasureInput
from ratingengine.model.scale import Scale
from ratingengine.model.terms import NotInTerms, scaled


def measure_fault(measure: Measure) -> str:
    """The fault of a measure as a whole, or nothing."""
    if not 0 < measure.needs <= len(measure.inputs):
        return f"needs must be 1 to {len(measure.inputs)}"
    if measure.of == "mean" and not any(Fraction(entry.weight) for entry in measure.inputs):
        return "a mean needs a weight above 0"
    return ""


def input_fault(measure: Measure, entry: MeasureInput, codebook: Codebook, scale: Scale) -> str:
    """The fault of one input of a known indicator, or nothing."""
    ranges = (entry.source_range, entry.target_range)
    if measure.of == "count":
        if codebook[entry.indicator].may_be_none:
            return f"input {entry.indicator} may be none: a count cannot leave it out, write mean, median, min or max"
        if not isinstance(entry.atom, Atom) or any(ranges) or entry.steps:
            return f"input {entry.indicator} of a count needs a comparison, and no from: or to: or steps:"
        return _comparison_fault(entry.atom, codebook, scale)
    if isinstance(entry.atom, Atom) or not (all(ranges) or entry.steps):
        return f"input {entry.indicator} needs from: and to:, or steps:, and no comparison"
    if entry.steps and any(ranges):
        return f"input {entry.indicator} has steps:, so it needs no from: or to:"
    shape = _steps_fault if entry.steps else _rescaling_fault
    return shape(entry, codebook[entry.indicator]) or _none_fault(measure, entry, codebook[entry.indicator])


def idle_input(atom: Atom, codebook: Codebook, scale: Scale) -> str:
    """Why a sound comparison of a count says nothing, or nothing."""
    subject = subject_of(atom, codebook, scale, {})
    return vacuous(normalise(atom, subject), subject)


def _none_fault(measure: Measure, entry: MeasureInput, indicator: Indicator) -> str:
    """Leaving an input out must stay within what is possible while nothing is known of it, or evidence would widen the answer."""
    if not indicator.may_be_none:
        return ""
    if measure.of == "sum":
        return f"input {entry.indicator} may be none: a sum cannot leave it out, write mean, median, min or max"
    others = {tuple(sorted(map(Fraction, other.ends or ()))) for other in measure.inputs}
    if len(others) > 1 or _beyond(entry, indicator) or not Fraction(entry.weight):
        return f"input {entry.indicator} may be none: it needs its whole range, a weight, and the same ends as all other inputs"
    return ""


def _beyond(entry: MeasureInput, indicator: Indicator) -> bool:
    """Whether the rescaling has an end that no value reaches. A step table has none: its steps are values."""
    low, high = (Fraction(end) * 10**indicator.decimals for end in entry.source_range or ("0", "0"))
    return not entry.steps and (indicator.lowest > low or indicator.highest < high)


def _comparison_fault(atom: Atom, codebook: Codebook, scale: Scale) -> str:
    try:
        better = normalise(atom, subject_of(atom, codebook, scale, {})).better
    except (NotInTerms, NotClosed):
        return f"input {atom.name} compares with a value outside its terms"
    return f"input {atom.name} points in the better direction" if better else ""


def _rescaling_fault(entry: MeasureInput, indicator: Indicator) -> str:
    """A measure grows as things get worse, so an indicator that is worse when lower must be turned round."""
    low, high = (Fraction(end) for end in entry.source_range or ())
    first, last = (Fraction(end) for end in entry.target_range or ())
    if low >= high:
        return f"input {entry.indicator}: from: must go from lower to higher"
    if (first > last) if indicator.worse == "higher" else (first < last):
        way = "rise" if indicator.worse == "higher" else "fall"
        return f"input {entry.indicator}: to: must {way}, since {indicator.worse} is worse"
    return ""


def _steps_fault(entry: MeasureInput, indicator: Indicator) -> str:
    """Steps begin at the lowest value, each further on, and go one way: a measure grows as things get worse."""
    lead = f"input {entry.indicator}: steps:"
    starts = []
    for step in entry.steps:
        try:
            starts.append(scaled(indicator, step.start))
        except NotInTerms as wrong:
            return f"{lead} '{step.start}' is {wrong.reason}, {wrong.remedy}"
    if starts[0] != indicator.lowest:
        return f"{lead} must begin with from: {indicator.number(indicator.lowest)}, the lowest value"
    if any(after <= before for before, after in pairwise(starts)):
        return f"{lead} each from: must be higher than the one before"
    falls = indicator.worse == "lower"
    for before, after in pairwise(Fraction(step.counts) for step in entry.steps):
        if (after >= before) if falls else (after <= before):
            return f"{lead} counts: must {'fall' if falls else 'rise'} with each step, since {indicator.worse} is worse"
    return ""
