"""A file of customers' features, checked before it is scored: columns first, then every row."""

from __future__ import annotations

import csv
import io
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.cells import as_texts
from core.errors import DataError, UsageError
from core.sources.columns import plain

if TYPE_CHECKING:
    from _csv import Reader

ID = "customer_id"  # carried through where the file has it
WHOLE_ROW = "(whole row)"  # the column of an error that is not about one column
MOST_COLUMNS = 10_000
_DELIMITERS = (",", ";", "\t", "|")
_TOLD = 20


@dataclass(frozen=True, slots=True)
class RowError:
    """Why a row cannot be scored: its line in the file (the header is 1), and the column."""

    line: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class RowsToScore:
    """Rows that can be scored, in the order of the file, and those that cannot."""

    ids: tuple[str, ...] | None  # None: the file has no customer_id
    lines: tuple[int, ...]
    columns: Mapping[str, NDArray[np.generic]]  # float64 for numbers, text or None else
    errors: tuple[RowError, ...]
    passed_over: tuple[str, ...]  # columns that the model does not look at


def read_rows(path: Path, inputs: Sequence[str], categories: Sequence[str]) -> RowsToScore:
    """Return the rows of a CSV or Parquet file, checked against what a model looks at.

    Names of columns may differ in case, blanks and underscores. An empty cell is a value that is
    not known, which the model knows how to treat. Nothing is rescaled or filled in here.

    Parameters
    ----------
    path
        A `.parquet` file, or text in UTF-8 with a header and one of `, ; tab |` between cells.
    inputs
        Names of the features that the file must have.
    categories
        Those of them that are text.

    Raises
    ------
    UsageError
        There is no such file.
    DataError
        It is empty or unreadable, or columns are missing or doubled: all are named.
    """
    if not path.is_file():
        raise UsageError(f"There is no file {path}; give a CSV or Parquet file of features.")
    if path.suffix.lower() == ".parquet":
        return _checked(path.name, _parquet(path), inputs, categories)
    return rows_of_text(path.name, path.read_bytes(), inputs, categories)


def rows_of_text(
    name: str, content: bytes, inputs: Sequence[str], categories: Sequence[str]
) -> RowsToScore:
    r"""Return the rows of a text file's content as `read_rows` does; ``name`` is for sentences.

    >>> rows = rows_of_text("a.csv", b"age;town\n47;Lyon\nold;Nice\n", ["age"], [])
    >>> rows.lines, rows.columns["age"].tolist(), rows.errors[0].line, rows.passed_over
    ((2,), [47.0], 3, ('town',))
    """
    return _checked(name, _csv(name, content), inputs, categories)


def named_columns(name: str, content: bytes) -> tuple[str, ...]:
    """Return the names in the first line of a text file; `DataError` if it has none."""
    header, _ = _reader(name, content)
    return tuple(header)


def passed_over(name: str, header: Sequence[str], inputs: Sequence[str]) -> tuple[str, ...]:
    """Return the columns that a model does not look at.

    `DataError` if the header lacks one that it does, or names one twice.
    """
    at = _places(name, header, inputs).values()
    return tuple(one for i, one in enumerate(header) if i not in at)


def _checked(
    file: str, read: _Read, inputs: Sequence[str], categories: Sequence[str]
) -> RowsToScore:
    header, rows, lines, errors = read
    at = _places(file, header, inputs)
    if not rows and not errors:
        raise DataError(f"{file} has a header and no row; there is nobody to score.")
    cells = {name: [row[place] for row in rows] for name, place in at.items()}
    columns: dict[str, NDArray[np.generic]] = {}
    bad: set[int] = set()
    for name in inputs:
        if name in categories:
            columns[name] = np.array(as_texts(cells[name]), dtype=object)
        else:
            columns[name], wrong = _numbers(cells[name])
            bad.update(wrong)
            errors += [RowError(lines[row], name, "is not a finite number") for row in wrong]
    good = np.array([row not in bad for row in range(len(rows))], dtype=bool)
    ids = as_texts(cells[ID]) if ID in cells else None
    return RowsToScore(
        ids=None if ids is None else tuple(ids[row] or "" for row in np.flatnonzero(good)),
        lines=tuple(lines[row] for row in np.flatnonzero(good)),
        columns={name: values[good] for name, values in columns.items()},
        errors=tuple(sorted(errors, key=lambda error: (error.line, error.column))),
        passed_over=passed_over(file, header, inputs),
    )


