"""One customer scored over HTTP, against the least that the same server can answer.

Both ask the product's own gunicorn, in a process of its own, over a kept connection: the API for a
segment, and `/livez`, which does nothing. What is more than 1 is what scoring adds.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import Any

import numpy as np

from bench.base import (
    TYPICAL,
    Contest,
    Contests,
    Outcome,
    Target,
    require_same,
)
from bench.measuring import typically
from bench.peers.sklearn_pipeline import NOBODY, Answers
from bench.service import Line, web_server, written
from bench.workshop import Workshop
from core.readmodels import SegmentSummary
from core.scoring import scorer

_CUSTOMERS = 200  # different ones, in turn
_ALIVE = {"status": "alive"}


def over_http(workshop: Workshop, require_same_answers: Callable[[Any, Any], None]) -> Contests:
    """Yield one customer by values and one by id, over one running server."""
    bank = workshop.stored_bank
    published = bank.published
    ours = scorer(published.model)
    frame = bank.snapshot.frame.iloc[:_CUSTOMERS]
    expected = ours.score({name: frame[name].to_numpy() for name in ours.inputs})
    rows: list[dict[str, Any]] = [
        {name: None if value != value else value for name, value in row.items()}
        for row in frame[list(ours.inputs)].to_dict("records")
    ]
    address = f"/api/v1/datasets/{bank.name}/score"
    calls = workshop.choose(tiny=20, small=400, full=1_000)

    def check(found: Answers, alive: object) -> None:
        require_same_answers(found, expected)
        require_same("livez", _ALIVE, alive)

    with web_server(bank.settings) as port:

        def contest(name: str, bodies: Sequence[object], **targets: Any) -> Contest:
            requests = [written(address, body) for body in bodies]
            return Contest(
                name=name,
                peer="livez",
                product=lambda: _scored(port, requests, calls, published.segments),
                against=lambda: _asked(port, [written("/livez")], calls, json.loads),
                check=check,
                **targets,
            )

        yield contest(
            "score one over HTTP, by values",
            [{"rows": [row]} for row in rows],
            targets={TYPICAL: Target(must=3, aim=1.6)},
        )
        yield contest(
            f"score one of {len(bank.snapshot.frame):,} over HTTP, by id",
            [{"ids": [customer]} for customer in frame.index],
        )


def _asked(
    port: int, requests: Sequence[bytes], calls: int, read: Callable[[bytes], object]
) -> Outcome:
    """Return what the first request is answered, and the typical time of one."""
    turn = itertools.cycle(requests)
    with closing(Line(port)) as line:
        value = read(line.ask(requests[0]))
        return Outcome(value, typically(lambda: line.ask(next(turn)), calls).readings)


def _scored(
    port: int, requests: Sequence[bytes], calls: int, segments: Sequence[SegmentSummary]
) -> Outcome:
    """Return what every request is answered, and the typical time of one."""
    numbers = {segment.key: segment.number for segment in segments}
    with closing(Line(port)) as line:
        answers = [json.loads(line.ask(request))["answers"][0] for request in requests]
    found = Answers(
        np.array([numbers[one["segment_key"]] for one in answers]),
        np.array([numbers.get(one["runner_up_key"], NOBODY) for one in answers]),
        _numbers(one["predict_distance_to_cluster"] for one in answers),
        _numbers(one["margin"] for one in answers),
    )
    return Outcome(found, _asked(port, requests, calls, len).readings)


def _numbers(values: Any) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
