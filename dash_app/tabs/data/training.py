"""How the data became segments: the steps of reading and of every view, with counts and times."""

from __future__ import annotations

from dataclasses import dataclass

from core.lens import LensSpec
from core.readmodels import KScore, LensSummary, RunContext, RunStatus, SegmentSummary
from core.segmentation.labels import ALGORITHM_LABELS
from core.segmentation.model import (
    SegmentationModel,
)
from dash_app.components.chips import Tone
from dash_app.components.flows import FlowStep
from dash_app.figures.text import plural
from dash_app.formats import count
from dash_app.tabs.data.reading import DataInView

_NAMED = 4  # inputs named in a note


@dataclass(frozen=True, slots=True)
class LensFlow:
    """What a run did with one lens."""

    summary: LensSummary
    spec: LensSpec
    model: SegmentationModel
    scores: tuple[KScore, ...]
    segments: tuple[SegmentSummary, ...]
    seconds: float | None


def read_steps(found: DataInView) -> tuple[FlowStep, ...]:
    """Return the steps from files to features."""
    report, took = found.report, list(found.facts.timings)
    times = {step: seconds_words(seconds) for step, seconds in took}
    accepted = report.rows_read - report.rows_rejected
    families = len({feature.family for feature in found.features})
    refused = f"{count(report.rows_rejected)} refused" if report.rows_rejected else "none refused"
    failed = len(report.failed)
    checks = (
        f"{failed} of {len(report.checks)} checks failed"
        if failed
        else f"{plural(len(report.checks), 'check')} passed"
    )
    return (
        FlowStep(
            "Files",
            count(len(report.files)),
            "file" if len(report.files) == 1 else "files",
            f"{count(report.rows_read)} rows read",
            icon="file-earmark-text",
        ),
        FlowStep(
            "Read and check",
            count(accepted),
            "rows accepted",
            f"{refused}; {checks}",
            icon="check2-square",
            time=times.get("Reading and checking the files", ""),
            tone=Tone.CARE if report.rows_rejected or failed else Tone.PLAIN,
        ),
        FlowStep(
            "Unite by customer",
            count(found.snapshot.customers),
            "customers",
            "one row each, under a pseudonym",
            icon="people",
        ),
        FlowStep(
            "Build features",
            count(len(found.features)),
            "features",
            f"of {families} families",
            icon="grid-3x3-gap",
            time=times.get("Building the features", ""),
        ),
    )


def lens_steps(found: DataInView, run: RunContext, one: LensFlow) -> tuple[FlowStep, ...]:
    """Return the steps of one view: inputs, preparation, numbers tried, segments."""
    spec = one.spec
    by_rule = [segment for segment in one.segments if segment.is_rule]
    chosen = next((score for score in one.scores if score.chosen), None)
    tried = [str(score.k) for score in one.scores]
    names = [found.by_name[name].label for name in spec.feature_names if name in found.by_name]
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    rules = f"; {plural(sum(s.size for s in by_rule), 'customer')} by rule" if by_rule else ""
    return (
        FlowStep(
            "Choose inputs",
            count(len(spec.features)),
            "input" if len(spec.features) == 1 else "inputs",
            f"{', '.join(names[:_NAMED])}{more}",
            icon="funnel",
        ),
        FlowStep(
            "Prepare",
            count(len(one.model.columns)),
            "prepared columns",
            f"learned from {count(one.model.trained_on)} customers{rules}",
            icon="sliders",
        ),
        FlowStep(
            "Try numbers",
            f"{tried[0]} to {tried[-1]}" if len(tried) > 1 else "".join(tried) or "none",
            "tried",
            f"{chosen.k} chosen, {ALGORITHM_LABELS.get(spec.algorithm, spec.algorithm)}"
            if chosen
            else "taken from the published model",
            icon="bar-chart-steps",
            time="" if one.seconds is None else seconds_words(one.seconds),
        ),
        FlowStep(
            "Name and judge",
            count(len(one.segments)),
            "segments",
            one.summary.verdict.value,
            icon="award",
        ),
        _ending(run),
    )


def seconds_words(seconds: float) -> str:
    """Return a time.

    >>> seconds_words(0.04), seconds_words(3.21), seconds_words(75)
    ('0.04 s', '3.2 s', '1 min 15 s')
    """
    if seconds < 60:
        return f"{seconds:.2f} s" if seconds < 1 else f"{seconds:.1f} s"
    return f"{int(seconds // 60)} min {round(seconds % 60)} s"


def _ending(run: RunContext) -> FlowStep:
    is_live = run.status is RunStatus.PUBLISHED
    words = {
        RunStatus.PUBLISHED: "everybody sees it now",
        RunStatus.DRAFT: "not published yet",
        RunStatus.SUPERSEDED: "a later run took its place",
    }
    return FlowStep(
        "Publish",
        run.status.value.capitalize(),
        f"run {run.run_id}",
        words.get(run.status, ""),
        icon="broadcast",
        tone=Tone.GOOD if is_live else Tone.CARE,
    )
