"""The data page as files: refused rows for whoever delivers the data, and the whole report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import dcc

from core.features.base import Kind
from core.readmodels import Reject
from dash_app.context import View
from dash_app.exports import EXCEL, Sheet, Value, csv_file, excel_file
from dash_app.figures.base import Table, TableColumn, table
from dash_app.figures.correlation_map import correlation_map
from dash_app.figures.lineage_graph import lineage_graph
from dash_app.formats import day, moment
from dash_app.guard import caller
from dash_app.roles import Role
from dash_app.services import Services
from dash_app.tabs.data.dictionary import dictionary_table
from dash_app.tabs.data.origins import lineage_in_view
from dash_app.tabs.data.reading import DataInView, read_data, read_rejects
from dash_app.theme import LIGHT


def rejects_table(rejects: Sequence[Reject]) -> Table:
    """Return file, line, column and reason of refused rows."""
    return table(
        (
            TableColumn("File"),
            TableColumn("Line", Kind.NUMBER),
            TableColumn("Column"),
            TableColumn("Reason"),
        ),
        [(reject.file, reject.line, reject.column, reject.reason) for reject in rejects],
    )


def rejects_csv(found: DataInView, rejects: Sequence[Reject]) -> dict[str, Any]:
    """Return the download of the refused rows as CSV."""
    content = csv_file(rejects_table(rejects))
    return dict(dcc.send_bytes(content, f"{_stem(found)}.csv", type="text/csv"))


def rejects_excel(found: DataInView, rejects: Sequence[Reject]) -> dict[str, Any]:
    """Return the same as a workbook with counts by reason and an *About* sheet."""
    sheets = (
        Sheet("Refused rows", rejects_table(rejects)),
        Sheet("By reason", reasons_table(found)),
        Sheet("Files", files_table(found)),
    )
    content = excel_file(sheets, about_import(found))
    return dict(dcc.send_bytes(content, f"{_stem(found)}.xlsx", type=EXCEL))


def about_import(found: DataInView) -> list[tuple[str, Value]]:
    """Return what a reader of the file must know of the import."""
    snapshot, report = found.snapshot, found.report
    return [
        ("Data set", found.dataset.title),
        ("As of", day(snapshot.as_of)),
        ("Import", int(snapshot.snapshot_id)),
        ("Read (UTC)", moment(snapshot.created_at)),
        ("Fingerprint of the content", snapshot.fingerprint),
        ("Rows read", report.rows_read),
        ("Rows refused", report.rows_rejected),
        ("Line", "of the file, as an editor counts; the head is line 1"),
        ("Values", "are never kept: look them up in the file"),
    ]


def reasons_table(found: DataInView) -> Table:
    """Return how many rows were refused for each reason."""
    return table(
        (
            TableColumn("File"),
            TableColumn("Column"),
            TableColumn("Reason"),
            TableColumn("Rows", Kind.COUNT),
        ),
        [(one.file, one.column, one.reason, one.count) for one in found.report.reasons],
    )


def files_table(found: DataInView) -> Table:
    """Return the files with their rows and fingerprints."""
    return table(
        (
            TableColumn("File"),
            TableColumn("Table"),
            TableColumn("Rows read", Kind.COUNT),
            TableColumn("Accepted", Kind.COUNT),
            TableColumn("Refused", Kind.COUNT),
            TableColumn("sha256"),
        ),
        [
            (f.file, f.table, f.rows_read, f.rows_accepted, f.rows_rejected, f.sha256)
            for f in found.report.files
        ],
    )


def checks_table(found: DataInView) -> Table:
    """Return every check with its result."""
    return table(
        (
            TableColumn("Check"),
            TableColumn("Table"),
            TableColumn("Result"),
            TableColumn("Cases", Kind.COUNT),
            TableColumn("Sentence"),
        ),
        [
            (c.check, c.table, "passed" if c.passed else "not passed", c.count, c.sentence)
            for c in found.report.checks
        ],
    )


def data_sheets(services: Services, view: View) -> tuple[Sheet, ...]:
    """Return the whole report for the export menu; single rows for analysts only."""
    found = read_data(services, view.selection)
    if found is None:
        return ()
    sheets = [
        Sheet("Files", files_table(found)),
        Sheet("Checks", checks_table(found)),
        Sheet("Refused by reason", reasons_table(found)),
        Sheet("Dictionary", dictionary_table(found)),
    ]
    sheets += [
        Sheet(
            f"Look-alikes {one.measure.value}",
            correlation_map(one, found.features, theme=LIGHT).table,
        )
        for one in found.facts.associations
    ]
    lineage = lineage_graph(lineage_in_view(found), theme=LIGHT)
    sheets += [] if lineage.is_empty else [Sheet("Lineage", lineage.table)]
    if caller().role.may_act_as(Role.ANALYST):
        sheets.insert(3, Sheet("Refused rows", rejects_table(read_rejects(services, found))))
    return tuple(sheet for sheet in sheets if sheet.table.rows)


def _stem(found: DataInView) -> str:
    return f"clientele-{found.dataset.name}-refused-rows-import-{found.snapshot.snapshot_id}"
