"""What a lens of a drafted source says: its inputs, how each is prepared, what was left out."""

from __future__ import annotations

from dataclasses import dataclass

from core.features.base import Side


@dataclass(frozen=True, slots=True)
class LensInput:
    """One feature of a drafted lens, and how it is prepared."""

    name: str
    log: bool = False
    cap: float | None = None
    weight: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class LensDraft:
    """A lens to be; ``notes`` say what was left out and why."""

    name: str
    label: str
    side: Side
    question: str
    inputs: tuple[LensInput, ...]
    value: str = ""
    radar: tuple[str, ...] = ()
    zero: tuple[str, ...] = ()  # of the rule for inactive customers
    notes: tuple[str, ...] = ()
    value_note: str = ""
    grouping: str = ""  # groups by rule in place of clusters
    tiers: tuple[str, ...] = ()
    tier_shares: tuple[float, ...] = ()
    requires: tuple[str, ...] = ()  # who lacks one of these is no part of the view
    lacking: str = ""  # what they do, in words
