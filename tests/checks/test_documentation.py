"""What can be used is documented: commands, tabs and sources in the README, and links lead on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from cli.main import make_cli
from core.sources.spec import catalogue
from dash_app.api.routes import BASE, ROUTES
from dash_app.tabs.registry import TABS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted((ROOT / "docs").glob("*.md"))


def _commands(cli: typer.Typer, before: str = "") -> Iterator[str]:
    for command in cli.registered_commands:
        assert command.callback is not None
        yield before + (command.name or command.callback.__name__.replace("_", "-"))
    for group in cli.registered_groups:
        assert group.typer_instance is not None
        yield from _commands(group.typer_instance, f"{before}{group.name} ")


def test_every_command_is_in_the_readme() -> None:
    told = set(re.findall(r"`([a-z][a-z -]*[a-z])[^`]*`", README))
    told |= set(re.findall(r"manage\.py ([a-z]+(?: [a-z]+)?)", README))
    missing = [
        name
        for name in _commands(make_cli())
        if not any(one == name or one.startswith(f"{name} ") for one in told)
    ]
    assert missing == []


def test_every_tab_and_every_source_has_a_row_in_the_readme() -> None:
    assert [tab.label for tab in TABS if f"| **{tab.label}** |" not in README] == []
    assert [name for name in catalogue() if f"| `{name}` |" not in README] == []


def test_every_address_of_the_api_has_a_row_in_its_guide_with_the_role() -> None:
    guide = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    rows = [f"| `{one.method} {BASE}{one.path}` | {one.role} |" for one in ROUTES]
    assert [row for row in rows if row not in guide] == []


@pytest.mark.parametrize("document", PAGES, ids=lambda document: document.name)
def test_links_between_pages_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), target


def test_the_readme_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target
