"""A lens's inputs made comparable: impute, cap, logarithm, encode, scale, weigh; fitted once.

The fit is a scikit-learn Pipeline (`Preparation.pipeline`). It converts to the JSON columns of
`core.segmentation.model`, and those alone transform and score, with numpy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.compose import ColumnTransformer
from sklearn.pipeline import Pipeline

from core.encoding import Encoder
from core.errors import DataError
from core.features.base import Feature
from core.lens import LensFeature, LensSpec
from core.lens_inputs import input_columns, lens_features
from core.preparation_steps import (
    BlockScaler,
    FeatureEncoder,
    NominalEncoder,
    NumericEncoder,
    OrdinalCoder,
    feature_encoder,
)
from core.segmentation.model import (
    CategoryColumn,
    Column,
    FeatureReference,
    MissingFlag,
    NumericColumn,
    OrdinalColumn,
)

REFERENCE_QUANTILES = np.linspace(0.0, 1.0, 101)


@dataclass(frozen=True, slots=True, eq=False)
class Preparation:
    """A fitted preparation.

    ``pipeline`` is the fitted scikit-learn Pipeline, ``columns`` the same as JSON columns,
    ``column_features``/``column_labels`` say for each matrix column which feature it comes from and
    what it shows, ``references`` hold the training quantiles of the numeric inputs, ``notes`` say
    in sentences what was left out and why.
    """

    features: tuple[Feature, ...]
    pipeline: Any
    columns: tuple[Column, ...]
    column_features: tuple[str, ...]
    column_labels: tuple[str, ...]
    references: tuple[FeatureReference, ...]
    notes: tuple[str, ...]

    def transform(self, frame: pd.DataFrame) -> NDArray[np.float32]:
        """Return the matrix (n, d), float32 and C-contiguous, one row per customer.

        It is computed by the same code that scores customers, so both see identical numbers.
        """
        return Encoder(self.columns).encode(input_columns(frame, self.features)).matrix


def fit_preparation(
    frame: pd.DataFrame, features: Sequence[Feature], lens: LensSpec
) -> Preparation:
    """Fit how a lens's inputs are prepared.

    Numbers: the stated median, mean or zero for missing ones, with a flag where more than 1 % are
    missing and not zero; winsorised at the stated quantile and its mirror, or capped at mean + so
    many standard deviations; signed log1p where stated; scaled. Categories: ``Unknown`` for
    missing ones, levels below 2 % pooled as ``Other``, one-hot. Ordinals: 0, 1, …, scaled. Every
    feature counts as one variable of its weight, however many columns it makes.

    Parameters
    ----------
    frame : one row per customer, with a column for each feature of the lens
    features : the catalogue; those of the lens must be among them
    lens : what to prepare, and how

    Raises
    ------
    UsageError
        If the lens names an unknown feature, a direct identifier, or, unless it is demographic, a
        sensitive attribute or a proxy of one.
    DataError
        If a column cannot be read, or no feature tells customers apart.

    Examples
    --------
    >>> from core.features.base import Kind, Side
    >>> income = Feature("income", "Income", "", "demographics", Side.DEMOGRAPHIC, Kind.MONEY)
    >>> lens = LensSpec(
    ...     name="who",
    ...     label="Who",
    ...     side=Side.DEMOGRAPHIC,
    ...     question="Who?",
    ...     features=(LensFeature(name="income", cap=None),),
    ... )
    >>> prepared = fit_preparation(pd.DataFrame({"income": [1.0, 2.0, 3.0]}), [income], lens)
    >>> prepared.transform(pd.DataFrame({"income": [2.0, 3.0]}))
    array([[0.       ],
           [1.2247449]], dtype=float32)
    """
    chosen = lens_features(features, lens)
    if frame.empty:
        raise DataError(f"The lens {lens.name!r} has no customers to look at. Import some first.")
    inputs = input_columns(frame, chosen)
    kept: list[tuple[Feature, LensFeature, FeatureEncoder]] = []
    notes: list[str] = []
    for feature, use in zip(chosen, lens.features, strict=True):
        encoder = feature_encoder(feature, use).fit(inputs[feature.name])
        if encoder.is_constant_:
            notes.append(_left_out(feature, inputs[feature.name]))
        else:
            kept.append((feature, use, encoder))
    if not kept:
        raise DataError(
            f"No feature of the lens {lens.name!r} tells customers apart: each has the same value "
            "for all of them. Give the lens other features."
        )
    return _assemble(frame, inputs, kept, lens, tuple(notes))


def _assemble(
    frame: pd.DataFrame,
    inputs: dict[str, NDArray[np.generic]],
    kept: list[tuple[Feature, LensFeature, FeatureEncoder]],
    lens: LensSpec,
    notes: tuple[str, ...],
) -> Preparation:
    """Put the encoders of the features that vary into a Pipeline and read its parameters off."""
    names = [feature.name for feature, _, _ in kept]
    encode = ColumnTransformer(
        [
            (name, feature_encoder(f, use), [name])
            for name, (f, use, _) in zip(names, kept, strict=True)
        ]
    )
    scale = BlockScaler(
        scaler=lens.scaler.value,
        widths=tuple(encoder.width_ for _, _, encoder in kept),
        kinds=tuple(encoder.block for _, _, encoder in kept),
        weights=tuple(use.weight for _, use, _ in kept),
        scale_to=lens.scale_to,
    )
    pipeline = Pipeline([("encode", encode), ("scale", scale)])
    pipeline.fit(frame[names])
    scaler = pipeline.named_steps["scale"]
    columns: list[Column] = []
    labels: list[str] = []
    at = 0
    for feature, _, encoder in kept:
        part = slice(at, at + encoder.width_)
        made = _columns(feature, encoder, scaler.centre_[part], scaler.factor_[part])
        columns.extend(column for column, _ in made)
        labels.extend(label for _, shown in made for label in shown)
        at = part.stop
    return Preparation(
        features=tuple(feature for feature, _, _ in kept),
        pipeline=pipeline,
        columns=tuple(columns),
        column_features=tuple(f.name for f, _, encoder in kept for _ in range(encoder.width_)),
        column_labels=tuple(labels),
        references=tuple(
            _reference(feature.name, inputs[feature.name])
            for feature, _, _ in kept
            if feature.is_numeric
        ),
        notes=notes,
    )


def _columns(
    feature: Feature,
    encoder: FeatureEncoder,
    centre: NDArray[np.float64],
    factor: NDArray[np.float64],
) -> list[tuple[Column, list[str]]]:
    """Return a feature's JSON columns, each with the labels of the matrix columns it makes."""
    name, label = feature.name, feature.label
    if isinstance(encoder, NominalEncoder):
        category = CategoryColumn(
            name,
            levels=encoder.levels_,
            pooled=encoder.pooled_,
            centres=tuple(centre.tolist()),
            factors=tuple(factor.tolist()),
        )
        return [(category, [f"{label}: {level}" for level in encoder.levels_])]
    if isinstance(encoder, OrdinalCoder):
        ordinal = OrdinalColumn(
            name, encoder.levels, encoder.impute_, float(centre[0]), float(factor[0])
        )
        return [(ordinal, [label])]
    assert isinstance(encoder, NumericEncoder)
    number = NumericColumn(
        name,
        impute=encoder.impute_,
        cap_low=encoder.low_,
        cap_high=encoder.high_,
        log=encoder.log,
        centre=float(centre[0]),
        factor=float(factor[0]),
    )
    made: list[tuple[Column, list[str]]] = [(number, [label])]
    if encoder.flagged_:
        flag = MissingFlag(name, float(centre[1]), float(factor[1]))
        made.append((flag, [f"{label}: missing"]))
    return made


def _reference(name: str, values: NDArray[np.generic]) -> FeatureReference:
    numbers = values.astype(np.float64)
    known = numbers[~np.isnan(numbers)]
    # Values that occur: the quantiles of counts are counts.
    quantiles = np.quantile(known, REFERENCE_QUANTILES, method="nearest")
    return FeatureReference(name, tuple(quantiles.tolist()))


def _left_out(feature: Feature, values: NDArray[np.generic]) -> str:
    """Return the sentence that says why a feature was left out."""
    series = pd.Series(values)
    if series.isna().all():
        return f"{feature.label} was left out: it is missing for every customer."
    shares = series.value_counts(normalize=True, dropna=False)
    if shares.iloc[0] == 1:
        return f"{feature.label} was left out: it is the same for every customer."
    return (
        f"{feature.label} was left out: it is the same for {shares.iloc[0]:.1%} of customers, and "
        "what is left of it after capping or pooling does not vary."
    )
