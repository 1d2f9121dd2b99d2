"""The customers of a segment by pseudonym, as the API lists them."""

from __future__ import annotations

from core.errors import one_of
from core.readmodels import LensSummary
from dash_app.answers import Refused
from dash_app.api.messages import MemberAnswer, MembersAnswer, MembersAsked
from dash_app.api.published import Published, published
from dash_app.guard import caller
from dash_app.privacy import is_shown
from dash_app.services import Services
from db.queries.customers import members
from db.queries.segments import segments


def list_members(
    services: Services, asked: MembersAsked, dataset: str, segment_key: str
) -> MembersAnswer:
    """Return a page of a segment's customers."""
    with services.read() as connection:
        live = published(services, connection, dataset)
        lens, number = _segment(live, segment_key, asked.lens)
        known = segments(connection, lens.segmentation_id)
        size = next(one.size for one in known if one.number == number)
        if not is_shown(size, services.smallest_group):
            raise Refused(
                403,
                f"The segment has fewer than {services.smallest_group} customers, who are not "
                "listed.",
            )
        page = members(
            connection,
            lens.segmentation_id,
            number,
            asked.limit,
            caller().role,
            after=asked.after or "",
        )
    names = live.names[lens.segmentation_id]
    return MembersAnswer(
        dataset=dataset,
        lens=lens.name,
        segment_key=segment_key,
        name=names[number].name,
        members=[
            MemberAnswer(
                pseudonym=one.pseudonym,
                predict_distance_to_cluster=one.distance,
                runner_up_key=None if one.runner_up is None else names[one.runner_up].key,
                runner_up=None if one.runner_up is None else names[one.runner_up].name,
                margin=one.margin,
                typicality=one.typicality,
            )
            for one in page.members
        ],
        next_after=page.next_after,
    )


def _segment(live: Published, key: str, wanted: str | None) -> tuple[LensSummary, int]:
    """Return the lens and the number of the segment of that key; a key may be in several lenses."""
    lenses = live.run.lenses if wanted is None else (live.lens(wanted),)
    known = [
        (lens, number, segment.key)
        for lens in lenses
        for number, segment in live.names[lens.segmentation_id].items()
    ]
    found = [(lens, number) for lens, number, its_key in known if its_key == key]
    if not found:
        raise Refused(404, one_of("segment", key, {its_key for _, _, its_key in known}))
    if len(found) > 1:
        names = ", ".join(lens.name for lens, _ in found)
        raise Refused(400, f"Segments of several lenses have the key {key!r}. Say lens=: {names}.")
    return found[0]