def errors_in_words(file: str, errors: Sequence[RowError]) -> str:
    r"""Return what is wrong with rows, the first ones by line and column, never with a value.

    >>> errors_in_words("a.csv", [RowError(3, "income", "is not a finite number")])
    'a.csv: 1 row cannot be scored.\n- line 3, income: is not a finite number'
    """
    count = len({error.line for error in errors})
    told = [f"- line {e.line:,}, {e.column}: {e.reason}" for e in errors[:_TOLD]]
    more = [f"- and {len(errors) - _TOLD:,} more"] if len(errors) > _TOLD else []
    start = f"{file}: {count:,} row{' cannot' if count == 1 else 's cannot'} be scored."
    return "\n".join([start, *told, *more])


def _places(file: str, header: Sequence[str], inputs: Sequence[str]) -> dict[str, int]:
    """Return where each input, and the id if there is one, stands."""
    known = [plain(name) for name in header]
    wanted = {plain(name): name for name in (*inputs, ID)}
    doubled = sorted(wanted[n] for n, times in Counter(known).items() if times > 1 and n in wanted)
    lacking = [name for name in inputs if plain(name) not in known]
    problems = [f"it lacks {', '.join(lacking)}"] if lacking else []
    problems += [f"it has {', '.join(doubled)} more than once"] if doubled else []
    if problems:
        raise DataError(
            f"{file} cannot be scored: {'; '.join(problems)}. "
            f"The columns needed are: {', '.join(inputs)}."
        )
    return {wanted[name]: at for at, name in enumerate(known) if name in wanted}


_Read = tuple[list[str], list[Sequence[object]], list[int], list[RowError]]


def _reader(file: str, content: bytes) -> tuple[list[str], Reader]:
    """Return the names of the columns, and the reader of what follows them."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(
            f"{file} is not UTF-8 text (byte {error.start}); save it as UTF-8."
        ) from None
    if "\0" in text:
        raise DataError(f"{file} has a NUL byte; this is not a text file.")
    first = text.partition("\n")[0]
    if not first.strip():
        raise DataError(f"{file} is empty, or does not begin with the names of its columns.")
    delimiter = max(_DELIMITERS, key=first.count)
    if first.count(delimiter) >= MOST_COLUMNS:
        raise DataError(f"{file} has more than {MOST_COLUMNS:,} columns.")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return [name.strip() for name in next(reader)], reader
    except csv.Error as error:
        raise _malformed(file, reader.line_num, error) from None


def _csv(file: str, content: bytes) -> _Read:
    header, reader = _reader(file, content)
    rows: list[Sequence[object]] = []
    lines: list[int] = []
    errors: list[RowError] = []
    begins = reader.line_num + 1
    try:
        for row in reader:
            if len(row) == len(header):
                rows.append(row)
                lines.append(begins)
            elif row:  # a blank line is no row
                counted = f"has {len(row)} cells, the header {len(header)}"
                errors.append(RowError(begins, WHOLE_ROW, counted))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise _malformed(file, reader.line_num, error) from None
    return header, rows, lines, errors


def _malformed(file: str, line: int, error: csv.Error) -> DataError:
    return DataError(f"{file} is not a well-formed CSV file (line {line:,}: {error}).")


def _parquet(path: Path) -> _Read:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path)
    except (pa.ArrowException, OSError) as error:
        raise DataError(f"{path.name} cannot be read as Parquet: {error}.") from None
    columns = [column.to_pylist() for column in table.columns]
    rows: list[Sequence[object]] = list(zip(*columns, strict=True))
    return list(table.column_names), rows, list(range(2, len(rows) + 2)), []


def _numbers(cells: Iterable[object]) -> tuple[NDArray[np.float64], list[int]]:
    """Return cells as numbers, NaN where empty, and the rows of those that are none."""
    found, wrong = [], []
    for row, text in enumerate(as_texts(list(cells))):
        value = math.nan
        if text is not None:
            try:
                value = math.inf if "_" in text else float(text)  # 1_000 is Python's, no cell's
            except ValueError:
                wrong.append(row)
            else:
                if not math.isfinite(value):
                    wrong.append(row)
                    value = math.nan
        found.append(value)
    return np.array(found, dtype=np.float64), wrong
