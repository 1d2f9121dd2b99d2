"""Runs in words: how they were asked for, how long they took."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from core.lens import LensSpec, Scaler
from core.segmentation.labels import ALGORITHM_LABELS
from dash_app.formats import SPACE

SCALER_LABELS: Mapping[Scaler, str] = MappingProxyType(
    {
        Scaler.STANDARD: "Standard: mean 0, deviation 1",
        Scaler.MINMAX: "Least to greatest: 0 to 1",
        Scaler.ROBUST: "Robust: median and quartiles",
        Scaler.MAXABS: "By the greatest size",
    }
)


def choices_in_words(config: Sequence[tuple[str, str]], labels: Mapping[str, str]) -> str:
    """Return what was chosen for a run; ``labels`` name the lenses.

    >>> choices_in_words((("lenses", "all"), ("k", "3..6"), ("scaler", "robust")), {})
    'All views, 3 to 6 segments, robust scaling'
    """
    chosen = dict(config)
    lenses = chosen.get("lenses", "all")
    named = [labels.get(name, name) for name in lenses.split(", ")]
    parts = ["All views" if lenses == "all" else " and ".join(named)]
    if k := chosen.get("k"):
        low, _, high = k.partition("..")
        parts.append(f"{low} segments" if low == high else f"{low} to {high} segments")
    if scaler := chosen.get("scaler"):
        parts.append(f"{scaler} scaling")
    if algorithm := chosen.get("algorithm"):
        parts.append(ALGORITHM_LABELS.get(algorithm, algorithm))
    if chosen.get("scored"):
        parts.append("scored with the models published before")
    return ", ".join(parts)


def range_words(lens: LensSpec) -> str:
    """Return which numbers of segments were tried."""
    if lens.k_min == lens.k_max:
        return f"{lens.k_min}, as asked"
    return f"{lens.k_min} to {lens.k_max}"


def step_words(step: str, labels: Collection[str]) -> str:
    """Return a step of a run as something that it does; ``labels`` are those of its views.

    >>> step_words("Demographic", ["Demographic"]), step_words("Comparison", [])
    ('Segment by the demographic view', 'Compare the views')
    """
    if step in labels:
        return f"Segment by the {step.lower()} view"
    return "Compare the views" if step == "Comparison" else step


def duration(began: datetime, ended: datetime | None) -> str:
    r"""Return how long a run took.

    >>> duration(datetime(2026, 1, 1, 6, 0, 0), datetime(2026, 1, 1, 6, 2, 5))
    '2\xa0min 5\xa0s'
    """
    if ended is None:
        return ""
    seconds = max((ended - began).total_seconds(), 0.0)
    if seconds < 60:
        return f"{seconds:.1f}{SPACE}s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes}{SPACE}min {rest}{SPACE}s"
    return f"{minutes // 60}{SPACE}h {minutes % 60}{SPACE}min"
