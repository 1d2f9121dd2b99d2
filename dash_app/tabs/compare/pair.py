"""Which two views are compared, and a comparison seen from either side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from core.features.base import Side
from core.readmodels import Comparison, LensSummary

Pair = tuple[LensSummary, LensSummary]


def pair_in_view(lenses: Sequence[LensSummary], a: str | None, b: str | None) -> Pair | None:
    """Return the two lenses asked for; what is missing or unknown is chosen from the others.

    Who customers are comes first, how they bank second. None where there are not two lenses.
    """
    if len(lenses) < 2:
        return None
    by_name = {lens.name: lens for lens in lenses}
    second = by_name.get(b or "")
    first = by_name.get(a or "") or _preferred(lenses, Side.DEMOGRAPHIC, second)
    if second is None or second == first:
        second = _preferred(lenses, Side.BEHAVIOURAL, first)
    return first, second


def pairs(lenses: Sequence[LensSummary]) -> tuple[Pair, ...]:
    """Return every two lenses once, those of different sides first."""
    found = combinations(sorted(lenses, key=lambda lens: lens.side != Side.DEMOGRAPHIC), 2)
    return tuple(sorted(found, key=lambda pair: pair[0].side == pair[1].side))


def compared(comparisons: Sequence[Comparison], a: str, b: str) -> Comparison | None:
    """Return the comparison with ``a`` downwards and ``b`` across, turned round if need be."""
    found = {(comparison.lens_a, comparison.lens_b): comparison for comparison in comparisons}
    turned = found.get((b, a))
    return found.get((a, b)) or (turned_round(turned) if turned else None)


def turned_round(comparison: Comparison) -> Comparison:
    """Return the same comparison with its two sides exchanged."""
    return replace(
        comparison,
        lens_a=comparison.lens_b,
        lens_b=comparison.lens_a,
        cells=tuple(
            sorted(
                (replace(cell, a=cell.b, b=cell.a) for cell in comparison.cells),
                key=lambda cell: (cell.a, cell.b),
            )
        ),
        bake_off=tuple(replace(row, a=row.b, b=row.a) for row in comparison.bake_off),
        predict_b_from_a=comparison.predict_a_from_b,
        predict_b_chance=comparison.predict_a_chance,
        predict_a_from_b=comparison.predict_b_from_a,
        predict_a_chance=comparison.predict_b_chance,
    )


def _preferred(lenses: Sequence[LensSummary], side: Side, other: LensSummary | None) -> LensSummary:
    free = [lens for lens in lenses if lens != other]
    return next((lens for lens in free if lens.side == side), free[0])
