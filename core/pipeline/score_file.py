"""A whole file of customers, answered by one model: every row has a segment or a reason."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.errors import DataError
from core.pipeline.ports import Progress, part_of, silent
from core.readmodels import Reject, SegmentSummary
from core.scoring import scorer
from core.scoring_answers import Answer, answers
from core.scoring_layout import Layout, layout_of
from core.scoring_rows import WHOLE_ROW, RowError, RowsToScore, rows_of_text
from core.scoring_schema import text_inputs
from core.segmentation.model import SegmentationModel
from core.sources.problems import AllRejectedError, SourceError
from core.sources.spec import SourceSpec
from core.sql import quoted

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from core.sources.canonical import SourceRead


@dataclass(frozen=True, slots=True)
class FileScores:
    """What a file was answered: rows in its order, and the rows that could not be scored."""

    layout: Layout
    rows: list[Answer]
    errors: tuple[RowError, ...]
    ids: tuple[str, ...]  # of the rows answered; none where the file has none

    @property
    def rows_read(self) -> int:
        """Rows of the file: every one is answered or has an error."""
        return len(self.rows) + len({error.line for error in self.errors})


def score_text(
    file: str,
    content: bytes,
    *,
    model: SegmentationModel,
    segments: Sequence[SegmentSummary],
    lacking: str,
    spec: SourceSpec | None,
    as_of: date,
    most_rows: int | None = None,
    progress: Progress = silent,
) -> FileScores:
    """Return an answer per row of a text file, and why other rows have none.

    Parameters
    ----------
    file, content : the name that sentences call it by, and all of its bytes
    model : scores as it was fitted; nothing is learned from the file
    segments : the segments under their present names
    lacking : why customers are not eligible: "have no valid order"
    spec : the bank's own layout of customers, from `one_file_spec`; None if there is none
    as_of : the day that a file in the bank's own layout speaks of
    most_rows : how many rows are answered at once; None for any number
    progress : told how far it is; may raise to stop

    Raises
    ------
    DataError
        The file cannot be read, lacks columns (all are named), or has more rows than that.
    """
    inputs = scorer(model).inputs
    progress(0.0, "Checking the columns")
    layout = layout_of(file, content, inputs, spec)
    if layout.table is None or spec is None:
        progress(0.1, "Reading the rows")
        rows = rows_of_text(file, content, inputs, text_inputs(model))
    else:
        part = part_of(progress, 0.05, 0.6)
        rows = _customers(file, content, layout, spec, inputs, as_of, part)
    read = len(rows.lines) + len({error.line for error in rows.errors})
    if most_rows is not None and read > most_rows:
        raise DataError(
            f"{file} has {read:,} rows; at most {most_rows:,} are answered at once "
            "here. Divide it, or use the command line: python manage.py score DATASET FILE -o OUT"
        )
    progress(0.6, "Finding the segments")
    found = answers(model, rows, segments, lacking)
    return FileScores(layout, found, rows.errors, rows.ids or ())


def _customers(
    file: str,
    content: bytes,
    layout: Layout,
    spec: SourceSpec,
    inputs: Sequence[str],
    as_of: date,
    progress: Progress,
) -> RowsToScore:
    """Return the customers of a file in the bank's own layout, read as the data set's were."""
    from core.features.build import build_features  # DuckDB and Ibis: not for other layouts
    from core.sources.canonical import read_source

    assert layout.table is not None
    table, name = layout.table, layout.table.files[0].replace("*", "x").replace("?", "x")
    alone = table.model_copy(update={"compression": "none", "form": "csv"})
    strict = spec.model_copy(
        update={
            "tables": {**spec.tables, table.name: alone},
            "checks": (),  # of the data set, not of whoever is in this file
            "max_rejected_share": 1.0,  # every rejected row is told by itself
        }
    )
    try:
        with tempfile.TemporaryDirectory(prefix="clientele-") as folder:
            Path(folder, name).write_bytes(content)
            with read_source(strict, folder, as_of=as_of, progress=progress) as read:
                frame, _ = build_features(read.tables)
                return _in_file_order(read, table.name, frame, inputs, layout)
    except AllRejectedError as nobody:
        return RowsToScore((), (), {}, _told(nobody.rejects), layout.passed_over)
    except SourceError as fault:
        raise DataError(str(fault).replace(name, file)) from None


def _in_file_order(
    read: SourceRead, table: str, frame: pd.DataFrame, inputs: Sequence[str], layout: Layout
) -> RowsToScore:
    """Return the built features by the file's own order and lines."""
    staged = read.engine.connection.execute(
        f"SELECT {quoted(read.spec.customer_key)}::VARCHAR, _record "  # noqa: S608
        f"FROM staged.{quoted(table)} ORDER BY _record"
    ).fetchall()
    lines = read.reads[table].lines(0)
    at = {str(one): place for place, one in enumerate(frame.index)}
    why = {one.customer_id: one.reason for one in read.left_out}
    present = [(one, int(lines[record])) for one, record in staged if one in at]
    absent = [(one, int(lines[record])) for one, record in staged if one not in at]
    chosen = frame.iloc[[at[one] for one, _ in present]]
    outside = [RowError(line, WHOLE_ROW, why.get(one, "takes no part")) for one, line in absent]
    return RowsToScore(
        ids=tuple(one for one, _ in present),
        lines=tuple(line for _, line in present),
        columns={name: _cells(chosen[name]) for name in inputs},
        errors=_told(read.rejects, *outside),
        passed_over=layout.passed_over,
    )


def _told(rejects: Sequence[Reject], *others: RowError) -> tuple[RowError, ...]:
    """Return why rows have no answer, by line and column."""
    errors = [*(RowError(one.line, one.column, one.reason) for one in rejects), *others]
    return tuple(sorted(errors, key=lambda error: (error.line, error.column)))


def _cells(column: pd.Series) -> NDArray[np.generic]:
    return column.to_numpy() if column.dtype.kind in "fiub" else column.to_numpy(dtype=object)
