"""Which inputs of a lens say little: the same for everybody, mostly blank, or of too many kinds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from core.features.base import UNKNOWN, Feature, Kind
from core.lens import LensSpec
from core.readmodels import IntegrityFinding

MISSING_SHARE = 0.10  # above it, what stands in for the missing value decides too much
MOST_LEVELS = 9  # of a category; each further one is a column of its own


def advice(
    frame: pd.DataFrame, features: Sequence[Feature], lenses: Sequence[LensSpec]
) -> tuple[IntegrityFinding, ...]:
    """Return the findings of all lenses, each on the customers whom it clusters."""
    return tuple(
        finding
        for lens in lenses
        for finding in input_findings(_clustered(frame, lens), features, lens)
    )


def input_findings(
    frame: pd.DataFrame, features: Sequence[Feature], lens: LensSpec
) -> tuple[IntegrityFinding, ...]:
    """Return a finding per input of a lens that had better be left out; none where all are good.

    Nothing is dropped by itself: the specification states what a lens looks at, and an input that
    comes and goes with the data would make segments that cannot be compared.

    Parameters
    ----------
    frame
        One row per customer whom the lens looks at, a column for each of its features.
    features
        The catalogue.
    lens
        Whose inputs are looked at.

    Examples
    --------
    >>> from core.features.base import Side
    >>> from core.lens import LensFeature
    >>> fees = Feature("fees", "Fees", "Fees.", "m", Side.BEHAVIOURAL, Kind.MONEY)
    >>> lens = LensSpec(
    ...     name="how",
    ...     label="How",
    ...     side=Side.BEHAVIOURAL,
    ...     question="How?",
    ...     features=(LensFeature(name="fees"),),
    ... )
    >>> found = input_findings(pd.DataFrame({"fees": [3.0, 3.0]}), [fees], lens)
    >>> found[0].sentence
    'Fees is the same for every customer: leave it out of the lens “How”.'
    """
    known = {feature.name: feature for feature in features}
    return tuple(
        IntegrityFinding(
            f"inputs of the lens {lens.name}: {name}",
            "features",
            False,
            count,
            f"{known[name].label} {what}: leave it out of the lens “{lens.label}”.",
        )
        for name in lens.feature_names
        if name in known and name in frame
        for count, what in _complaints(frame[name], known[name])
    )


def _clustered(frame: pd.DataFrame, lens: LensSpec) -> pd.DataFrame:
    """Return the customers whom a lens clusters: not those who lack what it needs or measures."""
    kept = frame.dropna(subset=[name for name in lens.requires if name in frame])
    zero = [name for name in (lens.inactive.zero if lens.inactive else ()) if name in kept]
    return kept[~(kept[zero].fillna(0) == 0).all(axis=1)] if zero else kept


def _complaints(values: pd.Series, feature: Feature) -> Iterator[tuple[int, str]]:
    """Return what is wrong with one input: for how many customers (or levels), and in words."""
    is_blank = values.isna() | (values == UNKNOWN if not feature.is_numeric else False)
    missing, levels = int(is_blank.sum()), int(values.nunique(dropna=False))
    if not len(values):
        return
    if levels < 2:
        yield len(values), "is the same for every customer"
    elif missing > MISSING_SHARE * len(values):
        yield missing, f"is missing for {missing / len(values):.0%} of customers"
    if feature.kind is Kind.CATEGORY and levels > MOST_LEVELS:
        yield levels, f"has {levels} kinds, more than {MOST_LEVELS}"
