"""The film of k-means: a sentence per frame, rounds that are not shown named."""

from __future__ import annotations

import numpy as np

from core.readmodels import KMeansFrame, KMeansTrace
from dash_app.figures.kmeans_steps import step_sentences


def frame(step: str, iteration: int, changed: int) -> KMeansFrame:
    places = ((0.0, 0.0), (1.0, 1.0))
    return KMeansFrame(step, iteration, places, np.zeros(3, dtype=np.int16), 12.5, changed)


def test_rounds_that_are_left_out_are_named() -> None:
    frames = (
        frame("start", 0, 0),
        frame("assign", 1, 3),
        frame("update", 1, 0),
        frame("assign", 3, 2),
        frame("update", 3, 0),
        frame("assign", 1_250, 0),
    )
    assert step_sentences(KMeansTrace(np.zeros((3, 2), dtype=np.float32), 3, frames)) == [
        "Start: 2 middles are put down; nobody belongs to one yet.",
        "Round 1: all 3 customers join the nearest middle.",
        "Round 1: each middle moves to the average of its customers; inertia is 12.5.",
        "Round 2 is left out. Round 3: 2 customers find another middle nearer and join it.",
        "Round 3: each middle moves to the average of its customers; inertia is 12.5.",
        (
            "Rounds 4 to 1,249 are left out. Round 1,250: nobody changes any more. "
            "These are the segments."
        ),
    ]
