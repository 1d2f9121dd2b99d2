"""The fields of the form: one per input of a model, and what may be written into it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.errors import UsageError
from core.features.base import Kind
from core.readmodels import CategoryCount, FeatureInfo, FeatureStatistic
from core.scoring import scorer
from core.segmentation.model import CategoryColumn, OrdinalColumn, SegmentationModel
from dash_app.formats import format_value, number

Value = float | str | None

NOT_KNOWN = "?"  # the choice of a level that nobody knows
LONGEST_TEXT = 40
_LONGEST_UNIT = 9  # characters that have room behind a field
_NUMBER = re.compile(r"[-−+]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?\Z")


@dataclass(frozen=True, slots=True)
class Field:
    """One input: what it is, what is typical, what the model knows.

    ``levels`` are the choices of a category, empty for numbers. ``typical``, ``low`` and ``high``
    are in the feature's own units: a share is 0..1, though people write it in percent.
    """

    feature: FeatureInfo
    typical: Value
    low: float | None = None
    high: float | None = None
    levels: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Name of the feature."""
        return self.feature.name

    @property
    def kind(self) -> Kind:
        """Kind of the feature."""
        return Kind(self.feature.kind)

    @property
    def is_choice(self) -> bool:
        """Whether one chooses and does not write."""
        return self.is_level or self.kind is Kind.FLAG

    @property
    def is_level(self) -> bool:
        """Whether the value is a level and not a number."""
        return self.kind in (Kind.CATEGORY, Kind.ORDINAL)


def fields_of(
    model: SegmentationModel,
    features: Sequence[FeatureInfo],
    statistics: Sequence[FeatureStatistic],
    categories: Sequence[CategoryCount],
) -> tuple[Field, ...]:
    """Return a field per input of the model, those of its rule included, in the model's order."""
    known = {feature.name: feature for feature in features}
    everyone = {row.feature: row for row in statistics if row.segment is None}
    ranges = {r.feature: (r.quantiles[0], r.quantiles[-1]) for r in model.references}
    medians = {r.feature: r.quantiles[len(r.quantiles) // 2] for r in model.references}
    found = []
    for name in scorer(model).inputs:
        feature = known[name]
        levels = _levels(model, feature)
        row = everyone.get(name)
        low, high = ranges.get(name) or ((row.minimum, row.maximum) if row else (None, None))
        median = row.median if row else medians.get(name)
        typical = most_frequent(categories, name, levels) if levels else median
        found.append(Field(feature, typical, low, high, levels))
    return tuple(found)


def most_frequent(
    categories: Sequence[CategoryCount],
    name: str,
    levels: Sequence[str],
    segment: int | None = None,
) -> str | None:
    """Return the level that most customers of a segment have, of all where none is given."""
    counts: Mapping[str, int] = {
        row.level: row.n for row in categories if row.segment == segment and row.feature == name
    }
    return max(levels, key=lambda level: (counts.get(level, 0), -levels.index(level)), default=None)


def parsed(field: Field, text: object) -> Value:
    """Return what was written into a field; None where nothing was: the value is not known.

    Raises
    ------
    UsageError
        In words for the one who wrote it.
    """
    words = "" if text is None else str(text).strip()
    if words in ("", NOT_KNOWN):
        return None
    if field.is_level:
        return words[:LONGEST_TEXT]
    bare = re.sub(r"[\s\u00a0%$€£]", "", words)
    if len(words) > LONGEST_TEXT or not any(c.isdigit() for c in bare) or not _NUMBER.match(bare):
        raise UsageError(
            f"“{words[:LONGEST_TEXT]}” is not a number. Write one like {example(field)}, or leave "
            "it empty."
        )
    value = float(bare.replace(",", "").replace("−", "-"))
    return _checked(field, value / 100 if field.kind is Kind.SHARE else value)


def written(field: Field, value: Value) -> str:
    """Return a value as it stands in its field: amounts to the cent, others to six digits."""
    if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
        return NOT_KNOWN if field.is_choice else ""
    if isinstance(value, str):
        return value
    shown = round(100 * value, 10) if field.kind is Kind.SHARE else value
    if float(shown).is_integer():
        return f"{shown:,.0f}"
    return f"{shown:,.2f}" if field.kind is Kind.MONEY else f"{shown:,.6g}"


def hint(field: Field, currency: str) -> str:
    """Return what is typical, and between which values the model was trained."""
    if field.typical is None:
        return ""
    if isinstance(field.typical, str) or field.is_choice:
        return f"typical {said(field, field.typical, currency)}"
    typical = f"typical {bare_number(field, field.typical, currency)}"
    if field.low is None or field.high is None:
        return typical
    low, high = (bare_number(field, end, currency) for end in (field.low, field.high))
    return f"{typical} · {low} to {high}"


def said(field: Field, value: Value, currency: str) -> str:
    """Return a value as it is written in a sentence."""
    if value is None:
        return "not known"
    if isinstance(value, float | int) and field.kind is Kind.MONEY:
        value = float(round(value)) if abs(value) >= 10 else value
    return format_value(value, field.feature.kind, field.feature.unit, currency)


def bare_number(field: Field, value: float, currency: str) -> str:
    """Return a value without its unit, where the unit stands beside it."""
    if field.kind in (Kind.MONEY, Kind.SHARE):
        return said(field, value, currency)
    return number(round(value, 2))


def unit_of(field: Field, symbol: str) -> str:
    """Return what stands behind the field."""
    if field.is_choice:
        return ""
    if field.kind is Kind.MONEY:
        return symbol
    if field.kind is Kind.SHARE:
        return "%"
    unit = field.feature.unit
    is_said = unit.lower() in field.feature.label.lower() or len(unit) > _LONGEST_UNIT
    return "" if is_said else unit


def example(field: Field) -> str:
    """Return a number that could stand in the field."""
    return written(field, field.typical) or "100"


def _checked(field: Field, value: float) -> float:
    """Return the value, or say why no customer has it."""
    if abs(value) > 1e15:
        raise UsageError("That number is too large. Write a smaller one, or leave it empty.")
    if field.kind is Kind.FLAG and value not in (0, 1):
        raise UsageError("Write 1 for yes or 0 for no, or leave it empty.")
    counted = field.kind in (Kind.COUNT, Kind.DAYS, Kind.YEARS)
    if counted and value < 0 and (field.low is None or field.low >= 0):
        raise UsageError(f"{field.feature.label} is 0 or more. Write such a number.")
    return value


def _levels(model: SegmentationModel, feature: FeatureInfo) -> tuple[str, ...]:
    """Return the levels that the model knows, in their order or by name."""
    for column in model.columns:
        if column.feature != feature.name:
            continue
        if isinstance(column, OrdinalColumn):
            return column.levels
        if isinstance(column, CategoryColumn):
            single = [level for level in column.levels if level != "Other" or not column.pooled]
            return (*sorted(single), *sorted(column.pooled))
    return feature.levels
