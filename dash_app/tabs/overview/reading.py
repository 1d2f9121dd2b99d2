"""What the overview reads: the segments, their history, and whom to call."""

from __future__ import annotations

from dataclasses import dataclass

from core.change import Migration
from core.readmodels import (
    ActionClient,
    Comparison,
    FeatureInfo,
    SegmentShare,
    SegmentSummary,
    Verdict,
)
from dash_app.context import View
from dash_app.privacy import shown_sentences, shown_shares
from dash_app.profiles.facts import segments_and_facts
from dash_app.roles import Role
from dash_app.services import Services
from db.queries.change import migration
from db.queries.comparisons import comparisons
from db.queries.runs import share_history
from db.queries.segments import action_clients, headlines


@dataclass(frozen=True, slots=True)
class Overview:
    """One lens of a run at a glance; of groups that are too small nothing is told."""

    segments: tuple[SegmentSummary, ...]
    value: FeatureInfo | None  # the measure of what customers are worth
    value_median: float | None  # of all customers
    shares: tuple[SegmentShare, ...]
    clients: tuple[ActionClient, ...] | None  # None: the reader may not see single customers
    headlines: tuple[str, ...]
    verdict: Verdict | None
    inputs: tuple[FeatureInfo, ...]
    comparisons: tuple[Comparison, ...]  # of the lenses of the run, two by two
    migration: Migration | None = None  # since what was published before


def read_overview(services: Services, view: View, role: Role) -> Overview:
    """Return what the overview of the lens in view shows to a reader of that role."""
    segments, facts = segments_and_facts(services, view)
    lens, smallest = view.lens, services.smallest_group
    value = facts.named([lens.value_feature] if lens.value_feature else [])
    medians = [
        row.median
        for row in facts.statistics
        if row.segment is None and row.feature == lens.value_feature
    ]
    with services.read() as connection:
        run = view.run.run_id
        made = services.cache.get(("comparisons", run), lambda: comparisons(connection, run))
        return Overview(
            segments=segments,
            value=next(iter(value), None),
            value_median=next(iter(medians), None),
            shares=shown_shares(
                share_history(connection, view.run.dataset.name, lens.name), smallest
            ),
            clients=(
                action_clients(connection, lens.segmentation_id)
                if role.may_act_as(Role.ANALYST)
                else None
            ),
            headlines=shown_sentences(
                headlines(connection, lens.segmentation_id), segments, smallest
            ),
            verdict=facts.verdict,
            inputs=facts.named(lens.inputs),
            comparisons=made,
            migration=migration(connection, lens.segmentation_id),
        )
