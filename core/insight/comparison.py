"""Two ways of looking at the same customers: do they agree, and which explains what matters?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.errors import UsageError, one_of
from core.features.base import Feature
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
from core.insight.wording import number, uncapitalised
from core.lens import LensSpec
from core.readmodels import LARGELY, PARTLY, BakeOff, Comparison, ComparisonCell, views_agree
from core.segmentation.held_against import held_against

PERMUTATIONS = 200
_AMOUNT = {"Hardly.": "little about", "Partly.": "something, not all, about"}
_NOTHING = "almost nothing about"
_OTHER_SIDE = "Use behaviour to choose offers, demographics to choose words."
_ADVICE = {
    "Hardly.": "Each tells something of its own.",
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
    inside the band. The answer is *hardly* up to an AMI of 0.20 and *largely* from 0.80: where
    Landis and Koch (1977) end slight and begin almost perfect agreement of a coefficient that, as
    this one, is 0 by chance and 1 if identical. There is no convention of the AMI's own.

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
    answer = views_agree(ami, high)
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


def _sentence(
    lens_a: LensSpec, lens_b: LensSpec, answer: str, ami: float, band: tuple[float, float]
) -> str:
    """Return the answer in words, with the agreement beside what chance gives and the limits."""
    low, high = band
    middle, half = (low + high) / 2, max((high - low) / 2, 0.01)
    amount = _NOTHING if ami <= high else _AMOUNT.get(answer, "most of")
    a, b = uncapitalised(lens_a.label), uncapitalised(lens_b.label)
    agreed = held_against(ami, PARTLY, LARGELY).replace("-", "−")
    apart = answer == "Hardly." and lens_a.side is not lens_b.side
    return (
        f"Knowing a customer’s segment in the {a} view tells you {amount} their segment in the "
        f"{b} view: agreement (AMI) is {agreed}, where chance gives {number(middle, 2)} ± "
        f"{number(half, 2)} and identical views give 1. Under {PARTLY:.2f} they hardly agree, from "
        f"{LARGELY:.2f} largely. {_OTHER_SIDE if apart else _ADVICE[answer]}"
    )
