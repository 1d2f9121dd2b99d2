"""Did everything arrive? The answer in words and figures, the files, earlier imports."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from core.snapshot_facts import SnapshotSummary
from dash_app.components.cards import card, cell, grid, kpi_card, kpi_row, lead_sentence
from dash_app.components.chips import Tone
from dash_app.components.empty import notice
from dash_app.components.links import link
from dash_app.components.tables import Column, rows_table
from dash_app.figures.text import joined, plural
from dash_app.formats import count, day, moment, percent
from dash_app.tabs.data.checks import findings
from dash_app.tabs.data.reading import DataInView, Report
from dash_app.tabs.data.switches import switches

_SHORT = 12  # characters of a fingerprint


def import_page(found: DataInView, *, may_list: bool) -> Component:
    """Return the answer in a sentence, key figures, files, refusals and checks."""
    report = found.report
    return html.Div(
        [
            *_newer(found),
            lead_sentence(import_sentence(found)),
            _key_figures(found),
            grid(
                *findings(report, may_list=may_list),
                *switches(found.facts.switches),
                cell(_files_card(found), 12),
                cell(_imports_card(found), 12),
            ),
        ],
        className="stack",
    )


def import_sentence(found: DataInView) -> str:
    """Return whether everything arrived, what was refused and what did not hold, in words."""
    report = found.report
    were = "was" if len(report.files) == 1 else "were"
    read = f"{plural(len(report.files), 'file')} with {plural(report.rows_read, 'row')} {were} read"
    words = [f"{read}; {plural(found.snapshot.customers, 'customer')} came of it."]
    if report.rows_rejected:
        share = report.rows_rejected / max(report.rows_read, 1)
        words.append(
            f"**{plural(report.rows_rejected, 'row')} ({percent(share, 2)}) "
            f"{'was' if report.rows_rejected == 1 else 'were'} refused**{_mostly(report)}."
        )
    else:
        words.append("**No row was refused.**")
    failed = len(report.failed)
    if failed:
        names = joined([f"“{check.check}”" for check in report.failed[:3]])
        more = f" and {failed - 3} more" if failed > 3 else ""
        words.append(f"**{failed} of {len(report.checks)} checks did not pass**: {names}{more}.")
    elif report.checks:
        words.append(f"**All {len(report.checks)} checks passed.**")
    return " ".join(words)


def _mostly(report: Report) -> str:
    if not report.reasons:
        return ""
    top = report.reasons[0]
    return f", most often because {top.column} of {top.file} is {_reason(top.reason)}"


def _reason(reason: str) -> str:
    return f"“{reason}”"


def _newer(found: DataInView) -> list[Component]:
    newest = found.imports[0]
    if newest.snapshot_id == found.snapshot.snapshot_id:
        return []
    words = (
        f"Newer files are in: as of {day(newest.as_of)}, read {moment(newest.created_at)}. "
        f"You see those as of {day(found.snapshot.as_of)}."
    )
    return [
        notice(words, Tone.CARE, link("Show the newest", found.href(snapshot=newest.snapshot_id)))
    ]


def _key_figures(found: DataInView) -> Component:
    report = found.report
    accepted = report.rows_read - report.rows_rejected
    failed = len(report.failed)
    return kpi_row(
        kpi_card("Files", count(len(report.files)), f"as of {day(found.snapshot.as_of)}"),
        kpi_card("Rows accepted", count(accepted), f"of {count(report.rows_read)} read"),
        kpi_card(
            "Rows refused",
            count(report.rows_rejected),
            percent(report.rows_rejected / max(report.rows_read, 1), 2) + " of all rows",
            tone=Tone.CARE if report.rows_rejected else Tone.GOOD,
        ),
        kpi_card(
            "Checks passed",
            f"{len(report.checks) - failed} of {len(report.checks)}",
            "all passed" if not failed else f"{failed} to look at",
            tone=Tone.CARE if failed else Tone.GOOD,
        ),
    )


def _files_card(found: DataInView) -> Component:
    columns = (
        Column("File"),
        Column("Table"),
        Column("Rows read", is_number=True),
        Column("Accepted", is_number=True),
        Column("Refused", is_number=True),
        Column("sha256"),
    )
    rows = [
        (
            file.file,
            file.table,
            count(file.rows_read),
            count(file.rows_accepted),
            _flagged(file.rows_rejected),
            html.Code(file.sha256[:_SHORT], title=file.sha256),
        )
        for file in found.report.files
    ]
    snapshot = found.snapshot
    return card(
        f"{plural(len(rows), 'file')} as of {day(snapshot.as_of)}",
        rows_table(columns, rows, caption="Files that were read", stacks=True),
        subtitle=[
            f"Import {snapshot.snapshot_id}, read {moment(snapshot.created_at)}. ",
            "Rows read = accepted + refused. Fingerprint of the content: ",
            html.Code(snapshot.fingerprint[:_SHORT], title=snapshot.fingerprint),
        ],
        class_name="data-files",
    )


def _flagged(refused: int) -> Component | str:
    if not refused:
        return "0"
    return html.Span(count(refused), className="text-care fw-semibold")


def _imports_card(found: DataInView) -> Component:
    columns = (
        Column("Import"),
        Column("As of"),
        Column("Read"),
        Column("Customers", is_number=True),
        Column("Fingerprint"),
    )
    rows = [
        (
            _import_link(found, one),
            day(one.as_of),
            moment(one.created_at),
            count(one.customers),
            html.Code(one.fingerprint[:_SHORT], title=one.fingerprint),
        )
        for one in found.imports
    ]
    return card(
        f"{plural(len(rows), 'import')} of {found.dataset.title}",
        rows_table(columns, rows, caption="Imports of this data set", stacks=True),
        subtitle="The same content is stored once, in whatever order its rows come",
    )


def _import_link(found: DataInView, one: SnapshotSummary) -> Component:
    if one.snapshot_id == found.snapshot.snapshot_id:
        return html.Strong(f"{one.snapshot_id}, in view")
    return link(str(one.snapshot_id), found.href(snapshot=one.snapshot_id, run=None))
