"""``users``: who may sign in to the app in server mode."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from sqlalchemy import Engine

from cli import output
from cli.options import DatabaseUrl
from core.errors import UsageError, one_of
from dash_app.passwords import hash_password
from dash_app.roles import Role
from db.engine import make_engine
from db.users import add_user, deactivate_user, set_password, set_role, users
from db.version import require_current
from settings import load_settings

SHORTEST_PASSWORD = 12

PasswordStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input.")
]

commands = typer.Typer(no_args_is_help=True, help="Who may sign in.")


@commands.command()
def add(
    name: Annotated[str, typer.Argument(help="The name to sign in with.")],
    role: Annotated[str, typer.Option(help="viewer, analyst or admin.")] = "viewer",
    password_stdin: PasswordStdin = False,
    database_url: DatabaseUrl = None,
) -> None:
    """Add a user; the password is asked for, never given on the command line."""
    _require_role(role)
    engine = _engine(database_url)
    password_hash = hash_password(_password(password_stdin))
    with engine.begin() as connection:
        add_user(connection, name, role, password_hash)
    output.say(f"{name} may now sign in as {role}.")


@commands.command("list")
def list_users(as_json: output.AsJson = False, database_url: DatabaseUrl = None) -> None:
    """List users and their roles."""
    with _engine(database_url).connect() as connection:
        known = users(connection)
    if as_json:
        output.say_json([{"name": u.name, "role": u.role, "active": u.is_active} for u in known])
    else:
        output.say_table(("Name", "Role", "Active"), [(u.name, u.role, u.is_active) for u in known])


@commands.command()
def remove(name: str, database_url: DatabaseUrl = None) -> None:
    """Deactivate a user and end their sessions; what they did stays in the audit."""
    with _engine(database_url).begin() as connection:
        deactivate_user(connection, name)
    output.say(f"{name} can no longer sign in.")


@commands.command("set-password")
def change_password(
    name: str, password_stdin: PasswordStdin = False, database_url: DatabaseUrl = None
) -> None:
    """Give a user a new password and end their sessions."""
    engine = _engine(database_url)
    password_hash = hash_password(_password(password_stdin))
    with engine.begin() as connection:
        set_password(connection, name, password_hash)
    output.say(f"{name} has a new password and has to sign in again.")


@commands.command("set-role")
def change_role(
    name: str,
    role: Annotated[str, typer.Argument(help="viewer, analyst or admin.")],
    database_url: DatabaseUrl = None,
) -> None:
    """Give a user another role and end their sessions."""
    _require_role(role)
    with _engine(database_url).begin() as connection:
        set_role(connection, name, role)
    output.say(f"{name} is now {role} and has to sign in again.")


def _require_role(role: str) -> None:
    if role not in set(Role):
        raise UsageError(one_of("role", role, Role))


def _engine(database_url: str | None) -> Engine:
    engine = make_engine(load_settings(database_url=database_url).database_url)
    require_current(engine)
    return engine


def _password(from_stdin: bool) -> str:
    if from_stdin:
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    if len(password) < SHORTEST_PASSWORD:
        raise UsageError(
            f"The password has {len(password)} characters. Use at least {SHORTEST_PASSWORD}."
        )
    return password
