"""Sub-view RFM: how lately, how often and for how much, with cut points to try out."""

from __future__ import annotations

from collections.abc import Sequence

from dash import ALL, MATCH, Input, Output, State, html
from dash.development.base_component import Component

from core.errors import UsageError
from core.features.base import Side
from core.readmodels import FeatureInfo, LensSummary, RfmOverview, SegmentSummary
from dash_app.components.empty import notice
from dash_app.context import View, open_view
from dash_app.guard import GuardedApp
from dash_app.ids import Shell
from dash_app.pages import Content
from dash_app.profiles.keeping import kept_profile
from dash_app.profiles.subviews import SubView, own_lens
from dash_app.roles import Role
from dash_app.services import Services
from dash_app.tabs.behavioural.rfm_view import CUT, RESULT, preview, rfm_page
from dash_app.tabs.behavioural.view import groups_in_detail
from dash_app.theme import Theme, theme_named
from db.queries.features import feature_catalogue
from db.queries.rfm import rfm_overview
from db.queries.segments import segments

_CUTS_PER_FEATURE = 4


def _found(services: Services, view: View) -> tuple[RfmOverview | None, tuple[FeatureInfo, ...]]:
    """Return the cells of the run and what its three features are called."""
    key = ("behavioural-rfm", view.run.run_id)

    def read() -> tuple[RfmOverview | None, tuple[FeatureInfo, ...]]:
        with services.read() as connection:
            overview = rfm_overview(connection, view.run.run_id)
            named = {one.name: one for one in feature_catalogue(connection, view.run.snapshot_id)}
        return overview, tuple(named[name] for name in overview.features) if overview else ()

    return services.cache.get(key, read)


def _groups(services: Services, view: View) -> tuple[SegmentSummary, ...]:
    """Return the groups as the run's lens of RFM groups has them; none where it has no such lens.

    They come in the order of the rule's groups, under the names that people gave them.
    """
    own = own_lens(RFM, view)
    if own is None:
        return ()
    with services.read() as connection:
        return segments(connection, own.segmentation_id)


def _draws(lens: LensSummary) -> bool:
    return lens.grouping == RFM.slug


def _applies(services: Services, view: View) -> bool:
    return _found(services, view)[0] is not None


def _draw(services: Services, view: View, theme: Theme) -> Content:
    overview, features = _found(services, view)
    if overview is None:
        return html.Div()
    groups, smallest = _groups(services, view), services.smallest_group

    def cells() -> Component:
        result = preview(overview, features, None, theme, view.currency, smallest, groups)
        run = int(view.run.run_id)
        return rfm_page(overview, features, result, view.currency, run, smallest, groups)

    if not _draws(view.lens):
        return cells()
    return kept_profile(
        services,
        view.lens.side,
        view,
        theme,
        lambda found: html.Div([cells(), groups_in_detail(found)], className="stack"),
    )


def _register(app: GuardedApp, services: Services) -> None:
    """Cut points that are chosen change the drawing at once; nothing is stored."""

    @app.callback(
        Output({"type": RESULT, "run": MATCH}, "children"),
        Input({"type": CUT, "run": MATCH, "feature": ALL, "at": ALL}, "value"),
        State(Shell.THEME, "data"),
        State(Shell.URL, "search"),
        State(Shell.URL, "pathname"),
        role=Role.VIEWER,
        accepts={"value": str},
        prevent_initial_call=True,
    )
    def show_preview(
        values: Sequence[str], theme: str, search: str, pathname: str
    ) -> list[Component]:
        view = open_view(services, pathname, search, Side.BEHAVIOURAL)
        overview, features = _found(services, view)
        if overview is None:
            return []
        cuts = _cuts(values, len(overview.features))
        try:
            return preview(
                overview,
                features,
                cuts,
                theme_named(theme),
                view.currency,
                services.smallest_group,
                _groups(services, view),
            )
        except UsageError as mistake:
            return [notice(str(mistake))]


def _cuts(values: Sequence[str], features: int) -> tuple[tuple[float, ...], ...]:
    """Return the chosen cut points, feature by feature; `UsageError` for what is no number."""
    try:
        numbers = [float(value) for value in values]
    except (TypeError, ValueError) as error:
        raise UsageError("A cut point is not a number; choose among those offered.") from error
    if len(numbers) != features * _CUTS_PER_FEATURE:
        raise UsageError(f"Choose {features * _CUTS_PER_FEATURE} cut points.")
    return tuple(
        tuple(numbers[at : at + _CUTS_PER_FEATURE])
        for at in range(0, len(numbers), _CUTS_PER_FEATURE)
    )


RFM = SubView("rfm", "RFM", _draws, _applies, _draw, _register)
