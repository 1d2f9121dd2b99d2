"""What a lens looks at and how it is prepared, read from the model that scores with it."""

from __future__ import annotations

from collections.abc import Iterator

from core.document.blocks import Block, Bullets, Column, Paragraph, Section, numbers, table, texts
from core.document.facts import LensFacts, RunFacts
from core.document.figures import NONE, day, measure, plural, whole
from core.document.small_groups import share_is_shown
from core.lens import Scaler
from core.segmentation.model import (
    CategoryColumn,
    MissingFlag,
    NumericColumn,
    OrdinalColumn,
)

_SCALED = {
    Scaler.STANDARD: "scaled to mean 0 and standard deviation 1",
    Scaler.MINMAX: "scaled from the least to the greatest value",
    Scaler.ROBUST: "scaled by median and quartiles",
    Scaler.MAXABS: "scaled by the greatest size",
    Scaler.RAW: "not scaled but left in their own units",
}
_COLUMNS: tuple[Column, ...] = (
    *texts("Input", "Read as", "Missing counts as", "Kept between", "Logarithm"),
    *numbers("Weight", "Centre", "Factor"),
)


def inputs_section(facts: RunFacts, lens: LensFacts) -> Section:
    """Return the inputs of a lens with every step of their preparation."""
    return Section(
        "Inputs and their preparation",
        (
            Paragraph(_scaling(lens)),
            table(
                f"Inputs of {lens.summary.label}: each is read, filled, kept between limits, "
                "logged, then (value − centre) × factor",
                _COLUMNS,
                [row for use in lens.spec.features for row in _rows(facts, lens, use.name)],
                none="The view has no inputs.",
            ),
            *_left_out(facts, lens),
        ),
    )


def _scaling(lens: LensFacts) -> str:
    text = (
        f"{plural(len(lens.spec.features), 'input')}, {_SCALED[lens.spec.scaler]}; the "
        f"values below were learned from {plural(lens.model.trained_on, 'customer')} as of "
        f"{day(lens.fitted_as_of)} and are applied unchanged when customers are scored."
    )
    if lens.model.components:
        text += (
            " Distances are measured on the first "
            f"{plural(len(lens.model.components), 'principal component')} of them."
        )
    return text


def _rows(facts: RunFacts, lens: LensFacts, feature: str) -> Iterator[tuple[str, ...]]:
    weight = next(measure(use.weight) for use in lens.spec.features if use.name == feature)
    for column in lens.model.columns:
        if column.feature != feature:
            continue
        label = facts.label(feature)
        if isinstance(column, NumericColumn):
            yield (
                label,
                "number",
                measure(column.impute),
                _limits(column.cap_low, column.cap_high),
                "yes" if column.log else "no",
                weight,
                measure(column.centre),
                f"{column.factor:.4g}",
            )
        elif isinstance(column, MissingFlag):
            yield (
                f"{label}: missing",
                "1 where missing, else 0",
                NONE,
                NONE,
                "no",
                weight,
                measure(column.centre),
                f"{column.factor:.4g}",
            )
        elif isinstance(column, CategoryColumn):
            yield (
                label,
                _levels(column, lens, facts.smallest),
                "its own level",
                NONE,
                "no",
                weight,
                "share of the level",
                f"{column.factors[0]:.4g}",
            )
        elif isinstance(column, OrdinalColumn):
            yield (
                label,
                f"levels in order: {', '.join(column.levels)}",
                column.impute,
                NONE,
                "no",
                weight,
                measure(column.centre),
                f"{column.factor:.4g}",
            )


def _limits(low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return "no limits"
    return f"{NONE if low is None else measure(low)} to {NONE if high is None else measure(high)}"


def _levels(column: CategoryColumn, lens: LensFacts, smallest: int) -> str:
    """Return the levels by name where enough customers have them, the others counted."""
    named = [
        level
        for level, share in zip(column.levels, column.centres, strict=True)
        if share_is_shown(share, lens, smallest)
    ]
    rare = len(column.levels) - len(named) + len(column.pooled)
    parts = [", ".join(named)] if named else []
    if rare:
        parts.append(f"{whole(rare)} rare")
    return f"levels: {' and '.join(parts)}"


def _left_out(facts: RunFacts, lens: LensFacts) -> tuple[Block, ...]:
    encoded = {column.feature for column in lens.model.columns}
    constant = [facts.label(n) for n in lens.spec.feature_names if n not in encoded]
    if not constant:
        return ()
    return (
        Bullets(
            tuple(f"{label} was left out: it is the same for every customer." for label in constant)
        ),
    )
