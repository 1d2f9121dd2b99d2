"""What a generator planted, to be found again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class PlantedTruth:
    """The planted groups by customer id, and the day that the files speak of."""

    persona: dict[str, str]
    as_of: date
    life_stage: dict[str, str] = field(default_factory=dict)  # where the source knows who they are
