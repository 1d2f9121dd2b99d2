"""What commands say: sentences for people, JSON for machines, a bar on anything that takes long."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from core.pipeline.ports import Progress as ProgressPort

AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON, for machines.")]


def say(text: str) -> None:
    """Write a sentence to standard output."""
    typer.echo(text)


def say_error(text: str) -> None:
    """Write a sentence to standard error."""
    typer.echo(text, err=True)


def say_json(document: object) -> None:
    """Write one JSON document to standard output."""
    typer.echo(json.dumps(document, indent=2, default=str))


def say_table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Write rows as a table that fits the terminal."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(str(cell) for cell in row))
    Console().print(table)


def say_record(record: Mapping[str, object], *, as_json: bool, sentence: str) -> None:
    """Write what a command did: the record for machines, the sentence for people."""
    if as_json:
        say_json(record)
    else:
        say(sentence)


@contextmanager
def progress_bar() -> Iterator[ProgressPort]:
    """Show a bar on standard error while the block runs, where a person is watching."""
    console = Console(stderr=True)
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TimeElapsedColumn(),
        console=console,
        disable=not console.is_terminal,
        transient=True,
    ) as bar:
        task = bar.add_task("Starting", total=1.0)

        def report(fraction: float, step: str) -> None:
            bar.update(task, completed=fraction, description=step)

        yield report
