"""Fair treatment on a card: the purpose, what was shuffled, what segments tell of people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from core.document.treatment import KINDS, uses_in_words
from core.fairness import Fairness, PermutationCheck, ProxyMeter, SensitiveAttribute
from core.readmodels import LensSummary
from dash_app.components.cards import card
from dash_app.components.chips import Tone, icon
from dash_app.components.empty import notice
from dash_app.components.tables import Column, rows_table
from dash_app.components.words import feature_label, only_read_aloud, word
from dash_app.figures.text import in_sentence, joined
from dash_app.formats import count, percent, points

_REGISTER = (Column("Attribute"), Column("It is"), Column("Where it is used"))
_METERS = (
    Column("Attribute"),
    Column("Segments tell it"),
    Column("Cramér’s V", is_number=True),
    Column("Guessed right", is_number=True),
    Column("Over chance", is_number=True),
    Column("An input"),
)


def fairness_card(
    lens: LensSummary,
    found: Fairness | None,
    register: Sequence[SensitiveAttribute],
    purpose: str,
) -> Component:
    """Return how one lens treats people; ``purpose`` is empty where nobody stated one."""
    labels = {one.feature: one.label for one in register}
    parts: list[Component] = [html.P(purpose_words(purpose))]
    if found is None:
        words = "This run was made by an older version, which did not check it. Run it again."
        parts.append(notice(words, Tone.PLAIN))
    else:
        parts.append(_check(found.check, labels))
        if found.meters:
            parts += [
                rows_table(
                    _METERS,
                    [_meter(meter, labels) for meter in by_strength(found.meters)],
                    caption=f"What the {in_sentence(lens.label)} segments tell of people",
                ),
                html.P(
                    "Cramér’s V: 0 says nothing, 1 everything. Guessed right: how often the group "
                    "is guessed from the segment, each group counting alike. Numbers are cut into "
                    "fifths.",
                    className="field-hint",
                ),
            ]
    if register:
        rows = [
            (feature_label(one.label, one.feature), KINDS[one.sensitivity], uses_in_words(one))
            for one in register
        ]
        table = rows_table(_REGISTER, rows, caption="Register of sensitive attributes")
        parts.append(html.Details([html.Summary("Register of sensitive attributes"), table]))
    return card(
        word("Fair treatment", "Fairness"),
        *parts,
        subtitle=fairness_finding(lens, found, labels),
        class_name="fairness",
    )


def purpose_words(purpose: str) -> str:
    """Return what the run is for, and what it must never be used for."""
    stated = f"Made for {purpose}." if purpose else "No purpose was stated for this run."
    return f"{stated} Never for decisions on credit: that purpose is refused."


def fairness_finding(lens: LensSummary, found: Fairness | None, labels: Mapping[str, str]) -> str:
    """Return the sentence for a reader in a hurry."""
    if found is None:
        return "Not checked in this run"
    told = [m for m in by_strength(found.meters) if m.says in ("clearly", "largely")]
    segments = f"the {in_sentence(lens.label)} segments"
    if not found.meters:
        return "No attribute of these customers is marked as sensitive"
    if not told:
        return f"Knowing {segments} hardly tells a sensitive attribute"
    names = joined([in_sentence(labels.get(m.feature, m.feature)) for m in told[:3]])
    why = "" if any(not m.is_input for m in told) else ", which the view looks at"
    return f"Knowing {segments} tells {names}{why}"


def by_strength(meters: Sequence[ProxyMeter]) -> list[ProxyMeter]:
    """Return the meters, the attribute that segments tell best first."""
    return sorted(meters, key=lambda meter: -meter.cramers_v)


def _check(check: PermutationCheck, labels: Mapping[str, str]) -> Component:
    if not check.columns:
        words = "The view looks at every sensitive attribute there is: nothing was left to shuffle."
        return html.P(words)
    named = joined([in_sentence(labels.get(name, name)) for name in check.columns])
    if not check.is_identical:
        words = f"With {named} shuffled among customers the segments changed: they depend on it."
        return notice(words, Tone.BAD)
    sign = [icon("check-lg"), only_read_aloud("Passed: ")]
    how = (
        ": the segments were searched for anew"
        if check.is_refitted
        else ", scored with the model that is there"
    )
    words = f" With {named} shuffled among customers, everyone stays in their segment{how}."
    title = f"sha256 {check.assignments_sha256}"
    return html.P([html.Span(sign, className="text-good"), html.Span(words, title=title)])


def _meter(meter: ProxyMeter, labels: Mapping[str, str]) -> tuple[object, ...]:
    label = labels.get(meter.feature, meter.feature)
    return (
        [feature_label(label, meter.feature), " (in fifths)" if meter.is_binned else ""],
        f"{meter.says}, {count(meter.groups)} groups",
        f"{meter.cramers_v:.2f}",
        percent(meter.accuracy),
        points(meter.over_chance),
        "yes" if meter.is_input else "no",
    )
