"""What a callback works on: the run and the lens that the URL asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dash.exceptions import PreventUpdate

from core.features.base import Side
from core.readmodels import DatasetHeader, LensSummary, RunContext
from dash_app.selection import Selection, from_url, href
from dash_app.services import Services
from db.queries.datasets import datasets, run_context


@dataclass(frozen=True, slots=True)
class View:
    """A selection, resolved: which run, which lens."""

    selection: Selection
    run: RunContext
    lens: LensSummary

    @property
    def currency(self) -> str:
        """ISO code of the data set's money."""
        return self.run.dataset.currency

    def href(self, **changes: object) -> str:
        """Return the address of this view with some fields changed; see `selection.href`."""
        return href(self.selection, **changes)


def open_view(
    services: Services, pathname: str | None, search: str | None, side: Side | None = None
) -> View:
    """Return what the URL asks for; ``side`` limits the lens to one side of the customer.

    Raises `PreventUpdate` where there is nothing to show: the shell says so in the tab's place.
    """
    selection = from_url(pathname, search)
    run = load_context(services, selection)
    lens = lens_in_view(run, selection, side) if run else None
    if run is None or lens is None:
        raise PreventUpdate
    return View(selection, run, lens)


def load_context(services: Services, selection: Selection) -> RunContext | None:
    """Return the run asked for, else the published one; None if there is none to show."""
    with services.read() as connection:
        name = selection.dataset or choose_dataset(datasets(connection))
        return run_context(connection, name, selection.run) if name else None


def choose_dataset(known: Sequence[DatasetHeader], wanted: str | None = None) -> str | None:
    """Return the data set asked for, else the first with a published run, else the first."""
    if wanted is not None:
        return wanted
    published = [header.name for header in known if header.published_run is not None]
    return next(iter([*published, *(header.name for header in known)]), None)


def lens_in_view(
    run: RunContext, selection: Selection, side: Side | None = None
) -> LensSummary | None:
    """Return the lens asked for if it fits the side, else the first that does.

    Without a side, behaviour comes first: it is what people ask about.
    """
    fitting = [lens for lens in run.lenses if side is None or lens.side == side]
    asked = [lens for lens in fitting if lens.name == selection.lens]
    behavioural = [lens for lens in fitting if lens.side == Side.BEHAVIOURAL]
    return next(iter([*asked, *behavioural, *fitting]), None)
