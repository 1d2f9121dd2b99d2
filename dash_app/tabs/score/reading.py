"""What scoring reads: models and what they know, a customer's values, segments and the map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from core.errors import UsageError
from core.readmodels import (
    FeatureInfo,
    FeatureStatistic,
    LensSummary,
    MapAxes,
    MapSample,
    SegmentSummary,
    SnapshotId,
)
from core.segmentation.model import SegmentationModel
from dash_app.change.words import stay_sentence
from dash_app.context import View
from dash_app.maps import axes_of, sample_of, without_small
from dash_app.privacy import shown_segments
from dash_app.roles import Role
from dash_app.services import Services
from dash_app.tabs.score.fields import Field, Value, fields_of
from dash_app.tabs.score.start import Start, start_of
from db.queries.customers import customer_assignments, customer_features, find_customers
from db.queries.features import feature_catalogue
from db.queries.models import model
from db.queries.segments import categories, segments, statistics


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """A lens's model and the fields of its inputs; the same for everyone, so it is kept."""

    model: SegmentationModel
    fields: tuple[Field, ...]
    features: tuple[FeatureInfo, ...]
    statistics: tuple[FeatureStatistic, ...]
    start: Start  # what stands in the form where nobody is loaded

    @property
    def by_name(self) -> dict[str, Field]:
        """The fields by the name of their feature."""
        return {field.name: field for field in self.fields}


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """The map that a customer is drawn on, without segments of too few customers."""

    sample: MapSample
    axes: MapAxes
    segments: tuple[SegmentSummary, ...]


def read_form(services: Services, view: View, lens: LensSummary) -> Form:
    """Return model and fields of a lens, read once per segmentation."""
    with services.read() as connection:
        key = ("score-form", lens.segmentation_id)
        return services.cache.get(
            key,
            lambda: _form(connection, view.run.snapshot_id, lens, services.smallest_group),
        )


def read_start_name(services: Services, view: View, form: Form) -> str:
    """Return the present name of the segment that the form starts from; "" for everybody."""
    names = {one.number: one.name for one in read_segments(services, view.lens)}
    return names.get(-1 if form.start.segment is None else form.start.segment, "")


def read_segments(services: Services, lens: LensSummary) -> tuple[SegmentSummary, ...]:
    """Return the segments of a lens under their present names."""
    with services.read() as connection:
        return segments(connection, lens.segmentation_id)


def read_stay(services: Services, view: View, customer: str | None) -> str:
    """Say since when a customer is in their segment of the lens in view; "" if nobody knows."""
    if customer is None:
        return ""
    with services.read() as connection:
        place = customer_assignments(connection, view.run.run_id, customer).get(view.lens.name)
    if place is None:
        return ""
    names = {one.number: one.name for one in read_segments(services, view.lens)}
    return stay_sentence(place, names.get(place.segment, ""))


def read_ground(
    services: Services, lens: LensSummary, known: tuple[SegmentSummary, ...]
) -> Ground | None:
    """Return the map of a lens; None where there is none, or all customers lie on one line."""
    with services.read() as connection:
        sample = sample_of(services, connection, lens)
        axes = axes_of(services, connection, lens)
    if sample is None or axes is None or len(axes.explained_variance) < 2:
        return None
    sample, axes = without_small(sample, axes, known, services.smallest_group)
    return Ground(sample, axes, shown_segments(known, services.smallest_group))


def read_customer(
    services: Services, view: View, pseudonym: str | None
) -> Mapping[str, Value] | None:
    """Return every feature of a customer; None if none is asked for or there is no such one."""
    if pseudonym is None:
        return None
    with services.read() as connection:
        return customer_features(connection, view.run.snapshot_id, pseudonym)


def find_one(services: Services, snapshot_id: SnapshotId, text: str, role: Role) -> str:
    """Return the pseudonym of the one customer that a text means.

    Raises
    ------
    UsageError
        In words for the one who wrote it: there is none, or there are several.
    """
    wanted = text.strip()
    if not wanted:
        raise UsageError("Write a pseudonym, or the beginning of one.")
    with services.read() as connection:
        found = find_customers(connection, snapshot_id, wanted, role, limit=2)
    if not found:
        raise UsageError(f"No customer begins with “{wanted}”.")
    if len(found) > 1 and found[0] != wanted.upper():
        raise UsageError(f"Several customers begin with “{wanted}”. Write more of it.")
    return found[0]


def _form(
    connection: Connection, snapshot_id: SnapshotId, lens: LensSummary, smallest: int
) -> Form:
    found = model(connection, lens.segmentation_id)
    features = feature_catalogue(connection, snapshot_id)
    known = statistics(connection, lens.segmentation_id)
    counts = categories(connection, lens.segmentation_id)
    fields = fields_of(found, features, known, counts)
    start = start_of(fields, segments(connection, lens.segmentation_id), known, counts, smallest)
    return Form(found, fields, features, known, start)
