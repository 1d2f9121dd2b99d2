"""How the switches of the source were set when its files were read."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from core.snapshot_facts import SwitchSetting
from dash_app.components.cards import card, cell
from dash_app.components.tables import Column, rows_table


def switches(settings: tuple[SwitchSetting, ...]) -> list[Component]:
    """Return the settings, and how another choice is made; nothing where there are none."""
    if not settings:
        return []
    columns = (Column("Switch"), Column("Set to"), Column("As the source has it"))
    rows = [(one.label, _word(one.value), _word(one.is_default)) for one in settings]
    other = f"--switch {settings[0].name}={_word(not settings[0].value)}"
    drawn = card(
        "How the source was read",
        rows_table(columns, rows, caption="Switches of the source"),
        subtitle=["The next import keeps this, unless it is told otherwise: ", html.Code(other)],
        class_name="data-switches",
    )
    return [cell(drawn, 12)]


def _word(value: bool) -> str:
    return "yes" if value else "no"
