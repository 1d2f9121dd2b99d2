"""What the page of runs reads: the history, one run closely, and what can be run."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from core.lens import LensSpec
from core.readmodels import (
    DatasetHeader,
    FeatureInfo,
    KScore,
    LensSummary,
    RecipeScore,
    RunDetails,
    RunId,
    RunStatus,
    RunSummary,
    Verdict,
)
from dash_app.context import choose_dataset
from dash_app.selection import Selection
from dash_app.services import Services
from db.queries.datasets import datasets
from db.queries.recipes import recipe_scores
from db.queries.run_details import (
    features_to_run,
    lenses_as_run,
    lenses_to_run,
    published_before,
    run_details,
)
from db.queries.runs import runs
from db.queries.segments import choice_reason, k_scores, verdict


@dataclass(frozen=True, slots=True)
class LensDetail:
    """One lens of a run: how it was run, what came of it and why."""

    summary: LensSummary
    spec: LensSpec
    scores: tuple[KScore, ...]
    reason: str
    verdict: Verdict | None
    recipes: tuple[RecipeScore, ...] = ()


@dataclass(frozen=True, slots=True)
class RunDetail:
    """One run closely."""

    summary: RunSummary
    details: RunDetails
    lenses: tuple[LensDetail, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """Two runs to be compared, and what the features are called by name."""

    run: RunDetail
    other: RunDetail
    labels: dict[str, str]


@dataclass(frozen=True, slots=True)
class History:
    """The runs of a data set; ``before`` is what rolling back would make live again."""

    dataset: DatasetHeader
    runs: tuple[RunSummary, ...]
    chosen: RunSummary | None
    before: RunId | None

    @property
    def labels(self) -> dict[str, str]:
        """Labels of the lenses by name, as far as runs have used them."""
        return {lens.name: lens.label for run in reversed(self.runs) for lens in run.lenses}

    @property
    def live(self) -> RunSummary | None:
        """The published run."""
        return next((run for run in self.runs if run.status is RunStatus.PUBLISHED), None)


def read_history(services: Services, selection: Selection) -> History | None:
    """Return the runs of the data set in view; None where there is no such data set."""
    with services.read() as connection:
        known = datasets(connection)
        name = choose_dataset(known, selection.dataset)
        header = next((one for one in known if one.name == name), None)
        if header is None:
            return None
        found = runs(connection, header.name)
        before = published_before(connection, header.name)
    return History(header, found, chosen_run(found, selection.run), before)


def chosen_run(found: tuple[RunSummary, ...], wanted: RunId | None) -> RunSummary | None:
    """Return the run asked for; without one the published, else the newest."""
    if wanted is not None:
        return next((run for run in found if run.run_id == wanted), None)
    live = [run for run in found if run.status is RunStatus.PUBLISHED]
    return next(iter([*live, *found]), None)


def read_run(services: Services, run: RunSummary) -> RunDetail:
    """Return one run closely; what cannot change any more is read once."""
    with services.read() as connection:
        if run.status is RunStatus.RUNNING:
            details, lenses = _parts(connection, run)
        else:
            key = ("run-detail", run.run_id)
            details, lenses = services.cache.get(key, lambda: _parts(connection, run))
    return RunDetail(run, details, lenses)


def others_to_compare(history: History) -> tuple[RunSummary, ...]:
    """Return the runs with segments that the one in view can be set beside."""
    return tuple(run for run in history.runs if run.lenses and run != history.chosen)


def run_beside(history: History, wanted: RunId | None) -> RunSummary | None:
    """Return the run asked for, else the live one, else the newest older one; None without any."""
    if history.chosen is None or not history.chosen.lenses:
        return None
    known = others_to_compare(history)
    asked = [run for run in known if run.run_id == wanted]
    live = [run for run in known if run == history.live]
    older = [run for run in known if run.run_id < history.chosen.run_id]
    return next(iter([*asked, *live, *older, *known]), None)


def read_beside(services: Services, selection: Selection, history: History) -> Beside | None:
    """Return the run in view and one to compare it with; None where there is no other."""
    other = run_beside(history, selection.other)
    if other is None or history.chosen is None:
        return None
    _, features = read_inputs(services, selection)
    labels = {feature.name: feature.label for feature in features}
    return Beside(read_run(services, history.chosen), read_run(services, other), labels)


def dataset_in_view(services: Services, selection: Selection) -> str:
    """Return the name of the data set in view; empty where there is none."""
    if selection.dataset is not None:
        return selection.dataset
    with services.read() as connection:
        return choose_dataset(datasets(connection)) or ""


def read_lenses(services: Services, selection: Selection) -> tuple[str, tuple[LensSpec, ...]]:
    """Return the data set in view and the lenses that a new run of it can look through."""
    name = dataset_in_view(services, selection)
    with services.read() as connection:
        return name, lenses_to_run(connection, name)


def read_inputs(
    services: Services, selection: Selection
) -> tuple[tuple[LensSpec, ...], tuple[FeatureInfo, ...]]:
    """Return the lenses that a new run can look through, and all features there are."""
    name = dataset_in_view(services, selection)
    with services.read() as connection:
        return lenses_to_run(connection, name), features_to_run(connection, name)


def _parts(connection: Connection, run: RunSummary) -> tuple[RunDetails, tuple[LensDetail, ...]]:
    specs = {spec.name: spec for spec in lenses_as_run(connection, run.run_id)}
    details = run_details(connection, run.run_id) or RunDetails((), (), ())
    return details, tuple(_lens(connection, lens, specs[lens.name]) for lens in run.lenses)


def _lens(connection: Connection, lens: LensSummary, spec: LensSpec) -> LensDetail:
    found = lens.segmentation_id
    return LensDetail(
        summary=lens,
        spec=spec,
        scores=k_scores(connection, found),
        reason=choice_reason(connection, found),
        verdict=verdict(connection, found),
        recipes=recipe_scores(connection, found),
    )
