"""Two ways of looking at the same customers: do they agree, and which explains what matters?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.errors import UsageError, one_of
from core.features.base import Feature, Side
from core.insight.association import (
    MutualInformation,
    Table,
    adjusted_rand,
    adjusted_residuals,
    contingency,
    cramers_v,
    eta_squared,
    expected_counts,
)
from core.insight.columns import Segments, coded_column, numbers, segment_count
from core.insight.predictability import predict_segments
from core.insight.wording import number
from core.lens import LensSpec
from core.readmodels import BakeOff, Comparison, ComparisonCell

PERMUTATIONS = 200
PARTLY = 0.10  # AMI from which the views agree partly,
LARGELY = 0.50  # and largely
_KNOWS = {Side.DEMOGRAPHIC: "who a customer is", Side.BEHAVIOURAL: "how a customer banks"}
_TELLS = {Side.DEMOGRAPHIC: "who they are", Side.BEHAVIOURAL: "how they bank"}
_AMOUNT = {"Hardly.": "almost nothing about", "Partly.": "something, not all, about"}
_ADVICE = {
    "Hardly.": "Use behaviour to choose offers, demographics to choose words.",
    "Partly.": "Look at both before you choose whom to contact.",
    "Largely.": "One of the two is enough for most purposes.",
}


def compare(
    lens_a: LensSpec,
    lens_b: LensSpec,
    labels_a: Segments,
    labels_b: Segments,
    frame: pd.DataFrame,
    features: Sequence[Feature],
    *,
    outcomes: Sequence[str] | None = None,
    seed: int,
    permutations: int = PERMUTATIONS,
) -> Comparison:
    """Return how two segmentations of the same customers relate.

    Contingency with lift and adjusted residuals (Haberman 1973); AMI (Vinh et al. 2010) with the
    95 % band that chance gives, ARI (Hubert and Arabie 1985), bias-corrected Cramér's V (Bergsma
    2013); cross-validated prediction of each segmentation from the other's inputs; and the
    bake-off: share of variance (η²; for categories the squared bias-corrected V) of each outcome
    that a, b and both crossed explain. Identical segmentations have AMI 1, independent ones lie
    inside the band.

    Parameters
    ----------
    lens_a, lens_b : the lenses as they were run.
    labels_a, labels_b : (n,) segment number per row.
    frame : (n, p) feature table.
    features : entries of the frame's columns.
    outcomes : features to explain; default those of both lenses, without the inputs of either.
    seed : of permutations, samples and folds.
    permutations : how many random tables the band comes from.

    Raises
    ------
    UsageError
        If the labels do not fit the frame or an outcome is not among the features.
    """
    segment_count(frame, labels_a)
    segment_count(frame, labels_b)
    by_name = {feature.name: feature for feature in features}
    table = contingency(labels_a, labels_b)
    information = MutualInformation(table)
    ami = information.adjusted()
    low, high = information.chance_band(permutations, seed)
    forth = predict_segments(frame, _inputs(lens_a, by_name), labels_b, seed)
    back = predict_segments(frame, _inputs(lens_b, by_name), labels_a, seed)
    answer = _answer(ami, high)
    return Comparison(
        lens_a=lens_a.name,
        lens_b=lens_b.name,
        ami=ami,
        ami_chance_low=low,
        ami_chance_high=high,
        ari=adjusted_rand(table),
        cramers_v=cramers_v(table),
        predict_b_from_a=forth.accuracy if forth else None,
        predict_b_chance=forth.chance if forth else None,
        cells=_cells(table),
        bake_off=tuple(
            _bake_off(frame, feature, labels_a, labels_b)
            for feature in _outcomes(lens_a, lens_b, outcomes, by_name)
        ),
        answer=answer,
        sentence=_sentence(lens_a, lens_b, answer, ami, (low, high)),
        predict_a_from_b=back.accuracy if back else None,
        predict_a_chance=back.chance if back else None,
    )


def _inputs(lens: LensSpec, by_name: dict[str, Feature]) -> list[Feature]:
    return [by_name[name] for name in lens.feature_names if name in by_name]


def _outcomes(
    lens_a: LensSpec,
    lens_b: LensSpec,
    asked: Sequence[str] | None,
    by_name: dict[str, Feature],
) -> list[Feature]:
    """Return the outcomes used in neither lens, each once."""
    names = (*lens_a.outcomes, *lens_b.outcomes) if asked is None else asked
    inputs = {*lens_a.feature_names, *lens_b.feature_names}
    for name in names:
        if name not in by_name:
            raise UsageError(one_of("outcome", name, by_name))
    return [by_name[name] for name in dict.fromkeys(names) if name not in inputs]


def _cells(table: Table) -> tuple[ComparisonCell, ...]:
    expected, residuals = expected_counts(table), adjusted_residuals(table)
    return tuple(
        ComparisonCell(
            a=a,
            b=b,
            n=int(n),
            expected=float(expected[a, b]),
            lift=float(n / expected[a, b]) if expected[a, b] > 0 else None,
            residual=None if np.isnan(residuals[a, b]) else float(residuals[a, b]),
        )
        for (a, b), n in np.ndenumerate(table)
    )


def _bake_off(frame: pd.DataFrame, feature: Feature, a: Segments, b: Segments) -> BakeOff:
    crossed = a.astype(np.int64) * (int(b.max()) + 1) + b
    groupings: tuple[NDArray[np.integer], ...] = (a, b, crossed)
    if feature.is_numeric:
        values = numbers(frame, feature)
        shares = [eta_squared(values, groups) for groups in groupings]
    else:
        codes = coded_column(frame, feature).codes
        shares = [cramers_v(contingency(groups, codes)) ** 2 for groups in groupings]
    return BakeOff(feature.name, *shares)


def _answer(ami: float, chance_high: float) -> str:
    if ami < PARTLY or ami <= chance_high:
        return "Hardly."
    return "Partly." if ami < LARGELY else "Largely."


def _sentence(
    lens_a: LensSpec, lens_b: LensSpec, answer: str, ami: float, band: tuple[float, float]
) -> str:
    """Return the answer in words, with the agreement beside what chance gives."""
    middle, half = (band[0] + band[1]) / 2, (band[1] - band[0]) / 2
    figures = (
        f"agreement (AMI) is {number(ami, 2)} where chance gives {number(middle, 2)} ± "
        f"{number(max(half, 0.01), 2)} and identical views give 1."
    )
    if lens_a.side is lens_b.side:
        told = f"The {lens_a.label} and {lens_b.label} views put customers together "
        how = {"Hardly.": "almost independently", "Partly.": "partly alike"}
        return f"{told}{how.get(answer, 'in nearly the same way')}: {figures}"
    amount = _AMOUNT.get(answer, "most of")
    knows = f"Knowing {_KNOWS[lens_a.side]} tells you {amount} {_TELLS[lens_b.side]}"
    return f"{knows}: {figures} {_ADVICE[answer]}"
