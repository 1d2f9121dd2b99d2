"""Scores of a file as rows to be written: names instead of numbers, and what is unusual."""

from __future__ import annotations

import math
from collections.abc import Sequence

from core.readmodels import SegmentSummary
from core.scoring import NO_SEGMENT, scorer
from core.scoring_notes import notes_of
from core.scoring_rows import ID, RowsToScore
from core.scoring_schema import model_version
from core.segmentation.model import SegmentationModel

Answer = dict[str, str | float | None]


def answers(
    model: SegmentationModel,
    rows: RowsToScore,
    segments: Sequence[SegmentSummary],
    lacking: str = "",
) -> list[Answer]:
    """Return an answer per row, in the order of the file; one row alone gets the same one.

    Parameters
    ----------
    model : scores as it was fitted; nothing is learned from the file
    rows : from `read_rows`
    segments : the segments under their present names
    lacking : why customers are not eligible: "have no valid order"
    """
    if not rows.lines:
        return []
    scores = scorer(model).score(rows.columns)
    names = {segment.number: segment for segment in segments}
    notes = notes_of(scores.warnings, scores.typicality.tolist())
    version = model_version(model)
    found: list[Answer] = []
    for at, line in enumerate(rows.lines):
        number, runner_up = int(scores.segment[at]), int(scores.runner_up[at])
        segment = names.get(number)
        note = notes[at]
        if number == NO_SEGMENT:
            note = [f"not part of this view: customers who {lacking or 'lack what it needs'}"]
        found.append(
            {
                ID: str(line) if rows.ids is None else rows.ids[at],
                "predict_cluster": segment.name if segment else "",
                "segment_key": segment.key if segment else "",
                "predict_distance_to_cluster": _or_none(scores.distance[at]),
                "runner_up": names[runner_up].name if runner_up in names else "",
                "margin": _or_none(scores.margin[at]),
                "typicality": _or_none(scores.typicality[at]),
                "model_version": version,
                "note": "; ".join(note),
            }
        )
    return found


def _or_none(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
