"""What every check starts from, and how a claim about one day is settled."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import frozen

from ratingengine.proofs.change import Change
from ratingengine.proofs.days import Assessed, Day
from ratingengine.proofs.figures import People
from ratingengine.proofs.histories import MOST_YEARS
from ratingengine.proofs.priors import PriorState
from ratingengine.proofs.seeking import Claim, Sight, seek
from ratingengine.proofs.solver import Formula, Solver
from ratingengine.proofs.subject import ProfileProved
from ratingengine.proofs.verdicts import PROVED, REFUTED, UNDECIDED, Counterexample, Finding
from ratingengine.world.countries import Country

NOT_SHOWN = "the proof fails, and no evidence of up to four years was found that shows why"


@frozen
class Ground:
    """The profile, the table of change, and the countries to put invented evidence on, the first where any will do.

    With `keep` the evidence that shows what is possible is made small and kept.
    """

    profile: ProfileProved
    change: Change
    countries: Sequence[Country]
    keep: bool = False

    def day(self) -> Assessed:
        """Any day of any country after any year."""
        prior = PriorState.any("x", self.profile.scale.worst)
        return Assessed.of(Day.of(self.profile, "x", People.any(), prior))

    def settle(self, fault: Callable[[Assessed], Formula], says: str) -> Finding:
        """Proved where no day has the fault; refuted by evidence of few years that has it in its last."""
        found = self.day()
        if Solver(*found.day.axioms()).find(fault(found)) is None:
            return Finding(PROVED)
        return refuted(self.seen(lambda histories: fault(histories[0].last), 1), says)

    def seen(self, claim: Claim, sides: int, years: int | None = None) -> Sight | None:
        """Evidence for a claim about one history or two, of few years or of so many."""
        lengths = range(1, MOST_YEARS + 1) if years is None else (years,)
        return seek(self.profile, self.change, self.countries, sides, claim, lengths)


def refuted(sight: Sight | None, says: str) -> Finding:
    """Refuted by evidence; undecided where none of a few years shows what the proof could not exclude."""
    if sight is None:
        return Finding(UNDECIDED, NOT_SHOWN)
    return Finding(REFUTED, counterexample=Counterexample(says, sight.exhibits, sight.answers))
