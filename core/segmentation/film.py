"""The film of a run of k-means: long enough to be seen, short enough to be watched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from core.segmentation.trace import Frame, Step

LEAST_FRAMES = 20
MOST_FRAMES = 120


def film(frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
    """Return the frames to show: at least 20 (`filled`), at most about 120 (`thinned`)."""
    return thinned(filled(frames))


def thinned(frames: tuple[Frame, ...], most: int = MOST_FRAMES) -> tuple[Frame, ...]:
    """Return about ``most`` frames: all of the first iterations, then ever fewer, and the last.

    An iteration is shown whole or not at all.

    Examples
    --------
    >>> many = tuple(
    ...     Frame(step, iteration, np.zeros((2, 1)), np.zeros(1, dtype=np.int16), 0.0, 1)
    ...     for iteration in range(1, 101)
    ...     for step in (Step.ASSIGN, Step.UPDATE)
    ... )
    >>> [frame.iteration for frame in thinned(many, most=20)][::2]
    [1, 2, 3, 4, 5, 9, 17, 30, 55, 100]
    """
    if len(frames) <= most:
        return frames
    last, half = frames[-1].iteration, most // 4
    later = np.geomspace(half, last, most // 2 - half + 1).round().astype(int)
    shown = {*range(half + 1), *later.tolist()}
    return tuple(frame for frame in frames if frame.iteration in shown)


def filled(frames: tuple[Frame, ...], least: int = LEAST_FRAMES) -> tuple[Frame, ...]:
    """Return at least ``least`` frames: where there are fewer, updates are shown in parts.

    A part lies on the straight way of the centroids. Its inertia follows from that of the update:
    moving the centroid of n rows away from their mean by a distance d adds n d².

    Examples
    --------
    >>> rows = np.array([[0.0], [1.0], [9.0], [10.0]])
    >>> from core.segmentation.trace import trace
    >>> frames = filled(trace(rows, np.array([[0.0], [1.0]])).frames, least=8)
    >>> [frame.step.value for frame in frames]
    ['start', 'assign', 'part', 'update', 'assign', 'part', 'update', 'assign']
    """
    updates = sum(frame.step is Step.UPDATE for frame in frames)
    if len(frames) >= least or not updates:
        return frames
    parts = -(-(least - len(frames)) // updates)
    return tuple(_with_parts(frames, parts))


def _with_parts(frames: tuple[Frame, ...], parts: int) -> Iterator[Frame]:
    before = frames[0]
    for frame in frames:
        if frame.step is Step.UPDATE:
            fall = before.inertia - frame.inertia
            for part in range(1, parts + 1):
                done = part / (parts + 1)
                yield replace(
                    frame,
                    step=Step.PART,
                    centroids=before.centroids + done * (frame.centroids - before.centroids),
                    inertia=frame.inertia + (1 - done) ** 2 * fall,
                )
        yield frame
        before = frame
