"""Runs in words: how they were asked for, how long they took."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from core.lens import Impute, LensSpec, Scaler
from core.pipeline.options import Purpose
from core.segmentation.labels import ALGORITHM_LABELS
from dash_app.figures.text import in_sentence
from dash_app.formats import SPACE

SCALER_LABELS: Mapping[Scaler, str] = MappingProxyType(
    {
        Scaler.STANDARD: "Standard: mean 0, deviation 1",
        Scaler.MINMAX: "Least to greatest: 0 to 1",
        Scaler.ROBUST: "Robust: median and quartiles",
        Scaler.MAXABS: "By the greatest size",
        Scaler.RAW: "None: in their own units",
    }
)


IMPUTE_LABELS: Mapping[str, str] = MappingProxyType(
    {
        Impute.MEDIAN.value: "Count as the median",
        Impute.MEAN.value: "Count as the mean",
        Impute.ZERO.value: "Count as zero",
    }
)
PURPOSE_LABELS: Mapping[str, str] = MappingProxyType(
    {purpose.value: purpose.value.capitalize() for purpose in Purpose}
)
SWITCH_LABELS: Mapping[str, str] = MappingProxyType({"on": "Of every number", "off": "Of none"})


def choices_in_words(config: Sequence[tuple[str, str]], labels: Mapping[str, str]) -> str:
    """Return what was chosen for a run; ``labels`` name the lenses.

    >>> choices_in_words((("lenses", "all"), ("k", "3..6"), ("scaler", "robust")), {})
    'All views, 3 to 6 segments, robust scaling'
    """
    chosen = dict(config)
    lenses = chosen.get("lenses", "all")
    named = [labels.get(name, name) for name in lenses.split(", ")]
    parts = ["All views" if lenses == "all" else " and ".join(named)]
    if purpose := chosen.get("purpose"):
        parts.append(f"for {purpose}")
    if k := chosen.get("k"):
        low, _, high = k.partition("..")
        parts.append(f"{low} segments" if low == high else f"{low} to {high} segments")
    if decided := chosen.get("k_chosen"):
        parts.append(f"{decided} segments decided: “{chosen.get('note', '')}”")
    if scaler := chosen.get("scaler"):
        parts.append("no scaling" if scaler == Scaler.RAW else f"{scaler} scaling")
    parts.extend(_preparation_in_words(chosen))
    if algorithm := chosen.get("algorithm"):
        parts.append(ALGORITHM_LABELS.get(algorithm, algorithm))
    if chosen.get("compare_recipes"):
        parts.append("compared with other scalers and algorithms")
    if chosen.get("scored"):
        parts.append("scored with the models published before")
    return ", ".join(parts)


def _preparation_in_words(chosen: Mapping[str, str]) -> list[str]:
    """Return how inputs were prepared in another way than the views say."""
    parts = []
    if impute := chosen.get("impute"):
        parts.append(f"missing numbers as {'zero' if impute == 'zero' else f'the {impute}'}")
    if caps := chosen.get("caps"):
        parts.append("extreme values pulled in" if caps == "on" else "extreme values kept")
    if logs := chosen.get("logs"):
        parts.append("logarithms of every number" if logs == "on" else "no logarithms")
    if weights := chosen.get("weights"):
        parts.append(f"weights {weights}")
    if added := chosen.get("added"):
        parts.append(f"with {added}")
    if left_out := chosen.get("left_out"):
        parts.append(f"without {left_out}")
    return parts


def range_words(lens: LensSpec) -> str:
    """Return which numbers of segments were tried; a rule has its own."""
    if lens.grouping is not None:
        return "by rule"
    if lens.k_min == lens.k_max:
        return f"{lens.k_min}, as asked"
    return f"{lens.k_min} to {lens.k_max}"


def step_words(step: str, labels: Collection[str]) -> str:
    """Return a step of a run as something that it does; ``labels`` are those of its views.

    >>> step_words("Demographic", ["Demographic"]), step_words("Comparison", [])
    ('Segment by the demographic view', 'Compare the views')
    """
    if step in labels:
        return f"Segment by the {in_sentence(step)} view"
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
