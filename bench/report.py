"""Results as a table for people and as JSON for machines."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from importlib.metadata import version

from rich.console import Console
from rich.table import Table

from bench.base import Limit
from bench.running import Missed, Result
from bench.workshop import Size

_HEADS = ("benchmark", "what", "peer", "measure", "product", "of peer", "ratio", "must", "aim", "")
_LIBRARIES = (
    "dash",
    "duckdb",
    "ibis-framework",
    "numpy",
    "pandas",
    "plotly",
    "psycopg",
    "scikit-learn",
    "sqlalchemy",
)
_AT_FULL = (
    "The targets are stated for --size full: at other sizes they are there to compare with, and "
    "are not judged."
)


def print_table(found: Sequence[Result | Missed], size: Size) -> None:
    """Write a line per measure: medians of both sides, their ratio, and the target."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    for position, title in enumerate(_HEADS):
        table.add_column(title, justify="right" if 4 <= position <= 8 else "left", overflow="fold")
    last: tuple[str, ...] = ()
    for one in found:
        if isinstance(one, Missed):
            table.add_row(one.benchmark, one.contest, f"not held: {one.reason}")
            continue
        head = (one.benchmark, one.contest, one.peer)
        shown = ("", "", "") if head == last else head
        table.add_row(*shown, *_cells(one, size))
        last = head
    console = Console(width=None if Console().is_terminal else 180)
    console.print(table)
    if size is not Size.FULL:
        console.print(_AT_FULL)


def document(found: Sequence[Result | Missed], size: Size) -> dict[str, object]:
    """Return everything as plain values, with what it was measured on."""
    return {
        "size": size.value,
        "machine": {
            "system": platform.system(),
            "processor": platform.machine(),
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "libraries": {name: version(name) for name in _LIBRARIES},
        },
        "results": [_record(one, size) for one in found if isinstance(one, Result)],
        "not_held": [
            {"benchmark": one.benchmark, "contest": one.contest, "reason": one.reason}
            for one in found
            if isinstance(one, Missed)
        ],
    }


def _record(one: Result, size: Size) -> dict[str, object]:
    target = one.target
    return {
        "benchmark": one.benchmark,
        "contest": one.contest,
        "peer": one.peer,
        "measure": one.measure.name,
        "unit": one.measure.unit,
        "product": one.product,
        "peer_value": one.against,
        "ratio": one.ratio,
        "repeats": one.repeats,
        "target": None
        if target is None
        else {"of": target.limit.value, "must": target.must, "aim": target.aim},
        "is_met": one.is_met if size is Size.FULL else None,
    }


def _cells(one: Result, size: Size) -> tuple[str, ...]:
    must, aim = ("", "") if one.target is None else _limits(one)
    judged = "" if size is not Size.FULL or one.is_met is None else _VERDICTS[one.is_met]
    return (
        one.measure.name,
        _figure(one.product, one.measure.unit),
        _figure(one.against, one.measure.unit),
        f"{one.ratio:.3g}" if one.ratio < 0.995 else f"{one.ratio:.3f}",
        must,
        aim,
        judged,
    )


_VERDICTS = {True: "kept", False: "missed"}


def _limits(one: Result) -> tuple[str, str]:
    assert one.target is not None
    unit = one.measure.unit if one.target.limit is Limit.PRODUCT else ""
    must, aim = (f"≤ {limit:.4g} {unit}".rstrip() for limit in (one.target.must, one.target.aim))
    return must, aim


def _figure(value: float, unit: str) -> str:
    digits = f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:.3g}"
    return f"{digits} {unit}".rstrip()
