"""What happened over the customer's months: level, extremes, sum, direction, evenness."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from core.features.base import Feature, Kind, Side
from core.features.exact import ratio
from core.features.per_customer import one_row_each
from core.features.periods import month_ends_before

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from core.sources.canonical import CanonicalTables
    from core.sources.measures import MeasureSpec

MONTHS_BACK = 6


class Windows:
    """The declared measures of a customer's periods that ended by the as-of date.

    The window holds all of them, or the last ``months`` where a measure says so. A mean, an
    extreme or a ratio of no period is missing; a sum of none is 0.
    """

    name = "windows"

    def features(self, tables: CanonicalTables) -> tuple[Feature, ...]:
        """Return six entries per declared measure; none where a source has no measures."""
        if tables.measures is None:
            return ()
        return tuple(feature for one in tables.measured for feature in _features(one))

    def build(self, tables: CanonicalTables) -> ir.Table:
        """Return `customer_id` and the windows' figures; one row for every customer."""
        if tables.measures is None:
            raise ValueError("This source has no measures; ask for features() first.")
        rows = tables.measures.filter(tables.measures.period_end <= ibis.literal(tables.as_of))
        rows = rows.mutate(_month=rows.period_start.year() * 12 + rows.period_start.month())
        latest = rows.group_by("customer_id").aggregate(_latest_month=rows["_month"].max())
        rows = rows.inner_join(latest, "customer_id")
        figures = {
            name: figure
            for one in tables.measured
            for name, figure in _figures(rows, one, tables).items()
        }
        return one_row_each(
            tables, rows.group_by("customer_id").aggregate(**figures), self.features(tables)
        )


def _figures(rows: ir.Table, measure: MeasureSpec, tables: CanonicalTables) -> dict[str, ir.Value]:
    """Return a measure's figures over a group of a customer's rows, exact whatever the order."""
    name = measure.name
    exact = rows[name].cast("decimal(38, 6)" if measure.kind is Kind.NUMBER else "decimal(38, 2)")
    known = rows[name].notnull()
    within = known
    if measure.months is not None:
        start = month_ends_before(tables.as_of, measure.months)[-1]
        within = known & (rows.period_end > ibis.literal(start))
    total, lowest = exact.sum(where=within), exact.min(where=within)
    highest = exact.max(where=within)
    now = exact.max(where=known & (rows["_month"] == rows["_latest_month"]))
    before = exact.max(where=known & (rows["_month"] == rows["_latest_month"] - MONTHS_BACK))
    return {
        f"{name}_mean": ratio(total, within.sum()),
        f"{name}_min": lowest,
        f"{name}_max": highest,
        f"{name}_sum": total.fill_null(0),
        f"{name}_vs_6m_ago": ratio(now, before),
        f"{name}_max_to_min": ibis.cases((lowest > 0, ratio(highest, lowest)), else_=None),
    }


def _features(measure: MeasureSpec) -> tuple[Feature, ...]:
    label, words = measure.label, measure.label[0].lower() + measure.label[1:]
    span = "all months" if measure.months is None else f"the last {measure.months} months"
    span = f"{span} to the as-of date"
    single = Kind.NUMBER if measure.kind is Kind.COUNT else measure.kind
    figures = (
        (
            "mean",
            f"{label}, monthly average",
            f"Average month of {words} over {span}.",
            single,
            (f"low {words} on average", f"high {words} on average"),
        ),
        (
            "min",
            f"{label}, lowest month",
            f"Lowest month of {words} within {span}.",
            measure.kind,
            (f"months of low {words}", f"no month of low {words}"),
        ),
        (
            "max",
            f"{label}, highest month",
            f"Highest month of {words} within {span}.",
            measure.kind,
            (f"no month of high {words}", f"months of high {words}"),
        ),
        (
            "sum",
            f"{label}, sum of months",
            f"Sum of {words} over {span}; 0 where there is no month.",
            measure.kind,
            (f"low {words} in sum", f"high {words} in sum"),
        ),
        (
            "vs_6m_ago",
            f"{label}, latest to 6 months ago",
            f"Latest month of {words} divided by that of six months before; missing without it.",
            None,
            (f"falling {words}", f"rising {words}"),
        ),
        (
            "max_to_min",
            f"{label}, highest to lowest month",
            f"Highest month of {words} by the lowest within {span}; missing at 0 and below.",
            None,
            (f"even {words}", f"uneven {words}"),
        ),
    )
    return tuple(
        Feature(
            name=f"{measure.name}_{suffix}",
            label=title,
            description=sentence,
            family="windows",
            side=Side.BEHAVIOURAL,
            kind=kind or Kind.NUMBER,
            unit="times" if kind is None else measure.unit,
            source_columns=(measure.column,),
            low_words=low,
            high_words=high,
            missing_allowed=suffix != "sum",
        )
        for suffix, title, sentence, kind, (low, high) in figures
    )
