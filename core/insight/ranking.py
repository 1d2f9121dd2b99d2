"""The order of a segment's differences: strongest first, repetitions behind."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.readmodels import Differentiator

REDUNDANT = 0.9


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Differences found so far; ``ranks`` has one standardised column per entry of ``names``."""

    found: list[Differentiator]
    names: list[tuple[str, str]]
    ranks: list[NDArray[np.float32]]


def ranked(
    candidates: Candidates, m: int, preferred: Collection[str]
) -> tuple[Differentiator, ...]:
    """Return the candidates of segments 0..m-1 with ranks and echoes, segment by segment."""
    ranks = np.array(candidates.ranks, dtype=np.float32)
    similar = np.abs(ranks @ ranks.T) > REDUNDANT
    position = {name: at for at, name in enumerate(candidates.names)}

    def strongest_first(difference: Differentiator) -> tuple[float, bool, int]:
        at = position[difference.feature, difference.level]
        return -round(abs(difference.effect), 9), difference.effect < 0, at

    ordered: list[Differentiator] = []
    for segment in range(m):
        leading: list[Differentiator] = []
        echoing: list[Differentiator] = []
        found = sorted((d for d in candidates.found if d.segment == segment), key=strongest_first)
        for difference in sorted(found, key=lambda d: d.feature not in preferred):
            row = similar[position[difference.feature, difference.level]]
            echoed = next((d for d in leading if row[position[d.feature, d.level]]), None)
            if echoed is None:
                leading.append(difference)
            else:
                echoing.append(replace(difference, echoes=echoed.feature))
        leading.sort(key=strongest_first)
        echoing.sort(key=strongest_first)
        ordered += [replace(d, rank=rank) for rank, d in enumerate([*leading, *echoing], start=1)]
    return tuple(ordered)


def speakable(
    found: Sequence[Differentiator], segment: int, names: Collection[str]
) -> list[Differentiator]:
    """Return a segment's differences on some features, strongest first, without repetition.

    A difference is left out if it echoes another of these features; echoes of others may stay.
    """
    chosen = [
        d for d in found if d.segment == segment and d.feature in names and d.echoes not in names
    ]
    return sorted(chosen, key=lambda d: (-round(abs(d.effect), 9), d.rank))


def standardised(ranks: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return ranks with mean 0 and length 1; missing ones count as the mean, constants as 0."""
    known = ~np.isnan(ranks)
    centred = np.where(known, ranks - (ranks[known].mean() if known.any() else 0.0), 0.0)
    length = float(np.sqrt(centred @ centred))
    return (centred / length if length > 0 else centred).astype(np.float32)
