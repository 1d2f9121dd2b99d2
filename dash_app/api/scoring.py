"""Customers scored for a program: by id or by values, an answer to each in the order asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Connection

from core.readmodels import LensSummary, SnapshotId
from core.scoring_ids import IdAnswer, answer_ids
from core.scoring_objects import answer_objects, require_values, shown
from core.scoring_rows import ID
from dash_app.answers import Refused
from dash_app.api.messages import CustomerScore, RangeAnswer, ScoreAnswer, ScoreAsked
from dash_app.api.published import LensModel, Published, lens_model, published
from dash_app.guard import caller
from dash_app.privacy import shown_segments, shown_statistics
from dash_app.services import Services
from db.queries.chosen import chosen_customers, snapshot_of_day
from db.queries.live import SegmentName
from db.queries.segments import segments, statistics


def score_customers(services: Services, asked: ScoreAsked, dataset: str) -> ScoreAnswer:
    """Return an answer per id or row."""
    with services.read() as connection:
        live = published(services, connection, dataset)
        lens = live.lens(asked.lens)
        found = lens_model(services, connection, lens)
        as_of, rows = None, asked.rows or []
        if asked.ids is not None:
            as_of = asked.as_of or live.run.as_of
            ids: Sequence[str | None] = asked.ids
            answers = _by_id(connection, live, found, asked.ids, as_of)
        else:
            ids = _ids_of(rows)
            require_values(rows, found.inputs, found.texts)
            answers = answer_objects(found.scorer, rows, [one or "" for one in ids])
        ranges = _ranges(services, connection, lens) if asked.ranges else None
    names = live.names[lens.segmentation_id]
    return ScoreAnswer(
        dataset=dataset,
        lens=lens.name,
        as_of=as_of,
        answers=[
            _told(at, one_id, one, names, found.version)
            for at, (one_id, one) in enumerate(zip(ids, answers, strict=True))
        ],
        not_looked_at=sorted({name for row in rows for name in row} - {ID, *found.inputs}),
        ranges=ranges,
    )


def _by_id(
    connection: Connection, live: Published, found: LensModel, ids: Sequence[str], as_of: date
) -> tuple[IdAnswer, ...]:
    snapshot_id: SnapshotId = live.run.snapshot_id
    if as_of != live.run.as_of:
        snapshot_id = snapshot_of_day(connection, live.run.dataset.name, as_of)
    chosen = chosen_customers(connection, snapshot_id, ids, found.inputs, caller().role)
    return answer_ids(found.model, ids, chosen.known, chosen.left_out)


def _ids_of(rows: Sequence[Mapping[str, object]]) -> list[str | None]:
    """Return what the rows call their customers; refused where that is no text."""
    found: list[str | None] = []
    for at, row in enumerate(rows):
        given = row.get(ID)
        if given is not None and not isinstance(given, str):
            raise Refused(400, f"rows[{at}].{ID} is {shown(given)}; give text, or leave it out.")
        found.append(given)
    return found


def _told(
    at: int,
    asked: str | None,
    one: IdAnswer,
    names: Mapping[int, SegmentName],
    version: str,
) -> CustomerScore:
    segment = None if one.segment is None else names[one.segment]
    runner_up = None if one.runner_up is None else names[one.runner_up]
    return CustomerScore(
        index=at,
        id=asked,
        answer=one.standing,
        reason=one.reason,
        segment_key=segment.key if segment else None,
        predict_cluster=segment.name if segment else None,
        predict_distance_to_cluster=one.distance,
        runner_up_key=runner_up.key if runner_up else None,
        runner_up=runner_up.name if runner_up else None,
        margin=one.margin,
        typicality=one.typicality,
        warnings=list(one.warnings),
        model_version=version,
    )


def _ranges(services: Services, connection: Connection, lens: LensSummary) -> list[RangeAnswer]:
    """Return smallest and largest values of the inputs, of segments and values that are enough."""
    smallest = services.smallest_group
    known = shown_segments(segments(connection, lens.segmentation_id), smallest)
    keys = {segment.number: segment.key for segment in known}
    found = statistics(connection, lens.segmentation_id, lens.inputs)
    return [
        RangeAnswer(
            segment_key=keys[one.segment],
            feature=one.feature,
            minimum=one.minimum,
            maximum=one.maximum,
        )
        for one in shown_statistics(found, smallest)
        if one.segment in keys
    ]
