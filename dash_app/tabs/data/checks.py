"""What is not as it should be: rows refused by reason, and the checks that did not pass."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from core.readmodels import IntegrityFinding
from dash_app.components.cards import card, cell
from dash_app.components.chips import icon
from dash_app.components.forms import button
from dash_app.components.tables import Column, rows_table
from dash_app.components.words import only_read_aloud
from dash_app.figures.text import plural
from dash_app.formats import count
from dash_app.tabs.data.layout import Ids
from dash_app.tabs.data.reading import Report


def failed_first(checks: tuple[IntegrityFinding, ...]) -> tuple[IntegrityFinding, ...]:
    """Return the checks, those not passed first and the most frequent of them at the top."""
    return tuple(sorted(checks, key=lambda check: (check.passed, -check.count)))


def findings(report: Report, *, may_list: bool) -> list[Component]:
    """Return what is not as it should be: it comes before what is."""
    if not report.rows_rejected:
        return [cell(_checks_card(report), 12)]
    return [cell(_refused_card(report, may_list=may_list), 6), cell(_checks_card(report), 6)]


def _refused_card(report: Report, *, may_list: bool) -> Component:
    columns = (Column("Reason"), Column("Column"), Column("File"), Column("Rows", is_number=True))
    rows = [
        (reason.reason, html.Code(reason.column), reason.file, count(reason.count))
        for reason in report.reasons
    ]
    tools = (
        (
            button("CSV", Ids.REJECTS_CSV, kind="quiet", title="The list of refused rows as CSV"),
            button("Excel", Ids.REJECTS_EXCEL, kind="quiet", title="The same as a workbook"),
        )
        if may_list
        else ()
    )
    note = (
        "The list names file, line, column and reason, for whoever delivers the data."
        if may_list
        else "The list of single rows is for analysts."
    )
    return card(
        f"{plural(report.rows_rejected, 'row')} refused, "
        f"for {plural(len(report.reasons), 'reason')}",
        rows_table(columns, rows, caption="Rows refused by reason"),
        subtitle=f"{note} The values themselves are never kept.",
        tools=tools,
        class_name="data-refused",
    )


def _checks_card(report: Report) -> Component:
    if not report.checks:
        return card(
            "No checks",
            html.P("The specification asks for no checks.", className="card-subtitle"),
        )
    ranked = failed_first(report.checks)
    failed = [check for check in ranked if not check.passed]
    passed = [check for check in ranked if check.passed]
    parts: list[Component] = []
    if failed:
        parts.append(_check_list(failed))
    if passed:
        parts.append(
            html.Details(
                [html.Summary(f"Show {plural(len(passed), 'check')} passed"), _check_list(passed)],
                className="tests",
            )
        )
    title = (
        f"{plural(len(failed), 'check')} of {len(ranked)} did not pass"
        if failed
        else f"All {len(ranked)} checks passed"
    )
    return card(
        title,
        *parts,
        subtitle="Keys, references, sums, ranges and what the specification asks for",
        class_name="data-checks",
    )


def _check_list(checks: list[IntegrityFinding]) -> Component:
    return html.Ul([html.Li(_check(check)) for check in checks], className="test-list")


def _check(check: IntegrityFinding) -> list[Component]:
    if check.passed:
        sign = html.Span([icon("check-lg"), only_read_aloud("Passed: ")], className="text-good")
        return [sign, html.Span(check.sentence, title=check.check)]
    sign = html.Span(
        [icon("exclamation-triangle"), only_read_aloud("Not passed: ")], className="text-care"
    )
    told = f"{check.check} · {plural(check.count, 'case')}"
    return [
        sign,
        html.Span([html.Strong(check.sentence), html.Div(told, className="field-hint")]),
    ]
