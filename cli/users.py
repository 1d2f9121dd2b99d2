"""``users``: who may sign in to the app in server mode."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from cli import output
from cli.options import DatabaseUrl
from core.errors import UsageError, one_of
from dash_app.passwords import hash_password
from dash_app.roles import Role
from db.engine import make_engine
from db.users import add_user, deactivate_user, users
from db.version import require_current
from settings import load_settings

SHORTEST_PASSWORD = 12

commands = typer.Typer(no_args_is_help=True, help="Who may sign in.")


@commands.command()
def add(
    name: Annotated[str, typer.Argument(help="The name to sign in with.")],
    role: Annotated[str, typer.Option(help="viewer, analyst or admin.")] = "viewer",
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input.")
    ] = False,
    database_url: DatabaseUrl = None,
) -> None:
    """Add a user; the password is asked for, never given on the command line."""
    if role not in set(Role):
        raise UsageError(one_of("role", role, Role))
    engine = make_engine(load_settings(database_url=database_url).database_url)
    require_current(engine)
    password = sys.stdin.readline().rstrip("\n") if password_stdin else _ask_password()
    if len(password) < SHORTEST_PASSWORD:
        raise UsageError(
            f"The password has {len(password)} characters. Use at least {SHORTEST_PASSWORD}."
        )
    with engine.begin() as connection:
        add_user(connection, name, role, hash_password(password))
    output.say(f"{name} may now sign in as {role}.")


@commands.command("list")
def list_users(as_json: output.AsJson = False, database_url: DatabaseUrl = None) -> None:
    """List users and their roles."""
    engine = make_engine(load_settings(database_url=database_url).database_url)
    require_current(engine)
    with engine.connect() as connection:
        known = users(connection)
    if as_json:
        output.say_json([{"name": u.name, "role": u.role, "active": u.is_active} for u in known])
    else:
        output.say_table(("Name", "Role", "Active"), [(u.name, u.role, u.is_active) for u in known])


@commands.command()
def remove(name: str, database_url: DatabaseUrl = None) -> None:
    """Deactivate a user and end their sessions; what they did stays in the audit."""
    engine = make_engine(load_settings(database_url=database_url).database_url)
    require_current(engine)
    with engine.begin() as connection:
        deactivate_user(connection, name)
    output.say(f"{name} can no longer sign in.")


def _ask_password() -> str:
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
