"""What the data page says where it has nothing to show."""

from __future__ import annotations

from dash.development.base_component import Component

from dash_app.components.empty import empty_state
from dash_app.components.links import link
from dash_app.selection import Selection, href
from dash_app.tabs.data.reading import DataInView


def not_measured(found: DataInView) -> Component:
    """Return why an import has no measures of its columns."""
    return empty_state(
        "The columns of this import were not measured",
        "It was read by an earlier version of Clientele. The next import of newer files is "
        "measured as it is read.",
        command=f"python manage.py ingest {found.dataset.name} PATH/TO/THE/FILES",
    )


def no_features(found: DataInView) -> Component:
    """Return why there is no lineage to draw."""
    return empty_state(
        "There is no such feature",
        "The address names a feature that this import does not have, or it has none at all.",
        actions=(link("Show the view's own inputs", found.href(feature=None)),),
    )


def no_run(found: DataInView) -> Component:
    """Return why there are no segments to flow to."""
    return empty_state(
        "These files have not been segmented yet",
        "They are read, checked and kept; no run has used them so far.",
        command=f"python manage.py segment {found.dataset.name}",
    )


def no_data(selection: Selection) -> Component:
    """Return why there is no import to show."""
    if selection.dataset or selection.snapshot or selection.run:
        return empty_state(
            "There is no such import",
            "The address names a data set, a run or an import that is not there.",
            actions=(link("Show the data in use", href(Selection(tab=selection.tab))),),
        )
    return empty_state(
        "No data yet",
        "Load the demonstration banks, which takes about a minute, or your own files. Then reload "
        "this page.",
        command="python manage.py demo\npython manage.py ingest bank PATH/TO/YOUR/FILES",
    )
