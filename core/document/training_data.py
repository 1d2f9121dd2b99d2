"""What a run was trained on, for machines: `training_data_metadata.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from core.document.facts import LensFacts, RunFacts
from core.document.small_groups import shown
from core.pooling import pooled_together
from core.readmodels import FeatureStatistic
from core.scoring_schema import model_version

FILE = "training_data_metadata.json"
SMALL = "(few customers)"

Statistics = Mapping[str, Sequence[FeatureStatistic]]


def training_data_metadata(facts: RunFacts, statistics: Statistics) -> dict[str, object]:
    """Return the choices of a run, its columns, and means, deviations and ranges per segment.

    Numbers of ``columns`` are those that scoring uses: of prepared values, in the order of the
    model. Means, deviations and ranges are of the inputs in their own units. Nothing is said of
    segments of fewer customers than are shown, and nothing from which it follows: where all
    customers without the segments told are too few, neither figures of all nor centre and factor;
    levels that too few have are one level, without factors.

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
    numbers = {segment.number for segment in described}
    known = [row for row in statistics if row.n >= facts.smallest and row.segment in numbers]
    whole = [row for row in statistics if row.segment is None]
    secret = _subtractable(whole, known, facts.smallest)
    return {
        "name": lens.summary.name,
        "trainedOn": lens.model.trained_on,
        "fittedAsOf": lens.model.as_of,
        "modelVersion": model_version(lens.model),
        "modelSha256": lens.model_sha256,
        "specification": lens.spec.model_dump(mode="json"),
        "columns": [
            _column(column, lens, facts.smallest, secret)
            for column in json.loads(lens.model.to_json())["columns"]
        ],
        "allCustomers": _of([row for row in whole if row.feature not in secret], None),
        "segments": [
            {"key": segment.key, "name": segment.name, "inputs": _of(known, segment.number)}
            for segment in described
        ],
    }


def _subtractable(
    whole: Sequence[FeatureStatistic], told: Sequence[FeatureStatistic], smallest: int
) -> frozenset[str]:
    """Return the inputs of which all customers without the segments told are some, but too few.

    That goes for customers and for known values: a difference of the figures would be theirs.
    """
    found = set()
    for row in whole:
        parts = [part for part in told if part.feature == row.feature]
        values = row.n - sum(part.n for part in parts)
        customers = values + row.missing - sum(part.missing for part in parts)
        if 0 < values < smallest or 0 < customers < smallest:
            found.add(row.feature)
    return frozenset(found)


def _column(
    column: dict[str, Any], lens: LensFacts, smallest: int, secret: frozenset[str]
) -> dict[str, object]:
    """Return a column of the model without what tells of few customers."""
    if column["type"] == "category":
        return _category(column, lens, smallest)
    left_out = ("centre", "factor") if column["feature"] in secret else ()
    return {name: value for name, value in column.items() if name not in left_out}


def _category(column: dict[str, Any], lens: LensFacts, smallest: int) -> dict[str, object]:
    """Return a category whose rare levels are one, at the end; all factors tell the shares."""
    told = {name: value for name, value in column.items() if name != "pooled"}
    shares = column["centres"]
    rare = pooled_together([round(share * lens.model.trained_on) for share in shares], smallest)
    if not rare:
        return told
    kept = [place for place in range(len(shares)) if place not in rare]
    del told["factors"]
    return told | {
        "levels": [*(column["levels"][place] for place in kept), SMALL],
        "centres": [*(shares[place] for place in kept), sum(shares[place] for place in rare)],
    }


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
