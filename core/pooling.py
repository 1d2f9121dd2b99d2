"""Which groups are told as one, so that none of them is too small to be told."""

from __future__ import annotations

from collections.abc import Sequence


def pooled_together(counts: Sequence[int], smallest: int) -> frozenset[int]:
    """Return the places of the groups that become one.

    They are those under the minimum, and the next smallest ones while all together are still under
    it: what is left out cannot be found by subtraction.

    Parameters
    ----------
    counts : of customers, group by group
    smallest : so many are enough to be told

    >>> sorted(pooled_together([40, 6, 7], 10)), sorted(pooled_together([40, 30, 3], 10))
    ([1, 2], [1, 2])
    >>> sorted(pooled_together([40, 10, 0], 10))
    []
    """
    small = [place for place, n in enumerate(counts) if 0 < n < smallest]
    others = (place for place, n in enumerate(counts) if n >= smallest)
    kept = sorted(others, key=lambda place: -counts[place])
    while small and sum(counts[place] for place in small) < smallest and kept:
        small.append(kept.pop())
    return frozenset(small)
