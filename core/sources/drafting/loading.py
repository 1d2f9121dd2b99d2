"""Unknown files as tables of text, so that every column can be looked at before it has a type."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from core.errors import DataError, UsageError
from core.sources.compression import unpacked
from core.sources.drafting.forms import PARQUET, WHITESPACE, FileForm, text_form
from core.sources.headers import UnreadableFileError
from core.sources.native import plainly, without_zeros
from core.sources.opened import Native
from core.sources.parquet import held_as
from core.sources.problems import listed
from core.sql import literal, quoted

_TEXT_ENDINGS = (".csv", ".txt", ".tsv", ".tab", ".asc", ".dat", ".psv")
_PACKED = ".gz"
_GERMAN = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
)
_BLANKS = "' ' || chr(9) || chr(10) || chr(13) || chr(160)"


@dataclass(frozen=True, slots=True)
class LoadedTable:
    """A table of text in the schema ``loaded``: blanks around cells stripped, empty is missing."""

    name: str
    files: tuple[str, ...]
    form: FileForm
    rows: int
    stored: str = ""  # the table of the database, instead of files
    held: Mapping[str, Native] = field(default_factory=dict)  # columns that are not held as text


def load_folder(
    connection: duckdb.DuckDBPyConnection, folder: Path, scratch: Path
) -> tuple[LoadedTable, ...]:
    """Load every readable file of a folder into the schema ``loaded``, by name of table.

    Files of one form whose names differ in digits alone (``moves_1995.csv``, ``moves_1996.csv``)
    are one table.

    Raises
    ------
    UsageError
        There is no such folder.
    DataError
        It holds no text (packed with gzip or not) and no Parquet file, or one that cannot be read.
    """
    if not folder.is_dir():
        raise UsageError(f"There is no folder {folder}; give the folder that holds the files.")
    forms = {path: _form(connection, path, scratch) for path in _readable(folder)}
    if not forms:
        held = sorted(path.name for path in folder.iterdir())
        raise DataError(
            f"{folder} holds no file that can be read ({', '.join(_TEXT_ENDINGS)}, each also with "
            f"{_PACKED}, or .parquet); "
            f"it holds: {listed(held, 20) or 'nothing'}."
        )
    connection.execute("CREATE SCHEMA loaded")
    united: dict[tuple[str, FileForm], list[Path]] = {}
    for path, form in forms.items():
        united.setdefault((_stem(path), form), []).append(path)
    tables: list[LoadedTable] = []
    for (stem, form), paths in united.items():
        own = _table_name(_plain_name(paths[0]) if len(paths) == 1 else stem)
        name = unused(own, {table.name for table in tables})
        rows = _load(connection, name, paths, form, scratch)
        typed = _held(connection, paths[0], form)
        files = tuple(path.name for path in paths)
        tables.append(LoadedTable(name, files, form, rows, held=typed))
    if not any(table.rows for table in tables):
        raise DataError(f"The files in {folder} have headers but no rows; give files with rows.")
    return tuple(table for table in tables if table.rows)


def column_name(header: str, position: int) -> str:
    """Return a header as the name of a column: lower case, words joined by underscores.

    >>> column_name("CustomerID", 0), column_name("Annual Income (k$)", 1), column_name("%", 2)
    ('customer_id', 'annual_income_k', 'column_3')
    >>> column_name("Eröffnet", 0), column_name("Číslo účtu", 1)
    ('eroeffnet', 'cislo_uctu')
    """
    plain = unicodedata.normalize("NFKD", header.strip().translate(_GERMAN))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    apart = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", plain)
    name = re.sub(r"_+", "_", re.sub(r"[^0-9A-Za-z]+", "_", apart)).strip("_").lower()
    if not name:
        return f"column_{position + 1}"
    return f"c_{name}" if name[0].isdigit() else name


def column_names(headers: Iterable[str]) -> tuple[str, ...]:
    """Return the columns' names of a file's headers, each once.

    >>> column_names(["Id", "Café", "Caf"])
    ('id', 'cafe', 'caf')
    """
    names: list[str] = []
    for position, header in enumerate(headers):
        names.append(unused(column_name(header, position), set(names)))
    return tuple(names)


def _readable(folder: Path) -> list[Path]:
    endings = (*_TEXT_ENDINGS, *(f"{end}{_PACKED}" for end in _TEXT_ENDINGS), ".parquet")
    return sorted(p for p in folder.iterdir() if p.is_file() and p.name.lower().endswith(endings))


def _is_packed(path: Path) -> bool:
    return path.suffix.lower() == _PACKED


def _form(connection: duckdb.DuckDBPyConnection, path: Path, scratch: Path) -> FileForm:
    if _is_packed(path):
        return replace(text_form(_unpacked(path, scratch), path.name), is_packed=True)
    if path.suffix.lower() != ".parquet":
        return text_form(path)
    try:
        described = connection.execute("DESCRIBE FROM read_parquet(?)", [str(path)]).fetchall()
    except duckdb.Error as error:
        raise DataError(f"{path.name} is not a readable Parquet file.") from error
    return FileForm(PARQUET, tuple(str(row[0]) for row in described), sentence="a Parquet file")


def _unpacked(path: Path, scratch: Path) -> Path:
    try:
        return unpacked(path, scratch)
    except UnreadableFileError as error:
        raise DataError(str(error)) from error


def _plain_name(path: Path) -> str:
    """Return a file's name without its endings."""
    return Path(path.stem).stem if _is_packed(path) else path.stem


