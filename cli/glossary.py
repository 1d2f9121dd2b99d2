"""``glossary``: the bank's own words, in from CSV files and out again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli import output
from cli.batch import database
from cli.options import DatabaseUrl
from core.errors import UsageError
from core.glossary.writing import write_files
from db.glossary import Mode, import_glossary
from db.locks import exclusive
from db.queries.glossary import load_glossary
from settings import load_settings

commands = typer.Typer(no_args_is_help=True, help="What the bank's words mean.")

LARGEST_FILE = 20_000_000  # bytes


@commands.command("import")
def import_(
    paths: Annotated[
        list[Path], typer.Argument(help="A folder, or CSV files: categories, terms, columns.")
    ],
    replace_all: Annotated[
        bool, typer.Option("--replace-all", help="Let the files be the whole glossary.")
    ] = False,
    as_json: output.AsJson = False,
    database_url: DatabaseUrl = None,
) -> None:
    """Add the files' categories, terms and column links; equal terms are replaced."""
    files = [(path.name, _content(path)) for path in _files(paths)]
    mode = Mode.REPLACE if replace_all else Mode.ADD
    settings = load_settings(database_url=database_url)
    with database(settings) as engine, exclusive(engine), engine.begin() as connection:
        done = import_glossary(connection, files, mode, user="command line")
    output.say_record(
        {
            "mode": mode.value,
            "files": [name for name, _ in files],
            "added": done.added,
            "changed": done.changed,
            "unchanged": done.unchanged,
            "removed": done.removed,
        },
        as_json=as_json,
        sentence=f"{done.added} terms added, {done.changed} changed, {done.removed} removed, "
        f"{done.unchanged} left as they were.",
    )


@commands.command()
def export(
    folder: Annotated[Path, typer.Argument(help="Where the three CSV files are written.")],
    as_json: output.AsJson = False,
    database_url: DatabaseUrl = None,
) -> None:
    """Write the whole glossary as three CSV files that import again identically."""
    with (
        database(load_settings(database_url=database_url)) as engine,
        engine.connect() as connection,
    ):
        glossary = load_glossary(connection)
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file. Give a folder for the three files.")
    folder.mkdir(parents=True, exist_ok=True)
    written = write_files(glossary)
    for name, content in written.items():
        (folder / name).write_bytes(content)
    output.say_record(
        {"folder": str(folder), "files": list(written), "terms": len(glossary.terms)},
        as_json=as_json,
        sentence=f"{len(glossary.terms)} terms written to {folder}: {', '.join(written)}.",
    )


def _files(paths: list[Path]) -> list[Path]:
    """Return the CSV files that are meant: those of a folder, in order, or those named."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(path.glob("*.csv")) if path.is_dir() else [path]
        if not inside:
            raise UsageError(f"The folder {path} holds no CSV file (*.csv).")
        found += inside
    return found


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise UsageError(
                f"{path} is larger than 20 MB; a glossary is not. Is it the right file?"
            )
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from None
