"""The life of a run: segment a snapshot, or refresh what is published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter

from core.errors import ClienteleError, UsageError, one_of
from core.insight.rfm_cells import rfm_overview
from core.lens import RFM, LensSpec
from core.pipeline.change import with_changes
from core.pipeline.eligibility import eligible_part
from core.pipeline.fairness import with_fairness
from core.pipeline.ingest import ingest
from core.pipeline.options import SegmentOptions
from core.pipeline.ports import (
    Cancelled,
    Progress,
    RunStore,
    SnapshotStore,
    TableReader,
    part_of,
    silent,
)
from core.pipeline.reports import IngestReport, RunReport, lens_report
from core.pipeline.results import (
    PublishedLens,
    PublishedModels,
    RunResult,
    SegmentationResult,
    StoredSnapshot,
)
from core.pipeline.steps import fit_lens, score_lens
from core.pipeline.together import compare_lenses, find_actions
from core.rule_groups import RuleGroups
from core.segmentation.build import library_versions
from core.segmentation.fit import active_rows
from core.sources.spec import SourceSpec


def segment(
    dataset: str,
    options: SegmentOptions,
    *,
    snapshots: SnapshotStore,
    runs: RunStore,
    progress: Progress = silent,
) -> RunReport:
    """Segment the latest snapshot through its lenses; the result is a draft.

    Raises
    ------
    UsageError
        If a lens is named that the data set does not have.
    DataError
        If a lens has fewer customers than segments.
    """
    snapshot = snapshots.load_snapshot(dataset)
    lenses = options.applied(_chosen(snapshot, options.lenses))
    return _run(
        snapshot, lenses, options, refit=True, snapshots=snapshots, runs=runs, progress=progress
    )


def refresh(
    spec: SourceSpec,
    path: Path | None,
    *,
    snapshots: SnapshotStore,
    runs: RunStore,
    reader: TableReader | None = None,
    as_of: date | None = None,
    switches: Mapping[str, bool] | None = None,
    refit: bool = False,
    force: bool = False,
    seed: int = 0,
    progress: Progress = silent,
) -> tuple[IngestReport, RunReport]:
    """Ingest, score with the published models, publish.

    A lens without a published model, or that the source describes in another way since, is fitted
    as the source describes it; with `refit` all are. What an analyst chose for a published model
    (number of segments, scaler, algorithm) stays as long as it is scored with, and switches that
    are not given stay as they were when the data set was read last.

    Raises
    ------
    UsageError
        If a lens is judged *Do not use* and `force` is not given; the run stays as a draft.
    """
    read = ingest(
        spec,
        path,
        snapshots=snapshots,
        reader=reader,
        as_of=as_of,
        switches=switches,
        progress=part_of(progress, 0.0, 0.4),
    )
    snapshot = snapshots.load_snapshot(spec.name, read.snapshot_id)
    options = SegmentOptions(seed=seed)
    done = _run(
        snapshot,
        list(snapshot.lenses),
        options,
        refit=refit,
        snapshots=snapshots,
        runs=runs,
        progress=part_of(progress, 0.4, 0.95),
    )
    progress(0.95, "Publishing")
    runs.publish(done.run_id, force=force)
    progress(1.0, "Published")
    return read, RunReport(done.run_id, True, done.lenses)


def _run(
    snapshot: StoredSnapshot,
    lenses: list[LensSpec],
    options: SegmentOptions,
    *,
    refit: bool,
    snapshots: SnapshotStore,
    runs: RunStore,
    progress: Progress,
) -> RunReport:
    published = runs.published_models(snapshot.dataset.name)
    kept = {} if refit else _still_valid(snapshot, lenses, published)
    config = {**options.config(), "scored": sorted(kept)}
    run_id = runs.start_run(snapshot.snapshot_id, config, options.seed, dict(library_versions()))
    try:
        result = _result(snapshot, lenses, published, kept, options, progress)
        progress(0.97, "Comparing with what is published")
        result = with_changes(snapshot, result, published, snapshots=snapshots, runs=runs)
        result = replace(result, actions=find_actions(snapshot, result.segmentations))
        progress(0.98, "Writing the results")
        runs.finish_run(run_id, result)
    except Cancelled:
        runs.fail_run(run_id, "Stopped on request.")
        raise
    except ClienteleError as error:
        runs.fail_run(run_id, str(error))
        raise
    except Exception:
        runs.fail_run(run_id, "An unexpected fault stopped the run; the log has the details.")
        raise
    progress(1.0, "Done")
    return RunReport(run_id, False, tuple(lens_report(found) for found in result.segmentations))


def _result(
    snapshot: StoredSnapshot,
    lenses: list[LensSpec],
    published: PublishedModels,
    kept: Mapping[str, PublishedLens],
    options: SegmentOptions,
    progress: Progress,
) -> RunResult:
    seed, overrule = options.seed, options.overrule
    found: list[SegmentationResult] = []
    timings: list[tuple[str, float]] = []
    for position, lens in enumerate(lenses):
        began = perf_counter()
        part = part_of(
            progress, 0.9 * position / len(lenses), 0.9 * (position + 1) / len(lenses), lens.label
        )
        if lens.name in kept:
            found.append(score_lens(snapshot, kept[lens.name], seed=seed, progress=part))
        else:
            before = published.lenses.get(lens.name)
            found.append(
                fit_lens(
                    snapshot,
                    lens,
                    before,
                    seed=seed,
                    overrule=overrule,
                    compare_recipes=options.compare_recipes,
                    progress=part,
                )
            )
        found[-1] = with_fairness(snapshot, found[-1], seed=seed, is_fitted=lens.name not in kept)
        timings.append((lens.label, perf_counter() - began))
    began = perf_counter()
    progress(0.92, "Comparing the views")
    comparisons = compare_lenses(snapshot, found, seed=seed)
    timings.append(("Comparison", perf_counter() - began))
    rfm = rfm_overview(snapshot.frame, _rfm_rule(found, published))
    return RunResult(tuple(found), comparisons, (), tuple(timings), rfm)


def _rfm_rule(found: list[SegmentationResult], published: PublishedModels) -> RuleGroups | None:
    """Return the rule of the RFM groups, of this run or of what it leaves published."""
    of_run = {one.lens.name: one.model.groups for one in found if one.lens.grouping == RFM}
    kept = {
        name: before.model.groups
        for name, before in published.lenses.items()
        if before.lens is not None and before.lens.grouping == RFM
    }
    return next(iter({**kept, **of_run}.values()), None)


def _still_valid(
    snapshot: StoredSnapshot, lenses: list[LensSpec], published: PublishedModels
) -> dict[str, PublishedLens]:
    """Return the published models that new data can be scored with.

    The source still describes the lens as it did then (an analyst's own number of segments or
    scaler stays), and its model knows a segment by rule if there are customers who belong there.
    """
    return {
        lens.name: before
        for lens in lenses
        if (before := published.lenses.get(lens.name)) is not None
        and before.described == lens
        and (before.model.rule is not None or _nobody_is_inactive(snapshot, lens))
    }


def _nobody_is_inactive(snapshot: StoredSnapshot, lens: LensSpec) -> bool:
    return bool(active_rows(eligible_part(snapshot, lens)[0].frame, lens).all())


def _chosen(snapshot: StoredSnapshot, names: tuple[str, ...]) -> list[LensSpec]:
    known = {lens.name: lens for lens in snapshot.lenses}
    for name in names:
        if name not in known:
            raise UsageError(one_of("lens", name, known))
    return [lens for lens in snapshot.lenses if not names or lens.name in names]
