"""Where values come from: columns of files, canonical tables, features, views of the customers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.features.base import Kind
from core.lineage import Layer, Lineage, LineageNode, feature_node
from core.readmodels import FeatureInfo
from dash_app.figures.base import Chart, PlotlyDict, TableColumn, table
from dash_app.figures.canvas import bare_axis, empty_chart, layout, note
from dash_app.figures.text import escape, joined, plural, shorten
from dash_app.theme import Theme

LAYER_NAMES = {
    Layer.FILE: "Column of a file",
    Layer.CANONICAL: "Canonical table",
    Layer.FEATURE: "Feature",
    Layer.LENS: "View",
}
_ROW = 50  # pixels from one node of the fullest layer to the next
_WIDE = 0.76  # of a layer's place that a node takes
_LETTERS = 21  # of a label, at 160 pixels per layer


def lineage_graph(
    lineage: Lineage,
    features: Sequence[FeatureInfo] = (),
    *,
    theme: Theme,
    currency: str = "USD",  # noqa: ARG001
) -> Chart:
    """Return four layers of boxes and what feeds what; ``features`` are those that it may show."""
    drawn = {node.key for node in lineage.of(Layer.FEATURE)}
    if not drawn:
        return empty_chart(
            theme,
            "No lineage to draw",
            "No feature is chosen, or the catalogue does not know it.",
            "Choose a feature or a view.",
        )
    rows = max(len(lineage.of(layer)) for layer in Layer)
    height = _ROW * rows + 44
    at = {node.key: place for node, place in _places(lineage, rows)}
    figure = {
        "data": [
            {
                "type": "scatter",
                "mode": "markers",
                "x": [at[node.key][0] for node in lineage.nodes],
                "y": [at[node.key][1] for node in lineage.nodes],
                "marker": {"size": 30, "color": "rgba(0,0,0,0)", "symbol": "square"},
                "hoverinfo": "text",
                "hovertext": [escape(_sentence(node)) for node in lineage.nodes],
            }
        ],
        "layout": layout(
            theme,
            height,
            xaxis=bare_axis(range=[-0.42, 3.42]),
            yaxis=bare_axis(range=[rows - 0.45, -1.0]),
            shapes=[
                *(
                    _curve(at[link.source], at[link.target], theme, enters=link.weight is not None)
                    for link in lineage.links
                ),
                *(_box(node, at[node.key], theme) for node in lineage.nodes),
            ],
            annotations=[
                *(_heading(layer, theme) for layer in Layer if lineage.of(layer)),
                *(_label(node, at[node.key], theme) for node in lineage.nodes),
            ],
        ),
    }
    return Chart(
        figure=figure,
        title=_finding(lineage),
        subtitle="Which column feeds which, from the files at the left to the views at the right",
        summary=summary_words(lineage),
        table=table(
            (
                TableColumn("Feature"),
                TableColumn("Column of a file"),
                TableColumn("File"),
                TableColumn("Canonical column"),
                TableColumn("Made by"),
                TableColumn("View"),
                TableColumn("Prepared by"),
                TableColumn("Weight", Kind.NUMBER),
            ),
            list(_rows(lineage)),
            features=[one for one in features if feature_node(one.name) in drawn],
        ),
        height=height,
    )


def summary_words(lineage: Lineage) -> str:
    """Return a sentence per feature: which columns of which files, through what, into what."""
    return " ".join(_feature_words(lineage, feature) for feature in lineage.of(Layer.FEATURE))


def _feature_words(lineage: Lineage, feature: LineageNode) -> str:
    canonical = lineage.feeding(feature.key)
    files = dict.fromkeys(node for one in canonical for node in lineage.feeding(one.key))
    by_file: dict[str, list[str]] = {}
    for node in files:
        by_file.setdefault(node.place, []).append(node.label)
    origin = joined([f"{joined(columns)} of {file}" for file, columns in by_file.items()])
    through = joined([f"{node.place}.{node.label}" for node in canonical])
    views = [
        node.label
        for node in lineage.of(Layer.LENS)
        if any(link.source == feature.key and link.target == node.key for link in lineage.links)
    ]
    words = f"{feature.label} comes from {origin or through or 'no column that is listed'}"
    if origin and through:
        words += f", by way of {through}"
    return words + (f"; {joined(views)} uses it." if views else "; no view uses it.")


def _places(lineage: Lineage, rows: int) -> Iterator[tuple[LineageNode, tuple[float, float]]]:
    """Return nodes with their places: nodes stand near what they feed or come from."""
    rank: dict[str, float] = {}
    feature_keys = [node.key for node in lineage.of(Layer.FEATURE)]
    rank.update({key: float(position) for position, key in enumerate(feature_keys)})
    for layer in (Layer.CANONICAL, Layer.FILE, Layer.LENS):
        for node in lineage.of(layer):
            ends = [
                rank[other]
                for link in lineage.links
                for here, other in ((link.source, link.target), (link.target, link.source))
                if here == node.key and other in rank
            ]
            rank[node.key] = sum(ends) / len(ends) if ends else 0.0
    for layer in Layer:
        nodes = sorted(lineage.of(layer), key=lambda node: (rank[node.key], node.place, node.key))
        step = rows / max(len(nodes), 1)
        for position, node in enumerate(nodes):
            yield node, (float(layer), round((position + 0.5) * step - 0.5, 4))


def _curve(
    start: tuple[float, float], end: tuple[float, float], theme: Theme, *, enters: bool
) -> PlotlyDict:
    x0, x1 = start[0] + _WIDE / 2, end[0] - _WIDE / 2
    middle = (x0 + x1) / 2
    path = f"M {x0},{start[1]} C {middle},{start[1]} {middle},{end[1]} {x1},{end[1]}"
    colour = theme.accent if enters else theme.muted
    return {
        "type": "path",
        "path": path,
        "layer": "below",
        "opacity": 0.7,
        "line": {"color": colour, "width": 1.5},
    }


def _box(node: LineageNode, at: tuple[float, float], theme: Theme) -> PlotlyDict:
    is_feature = node.layer is Layer.FEATURE
    return {
        "type": "rect",
        "x0": at[0] - _WIDE / 2,
        "x1": at[0] + _WIDE / 2,
        "y0": at[1] - 0.38,
        "y1": at[1] + 0.38,
        "layer": "below",
        "fillcolor": theme.accent_ground if is_feature else theme.surface,
        "line": {"color": theme.accent if is_feature else theme.line, "width": 1},
    }


def _label(node: LineageNode, at: tuple[float, float], theme: Theme) -> PlotlyDict:
    name = escape(shorten(node.label, _LETTERS))
    place = escape(shorten(node.place, _LETTERS + 3))
    small = f'<span style="font-size:10px;color:{theme.muted}">{place}</span>'
    text = f"{name}<br>{small}" if place else name
    return note(theme, text, x=at[0], y=at[1], xanchor="center", align="center")


def _heading(layer: Layer, theme: Theme) -> PlotlyDict:
    return note(
        theme,
        escape(LAYER_NAMES[layer]),
        x=float(layer),
        y=-0.82,
        xanchor="center",
        font={"size": 11, "color": theme.muted},
    )


def _sentence(node: LineageNode) -> str:
    words = f"{LAYER_NAMES[node.layer]} {node.label}"
    if node.place and node.layer is not Layer.LENS:
        words += f", {node.place}"
    return f"{words}: {node.detail.rstrip('.')}." if node.detail else f"{words}."


def _finding(lineage: Lineage) -> str:
    features = lineage.of(Layer.FEATURE)
    files = lineage.of(Layer.FILE)
    origin = (
        f"{plural(len(files), 'column')} of {plural(len({n.place for n in files}), 'file')}"
        if files
        else plural(len(lineage.of(Layer.CANONICAL)), "canonical column")
    )
    if len(features) == 1:
        return f"{features[0].label} is made from {origin}"
    return f"{len(features)} features are made from {origin}"


def _rows(lineage: Lineage) -> Iterator[tuple[str | float | None, ...]]:
    lenses = {node.key: node.label for node in lineage.of(Layer.LENS)}
    for feature in lineage.of(Layer.FEATURE):
        uses = [
            (lenses[link.target], link.detail, link.weight)
            for link in lineage.links
            if link.source == feature.key and link.target in lenses
        ] or [("", "", None)]
        canonical = lineage.feeding(feature.key) or (None,)
        for column in canonical:
            own = f"{column.place}.{column.label}" if column else ""
            made = (column.detail or "carried over") if column else ""
            origins = (lineage.feeding(column.key) if column else ()) or (None,)
            for origin in origins:
                for view, words, weight in uses:
                    yield (
                        feature.label,
                        origin.label if origin else "",
                        origin.place if origin else "",
                        own,
                        made,
                        view,
                        words,
                        weight,
                    )