def _held(connection: duckdb.DuckDBPyConnection, path: Path, form: FileForm) -> dict[str, Native]:
    """Return as what the columns of a Parquet file are held that do not hold text."""
    if form.delimiter != PARQUET:
        return {}
    described = connection.execute("DESCRIBE FROM read_parquet(?)", [str(path)]).fetchall()
    found = zip(column_names(form.names), (held_as(str(row[1])) for row in described), strict=True)
    return {name: native for name, native in found if native is not Native.TEXT}


def _stem(path: Path) -> str:
    plain = _plain_name(path)
    return re.sub(r"[\d\W_]+", "_", plain).strip("_").lower() or plain


def _table_name(stem: str) -> str:
    return column_name(stem, 0)


def unused(name: str, taken: set[str]) -> str:
    """Return the name, numbered where it is taken."""
    number, free = 2, name
    while free in taken:
        free, number = f"{name}_{number}", number + 1
    return free


def _load(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    paths: list[Path],
    form: FileForm,
    scratch: Path,
) -> int:
    columns = column_names(form.names)
    table = f"loaded.{quoted(name)}"
    for position, path in enumerate(paths):
        begin = f"INSERT INTO {table}" if position else f"CREATE TABLE {table} AS"
        try:
            connection.execute(f"{begin} {_cells(connection, path, form, columns, scratch)}")
        except duckdb.Error as error:
            raise DataError(f"{path.name} cannot be read: {str(error).splitlines()[0]}") from error
    row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
    return int(row[0]) if row else 0


def _cells(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    form: FileForm,
    columns: tuple[str, ...],
    scratch: Path,
) -> str:
    """Return the query of a file's cells as text, stripped, empty as missing."""
    if form.delimiter == PARQUET:
        held = _held(connection, path, form)
        raw = [
            without_zeros(plainly(quoted(header)))
            if held.get(name) is Native.NUMBER
            else f"CAST({quoted(header)} AS VARCHAR)"
            for name, header in zip(columns, form.names, strict=True)
        ]
        source = f"read_parquet({literal(str(path))})"
    else:
        readable = scratch / f"{path.name}.unpacked" if form.is_packed else path
        source_path = literal(str(_as_utf8(readable, form.encoding, scratch)))
        header = "true" if form.has_header else "false"
        if form.delimiter == WHITESPACE:
            raw = [f"parts[{number}]" for number in range(1, len(columns) + 1)]
            lines = (
                f"read_csv({source_path}, auto_detect=false, header={header}, "
                "columns={'line': 'VARCHAR'}, delim=chr(1), quote='', escape='')"
            )
            source = (
                f"(SELECT regexp_split_to_array(trim(line, {_BLANKS}), '\\s+') AS parts "  # noqa: S608
                f"FROM {lines} WHERE trim(line, {_BLANKS}) <> '')"
            )
        else:
            raw = [f"c{number}" for number in range(len(columns))]
            types = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(len(columns)))
            source = (
                f"read_csv({source_path}, auto_detect=false, header={header}, "
                f"columns={{{types}}}, delim={literal(form.delimiter)}, quote='\"', escape='\"', "
                "ignore_errors=true, strict_mode=false, null_padding=false, parallel=false)"
            )
    cells = ", ".join(
        f"nullif(trim({cell}, {_BLANKS}), '') AS {quoted(name)}"
        for cell, name in zip(raw, columns, strict=True)
    )
    return f"SELECT {cells} FROM {source}"  # noqa: S608


def _as_utf8(path: Path, encoding: str, scratch: Path) -> Path:
    if encoding == "utf-8":
        return path
    copy = scratch / f"{path.name}.utf8"
    with path.open(encoding=encoding, errors="replace", newline="") as source:
        copy.write_text(source.read(), encoding="utf-8", newline="")
    return copy
