"""Chips: a state in a word or two, never by colour alone."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from dash import html
from dash.development.base_component import Component

from core.readmodels import RunStatus, Stability, VerdictLevel
from dash_app.components.words import WORD


class Tone(StrEnum):
    """What a colour means."""

    PLAIN = ""
    ACCENT = "accent"
    GOOD = "good"
    CARE = "care"
    BAD = "bad"


_STATUS = {
    RunStatus.PUBLISHED: (Tone.ACCENT, "circle-fill"),
    RunStatus.DRAFT: (Tone.CARE, "pencil"),
    RunStatus.SUPERSEDED: (Tone.PLAIN, "clock-history"),
    RunStatus.RUNNING: (Tone.PLAIN, "hourglass-split"),
    RunStatus.FAILED: (Tone.BAD, "x-octagon"),
}
_VERDICT = {
    VerdictLevel.STRONG: (Tone.GOOD, "check-lg"),
    VerdictLevel.CARE: (Tone.GOOD, "check-lg"),
    VerdictLevel.WEAK: (Tone.CARE, "exclamation-triangle"),
    VerdictLevel.REFUSE: (Tone.BAD, "x-octagon"),
}
_STABILITY = {
    Stability.HIGHLY_STABLE: Tone.GOOD,
    Stability.STABLE: Tone.GOOD,
    Stability.UNCERTAIN: Tone.CARE,
    Stability.UNSTABLE: Tone.BAD,
    Stability.BY_RULE: Tone.PLAIN,
}


def chip(
    text: str, tone: Tone = Tone.PLAIN, *, icon_name: str = "", **attributes: Any
) -> Component:
    """Return a small rounded label; ``icon_name`` is one of Bootstrap's icons."""
    parts = [icon(icon_name), html.Span(text)] if icon_name else [html.Span(text)]
    class_name = f"chip chip-{tone}" if tone else "chip"
    return html.Span(parts, className=class_name, **attributes)


def icon(name: str) -> Component:
    """Return one of Bootstrap's icons, hidden from listeners."""
    return html.I(className=f"bi bi-{name}", **{"aria-hidden": "true"})


def status_chip(status: RunStatus) -> Component:
    """Return where a run is in its life."""
    tone, icon_name = _STATUS[status]
    return chip(
        status.value.capitalize(), tone, icon_name=icon_name, **{WORD: f"{status.value} run"}
    )


def verdict_chip(level: VerdictLevel, lens_label: str = "") -> Component:
    """Return how far a segmentation can be trusted; its meaning begins with which one."""
    tone, icon_name = _VERDICT[level]
    about = {"data-about": f"Verdict on the {lens_label} segments"} if lens_label else {}
    return chip(level.value, tone, icon_name=icon_name, **{WORD: "verdict", **about})


def stability_chip(stability: Stability, jaccard: float | None) -> Component:
    """Return how surely a segment is found again in resampled data."""
    measured = f" {jaccard:.2f}" if jaccard is not None else ""
    return chip(f"{stability.value}{measured}", _STABILITY[stability], **{WORD: "stability"})
