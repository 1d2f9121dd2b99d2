"""Where a falling curve bends: the number of segments after which one more brings much less."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

FEWEST = 4  # points that can have an elbow
SENSITIVITY = 1.0  # steps that the curve must fall back below its bend, as in the paper
ROUNDING = 1e-9  # a straight line is no bend


def elbow(numbers: Sequence[int], inertias: Sequence[float]) -> int | None:
    """Return the number at the elbow of inertia by Kneedle, None where the curve has none.

    Both axes are scaled to 0..1. The elbow is where the curve lies farthest below the straight line
    between its ends, provided it comes back to the line by more than an average step before it
    leaves it again; of several the first counts. The few points of a sweep are not noisy, so they
    are not smoothed first. Fewer than four points have no elbow: the average step is too long.

    Parameters
    ----------
    numbers : of segments, rising
    inertias : of each number, falling

    References
    ----------
    Satopää, Albrecht, Irwin and Raghavan (2011), Finding a "Kneedle" in a Haystack: Detecting Knee
    Points in System Behavior.

    Examples
    --------
    >>> elbow([2, 3, 4, 5, 6], [100.0, 40.0, 30.0, 25.0, 20.0])
    3
    >>> elbow([2, 3, 4, 5, 6], [100.0, 80.0, 60.0, 40.0, 20.0]) is None  # straight
    True
    """
    x, y = np.asarray(numbers, dtype=np.float64), np.asarray(inertias, dtype=np.float64)
    fall = y.max() - y.min() if len(y) else 0.0
    if len(x) < FEWEST or fall == 0:
        return None
    across = (x - x[0]) / (x[-1] - x[0])
    below = (y.max() - y) / fall - across  # how far below the line between the ends
    back = SENSITIVITY / (len(x) - 1)
    bend: int | None = None
    wanted = 0.0
    for i in range(1, len(x)):
        if bend is not None and below[i] < wanted:
            return int(numbers[bend])
        if i + 1 == len(x):
            break
        if below[i] > below[i - 1] + ROUNDING and below[i] >= below[i + 1]:
            bend, wanted = i, below[i] - back
        elif below[i] <= below[i - 1] and below[i] < below[i + 1]:
            wanted = 0.0  # it leaves the line again: only falling to the line counts from here
    return None
