"""``demo``: generated look-alike banks, taken all the way to a published segmentation."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import output
from cli.batch import Stores, database, writing
from cli.database import upgrade_database
from cli.datasets import run_sentence
from cli.options import DatabaseUrl
from core.errors import UsageError, one_of
from core.sources.demo.registry import DEMOS, MONTHLY
from core.sources.spec import DEMO, load_spec
from db.queries.datasets import datasets
from settings import Mode, Settings, load_settings

if TYPE_CHECKING:
    from core.pipeline.ports import Progress
    from core.pipeline.reports import RunReport


def register(cli: typer.Typer) -> None:
    """Add the commands of this module to the command line."""
    cli.command()(demo)


def demo(
    names: Annotated[list[str] | None, typer.Argument(help="Which banks; default: all.")] = None,
    if_missing: Annotated[
        bool, typer.Option("--if-missing", help="Only those that are not there yet.")
    ] = False,
    files: Annotated[
        Path | None, typer.Option(help="Only write the files, to this folder.")
    ] = None,
    database_url: DatabaseUrl = None,
) -> None:
    """Generate demonstration data, ingest, segment and publish it as data sets of their own."""
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
    there = _published(settings) if if_missing else set()
    for name in chosen:
        if DEMO + name in there:
            output.say(f"The demonstration data of {name} are already there.")
            continue
        with writing(settings) as stores, output.progress_bar() as report:
            done = _load(name, stores, report)
        output.say(f"Demonstration data of {name}: {run_sentence(done)}")


def _published(settings: Settings) -> set[str]:
    with database(settings) as engine, engine.connect() as connection:
        return {one.name for one in datasets(connection) if one.published_run is not None}


def _load(name: str, stores: Stores, report: Progress) -> RunReport:
    """Take generated files through the same pipeline as real ones, under a name of their own."""
    from core.pipeline.ports import part_of
    from core.pipeline.run import refresh

    spec = load_spec(name)
    spec = spec.model_copy(update={"name": DEMO + name, "title": f"Demo: {spec.title.lower()}"})
    with tempfile.TemporaryDirectory() as folder:
        exports = _exports(name, Path(folder))
        for number, (as_of, path) in enumerate(exports):
            month = part_of(report, number / len(exports), (number + 1) / len(exports))
            done = refresh(
                spec,
                path,
                as_of=as_of,
                refit=number == 0,  # the later ones are scored with its models
                snapshots=stores.snapshots,
                runs=stores.runs,
                progress=month,
            )[1]
        return done


def _exports(name: str, folder: Path) -> list[tuple[date, Path]]:
    """Generate the files of each day that the demonstration has, oldest first."""
    if name in MONTHLY:
        return [(month.as_of, month.folder) for month in MONTHLY[name](folder)]
    return [(DEMOS[name](folder).as_of, folder)]
