"""``demo``: generated look-alike banks, taken all the way to a published segmentation."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated, Optional

import typer

from cli import output
from cli.batch import writing
from cli.database import upgrade_database
from cli.datasets import run_sentence
from cli.options import DatabaseUrl
from core.errors import UsageError, one_of
from core.pipeline.run import refresh
from core.sources.demo.registry import DEMOS
from core.sources.spec import load_spec
from settings import Mode, load_settings


def register(cli: typer.Typer) -> None:
    """Add the commands of this module to the command line."""
    cli.command()(demo)


def demo(
    names: Annotated[Optional[list[str]], typer.Argument(help="Which banks; default: all.")] = None,
    if_missing: Annotated[bool, typer.Option("--if-missing", help="Only those not there yet.")] = False,
    files: Annotated[Optional[Path], typer.Option(help="Only write the files, to this folder.")] = None,
    database_url: DatabaseUrl = None,
) -> None:
    """Generate demonstration data, ingest, segment and publish it."""
    chosen = names or sorted(DEMOS)
    for name in chosen:
        if name not in DEMOS:
            raise UsageError(one_of("demo", name, DEMOS))
    if files is not None:
        for name in chosen:
            DEMOS[name](files / name)
            output.say(f"The files of {name} are in {files / name}.")
        return
    settings = load_settings(mode=Mode.LOCAL, database_url=database_url)
    upgrade_database(settings)
    for name in chosen:
        with writing(settings) as stores, output.progress_bar() as report, tempfile.TemporaryDirectory() as folder:
            if if_missing and stores.runs.published_models(name).lenses:
                output.say(f"The demo {name!r} is already there.")
                continue
            DEMOS[name](Path(folder))
            _, done = refresh(load_spec(name), Path(folder), snapshots=stores.snapshots, runs=stores.runs, progress=report)
        output.say(f"Demo {name!r}: {run_sentence(done)}" if done else f"Demo {name!r} is unchanged.")
