"""A run's customers by recency, frequency and monetary value: cells that cut points can divide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.readmodels import RfmOverview
from core.rule_groups import RuleGroups, cut_points

if TYPE_CHECKING:
    import pandas as pd

_RECENCY = ("recency_own_days", "recency_days")  # what a bank books by itself is no visit
_FREQUENCY = ("frequency",)
_MONETARY = ("monetary_total", "monetary_value")  # of orders, of a bank's transactions
_PARTS = 20  # every cut point between twentieths may be chosen


def rfm_overview(frame: pd.DataFrame, rule: RuleGroups | None = None) -> RfmOverview | None:
    """Return customers and money in cells of recency × frequency × monetary value.

    Edges lie between the twentieths of each feature; the cut points between the fifths are among
    them, and every other choice among the edges divides whole cells, so that a preview with other
    cut points is exact without looking at a customer.

    Parameters
    ----------
    frame : one row per customer, a column per feature
    rule : the RFM groups of the data set's lens; its features and cut points are taken, so that
        cells and lens tell the same of a customer. None: known features, cut points between fifths

    Returns
    -------
    RfmOverview or None
        None where the source does not have the three features, or nobody has a recency.

    Examples
    --------
    >>> import pandas as pd
    >>> names = ("recency_days", "frequency", "monetary_total")
    >>> found = rfm_overview(pd.DataFrame([(1, 2, 5), (9, 1, 7), (None, 0, 0)], columns=names))
    >>> found.edges[0], found.cells, found.without
    ((1.0, 9.0), ((0, 1, 0, 1, 5.0), (1, 0, 1, 1, 7.0)), 1)
    """
    known_names = tuple(_first(frame, choice) for choice in (_RECENCY, _FREQUENCY, _MONETARY))
    names = known_names if rule is None else rule.features
    if None in names:
        return None
    chosen = [name for name in names if name is not None]
    table = frame[chosen].to_numpy(dtype=np.float64)
    known = ~np.isnan(table).any(axis=1)
    if not known.any():
        return None
    columns = [table[known, i] for i in range(len(chosen))]
    cuts = tuple(cut_points(column) for column in columns) if rule is None else rule.cuts
    edges = tuple(_edges(column, cut) for column, cut in zip(columns, cuts, strict=True))
    found = [np.searchsorted(e, c, side="left") for e, c in zip(edges, columns, strict=True)]
    places = np.stack(found, axis=1)
    cells, of_row, counts = np.unique(places, axis=0, return_inverse=True, return_counts=True)
    ascending = np.argsort(columns[2], kind="stable")  # so that sums do not depend on row order
    money = np.bincount(of_row.ravel()[ascending], weights=columns[2][ascending])
    return RfmOverview(
        features=tuple(chosen),
        edges=edges,
        cuts=cuts,
        cells=tuple(
            (int(r), int(f), int(m), int(n), round(float(total), 2))
            for (r, f, m), n, total in zip(cells, counts, money, strict=True)
        ),
        without=int((~known).sum()),
    )


def _first(frame: pd.DataFrame, names: Sequence[str]) -> str | None:
    return next((name for name in names if name in frame), None)


def _edges(values: NDArray[np.float64], cuts: tuple[float, ...]) -> tuple[float, ...]:
    """Return the distinct values between the twentieths, the cut points among them."""
    shares = tuple((np.arange(1, _PARTS) / _PARTS).tolist())
    return tuple(sorted({*cut_points(values, shares), *cuts}))
