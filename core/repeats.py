"""Whether values repeat, told from their hashes: much cheaper than grouping the values."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def may_repeat(hashes: NDArray[np.uint64]) -> bool:
    """Return False if no two values can be equal, as no two of their hashes are.

    True means to look closer: values repeat, or (hardly ever) two of them share a hash.

    >>> may_repeat(np.array([3, 1, 2], np.uint64)), may_repeat(np.array([3, 1, 3], np.uint64))
    (False, True)
    """
    ordered = np.sort(hashes)
    return bool((ordered[1:] == ordered[:-1]).any())
