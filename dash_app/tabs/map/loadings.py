"""What the axes of the map mean: every input's pull, in words and numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash.development.base_component import Component

from core.features.base import Kind
from core.insight.degrees import less_and_more
from core.readmodels import FeatureInfo, MapAxes, MapLoading
from dash_app.components.cards import card, headline_list
from dash_app.components.tables import Column, rows_table
from dash_app.components.words import led_by_label
from dash_app.figures.base import Table, TableColumn, table
from dash_app.figures.text import in_sentence, joined
from dash_app.formats import MINUS, percent

_SAID = 0.4  # correlation from which an input is named in the sentence of an axis
_NAMED = 3  # inputs named for each end of an axis
_STRENGTHS = ((0.7, "strongly"), (0.4, "clearly"), (0.2, "slightly"))
_ENDS = (("to the right", "to the left"), ("upwards", "downwards"), ("to the front", "to the back"))
_UNORDERED = frozenset({Kind.CATEGORY, Kind.FLAG})  # the label says all there is to say


def axes_card(axes: MapAxes, features: Sequence[FeatureInfo], dimensions: int) -> Component:
    """Return a sentence per axis: which customers lie at its two ends."""
    known = {feature.name: feature for feature in features}
    return headline_list("What the axes mean", axis_sentences(axes, known, dimensions))


def loadings_card(axes: MapAxes, features: Sequence[FeatureInfo], dimensions: int) -> Component:
    """Return the table of all inputs, strongest first."""
    known = {feature.name: feature for feature in features}
    ranked = strongest_first(axes.loadings, dimensions)
    rows = [
        (
            led_by_label(column_label(one, known), {f.label: f.name for f in features}),
            *(_number(value) for value in _values(one, dimensions)),
            pull_words(one, dimensions),
        )
        for one in ranked
    ]
    columns = (
        Column("Input"),
        *(Column(name, is_number=True) for name in ("Across", "Up", "Depth")[:dimensions]),
        Column("Pulls"),
    )
    strongest = column_label(ranked[0], known) if ranked else "No input"
    return card(
        f"{strongest} pulls customers apart most",
        rows_table(columns, rows, caption="How strongly each input pulls along the axes"),
        subtitle="Correlation of each input with the axes, from −1 to 1; strongest first",
        class_name="loadings",
    )


def axis_sentences(
    axes: MapAxes, known: Mapping[str, FeatureInfo], dimensions: int
) -> tuple[str, ...]:
    """Return for each axis which customers lie at its two ends."""
    sentences = []
    for axis, share in enumerate(axes.explained_variance[:dimensions]):
        ends = []
        for sign, direction in zip((1, -1), _ENDS[axis], strict=True):
            pulls = sorted(
                (-sign * _values(one, 3)[axis], one.column, one) for one in axes.loadings
            )
            named = [_at_end(one, known) for pull, _, one in pulls if -pull >= _SAID][:_NAMED]
            if named:
                ends.append(f"{direction.capitalize()}: {joined(named)}.")
        words = " ".join(ends) or "A mixture of all inputs."
        sentences.append(f"**Component {axis + 1}** carries {percent(share, 0)}. {words}")
    return tuple(sentences)


def pull_words(loading: MapLoading, dimensions: int) -> str:
    """Return where an input pulls, and how strongly.

    >>> pull_words(MapLoading("age", "age", 0.8, -0.25, 0.0), dimensions=2)
    'strongly to the right, slightly downwards'
    """
    parts = [
        f"{word} {_ENDS[axis][value < 0]}"
        for axis, value in enumerate(_values(loading, dimensions))
        if (word := _strength(value))
    ]
    return ", ".join(parts) or "hardly at all"


def strongest_first(loadings: Sequence[MapLoading], dimensions: int) -> tuple[MapLoading, ...]:
    """Return the loadings in order of their length on the axes shown."""
    return tuple(
        sorted(
            loadings,
            key=lambda one: (-sum(value**2 for value in _values(one, dimensions)), one.column),
        )
    )


def column_label(loading: MapLoading, known: Mapping[str, FeatureInfo]) -> str:
    """Return how people call an input: ``gender = Female`` is *Gender: Female*."""
    feature = known.get(loading.feature)
    label = feature.label if feature else loading.feature.replace("_", " ")
    rest = loading.column.removeprefix(loading.feature)
    if rest.startswith(" = "):
        return f"{label}: {rest[3:]}"
    return f"{label} not known" if rest.strip() == "missing" else label


def loadings_table(axes: MapAxes, features: Sequence[FeatureInfo]) -> Table:
    """Return all loadings as a table for a file."""
    known = {feature.name: feature for feature in features}
    return table(
        (
            TableColumn("Input"),
            *(TableColumn(f"Component {axis}", Kind.NUMBER) for axis in (1, 2, 3)),
        ),
        [
            (column_label(one, known), one.x, one.y, one.z)
            for one in strongest_first(axes.loadings, 2)
        ],
    )


def _values(loading: MapLoading, dimensions: int) -> tuple[float, ...]:
    return (loading.x, loading.y, loading.z)[:dimensions]


def _at_end(loading: MapLoading, known: Mapping[str, FeatureInfo]) -> str:
    label = column_label(loading, known)
    words = in_sentence(label)
    feature = known.get(loading.feature)
    if feature is None or loading.column != loading.feature:
        return words
    kind = Kind(feature.kind)
    return words if kind in _UNORDERED else less_and_more(label, kind)[1]


def _strength(value: float) -> str:
    return next((word for least, word in _STRENGTHS if abs(value) >= least), "")


def _number(value: float) -> str:
    text = f"{value:.2f}"
    return "0.00" if text == "-0.00" else text.replace("-", MINUS)
