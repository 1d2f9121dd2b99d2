"""The same segment keeps its key, name and colour across runs, whatever its number."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from core.errors import UsageError
from core.insight.association import contingency
from core.insight.columns import Segments
from core.insight.naming import Draft, distinct_name
from core.readmodels import SegmentSummary

SAME = 0.5  # least Jaccard overlap of one identity
COLOURS = 8
RULE_COLOUR = 7  # the grey
RULE_KEY = "by-rule"
_KEY_CHARACTERS = 10


@dataclass(frozen=True, slots=True)
class Match:
    """The earlier segment that a new one continues, and how much of both is common to both."""

    old: SegmentSummary
    jaccard: float


@dataclass(frozen=True, slots=True)
class Identity:
    """What stays with a segment. ``is_new``: never seen before, so that a person may name it."""

    key: str
    name: str
    sentence: str
    colour: int
    is_new: bool


def match(
    old_on_new: Segments,
    new: Segments,
    old_segments: Sequence[SegmentSummary],
    new_count: int,
    *,
    rule_number: int | None = None,
) -> tuple[Match | None, ...]:
    """Return for each new segment the old one it continues; None where it is a new one.

    The Hungarian method (Kuhn 1955) pairs old and new segments so that the sum of Jaccard overlaps
    is greatest; a pair that overlaps by less than one half is none. Both labellings are of the
    *new* data, so that customers who really moved do not break an identity. A segment by rule
    continues only the old segment by rule, however few customers they share.

    Parameters
    ----------
    old_on_new : (n,) number that the old model gives each customer of the new data.
    new : (n,) number that the new model gives.
    old_segments : the segments of the old model; ``number`` is what ``old_on_new`` holds.
    new_count : m; new segments are numbered 0..m-1.
    rule_number : the number of the new segment by rule, if there is one.

    Examples
    --------
    >>> old = np.array([0, 0, 1, 1], dtype=np.int16)
    >>> match(old, 1 - old, (), 2)
    (None, None)
    """
    if len(old_on_new) != len(new):
        raise UsageError(
            f"The old model labelled {len(old_on_new)} customers and the new one {len(new)}. "
            "Label the same customers with both."
        )
    matches: list[Match | None] = [None] * new_count
    if not len(new):
        return tuple(matches)
    overlap = _jaccards(old_on_new, new, old_segments, new_count)
    clusters = [at for at, old in enumerate(old_segments) if not old.is_rule]
    free = [number for number in range(new_count) if number != rule_number]
    for at, column in np.transpose(linear_sum_assignment(-overlap[np.ix_(clusters, free)])):
        jaccard = float(overlap[clusters[at], free[column]])
        if jaccard >= SAME:
            matches[free[column]] = Match(old_segments[clusters[at]], jaccard)
    for row, old in enumerate(old_segments):
        if old.is_rule and rule_number is not None:
            matches[rule_number] = Match(old, float(overlap[row, rule_number]))
    return tuple(matches)


def assign_identities(
    lens: str,
    customers: pd.Index[str],
    new: Segments,
    drafts: Sequence[Draft],
    matches: Sequence[Match | None],
    *,
    rule_number: int | None = None,
    keys: Sequence[str] = (),
) -> tuple[Identity, ...]:
    """Return the identity of each new segment, in order of its number.

    A matched segment keeps key, name and colour; its sentence is drafted anew, as its members have
    changed. A new one gets a key made from the ids of its founding members, so that the same data
    and seed give the same key and a retired one never comes back by accident; its drafted name,
    made different from those kept; and the first colour that no other segment has. Colours of
    retired segments are free again. The segment by rule always has the key "by-rule" and the grey.

    Parameters
    ----------
    lens : name of the lens; keys are unique within it.
    customers : (n,) customer ids.
    new : (n,) number that the new model gives.
    drafts : name and sentence per new segment, in order.
    matches : as from `match`; all None where nothing was published before.
    rule_number : the number of the new segment by rule, if there is one.
    keys : stated keys of the first new segments, instead of those made from their founders.
    """
    kept = {number: m.old for number, m in enumerate(matches) if m is not None}
    names = {old.name for old in kept.values()}
    colours = {old.colour for number, old in kept.items() if number != rule_number}
    identities: list[Identity] = []
    for number, draft in enumerate(drafts):
        old = kept.get(number)
        if number == rule_number:
            name = old.name if old else distinct_name(draft.name, draft.sentence, names)
            identities.append(Identity(RULE_KEY, name, draft.sentence, RULE_COLOUR, old is None))
        elif old is not None:
            identities.append(Identity(old.key, old.name, draft.sentence, old.colour, is_new=False))
        else:
            name = distinct_name(draft.name, draft.sentence, names)
            colour = _free_colour(colours, has_rule=rule_number is not None)
            colours.add(colour)
            key = keys[number] if number < len(keys) else _key(lens, customers, new == number)
            identities.append(Identity(key, name, draft.sentence, colour, is_new=True))
        names.add(identities[-1].name)
    return tuple(identities)


def _jaccards(
    old_on_new: Segments, new: Segments, old_segments: Sequence[SegmentSummary], new_count: int
) -> NDArray[np.float64]:
    """Return the overlap of each old with each new segment: customers in both / in either."""
    table = np.zeros((max([s.number for s in old_segments], default=0) + 1, new_count))
    counts = contingency(old_on_new, new)
    if counts.shape[0] > table.shape[0] or counts.shape[1] > table.shape[1]:
        if not old_segments:
            return np.zeros((0, new_count))
        raise UsageError(
            f"The labels name {counts.shape[0]} old and {counts.shape[1]} new segments, but "
            f"{table.shape[0]} and {table.shape[1]} are described. Describe every segment."
        )
    table[: counts.shape[0], : counts.shape[1]] = counts
    union = table.sum(axis=1)[:, None] + table.sum(axis=0)[None, :] - table
    # A published model scored on new customers may leave a segment empty: it is still itself.
    overlap = np.divide(table, union, out=np.eye(*table.shape), where=union > 0)
    return np.asarray(overlap[[segment.number for segment in old_segments]], dtype=np.float64)


def _free_colour(used: Collection[int], *, has_rule: bool) -> int:
    """Return the first colour nobody has; when all are taken, the one that comes round again."""
    palette = COLOURS - 1 if has_rule else COLOURS
    return next((c for c in range(palette) if c not in used), len(used) % palette)


def _key(lens: str, customers: pd.Index[str], founders: NDArray[np.bool_]) -> str:
    digest = hashlib.blake2s(lens.encode())
    for customer in sorted(str(member) for member in customers[founders]):
        digest.update(b"\0" + customer.encode())
    return f"{lens}-{digest.hexdigest()[:_KEY_CHARACTERS]}"
