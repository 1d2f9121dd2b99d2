from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Engine, inspect, text

from core.errors import BusyError, ConfigurationError
from db.locks import exclusive
from db.tables.registry import METADATA
from db.upgrade import MIGRATIONS, check, downgrade, upgrade
from db.version import HEAD, require_current

EngineOf = Callable[..., Engine]


def revisions() -> list[str]:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    walked = ScriptDirectory.from_config(config).walk_revisions()
    return [script.revision for script in walked][::-1]


def tables(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(inspect(connection).get_table_names()) - {"alembic_version"}


def test_the_code_names_the_newest_migration() -> None:
    assert revisions()[-1] == HEAD
    assert revisions() == sorted(revisions())


def test_migrations_go_up_down_and_up_one_step_at_a_time(
    empty_database_url: str, engine_of: EngineOf
) -> None:
    engine = engine_of(empty_database_url)
    for revision in revisions():
        upgrade(empty_database_url, revision)
    assert tables(engine) == set(METADATA.tables)
    for revision in revisions()[-2::-1]:
        downgrade(empty_database_url, revision)
    downgrade(empty_database_url, "base")
    assert tables(engine) == set()
    upgrade(empty_database_url)
    check(empty_database_url)
    require_current(engine)


def test_upgrading_twice_changes_nothing(database_url: str) -> None:
    upgrade(database_url)
    check(database_url)


def test_snapshots_and_views_are_not_mistaken_for_schema(
    database_url: str, engine_of: EngineOf
) -> None:
    with engine_of(database_url).begin() as connection:
        connection.execute(text("CREATE TABLE snapshot_7_features (customer_id TEXT PRIMARY KEY)"))
        connection.execute(text("CREATE VIEW published_bank AS SELECT * FROM datasets"))
    check(database_url)


@pytest.mark.parametrize(
    "change",
    [
        "CREATE TABLE stray (id INTEGER PRIMARY KEY)",
        "ALTER TABLE users ADD COLUMN shoe_size INTEGER",
        "DROP INDEX ix_audit_at",
    ],
)
def test_a_database_that_differs_is_found_out(
    database_url: str, engine_of: EngineOf, change: str
) -> None:
    with engine_of(database_url).begin() as connection:
        connection.execute(text(change))
    with pytest.raises(ConfigurationError, match="differ from this version"):
        check(database_url)


def test_a_failed_migration_leaves_no_tables(empty_database_url: str, engine_of: EngineOf) -> None:
    upgrade(empty_database_url, "0001")
    engine = engine_of(empty_database_url)
    with engine.begin() as connection:  # in the way of the fifth table of the second migration
        connection.execute(text("CREATE TABLE comparisons (id INTEGER PRIMARY KEY)"))
    before = tables(engine)
    with pytest.raises(Exception, match=r"comparisons.* already exists"):
        upgrade(empty_database_url)
    assert tables(engine) == before
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE comparisons"))
    upgrade(empty_database_url)
    check(empty_database_url)


def test_a_database_without_tables_says_what_to_do(
    empty_database_url: str, engine_of: EngineOf
) -> None:
    upgrade(empty_database_url)
    downgrade(empty_database_url, "base")
    with pytest.raises(
        ConfigurationError, match=r"no tables of Clientele yet\. Run: .* db upgrade"
    ):
        require_current(engine_of(empty_database_url))


def test_an_older_database_says_what_to_do(empty_database_url: str, engine_of: EngineOf) -> None:
    upgrade(empty_database_url, "0001")
    sentence = (
        f"older than this version of Clientele (0001 < {HEAD}). Run: python manage.py db upgrade"
    )
    with pytest.raises(ConfigurationError, match=re.escape(sentence)):
        require_current(engine_of(empty_database_url))
    with pytest.raises(ConfigurationError, match="older than this version"):
        check(empty_database_url)


def test_a_newer_database_is_left_alone(database_url: str, engine_of: EngineOf) -> None:
    engine = engine_of(database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for attempt in (lambda: require_current(engine), lambda: upgrade(database_url)):
        with pytest.raises(
            ConfigurationError,
            match=re.escape(f"newer than this version of Clientele (9999 > {HEAD})"),
        ):
            attempt()


def test_no_migration_runs_while_a_run_is_writing(database_url: str, engine_of: EngineOf) -> None:
    with exclusive(engine_of(database_url)), pytest.raises(BusyError):
        upgrade(database_url)


def test_allowed_words_in_the_database_are_those_of_the_code(
    sqlite_url: str, engine_of: EngineOf
) -> None:
    def words(sql: str) -> list[str]:
        return re.findall(r"'([^']*)'", sql)

    expected = {
        (table.name, constraint.name): words(str(constraint.sqltext))
        for table in METADATA.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }
    with engine_of(sqlite_url).connect() as connection:
        inspector = inspect(connection)
        found = {
            (table, constraint["name"]): words(constraint["sqltext"])
            for table in METADATA.tables
            for constraint in inspector.get_check_constraints(table)
        }
    assert found == expected


def test_a_new_database_file_can_be_read_by_its_owner_only(tmp_path: Path) -> None:
    upgrade(f"sqlite:///{tmp_path / 'new.db'}")
    assert (tmp_path / "new.db").stat().st_mode & 0o077 == 0
