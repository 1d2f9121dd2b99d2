"""What a model document is written from: everything that the database knows of one run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.change import FeatureDrift, UnlikeKnown
from core.fairness import Fairness, TypicalityCount
from core.lens import LensSpec
from core.readmodels import (
    FeatureInfo,
    FileRead,
    IntegrityFinding,
    KScore,
    LensSummary,
    RecipeScore,
    RejectCount,
    RunContext,
    RunDetails,
    RunSummary,
    SegmentSummary,
    Verdict,
)
from core.segmentation.model import SegmentationModel
from core.snapshot_facts import SnapshotSummary, SwitchSetting


@dataclass(frozen=True, slots=True)
class LensFacts:
    """One lens of the run: how it was run, what came of it and why."""

    summary: LensSummary
    spec: LensSpec
    model: SegmentationModel
    model_sha256: str
    reason: str
    scores: tuple[KScore, ...]
    verdict: Verdict
    recipes: tuple[RecipeScore, ...]
    segments: tuple[SegmentSummary, ...]
    rule_fidelity: float | None
    fairness: Fairness | None
    unlike: UnlikeKnown  # customers whose like the model does not know

    @property
    def typicality(self) -> TypicalityCount | None:
        """How many of the run's customers are unlike any known one; None: nobody counted."""
        return self.unlike.after

    @property
    def fitted_as_of(self) -> date:
        """The day up to which the model looked at customers when it was fitted."""
        return date.fromisoformat(self.model.as_of)

    def is_scored_in(self, run: RunSummary) -> bool:
        """Whether the run scored with a model that was there already, and fitted none."""
        return self.summary.name in dict(run.config).get("scored", "").split(", ")


@dataclass(frozen=True, slots=True)
class RunFacts:
    """One run with the data that it was made of.

    Groups of fewer than ``smallest`` customers are not described.
    """

    context: RunContext
    run: RunSummary
    details: RunDetails
    snapshot: SnapshotSummary
    description: str  # of the data set
    files: tuple[FileRead, ...]
    rejects: tuple[RejectCount, ...]
    checks: tuple[IntegrityFinding, ...]
    features: tuple[FeatureInfo, ...]
    drifts: tuple[FeatureDrift, ...]
    lenses: tuple[LensFacts, ...]
    smallest: int
    switches: tuple[SwitchSetting, ...] = ()  # of the source, as the snapshot was read

    @property
    def purpose(self) -> str:
        """What the run is for; empty where nobody said."""
        return dict(self.run.config).get("purpose", "")

    @property
    def labels(self) -> dict[str, str]:
        """Labels of features by name."""
        return {feature.name: feature.label for feature in self.features}

    def label(self, feature: str) -> str:
        """Return the label of a feature, its name where the catalogue does not have it."""
        return self.labels.get(feature, feature)
