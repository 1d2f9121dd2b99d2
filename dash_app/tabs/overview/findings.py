"""What the overview says in numbers: key figures and movements, computed from the segments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.change import Migration
from core.readmodels import FeatureInfo, SegmentShare, SegmentSummary
from dash_app.change.words import how_many, since
from dash_app.components.chips import Tone
from dash_app.components.words import feature_key
from dash_app.formats import count, day, format_value, percent, points
from dash_app.profiles.reliability import in_stable_segments

_QUOTED = re.compile(r"“([^”]+)”")
_AMOUNT = re.compile(
    r"[Aa]bout \d+ in \d+"
    r"|[−-]?(?:\b[A-Z]{1,3})?[$€£¥₹][\d,.]*\d(?:\s[kMBT]\b)?"
    r"|\d[\d,.]*%|\d[\d,.]* (?:days|years)\b"
)
_UNIT = re.compile(r"(?<=\d) (?=[kMBT]\b)")  # between an amount and its thousands or millions
_HARDLY = 0.005  # a change of share that rounds to nothing


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One card of the row: label, number, note and what the colour of the note means."""

    label: str
    value: str
    note: str = ""
    tone: Tone = Tone.PLAIN
    exact: str = ""
    key: str = ""  # what the label means: `components.words.WORD`


def value_figure(
    segments: Sequence[SegmentSummary],
    feature: FeatureInfo | None,
    median: float | None,
    currency: str,
) -> KeyFigure:
    """Return what all customers are worth together, with the median customer beside it."""
    known = [s.value_total for s in segments if s.value_total is not None]
    if feature is None or not known:
        return KeyFigure("Value", "no data", "This view names no measure of value")
    total = sum(known)
    unit = (feature.kind, feature.unit, currency)
    note = f"median {format_value(_whole(median), *unit)} per customer"
    return KeyFigure(
        feature.label,
        format_value(total, *unit, compact=True),
        note if median is not None else "",
        exact=format_value(_whole(total), *unit),
        key=feature_key(feature.name),
    )


def stable_figure(segments: Sequence[SegmentSummary]) -> KeyFigure:
    """Return how many customers are in segments that are found again."""
    everyone = sum(segment.size for segment in segments)
    stable = in_stable_segments(segments)
    share = stable / everyone if everyone else None
    return KeyFigure(
        "In stable segments",
        percent(share, 0),
        f"{count(stable)} of {count(everyone)}; found again in other samples",
        Tone.GOOD if share is not None and share >= 0.75 else Tone.CARE,
        key="stability",
    )


def movement_figure(shares: Sequence[SegmentShare]) -> KeyFigure | None:
    """Return the segment whose share moved most since the run before; None without one."""
    runs = sorted({(share.as_of, share.run_id) for share in shares})
    if len(runs) < 2:
        return None
    (before_day, before), (now_day, now) = runs[-2:]
    since = f"since {day(before_day)}" if before_day < now_day else f"since run {before}"
    then = {share.key: share.share for share in shares if share.run_id == before}
    moved = [
        (share.share - then[share.key], share.name)
        for share in shares
        if share.run_id == now and share.key in then
    ]
    change, name = max(moved, key=lambda entry: abs(entry[0]), default=(0.0, ""))
    if abs(change) < _HARDLY:
        return KeyFigure("Largest movement", "None", f"shares as they were {since}")
    grew = "grew" if change > 0 else "shrank"
    note = f"{name} {grew} {since}"
    return KeyFigure("Largest movement", points(change), note, Tone.CARE)


def movers_figure(migration: Migration | None, smallest: int) -> KeyFigure | None:
    """Return how many customers are in another segment than before; None without a run before."""
    if migration is None:
        return None
    if migration.moved == 0:
        note = f"of {count(migration.known)} {since(migration)}"
        return KeyFigure("Moved", "Nobody", note, key="movers")
    if migration.before_as_of == migration.as_of:
        why = "the model changed, the data are the same"
    elif not migration.is_refitted:
        why = "they behave differently"
    else:
        why = f"{how_many(migration.by_customer, smallest)} because they behave differently"
    moved = how_many(migration.moved, smallest)
    note = f"{since(migration)}: {why}"
    return KeyFigure("Moved to another segment", moved, note, Tone.CARE, key="movers")


def stressed(sentence: str) -> str:
    """Return a headline with its subject and its amounts marked as bold.

    >>> stressed("“Savers” (160 customers): median savings $560, against 21% for everyone else.")
    '“**Savers**” (160 customers): median savings **$560**, against **21%** for everyone else.'
    """
    named = _QUOTED.sub(r"“**\1**”", _UNIT.sub("\N{NO-BREAK SPACE}", sentence))
    return _AMOUNT.sub(r"**\g<0>**", named)


def _whole(value: float | None) -> float | None:
    """Return an amount without cents, as people say it."""
    return None if value is None else float(round(value)) if abs(value) >= 10 else value
