"""How two groupings of the same customers hang together: counts, agreement, association."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import random_table
from sklearn.metrics.cluster import expected_mutual_information

Table = NDArray[np.int64]


def contingency(a: NDArray[np.integer], b: NDArray[np.integer]) -> Table:
    """Return how many customers are in group i of ``a`` and group j of ``b``, (A, B).

    >>> contingency(np.array([0, 0, 1]), np.array([1, 1, 0])).tolist()
    [[0, 2], [1, 0]]
    """
    rows, columns = int(a.max()) + 1, int(b.max()) + 1
    cells = np.bincount(a.astype(np.int64) * columns + b, minlength=rows * columns)
    return np.asarray(cells.reshape(rows, columns), dtype=np.int64)


def expected_counts(table: Table) -> NDArray[np.float64]:
    """Return the counts that independence would give, (A, B) (Pearson 1900).

    >>> expected_counts(np.array([[30, 10], [10, 30]])).tolist()
    [[20.0, 20.0], [20.0, 20.0]]
    """
    return np.asarray(np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum())


def adjusted_residuals(table: Table) -> NDArray[np.float64]:
    """Return adjusted standardised residuals (Haberman 1973), about normal under independence.

    Not defined, NaN, where a row or column has nobody or everybody.

    >>> adjusted_residuals(np.array([[30, 10], [10, 30]])).round(3).tolist()
    [[4.472, -4.472], [-4.472, 4.472]]
    """
    n = table.sum()
    rows, columns = table.sum(axis=1) / n, table.sum(axis=0) / n
    expected = expected_counts(table)
    variance = expected * np.outer(1 - rows, 1 - columns)
    defined = variance > 0
    root = np.sqrt(np.where(defined, variance, 1.0))
    return np.where(defined, (table - expected) / root, np.nan)


def cramers_v(table: Table) -> float:
    """Return Cramér's V with the correction for bias (Bergsma 2013): 0 none, 1 full association.

    >>> cramers_v(np.array([[50, 0], [0, 50]])), cramers_v(np.array([[25, 25], [25, 25]]))
    (1.0, 0.0)
    """
    table = _without_empty(table)
    n = int(table.sum())
    rows, columns = table.shape
    if min(rows, columns) < 2 or n < 2:
        return 0.0
    expected = expected_counts(table)
    phi2 = float(((table - expected) ** 2 / expected).sum()) / n
    unbiased = max(0.0, phi2 - (rows - 1) * (columns - 1) / (n - 1))
    corrected = min(rows - (rows - 1) ** 2 / (n - 1), columns - (columns - 1) ** 2 / (n - 1)) - 1
    return float(min(1.0, np.sqrt(unbiased / corrected))) if corrected > 0 else 0.0


def adjusted_rand(table: Table) -> float:
    """Return the adjusted Rand index (Hubert and Arabie 1985): 0 by chance, 1 if identical.

    >>> adjusted_rand(np.array([[2, 0], [0, 2]])), round(adjusted_rand(np.ones((2, 2))), 9)
    (1.0, -0.5)
    """
    pairs = _pairs(table).sum()
    rows, columns = _pairs(table.sum(axis=1)).sum(), _pairs(table.sum(axis=0)).sum()
    expected = rows * columns / _pairs(np.array(table.sum()))
    highest = (rows + columns) / 2
    return 1.0 if highest == expected else float((pairs - expected) / (highest - expected))


class MutualInformation:
    """Adjusted mutual information of groupings with the margins of a table, and its chance band.

    AMI (Vinh, Epps and Bailey 2010), normalised by the mean of the entropies: 1 if identical, 0 on
    average by chance, whatever the number and sizes of the groups.
    """

    def __init__(self, table: Table) -> None:
        self._table = _without_empty(table)
        self._rows, self._columns = self._table.sum(axis=1), self._table.sum(axis=0)
        n = int(self._table.sum())
        self._entropies = _entropy(self._rows), _entropy(self._columns)
        self._expected = float(expected_mutual_information(self._table, n))

    def adjusted(self) -> float:
        """Return the AMI of the table itself."""
        return float(self._adjusted(self._table[None])[0])

    def chance_band(self, draws: int, seed: int) -> tuple[float, float]:
        """Return the 2.5 and 97.5 % quantiles of the AMI when one grouping is permuted.

        Permuting customers is drawing tables with the same margins (Patefield 1981), which costs
        the same for a million customers as for a hundred.
        """
        if min(self._table.shape) < 2:
            return 0.0, 0.0
        tables = random_table.rvs(
            self._rows, self._columns, size=draws, random_state=np.random.default_rng(seed)
        )
        low, high = np.quantile(self._adjusted(tables), (0.025, 0.975))
        return float(low), float(high)

    def _adjusted(self, tables: NDArray[np.integer] | NDArray[np.floating]) -> NDArray[np.float64]:
        n = tables[0].sum()
        shares = tables / n
        independent = np.outer(self._rows, self._columns) / n**2
        ratio = np.where(shares > 0, shares / independent, 1.0)
        information = (shares * np.log(ratio)).sum(axis=(1, 2))
        room = sum(self._entropies) / 2 - self._expected
        if room <= 1e-15:  # one group in both, or one per customer: there is no other table
            return np.ones(len(tables))
        return np.asarray((information - self._expected) / room)


def eta_squared(values: NDArray[np.float64], groups: NDArray[np.integer]) -> float:
    """Return the share of variance between groups, 0..1 (Fisher 1925); missing values left out.

    >>> eta_squared(np.array([1.0, 1.0, 3.0, 3.0]), np.array([0, 0, 1, 1]))
    1.0
    """
    known = ~np.isnan(values)
    values, groups = values[known], groups[known]
    if not len(values):
        return 0.0
    values = values - values.mean()
    total = float(values @ values)
    if total == 0:
        return 0.0
    sizes = np.bincount(groups)
    sums = np.bincount(groups, weights=values)
    between = (sums[sizes > 0] ** 2 / sizes[sizes > 0]).sum()
    return float(min(1.0, between / total))


def _pairs(counts: NDArray[np.integer]) -> NDArray[np.float64]:
    numbers = counts.astype(np.float64)
    return np.asarray(numbers * (numbers - 1) / 2, dtype=np.float64)


def _entropy(counts: NDArray[np.integer]) -> float:
    shares = counts / counts.sum()
    return float(-(shares * np.log(shares)).sum())


def _without_empty(table: Table) -> Table:
    filled = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    return np.asarray(filled, dtype=np.int64)
