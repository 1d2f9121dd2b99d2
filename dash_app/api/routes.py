"""What can be asked of the API: each address, who may ask it, and the shapes that go either way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dash_app.api.members import list_members
from dash_app.api.messages import (
    DatasetsAnswer,
    LensAsked,
    MembersAnswer,
    MembersAsked,
    Message,
    SchemaAnswer,
    ScoreAnswer,
    ScoreAsked,
    SegmentsAnswer,
)
from dash_app.api.reading import list_datasets, list_segments, show_schema
from dash_app.api.scoring import score_customers
from dash_app.roles import Role

VERSION = "v1"
BASE = f"/api/{VERSION}"


@dataclass(frozen=True, slots=True)
class Route:
    """One address. ``asked`` is the body of a POST, else the query; ``work`` gives the answer.

    ``work(services, asked, **names)`` gets the names in braces of the path.
    """

    name: str
    method: str
    path: str
    role: Role
    summary: str
    answer: type[Message]
    work: Callable[..., Message]
    asked: type[Message] = Message


ROUTES: tuple[Route, ...] = (
    Route(
        "datasets",
        "GET",
        "/datasets",
        Role.VIEWER,
        "Data sets and what is published of them",
        DatasetsAnswer,
        list_datasets,
    ),
    Route(
        "segments",
        "GET",
        "/datasets/{dataset}/segments",
        Role.VIEWER,
        "The published segments, lens by lens",
        SegmentsAnswer,
        list_segments,
    ),
    Route(
        "schema",
        "GET",
        "/datasets/{dataset}/schema",
        Role.VIEWER,
        "What scoring takes and gives",
        SchemaAnswer,
        show_schema,
        LensAsked,
    ),
    Route(
        "score",
        "POST",
        "/datasets/{dataset}/score",
        Role.ANALYST,
        "Segments of customers, by id or by values, in the order asked",
        ScoreAnswer,
        score_customers,
        ScoreAsked,
    ),
    Route(
        "members",
        "GET",
        "/datasets/{dataset}/segments/{segment_key}/members",
        Role.ANALYST,
        "Customers of a segment by pseudonym, page by page",
        MembersAnswer,
        list_members,
        MembersAsked,
    ),
)
PATH_NAMES = {
    "dataset": "Name of the data set.",
    "segment_key": "Key of the segment.",
}
