"""Every key of a specification is told in docs/add-a-source.md."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel

from core.sources.columns import ColumnSpec
from core.sources.spec import AsOfSpec, EitherSpec, SourceSpec
from core.sources.tables import TableSpec

GUIDE = Path(__file__).parents[2] / "docs" / "add-a-source.md"
NOT_WRITTEN = {
    # what other keys make: sections, and what is found beside the specification
    SourceSpec: {"queries", "digest", "switched"},
    TableSpec: {"name", "columns"},
}


@pytest.mark.parametrize("model", [SourceSpec, AsOfSpec, EitherSpec, TableSpec, ColumnSpec])
def test_every_key_of_a_specification_is_documented(model: type[BaseModel]) -> None:
    text = GUIDE.read_text(encoding="utf-8")
    keys = set(model.model_fields) - NOT_WRITTEN.get(model, set())
    told = {
        key
        for key in keys
        if any(form in text for form in (f"`{key}`", f"`{key} = ", f"[{key}", f"`{key}."))
    }
    assert keys - told == set()
