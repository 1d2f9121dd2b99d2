"""What is published of a data set, as the API needs it: names as they are now, the rest kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from core.errors import one_of
from core.features.base import Side
from core.readmodels import LensSummary, RunContext, SegmentationId
from core.scoring import scorer
from core.scoring_one import SingleScorer
from core.scoring_schema import model_version, text_inputs
from core.segmentation.model import SegmentationModel
from dash_app.answers import Refused
from dash_app.services import Services
from db.queries.datasets import datasets, run_context
from db.queries.live import SegmentName, live
from db.queries.models import model


@dataclass(frozen=True, slots=True, eq=False)
class Published:
    """The published run, and what its segments are called now."""

    run: RunContext
    names: Mapping[SegmentationId, Mapping[int, SegmentName]]

    def lens(self, wanted: str | None) -> LensSummary:
        """Return the lens of that name; without one the first behavioural, else the first."""
        if wanted is None:
            behavioural = (lens for lens in self.run.lenses if lens.side == Side.BEHAVIOURAL)
            return next(behavioural, self.run.lenses[0])
        found = self.run.lens(wanted)
        if found is None:
            raise Refused(404, one_of("lens", wanted, [lens.name for lens in self.run.lenses]))
        return found


@dataclass(frozen=True, slots=True, eq=False)
class LensModel:
    """A lens's model, compiled, and what it looks at."""

    model: SegmentationModel
    scorer: SingleScorer
    inputs: tuple[str, ...]
    texts: tuple[str, ...]
    version: str


def published(services: Services, connection: Connection, dataset: str) -> Published:
    """Return what is published of a data set; refused with 404 where nothing is."""
    found = None if "\0" in dataset else live(connection, dataset)
    if found is not None:
        key = ("api-run", found.entry_id)
        run = services.cache.get(key, lambda: run_context(connection, dataset))
        if run is not None:
            return Published(run, found.names)
    known = [one.name for one in datasets(connection)]
    if dataset in known:
        raise Refused(404, f"Nothing is published of {dataset!r} yet.")
    raise Refused(404, one_of("data set", dataset, known))


def lens_model(services: Services, connection: Connection, lens: LensSummary) -> LensModel:
    """Return a lens's model, read once."""

    def read() -> LensModel:
        found = model(connection, lens.segmentation_id)
        compiled = scorer(found)
        return LensModel(
            found,
            SingleScorer(compiled),
            compiled.inputs,
            text_inputs(found),
            model_version(found),
        )

    return services.cache.get(("api-model", lens.segmentation_id), read)
