"""How two lenses of a run compare on the same customers."""

from __future__ import annotations

from dataclasses import fields

from sqlalchemy import ColumnElement, Connection, select

from core.readmodels import BakeOff, Comparison, ComparisonCell, RunId
from db.rows import read_rows
from db.tables.runs import BakeOffRow, ComparisonCellRow, ComparisonRow

_SCALARS = [field.name for field in fields(Comparison) if field.name not in ("cells", "bake_off")]


def comparisons(connection: Connection, run_id: RunId) -> tuple[Comparison, ...]:
    """Every comparison of two lenses that a run made."""
    return _comparisons(connection, ComparisonRow.run_id == run_id)


def comparison(connection: Connection, run_id: RunId, a: str, b: str) -> Comparison | None:
    """The comparison of lens ``a`` with lens ``b`` as the run made it, None if it made none."""
    found = _comparisons(
        connection,
        ComparisonRow.run_id == run_id,
        ComparisonRow.lens_a == a,
        ComparisonRow.lens_b == b,
    )
    return found[0] if found else None


def _comparisons(connection: Connection, *where: ColumnElement[bool]) -> tuple[Comparison, ...]:
    columns = [getattr(ComparisonRow, name) for name in _SCALARS]
    rows = connection.execute(
        select(ComparisonRow.id, *columns).where(*where).order_by(ComparisonRow.position)
    ).all()
    return tuple(
        Comparison(
            **{name: row._mapping[name] for name in _SCALARS},
            cells=read_rows(
                connection,
                ComparisonCellRow,
                ComparisonCell,
                ComparisonCellRow.comparison_id == row.id,
            ),
            bake_off=read_rows(connection, BakeOffRow, BakeOff, BakeOffRow.comparison_id == row.id),
        )
        for row in rows
    )
