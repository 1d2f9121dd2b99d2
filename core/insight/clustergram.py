"""How groups divide as their number grows, and whether they keep together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.quality import Clustergram, ClustergramFlow, ClustergramGroup

THINNEST = 0.001  # share of customers from which a flow is kept


def clustergram(
    places: NDArray[np.floating],
    labelings: Sequence[NDArray[np.integer]],
    *,
    chosen: int,
    numbers: Sequence[int],
    explained: float,
) -> Clustergram:
    """Return the clustergram (Schonlau 2002): groups of every k by their mean, and who goes where.

    Schonlau draws a group at the mean of all its variables; here it is the mean of the customers'
    first principal component, which unlike variables do not cancel out in. Flows under one in a
    thousand customers are left out.

    Parameters
    ----------
    places : (n,) first component of every customer
    labelings : per number of groups, ascending, the group of every customer, (n,)
    chosen : the number of groups whose groups are the segments
    numbers : the segment of each group of that labeling
    explained : the share of variance that the component explains

    Examples
    --------
    >>> found = clustergram(
    ...     np.array([0.0, 0.0, 4.0, 6.0]),
    ...     [np.array([0, 0, 1, 1]), np.array([0, 0, 1, 2])],
    ...     chosen=2,
    ...     numbers=(1, 0),
    ...     explained=1.0,
    ... )
    >>> [(one.k, one.place, one.segment) for one in found.groups]
    [(2, 0.0, 1), (2, 5.0, 0), (3, 0.0, None), (3, 4.0, None), (3, 6.0, None)]
    >>> [(flow.group, flow.into, flow.share) for flow in found.flows]
    [(0, 0, 0.5), (1, 1, 0.25), (1, 2, 0.25)]
    """
    ks = [int(labels.max()) + 1 for labels in labelings]
    groups = [
        ClustergramGroup(
            k=k,
            group=group,
            share=float(size / len(labels)),
            place=float(total / size),
            segment=int(numbers[group]) if k == chosen else None,
        )
        for k, labels in zip(ks, labelings, strict=True)
        for group, (size, total) in enumerate(
            zip(np.bincount(labels), np.bincount(labels, weights=places), strict=True)
        )
        if size
    ]
    flows = [
        ClustergramFlow(k, int(a), int(b), float(both[a, b] / len(here)))
        for k, here, there in zip(ks, labelings, labelings[1:], strict=False)
        for both in [_crossed(here, there)]
        for a, b in np.argwhere(both >= max(THINNEST * len(here), 1))
    ]
    return Clustergram(explained, tuple(groups), tuple(flows))


def _crossed(a: NDArray[np.integer], b: NDArray[np.integer]) -> NDArray[np.int64]:
    across = int(b.max()) + 1
    counts = np.bincount(a * across + b, minlength=(int(a.max()) + 1) * across)
    return np.asarray(counts.reshape(-1, across), dtype=np.int64)
