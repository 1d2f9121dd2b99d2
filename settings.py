"""Settings from environment variables CLIENTELE_*: the only reader of the environment."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from core.errors import ConfigurationError

SHORTEST_SECRET = 32  # bytes
_FILE = "sqlite:///"


class Mode(StrEnum):
    """Who may reach the app: this machine without sign-in, or a network with it."""

    LOCAL = "local"
    SERVER = "server"


class Settings(BaseSettings):
    """Everything that may differ between two installations.

    Secrets come from ``CLIENTELE_SECRET_KEY`` or from the file named by
    ``CLIENTELE_SECRET_KEY_FILE`` (likewise for the pseudonym key); never from the command line.
    """

    model_config = SettingsConfigDict(env_prefix="CLIENTELE_", frozen=True, extra="ignore")

    data_dir: Path = Path("var")
    database_url: str = ""  # default: SQLite below data_dir
    queue_url: str = ""  # default: a second SQLite file, or the same Postgres
    mode: Mode = Mode.SERVER
    host: str = "127.0.0.1"
    port: int = Field(default=8050, ge=1, le=65535)
    workers: int = Field(default=2, ge=1, le=64)
    threads: int = Field(default=4, ge=1, le=64)
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = ("localhost", "127.0.0.1", "[::1]")
    secret_key: SecretStr = SecretStr("")
    secret_key_file: Path | None = None
    pseudonym_key: SecretStr = SecretStr("")
    pseudonym_key_file: Path | None = None
    smallest_group: int = Field(default=10, ge=1)
    heartbeat_timeout: int = Field(default=120, ge=5)  # seconds without a sign before a job failed

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _split_hosts(cls, value: object) -> object:
        return (
            tuple(filter(None, value.replace(",", " ").split()))
            if isinstance(value, str)
            else value
        )

    @model_validator(mode="before")
    @classmethod
    def _fill_urls(cls, values: Any) -> Any:
        values = dict(values)
        folder = Path(values.get("data_dir") or "var").absolute()
        database = _absolute(str(values.get("database_url") or f"{_FILE}{folder / 'clientele.db'}"))
        beside = f"{_FILE}{folder / 'queue.db'}" if database.startswith("sqlite") else database
        queue = _absolute(str(values.get("queue_url") or beside))
        return values | {"data_dir": folder, "database_url": database, "queue_url": queue}

    def require_secret_key(self) -> str:
        """Return the session secret of server mode, or refuse to start."""
        return _required(self.secret_key, self.secret_key_file, "CLIENTELE_SECRET_KEY")

    def session_secret(self) -> str:
        """Return the session secret; in local mode, where nobody signs in, a fresh one will do."""
        return self.require_secret_key() if self.mode is Mode.SERVER else secrets.token_hex(32)

    def require_pseudonym_key(self) -> bytes:
        """Return the key that pseudonyms are made with.

        A local SQLite installation makes one on first use and keeps it in ``data_dir``; with a
        database server it must be given, since it must outlive the machine.
        """
        if self.pseudonym_key.get_secret_value() or self.pseudonym_key_file:
            return _required(
                self.pseudonym_key, self.pseudonym_key_file, "CLIENTELE_PSEUDONYM_KEY"
            ).encode()
        kept = self.data_dir / "pseudonym.key"
        if not kept.exists():
            if not self.database_url.startswith("sqlite"):
                raise ConfigurationError(
                    "CLIENTELE_PSEUDONYM_KEY or CLIENTELE_PSEUDONYM_KEY_FILE is not set. Give a "
                    f"secret of at least {SHORTEST_SECRET} bytes and keep it: customers' "
                    "pseudonyms are made with it."
                )
            _keep_new_secret(kept)
        key = kept.read_text().strip().encode()
        if len(key) < SHORTEST_SECRET:
            raise ConfigurationError(
                f"{kept} has {len(key)} bytes, but the key that pseudonyms are made with has at "
                f"least {SHORTEST_SECRET}. Bring the file back from a backup: with another key "
                "every customer would change their pseudonym."
            )
        return key


def load_settings(**overrides: object) -> Settings:
    """Read the environment; `ConfigurationError` names every setting that is refused.

    ``overrides`` (from command line options) win over the environment.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        lines = [
            f"CLIENTELE_{'_'.join(str(part) for part in item['loc']).upper()}: {item['msg']}"
            for item in error.errors()
        ]
        raise ConfigurationError("Settings refused: " + "; ".join(lines) + ".") from None


def source_database_url(reference: str) -> str:
    """Return the URL of a bank's own database: as written, or from the variable that is named."""
    if not reference.startswith("$"):
        return reference
    url = os.environ.get(reference[1:], "").strip()
    if not url:
        raise ConfigurationError(
            f"The source reads tables of the database in the environment variable "
            f"{reference[1:]}, which is not set. Set it to a URL such as "
            "postgresql://reader:password@host/bank or sqlite:///bank.db."
        )
    return url


def _absolute(url: str) -> str:
    """Return the URL so that a SQLite file is the same one in a process that starts elsewhere."""
    path = url.removeprefix(_FILE)
    is_file = url.startswith(_FILE) and path not in ("", ":memory:")
    return f"{_FILE}{Path(path).absolute()}" if is_file else url


def _keep_new_secret(file: Path) -> None:
    """Make the file with a new secret, whole or not at all; another process may be first."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=file.parent, prefix=file.name)  # for its owner only
    try:
        with os.fdopen(descriptor, "w") as target:
            target.write(secrets.token_hex(32))
            target.flush()
            os.fsync(target.fileno())
        with suppress(FileExistsError):
            os.link(draft, file)
    finally:
        Path(draft).unlink()


def _required(value: SecretStr, file: Path | None, name: str) -> str:
    text = value.get_secret_value()
    if not text and file is not None:
        try:
            text = file.read_text().strip()
        except OSError as error:
            raise ConfigurationError(
                f"{name}_FILE names {file}, which cannot be read: {error.strerror}."
            ) from None
    if len(text.encode()) < SHORTEST_SECRET:
        found = f"has {len(text.encode())} bytes" if text else "is not set"
        raise ConfigurationError(
            f"{name} {found}. Set it (or {name}_FILE) to a secret of at least {SHORTEST_SECRET} "
            'bytes, for example from: python -c "import secrets; print(secrets.token_hex(32))"'
        )
    return text
