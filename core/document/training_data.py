"""What a run was trained on, for machines: `training_data_metadata.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from core.document.facts import LensFacts, RunFacts
from core.document.small_groups import share_is_shown, shown
from core.readmodels import FeatureStatistic
from core.scoring_schema import model_version

FILE = "training_data_metadata.json"
SMALL = "(few customers)"

Statistics = Mapping[str, Sequence[FeatureStatistic]]


def training_data_metadata(facts: RunFacts, statistics: Statistics) -> dict[str, object]:
    """Return the choices of a run, its columns, and means, deviations and ranges per segment.

    Numbers of ``columns`` are those that scoring uses: of prepared values, in the order of the
    model. Means, deviations and ranges are of the inputs in their own units. Nothing is said of
    segments of fewer customers than are shown.

    Parameters
    ----------
    facts : everything known of the run
    statistics : by lens, those of its numeric inputs
    """
    return {
        "dataset": facts.context.dataset.name,
        "run": int(facts.context.run_id),
        "effectiveDate": facts.snapshot.as_of.isoformat(),
        "dataFingerprint": facts.snapshot.fingerprint,
        "files": [{"table": file.table, "file": file.file} for file in facts.files],
        "seed": facts.run.seed,
        "userInputs": dict(facts.run.config),
        "switches": {switch.name: switch.value for switch in facts.switches},
        "libraries": dict(facts.details.versions),
        "lenses": [_lens(facts, lens, statistics[lens.summary.name]) for lens in facts.lenses],
    }


def _lens(
    facts: RunFacts, lens: LensFacts, statistics: Sequence[FeatureStatistic]
) -> dict[str, object]:
    described = shown(lens, facts.smallest)
    known = [row for row in statistics if row.n >= facts.smallest]
    return {
        "name": lens.summary.name,
        "trainedOn": lens.model.trained_on,
        "fittedAsOf": lens.model.as_of,
        "modelVersion": model_version(lens.model),
        "modelSha256": lens.model_sha256,
        "specification": lens.spec.model_dump(mode="json"),
        "columns": [
            _column(column, lens, facts.smallest)
            for column in json.loads(lens.model.to_json())["columns"]
        ],
        "allCustomers": _of(known, None),
        "segments": [
            {"key": segment.key, "name": segment.name, "inputs": _of(known, segment.number)}
            for segment in described
        ],
    }


def _column(column: dict[str, Any], lens: LensFacts, smallest: int) -> dict[str, object]:
    """Return a column of the model; of a category without the levels that few customers have."""
    if column["type"] != "category":
        return column
    known = zip(column["levels"], column["centres"], strict=True)
    told = [level if share_is_shown(share, lens, smallest) else SMALL for level, share in known]
    return {name: value for name, value in column.items() if name != "pooled"} | {"levels": told}


def _of(rows: Sequence[FeatureStatistic], segment: int | None) -> dict[str, dict[str, object]]:
    """Return mean, deviation and range of each input among the customers of a segment, or all."""
    return {
        row.feature: {
            "mean": row.mean,
            "standardDeviation": row.sd,
            "minimum": row.minimum,
            "maximum": row.maximum,
            "missing": row.missing,
        }
        for row in rows
        if row.segment == segment
    }
