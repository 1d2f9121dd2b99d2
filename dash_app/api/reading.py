"""Data sets, segments and schema, as the API tells of them."""

from __future__ import annotations

from typing import Any

from core.readmodels import DatasetHeader, LensSummary, RunContext, SegmentSummary
from core.scoring_schema import scoring_schema
from dash_app.api.messages import (
    JSON,
    CustomerScore,
    DatasetAnswer,
    DatasetsAnswer,
    LensAnswer,
    LensAsked,
    LensSegments,
    Message,
    SchemaAnswer,
    SegmentAnswer,
    SegmentsAnswer,
)
from dash_app.api.published import lens_model, published
from dash_app.privacy import is_shown
from dash_app.services import Services
from db.queries.datasets import datasets, run_context
from db.queries.features import feature_catalogue
from db.queries.segments import segments

_TYPES = {"integer": "integer", "number": "float", "array": "list"}  # of an answer's fields


def list_datasets(services: Services, asked: Message) -> DatasetsAnswer:  # noqa: ARG001
    """Return every data set with what is published of it."""
    with services.read() as connection:
        found = [(one, run_context(connection, one.name)) for one in datasets(connection)]
    return DatasetsAnswer(datasets=[_dataset(*one, services.smallest_group) for one in found])


def list_segments(services: Services, asked: Message, dataset: str) -> SegmentsAnswer:  # noqa: ARG001
    """Return the published segments of a data set."""
    with services.read() as connection:
        run = published(services, connection, dataset).run
        found = [(lens, segments(connection, lens.segmentation_id)) for lens in run.lenses]
    return SegmentsAnswer(
        dataset=dataset,
        run=run.run_id,
        as_of=run.as_of,
        lenses=[
            LensSegments(
                lens=lens.name,
                label=lens.label,
                segments=[_segment(one, services.smallest_group) for one in known],
            )
            for lens, known in found
        ],
    )


def show_schema(services: Services, asked: LensAsked, dataset: str) -> SchemaAnswer:
    """Return what scoring by a lens takes and gives."""
    with services.read() as connection:
        live = published(services, connection, dataset)
        lens = live.lens(asked.lens)
        found = lens_model(services, connection, lens)
        catalogue = {one.name: one for one in feature_catalogue(connection, live.run.snapshot_id)}
    described = f"{live.run.dataset.title}, {lens.label}: {lens.question}"
    return SchemaAnswer.model_validate(
        scoring_schema(
            found.model,
            found.inputs,
            catalogue,
            described,
            content_type=JSON,
            output=_output(),
        )
    )


def _output() -> list[tuple[str, str, str]]:
    """Return name, type and description of each field of an answer."""
    properties = CustomerScore.model_json_schema(mode="serialization")["properties"]
    return [
        (name, _TYPES.get(_kind(said), "string"), said["description"])
        for name, said in properties.items()
    ]


def _kind(said: dict[str, Any]) -> str:
    """Return the type of a field that is not null."""
    either = said.get("anyOf")
    return str((either[0] if either else said).get("type"))


def _dataset(header: DatasetHeader, run: RunContext | None, smallest: int) -> DatasetAnswer:
    return DatasetAnswer(
        dataset=header.name,
        title=header.title,
        currency=header.currency,
        run=header.published_run,
        as_of=run.as_of if run else None,
        customers=run.customers if run else None,
        lenses=[_lens(lens, smallest) for lens in (run.lenses if run else ())],
    )


def _lens(lens: LensSummary, smallest: int) -> LensAnswer:
    can_be_told = lens.ineligible == 0 or is_shown(lens.ineligible, smallest)
    return LensAnswer(
        lens=lens.name,
        label=lens.label,
        question=lens.question,
        verdict=lens.verdict.value,
        not_eligible=lens.ineligible if can_be_told else None,
    )


def _segment(one: SegmentSummary, smallest: int) -> SegmentAnswer:
    if not is_shown(one.size, smallest):
        return SegmentAnswer(
            segment_key=one.key,
            name=None,
            sentence=None,
            size=None,
            share=None,
            by_rule=None,
            suppressed=True,
        )
    return SegmentAnswer(
        segment_key=one.key,
        name=one.name,
        sentence=one.sentence,
        size=one.size,
        share=one.share,
        by_rule=one.is_rule,
        suppressed=False,
    )
