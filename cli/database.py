"""``db``: bring the database to this version's shape, or check that it is."""

from __future__ import annotations

import typer

from cli import output
from cli.options import DatabaseUrl
from db.engine import make_engine
from db.glossary import refresh_shipped
from db.upgrade import check as check_schema
from db.upgrade import upgrade as upgrade_schema
from queueing import create_tables
from settings import Settings, load_settings

commands = typer.Typer(no_args_is_help=True, help="The database's shape.")


@commands.command()
def upgrade(database_url: DatabaseUrl = None) -> None:
    """Create the tables, or bring an older database to this version."""
    settings = load_settings(database_url=database_url)
    upgrade_database(settings)
    output.say("The database is up to date.")


@commands.command()
def check(database_url: DatabaseUrl = None) -> None:
    """Say whether the database has exactly the tables that this version describes."""
    check_schema(load_settings(database_url=database_url).database_url)
    output.say("The database matches this version.")


def upgrade_database(settings: Settings) -> None:
    """Migrate the data, and make the job board and the queue's own tables."""
    if settings.database_url.startswith("sqlite"):
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    upgrade_schema(settings.database_url)
    _bring_glossary(settings)
    create_tables(settings)


def _bring_glossary(settings: Settings) -> None:
    """Let the glossary have this version's shipped terms."""
    engine = make_engine(settings.database_url)
    try:
        with engine.begin() as connection:
            refresh_shipped(connection)
    finally:
        engine.dispose()
