"""A scale of its own for every feature: its range, logarithmic or not, and the values named."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.features.base import Kind
from core.readmodels import FeatureInfo, SegmentSummary
from dash_app.figures.amounts import short
from dash_app.figures.canvas import CHARACTER, NARROWEST
from dash_app.figures.lookup import Statistics, typical
from dash_app.figures.text import escape

_SPAN = 100  # times between largest and smallest median from which a track is logarithmic


@dataclass(frozen=True, slots=True)
class Track:
    """One feature's scale, from its lowest to its highest value, as 0..1."""

    feature: FeatureInfo
    low: float
    high: float
    is_log: bool

    def at(self, value: float) -> float:
        """Return the place of a value, 0..1; beyond the ends it is at the end."""
        step: Callable[[float], float] = _signed_log if self.is_log else float
        low, high = step(self.low), step(self.high)
        return 0.5 if high == low else min(max((step(value) - low) / (high - low), 0.0), 1.0)


def track_of(
    feature: FeatureInfo, segments: Sequence[SegmentSummary], found: Statistics
) -> Track | None:
    """Return the feature's scale: all that is typical and the middle half, from 0 for counts."""
    numbers: list[int | None] = [None, *(segment.number for segment in segments)]
    known = [m for number in numbers if (m := typical(found, number, feature)) is not None]
    if not known:
        return None
    everyone = found.get((None, feature.name))
    if everyone is not None and Kind(feature.kind) is not Kind.FLAG:
        known += [q for q in (everyone.p25, everyone.p75) if q is not None]
    low, high = min(known), max(known)
    positive = [value for value in known if value > 0]
    is_log = low >= 0 and len(positive) > 1 and high > _SPAN * max(min(positive), 1)
    if feature.kind in (Kind.MONEY, Kind.COUNT, Kind.DAYS, Kind.SHARE, Kind.FLAG):
        low = min(low, 0.0)
    if Kind(feature.kind) is Kind.FLAG:
        low, high, is_log = 0.0, 1.0, False
    return Track(feature, low, high, is_log)


def values_with_room(
    track: Track, segments: Sequence[SegmentSummary], found: Statistics, currency: str
) -> list[tuple[float, str]]:
    """Return (position, text): both ends of the scale, then the dots that fit between."""
    values = {track.low, track.high}
    medians = [m for s in segments if (m := typical(found, s.number, track.feature)) is not None]
    wished = [*sorted(values), *sorted(set(medians), reverse=True)]
    placed: list[tuple[float, float]] = []
    chosen = []
    for value in wished:
        x, text = track.at(value), short(value, track.feature, currency)
        wide = (CHARACTER * len(text) + 6) / NARROWEST
        start = 0.0 if x < 0.12 else 1 - wide if x > 0.88 else x - wide / 2
        if all(start + wide <= left or right <= start for left, right in placed):
            placed.append((start, start + wide))
            chosen.append((round(x, 5), escape(text)))
    return chosen


def _signed_log(value: float) -> float:
    return math.copysign(math.log1p(abs(value)), value)
