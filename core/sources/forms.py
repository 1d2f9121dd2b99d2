"""In which form a specification's tables come: files or a database's tables, and what that leaves.

The form is no part of what a table means: `meaning` is the same whether it is read from CSV, from
Parquet or from a database.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

from core.sources.parsing import mapping, sequence, texts

FORM_KEYS = frozenset(
    ("files", "table", "form", "compression", "delimiter", "header", "quote", "encoding")
)
_WRITTEN = frozenset(
    ("format", "decimal_mark", "thousands_mark", "aliases")
)  # of columns: how a cell is written
_ISO = {"date": "yyyy-mm-dd", "time": "hh:mm:ss", "timestamp": "yyyy-mm-dd hh:mm:ss"}
_VARIABLE = re.compile(r"\$[A-Za-z_][A-Za-z0-9_]*")
_SECRETS = ("password", "passwd", "pwd", "sslpassword", "passfile")


def with_form(table: Mapping[str, object], *, has_database: bool) -> dict[str, object]:
    """Return a table with what follows from its form, where it does not say so itself.

    It is read from the database's table of its own name where the source has a database and the
    table no files, else from ``<name>.csv``; files that are all named ``.parquet`` are Parquet.
    Parquet and databases hold dates as dates, and where they hold them as text it is ISO.

    >>> with_form({"name": "people", "files": "p.parquet"}, has_database=False)["form"]
    'parquet'
    """
    formed = dict(table)
    if "files" not in table and "table" not in table:
        formed |= {"table": table["name"]} if has_database else {"files": f"{table['name']}.csv"}
    files = texts(formed.get("files"))
    if files and "form" not in table and all(f.casefold().endswith(".parquet") for f in files):
        formed["form"] = "parquet"
    if "table" in formed or formed.get("form") == "parquet":
        formed["columns"] = {
            name: _with_format(column) for name, column in mapping(table.get("columns")).items()
        }
    return formed


def form_mistakes(document: Mapping[str, object]) -> list[str]:
    """Return what does not go together between the tables and the database they are read from."""
    database = document.get("database", "")
    tables = mapping(document.get("tables"))
    stored = [name for name, table in tables.items() if "table" in mapping(table)]
    if not isinstance(database, str):
        return []  # told with the types
    if database and not stored:
        return ["source.database: no table is read from it; every table names files."]
    if stored and not database:
        return [
            f"tables.{name}.table: the source names no database; state database = '$VARIABLE' in "
            "[source], the name of an environment variable that holds its URL."
            for name in stored
        ]
    return []


def require_no_password(database: str) -> str:
    """Return where the database is, ``$VARIABLE`` or a URL; `ValueError` if it tells a password."""
    if _VARIABLE.fullmatch(database) or not database:
        return database
    try:
        url = urlsplit(database)
        told = url.password is not None or any(
            k.casefold() in _SECRETS for k in parse_qs(url.query)
        )
    except ValueError:
        told = True
    if told:
        raise ValueError(
            "a password does not belong into a file; put the whole URL into an environment "
            "variable and name it here, e.g. database = '$CORE_BANK_URL'"
        )
    if not url.scheme or "://" not in database:
        raise ValueError(
            "is neither the name of an environment variable ('$CORE_BANK_URL') nor a URL such as "
            "sqlite:///bank.db or postgresql://reader@host/bank"
        )
    return database


def meaning(raw: Mapping[str, object]) -> dict[str, object]:
    """Return a specification without what it says of the form that its tables come in."""
    source = {k: v for k, v in mapping(raw.get("source")).items() if k != "database"}
    tables = {
        name: {
            key: _columns(value) if key == "columns" else value
            for key, value in mapping(table).items()
            if key not in FORM_KEYS
        }
        for name, table in mapping(raw.get("tables")).items()
    }
    return {**raw, "source": source, "tables": tables}


def _columns(columns: object) -> dict[str, object]:
    return {
        name: {key: value for key, value in mapping(column).items() if key not in _WRITTEN}
        for name, column in mapping(columns).items()
    }


def _with_format(column: object) -> object:
    kind = mapping(column).get("type")
    if isinstance(kind, str) and kind in _ISO and not sequence(_format(column)):
        return {**mapping(column), "format": _ISO[kind]}
    return column


def _format(column: object) -> object:
    given = mapping(column).get("format", ())
    return (given,) if isinstance(given, str) else given
