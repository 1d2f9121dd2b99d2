"""What changed since the publication before a run, as it is stored and read: light, no scipy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.fairness import TypicalityCount
from core.insight.movers import Flow
from core.readmodels import RunId

MODERATE, LARGE = 0.1, 0.25  # Siddiqi's rule of thumb


@dataclass(frozen=True, slots=True)
class Drift:
    """How far a distribution has moved.

    ``psi``: the population stability index; ``by_chance``: what two samples of these sizes from one
    distribution stay under 95 times in 100, so that a larger index means something.
    """

    psi: float
    by_chance: float

    @property
    def says(self) -> str:
        """What the index says: "no change", "small change", "moderate change", "large change"."""
        if self.psi <= self.by_chance:
            return "no change"
        if self.psi >= LARGE:
            return "large change"
        return "moderate change" if self.psi >= MODERATE else "small change"


@dataclass(frozen=True, slots=True)
class FeatureDrift:
    """How far a feature's distribution moved between two snapshots."""

    feature: str
    psi: float
    by_chance: float

    @property
    def drift(self) -> Drift:
        """The index without the feature."""
        return Drift(self.psi, self.by_chance)


@dataclass(frozen=True, slots=True)
class SegmentMark:
    """A segment as every run knows it: its identity with the name and colour it has now."""

    key: str
    name: str
    colour: int


@dataclass(frozen=True, slots=True)
class UnlikeKnown:
    """Customers unlike any that the model knows, along the path of `core.insight.movers`.

    ``before``: old data, old model; ``between``: new data, old model; ``after``: new data, new
    model. None where nobody counted, or the old model cannot see the new data.
    """

    before: TypicalityCount | None = None
    between: TypicalityCount | None = None
    after: TypicalityCount | None = None


@dataclass(frozen=True, slots=True)
class Migration:
    """One lens of a run against what was published when it was made.

    Counts and flows are those of `core.insight.movers.Movement`. ``marks``: the segments that the
    flows name, those of the run first, in its order. ``before_run`` is None where that run is gone.
    """

    before_run: RunId | None
    before_as_of: date
    as_of: date
    is_refitted: bool
    known: int
    by_customer: int
    by_model: int
    moved: int
    joined: int
    left: int
    flows: tuple[Flow, ...]
    marks: tuple[SegmentMark, ...]
    unlike: UnlikeKnown = UnlikeKnown()
