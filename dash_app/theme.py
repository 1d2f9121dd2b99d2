"""The colours of both themes, as the stylesheet names them, and what every drawing shares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Theme:
    """The colour tokens of one theme; segment colours come in pairs across themes."""

    name: str
    ground: str
    surface: str
    ink: str
    muted: str
    line: str
    accent: str
    accent_ground: str
    good: str
    good_ground: str
    care: str
    care_ground: str
    segments: tuple[str, ...]
    bad: str = "#A3281A"
    bad_ground: str = "#FDEBE8"

    def segment_colour(self, index: int) -> str:
        """The colour of a segment's identity."""
        return self.segments[index % len(self.segments)]

    def layout(self) -> dict[str, Any]:
        """What every Plotly layout shares."""
        return {
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"family": "Inter Variable, Inter, sans-serif", "size": 12, "color": self.ink},
            "hoverlabel": {
                "bgcolor": self.surface,
                "bordercolor": self.line,
                "align": "left",
                "font": {"family": "Inter Variable, Inter, sans-serif", "color": self.ink},
            },
        }


LIGHT = Theme(
    name="light",
    ground="#F5F6F8",
    surface="#FFFFFF",
    ink="#16202B",
    muted="#5A6673",
    line="#E2E6EB",
    accent="#1F4FD8",
    accent_ground="#EAF0FF",
    good="#0B6B4F",
    good_ground="#E5F4EE",
    care="#8A5300",
    care_ground="#FFF2DC",
    segments=(
        "#0072B2",
        "#D55E00",
        "#00875F",
        "#C45F94",
        "#B07700",
        "#0E8FA6",
        "#6A51A3",
        "#6B7680",
    ),
)

DARK = Theme(
    name="dark",
    ground="#0E141B",
    surface="#161E27",
    ink="#E8EDF2",
    muted="#9AA7B4",
    line="#27323E",
    accent="#8FB2FF",
    accent_ground="#1B2A47",
    good="#7FD6B4",
    good_ground="#12302A",
    care="#FFC978",
    care_ground="#36290F",
    segments=(
        "#4FA8E0",
        "#FF8C42",
        "#2FC698",
        "#E79AC4",
        "#F0B429",
        "#8FD3FF",
        "#B39DF0",
        "#A9B4BF",
    ),
    bad="#FF9E91",
    bad_ground="#3C1B18",
)


def theme_named(name: object) -> Theme:
    """The theme that the page's store names; light where it names none yet."""
    return DARK if name == DARK.name else LIGHT
