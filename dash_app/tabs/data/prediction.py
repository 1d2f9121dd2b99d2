"""How one customer is placed: the steps of scoring, and the stored numbers that they use."""

from __future__ import annotations

from core.features.base import Kind
from core.segmentation.model import (
    CategoryColumn,
    MissingFlag,
    NumericColumn,
)
from dash_app.components.chips import Tone
from dash_app.components.flows import FlowStep
from dash_app.figures.base import Cell, Table, TableColumn, table
from dash_app.figures.text import plural
from dash_app.formats import count
from dash_app.tabs.data.reading import DataInView
from dash_app.tabs.data.training import LensFlow


def prediction_steps(one: LensFlow) -> tuple[FlowStep, ...]:
    """Return how one customer is placed with the stored model; nothing is fitted."""
    columns = one.model.columns
    numbers = [column for column in columns if isinstance(column, NumericColumn)]
    levels = [column for column in columns if isinstance(column, CategoryColumn)]
    flags = [column for column in columns if isinstance(column, MissingFlag)]
    capped = [c for c in numbers if c.cap_low is not None or c.cap_high is not None]
    logged = [c for c in numbers if c.log]
    width = sum(len(c.levels) if isinstance(c, CategoryColumn) else 1 for c in columns)
    steps = [
        FlowStep(
            "One customer",
            count(len(one.spec.features)),
            "values",
            "a row of a file, or a form",
            icon="person",
        )
    ]
    if one.model.rule is not None:
        rule = next((s for s in one.segments if s.number == one.model.rule.number), None)
        steps.append(
            FlowStep(
                "Rule first",
                count(len(one.model.rule.zero)),
                "values all 0 or missing?",
                f"then “{rule.name}”, and done" if rule else "then a segment by rule",
                icon="signpost-split",
            )
        )
    steps.append(
        FlowStep(
            "Fill what is missing",
            count(len(numbers)),
            "numbers",
            "by what the fit learned, never by the file that is scored"
            + (f"; {plural(len(flags), 'flag')} that it was missing" if flags else ""),
            icon="eraser",
        )
    )
    if capped:
        steps.append(
            FlowStep(
                "Cap extremes", count(len(capped)), "numbers", "at the limits of the fit",
                icon="arrows-collapse",
            )
        )  # fmt: skip
    if logged:
        steps.append(
            FlowStep(
                "Logarithm", count(len(logged)), "skewed amounts", "so that no giant rules",
                icon="graph-up",
            )
        )  # fmt: skip
    steps += [
        FlowStep(
            "Scale and weigh",
            count(width),
            "coordinates",
            "every input counts by its weight"
            + (f"; {plural(len(levels), 'category', 'categories')} as levels" if levels else ""),
            icon="rulers",
        ),
        *(
            [
                FlowStep(
                    "Turn",
                    count(len(one.model.components)),
                    "principal components",
                    "in whose space distances are measured",
                    icon="arrow-repeat",
                )
            ]
            if one.model.components
            else []
        ),
        FlowStep(
            "Measure distances",
            count(len(one.model.centroids)),
            "centres",
            "one per segment of the model",
            icon="bullseye",
        ),
        FlowStep(
            "Nearest centre",
            "1",
            "segment",
            "with distance, margin to the next, and typicality",
            icon="geo-alt",
            tone=Tone.ACCENT,
        ),
    ]
    return tuple(steps)


def model_table(found: DataInView, one: LensFlow) -> Table:
    """Return the stored numbers of the preparation: what scoring uses for each input."""
    rows: list[tuple[Cell, ...]] = []
    for column in one.model.columns:
        feature = found.by_name.get(column.feature)
        label = feature.label if feature else column.feature
        if isinstance(column, NumericColumn):
            rows.append(
                (
                    label, "number", column.impute, column.cap_low, column.cap_high,
                    "yes" if column.log else "no", column.centre, column.factor,
                )
            )  # fmt: skip
        elif isinstance(column, CategoryColumn):
            kind = f"levels: {', '.join(column.levels)}"
            rows.append((label, kind, None, None, None, "no", None, None))
        elif isinstance(column, MissingFlag):
            rows.append((label, "is missing", None, None, None, "no", column.centre, column.factor))
        else:
            kind = f"ordered: {', '.join(column.levels)}"
            rows.append((label, kind, None, None, None, "no", column.centre, column.factor))
    numbers = ("Where missing", "Not below", "Not above")
    return table(
        (
            TableColumn("Input"),
            TableColumn("Enters as"),
            *(TableColumn(name, Kind.NUMBER) for name in numbers),
            TableColumn("Logarithm"),
            TableColumn("Minus", Kind.NUMBER),
            TableColumn("Times", Kind.NUMBER),
        ),
        rows,
        found.features,
    )
