"""Files that commands write: whole or not there, and nothing in them that runs as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from core.errors import UsageError
from dash_app.exports import cell


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a place to write to, and put it in the file's place at the end of the block.

    `UsageError` where it cannot be written: there is no such folder, or nobody may write there.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        yield part
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise UsageError(f"{path} cannot be written: {error.strerror}.") from None


def write_text(path: Path, text: str) -> None:
    """Write a text in UTF-8."""
    with whole_file(path) as part:
        part.write_text(text, encoding="utf-8")


def write_texts(folder: Path, texts: Mapping[str, str]) -> None:
    """Write texts by their place in a folder, which is made where it is missing.

    `UsageError` where a folder cannot be made, before any text is written.
    """
    for place in dict.fromkeys((folder / name).parent for name in texts):
        try:
            place.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(
                f"{place} cannot be made a folder: {error.strerror}. Name a folder that you may "
                "write in, or one that is not there yet."
            ) from None
    for name, text in texts.items():
        write_text(folder / name, text)


def write_csv(path: Path, columns: Sequence[str], rows: Sequence[Mapping[str, object]]) -> None:
    """Write rows as CSV."""
    write_text(path, csv_text(columns, rows))


def csv_text(columns: Sequence[str], rows: Sequence[Mapping[str, object]]) -> str:
    r"""Return rows as CSV with a header; what is None is empty.

    >>> csv_text(["id", "margin"], [{"id": "=1+1", "margin": None}, {"id": "7", "margin": -0.5}])
    "id,margin\n'=1+1,\n7,-0.5\n"
    """
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _written(row[name]) for name in columns})
    return text.getvalue()


def _written(value: object) -> object:
    return cell(value) if isinstance(value, str) else value
