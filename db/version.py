"""Which shape of the database this version of Clientele works with."""

from __future__ import annotations

from sqlalchemy import Engine, inspect, text

from core.errors import ConfigurationError

HEAD = "0017"  # the newest file in migrations/versions (a test compares)

_UPGRADE = "Run: python manage.py db upgrade"


def require_current(engine: Engine) -> None:
    """Return if the database has exactly this version's shape, else say what to do."""
    found = stored_version(engine)
    if found is None:
        raise ConfigurationError(f"The database has no tables of Clientele yet. {_UPGRADE}")
    if found < HEAD:
        raise ConfigurationError(
            f"The database is older than this version of Clientele ({found} < {HEAD}). {_UPGRADE}"
        )
    if found > HEAD:
        raise ConfigurationError(
            f"The database is newer than this version of Clientele ({found} > {HEAD}). "
            "Install the version that upgraded it, or a later one."
        )


def stored_version(engine: Engine) -> str | None:
    """Return the revision that the database was brought to, None before the first."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.execute(
            text("SELECT version_num FROM alembic_version")
        ).scalar()
        return found
