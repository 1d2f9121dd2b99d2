"""Fair treatment of people: what is shuffled to prove that nothing hangs on it, proxy meters."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.fairness import ProxyMeter
from core.features.base import Feature, Kind, Sensitivity, Side
from core.insight.association import contingency, cramers_v
from core.insight.predictability import predict_segments
from core.lens import LensSpec

FIFTHS = np.array([0.2, 0.4, 0.6, 0.8])
_SEGMENT = Feature("segment", "Segment", "", "", Side.BEHAVIOURAL, Kind.CATEGORY)
_MARKED = (Sensitivity.SENSITIVE, Sensitivity.PROXY, Sensitivity.DIRECT)


def columns_not_used(features: Sequence[Feature], lens: LensSpec) -> tuple[str, ...]:
    """Return the marked attributes on which no assignment of a lens may depend.

    Of a lens that is not demographic these are all of them; of a demographic one those that it
    does not name as inputs.
    """
    used = lens.feature_names if lens.side is Side.DEMOGRAPHIC else ()
    return tuple(f.name for f in features if f.sensitivity in _MARKED and f.name not in used)


def shuffled(frame: pd.DataFrame, columns: Sequence[str], *, seed: int) -> pd.DataFrame:
    """Return the frame with each of the columns shuffled among the customers, on its own.

    Whatever was computed from a column that matters changes; the distribution stays (the idea of
    permutation importance, Breiman 2001).

    Parameters
    ----------
    frame : (n, …) one row per customer; it is left as it is
    columns : names of columns of the frame
    seed : everything random comes from it

    Examples
    --------
    >>> frame = pd.DataFrame({"age": [20, 30, 40, 50], "balance": [1.0, 2.0, 3.0, 4.0]})
    >>> other = shuffled(frame, ["age"], seed=1)
    >>> sorted(other["age"]), other["balance"].tolist()
    ([20, 30, 40, 50], [1.0, 2.0, 3.0, 4.0])
    """
    generator = np.random.default_rng(seed)
    return frame.assign(
        **{name: frame[name].array.take(generator.permutation(len(frame))) for name in columns}
    )


def assignments_sha256(
    customer_ids: Sequence[str],
    segment: NDArray[np.int16],
    runner_up: NDArray[np.int16],
    distance: NDArray[np.float64],
) -> str:
    """Return the fingerprint of who is in which segment, how near and what comes second.

    It covers the customers in a segment, in the order given (that of their ids), so that it can be
    computed again from what is stored. Distances are those that are stored: rounded.

    Examples
    --------
    >>> one, two = np.array([0, 1], np.int16), np.array([1, 1], np.int16)
    >>> near = np.array([0.5, 0.25])
    >>> as_is = assignments_sha256(["a", "b"], one, two, near)
    >>> as_is == assignments_sha256(["a", "b"], one, two, near + 0.0)
    True
    >>> as_is == assignments_sha256(["a", "b"], two, two, near)
    False
    """
    there = np.flatnonzero(segment >= 0)
    found = hashlib.sha256("\n".join(customer_ids[row] for row in there.tolist()).encode())
    found.update(np.ascontiguousarray(segment[there], dtype="<i2").tobytes())
    found.update(np.ascontiguousarray(runner_up[there], dtype="<i2").tobytes())
    known = np.where(np.isnan(distance[there]), -1.0, distance[there])
    found.update(np.ascontiguousarray(known, dtype="<f8").tobytes())
    return found.hexdigest()


def proxy_meters(
    frame: pd.DataFrame,
    features: Sequence[Feature],
    lens: LensSpec,
    segment: NDArray[np.int16],
    *,
    seed: int,
) -> tuple[ProxyMeter, ...]:
    """Return how well the segments of a lens tell each sensitive attribute and proxy.

    Bias-corrected Cramér's V (Bergsma 2013) between segment and groups of the attribute, and the
    cross-validated balanced accuracy (Brodersen et al. 2010) of a tree that guesses the group from
    the segment. A number is cut into fifths.

    Parameters
    ----------
    frame : one row per customer in a segment, with the attributes
    features : the catalogue
    lens : whose segments these are
    segment : (n,) numbers from 0
    seed : of the folds

    Examples
    --------
    >>> gender = Feature(
    ...     "gender",
    ...     "Gender",
    ...     "",
    ...     "",
    ...     Side.DEMOGRAPHIC,
    ...     Kind.CATEGORY,
    ...     sensitivity=Sensitivity.SENSITIVE,
    ... )
    >>> from core.lens import LensFeature
    >>> lens = LensSpec(
    ...     name="how",
    ...     label="How",
    ...     side=Side.BEHAVIOURAL,
    ...     question="How?",
    ...     features=(LensFeature(name="balance"),),
    ... )
    >>> people = pd.DataFrame({"gender": ["f", "m"] * 20})
    >>> told = np.array([0, 1] * 20, dtype=np.int16)
    >>> meter = proxy_meters(people, [gender], lens, told, seed=0)[0]
    >>> round(meter.cramers_v, 4), meter.accuracy, meter.chance, meter.says
    (1.0, 1.0, 0.5, 'largely')
    """
    told = pd.DataFrame({_SEGMENT.name: [f"segment {number}" for number in segment.tolist()]})
    meters = []
    for feature in features:
        if feature.sensitivity not in (Sensitivity.SENSITIVE, Sensitivity.PROXY):
            continue
        groups, is_binned = attribute_groups(frame[feature.name], feature)
        guess = predict_segments(told, [_SEGMENT], groups.astype(np.int16), seed)
        meters.append(
            ProxyMeter(
                feature=feature.name,
                groups=len(np.unique(groups)),
                is_binned=is_binned,
                is_input=feature.name in lens.feature_names,
                cramers_v=cramers_v(contingency(segment, groups)),
                accuracy=None if guess is None else guess.accuracy,
                chance=None if guess is None else guess.chance,
            )
        )
    return tuple(meters)


def attribute_groups(values: pd.Series, feature: Feature) -> tuple[NDArray[np.int64], bool]:
    """Return the group of each customer by an attribute, and whether a number was cut into fifths.

    Levels of a category are groups, as are up to five different numbers; equal numbers are never
    torn apart, so that there can be fewer than five groups. What is missing is a group of its own.

    Examples
    --------
    >>> age = Feature("age", "Age", "", "", Side.DEMOGRAPHIC, Kind.YEARS)
    >>> groups, is_binned = attribute_groups(pd.Series([*range(20, 30), None]), age)
    >>> groups.tolist(), is_binned
    ([0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5], True)
    """
    if not feature.is_numeric:
        codes, _ = pd.factorize(values.astype(object).fillna("").astype(str), sort=True)
        return np.asarray(codes, dtype=np.int64), False
    numbers = values.to_numpy(dtype=np.float64, na_value=np.nan)
    known = numbers[~np.isnan(numbers)]
    distinct = np.unique(known)
    is_binned = len(distinct) > len(FIFTHS) + 1
    edges = np.unique(np.quantile(known, FIFTHS)) if is_binned else distinct[:-1]
    places = np.searchsorted(edges, numbers, side="left")
    return np.where(np.isnan(numbers), len(edges) + 1, places).astype(np.int64), is_binned
