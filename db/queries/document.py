"""Everything that the database knows of one run, for its model document."""

from __future__ import annotations

from sqlalchemy import Connection, select

from core.document.facts import LensFacts, RunFacts
from core.errors import UsageError
from core.lens import LensSpec
from core.readmodels import FeatureStatistic, LensSummary, RunId, RunStatus, SnapshotId
from core.snapshot_facts import SnapshotSummary
from db.queries.change import feature_drifts, unlike_known
from db.queries.datasets import files_read, integrity_findings, reject_counts, run_context
from db.queries.fairness import fairness
from db.queries.features import feature_catalogue
from db.queries.models import model
from db.queries.recipes import recipe_scores
from db.queries.run_details import lenses_as_run, run_details
from db.queries.runs import run_summary
from db.queries.segments import (
    choice_reason,
    k_scores,
    rule_fidelity,
    segments,
    statistics,
    verdict,
)
from db.queries.snapshots import switches_of_snapshot
from db.tables.runs import Run
from db.tables.snapshots import Dataset, Snapshot


def run_facts(connection: Connection, run_id: RunId, *, smallest: int) -> RunFacts:
    """What the model document of a run is written from.

    `UsageError` if there is no such run, or it has nothing to document: it failed or still runs.
    """
    row = connection.execute(
        select(
            Dataset.name,
            Dataset.description,
            Snapshot.id,
            Snapshot.as_of,
            Snapshot.fingerprint,
            Snapshot.customers,
            Snapshot.created_at,
        )
        .join(Snapshot, Snapshot.dataset_id == Dataset.id)
        .join(Run, Run.snapshot_id == Snapshot.id)
        .where(Run.id == run_id)
    ).one_or_none()
    context = None if row is None else run_context(connection, row.name, run_id)
    details = run_details(connection, run_id)
    if row is None or context is None or details is None:
        raise UsageError(f"There is no run {run_id}. The command `runs DATASET` lists them.")
    if context.status in (RunStatus.FAILED, RunStatus.RUNNING):
        what = "failed" if context.status is RunStatus.FAILED else "is not finished"
        raise UsageError(f"Run {run_id} {what}: there is nothing to document.")
    summary = run_summary(connection, run_id, context.status)
    specs = {spec.name: spec for spec in lenses_as_run(connection, run_id)}
    prints = dict(details.models)
    return RunFacts(
        context=context,
        run=summary,
        details=details,
        snapshot=SnapshotSummary(
            SnapshotId(row.id), row.as_of, row.fingerprint, row.customers, row.created_at
        ),
        description=row.description,
        files=files_read(connection, context.snapshot_id),
        rejects=reject_counts(connection, context.snapshot_id),
        checks=integrity_findings(connection, context.snapshot_id),
        features=feature_catalogue(connection, context.snapshot_id),
        drifts=feature_drifts(connection, summary.lenses[0].segmentation_id),
        lenses=tuple(
            _lens(connection, lens, specs[lens.name], prints[lens.name]) for lens in summary.lenses
        ),
        smallest=smallest,
        switches=switches_of_snapshot(connection, context.snapshot_id),
    )


def input_statistics(
    connection: Connection, facts: RunFacts
) -> dict[str, tuple[FeatureStatistic, ...]]:
    """Distributions of each lens's numeric inputs, per segment and of all customers."""
    return {
        lens.summary.name: statistics(
            connection, lens.summary.segmentation_id, lens.spec.feature_names
        )
        for lens in facts.lenses
    }


def _lens(
    connection: Connection, summary: LensSummary, spec: LensSpec, model_sha256: str
) -> LensFacts:
    segmentation_id = summary.segmentation_id
    judged = verdict(connection, segmentation_id)
    assert judged is not None  # the row that the summary was read from
    return LensFacts(
        summary=summary,
        spec=spec,
        model=model(connection, segmentation_id),
        model_sha256=model_sha256,
        reason=choice_reason(connection, segmentation_id),
        scores=k_scores(connection, segmentation_id),
        verdict=judged,
        recipes=recipe_scores(connection, segmentation_id),
        segments=segments(connection, segmentation_id),
        rule_fidelity=rule_fidelity(connection, segmentation_id),
        fairness=fairness(connection, segmentation_id),
        unlike=unlike_known(connection, segmentation_id),
    )
