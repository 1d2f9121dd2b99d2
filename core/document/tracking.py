"""Runs as MLflow keeps them on disk, for those who track their experiments there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence

from core.document.facts import LensFacts, RunFacts
from core.document.markdown import to_markdown
from core.document.model_document import model_document
from core.document.small_groups import model_is_shown
from core.document.training_data import FILE as TRAINING
from core.document.training_data import Statistics, training_data_metadata
from core.readmodels import KScore
from core.scoring_schema import model_version

FIGURES = (
    "inertia",
    "silhouette",
    "silhouette_macro",
    "calinski_harabasz",
    "davies_bouldin",
    "jaccard_min",
    "jaccard_mean",
)  # shares would tell sizes of groups too small to be shown
_FINISHED = 3  # MLflow's number of a run that ended well

Files = dict[str, str]


def tracked_runs(runs: Sequence[tuple[RunFacts, Statistics]], root: str, dataset: str) -> Files:
    """Return the files of one experiment, by their path: a run per run and view.

    The layout is that of MLflow's file store, so that nothing of MLflow is needed to write it, and
    an MLflow in an environment of its own reads it (3.17 did, with ``MLFLOW_ALLOW_FILE_STORE``).
    Parameters are the choices, metrics the figures of the number of segments that was chosen;
    figures of every number tried are metrics ``sweep_…`` whose step is the number. Names and
    numbers are the same whenever the same runs are written. A model with a group of fewer
    customers than are shown is left out, and the run's description says so.

    Parameters
    ----------
    runs : of one data set, oldest first
    root : address of the folder, such as ``file:///srv/mlruns``
    dataset : its name
    """
    number = str(int(_digest(dataset)[:12], 16))
    began = [_milliseconds(facts) for facts, _ in runs]
    files = {
        f"{number}/meta.yaml": _yaml(
            {
                "artifact_location": f"{root}/{number}",
                "creation_time": min((first for first, _ in began), default=0),
                "experiment_id": number,
                "last_update_time": max((last for _, last in began), default=0),
                "lifecycle_stage": "active",
                "name": f"clientele-{dataset}",
            }
        )
    }
    for facts, statistics in runs:
        for lens in facts.lenses:
            key = _digest(f"{dataset}/{facts.run.run_id}/{lens.summary.name}")[:32]
            place = f"{number}/{key}"
            files |= {
                f"{place}/{name}": text
                for name, text in _run(facts, lens, statistics, f"{root}/{place}", number, key)
            }
    return files


def _run(
    facts: RunFacts, lens: LensFacts, statistics: Statistics, root: str, experiment: str, key: str
) -> Iterator[tuple[str, str]]:
    began, ended = _milliseconds(facts)
    name = f"run {facts.run.run_id}, {lens.summary.label}"
    yield (
        "meta.yaml",
        _yaml(
            {
                "artifact_uri": f"{root}/artifacts",
                "end_time": ended,
                "entry_point_name": "",
                "experiment_id": experiment,
                "lifecycle_stage": "active",
                "run_id": key,
                "run_name": name,
                "run_uuid": key,
                "source_name": "",
                "source_type": 4,
                "source_version": "",
                "start_time": began,
                "status": _FINISHED,
                "tags": [],
                "user_id": "clientele",
            }
        ),
    )
    for parameter, value in _parameters(facts, lens).items():
        yield f"params/{parameter}", value
    for metric, values in _metrics(lens).items():
        yield f"metrics/{metric}", "".join(f"{ended} {v!r} {step}\n" for step, v in values)
    for tag, value in _tags(facts, lens, name).items():
        yield f"tags/{tag}", value
    if model_is_shown(lens, facts.smallest):
        yield "artifacts/model.json", lens.model.to_json()
    yield "artifacts/model_document.md", to_markdown(model_document(facts))
    told = training_data_metadata(facts, statistics)
    yield f"artifacts/{TRAINING}", json.dumps(told, ensure_ascii=False, indent=2)


def _parameters(facts: RunFacts, lens: LensFacts) -> dict[str, str]:
    spec = lens.spec
    return {
        "lens": spec.name,
        "inputs": ", ".join(spec.feature_names),
        "k_min": str(spec.k_min),
        "k_max": str(spec.k_max),
        "scaler": spec.scaler.value,
        "algorithm": spec.grouping or spec.algorithm,
        "seed": str(facts.run.seed),
        "as_of": facts.snapshot.as_of.isoformat(),
        "data_fingerprint": facts.snapshot.fingerprint,
        **{f"chosen_{name}": value for name, value in facts.run.config if value},
    }


def _metrics(lens: LensFacts) -> dict[str, list[tuple[int, float]]]:
    """Return figures with their steps."""
    found: dict[str, list[tuple[int, float]]] = {"segments": [(0, float(lens.summary.k))]}
    chosen = [score for score in lens.scores if score.chosen]
    for figure in FIGURES:
        of_chosen = [(0, value) for score in chosen if (value := _value(score, figure)) is not None]
        of_all = [(s.k, value) for s in lens.scores if (value := _value(s, figure)) is not None]
        if of_chosen:
            found[figure] = of_chosen
        if of_all:
            found[f"sweep_{figure}"] = of_all
    return found


def _value(score: KScore, figure: str) -> float | None:
    value = getattr(score, figure)
    return None if value is None else float(value)


def _tags(facts: RunFacts, lens: LensFacts, name: str) -> dict[str, str]:
    description = (
        f"model.json is left out: a group of the model has fewer than {facts.smallest} customers, "
        "and the model would tell their values."
    )
    return {
        "mlflow.runName": name,
        "mlflow.user": "clientele",
        **({} if model_is_shown(lens, facts.smallest) else {"mlflow.note.content": description}),
        "verdict": lens.summary.verdict.value,
        "status": facts.context.status.value,
        "model_version": model_version(lens.model),
        "model_sha256": lens.model_sha256,
    }


def _milliseconds(facts: RunFacts) -> tuple[int, int]:
    began = facts.run.started_at
    ended = facts.run.finished_at or began
    return int(began.timestamp() * 1000), int(ended.timestamp() * 1000)


def _yaml(values: Mapping[str, object]) -> str:
    """Return a flat mapping as YAML; every JSON value is one of YAML."""
    return "".join(f"{name}: {json.dumps(value)}\n" for name, value in values.items())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
