"""Who moved between two snapshots, and whether the customer changed or the model did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import UsageError

Keys = NDArray[np.object_]  # the identity of each customer's segment; None where there is none


@dataclass(frozen=True, slots=True)
class Flow:
    """Customers who went one way; segments by their identity, None where a customer was in none.

    ``before``: old data, old model; ``between``: new data, old model; ``after``: new data, new
    model. A customer who joined has no ``before``; one who left has nothing else.
    """

    before: str | None
    between: str | None
    after: str | None
    n: int


@dataclass(frozen=True, slots=True)
class Movement:
    """How many customers moved between two snapshots, and why.

    Of those ``known`` to both: ``by_customer`` would be in another segment even under the old
    model; ``by_model`` are put elsewhere by the new model alone; somebody may be both. ``moved``
    are in another segment in the end. ``joined`` and ``left`` are known to one snapshot only.
    """

    known: int
    by_customer: int
    by_model: int
    moved: int
    joined: int
    left: int
    flows: tuple[Flow, ...]


def movement(
    old_ids: Sequence[str],
    before: Keys,
    new_ids: Sequence[str],
    between: Keys,
    after: Keys,
) -> Movement:
    """Attribute every move to the customer, to the model, or to both.

    The path goes through the new data as the old model sees them, so that the first step is what
    customers did and the second what refitting did. If only the model changed, nobody moved by
    customer; if only the data did, nobody by model.

    Parameters
    ----------
    old_ids : (m,) customers of the old snapshot
    before : (m,) identity of their segment: old data, old model
    new_ids : (n,) customers of the new snapshot
    between : (n,) identity of their segment: new data, old model
    after : (n,) identity of their segment: new data, new model

    Raises
    ------
    UsageError
        Lengths differ, or a customer stands twice.

    Examples
    --------
    >>> def keys(text):
    ...     return np.array(text.split(), dtype=object)
    >>> found = movement("abc", keys("x x y"), "abd", keys("x y y"), keys("x x y"))
    >>> found.known, found.by_customer, found.by_model, found.moved, found.joined, found.left
    (2, 1, 1, 0, 1, 1)
    >>> [(f.before, f.between, f.after, f.n) for f in found.flows]
    [('x', 'x', 'x', 1), ('x', 'y', 'x', 1), ('y', None, None, 1), (None, 'y', 'y', 1)]
    """
    if len(old_ids) != len(before) or not len(new_ids) == len(between) == len(after):
        raise UsageError(
            f"{len(old_ids)} old customers with {len(before)} segments and {len(new_ids)} new ones "
            f"with {len(between)} and {len(after)}: give every customer's segment."
        )
    was = dict(zip(old_ids, before.tolist(), strict=True))
    if len(was) != len(old_ids) or len(set(new_ids)) != len(new_ids):
        raise UsageError("A customer stands twice in one snapshot; give each once.")
    ways: Counter[tuple[str | None, str | None, str | None]] = Counter()
    known = by_customer = by_model = moved = 0
    for customer, there, now in zip(new_ids, between.tolist(), after.tolist(), strict=True):
        if customer not in was:
            ways[None, there, now] += 1
            continue
        then = was.pop(customer)
        ways[then, there, now] += 1
        known += 1
        by_customer += then != there
        by_model += there != now
        moved += then != now
    left = len(was)
    for then in was.values():
        ways[then, None, None] += 1
    return Movement(
        known=known,
        by_customer=by_customer,
        by_model=by_model,
        moved=moved,
        joined=len(new_ids) - known,
        left=left,
        flows=tuple(Flow(*way, n) for way, n in sorted(ways.items(), key=_in_order)),
    )


def _in_order(
    item: tuple[tuple[str | None, str | None, str | None], int],
) -> list[tuple[bool, str]]:
    """Return what flows are sorted by: their identities, none last."""
    return [(key is None, key or "") for key in item[0]]
