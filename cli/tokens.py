"""``tokens``: which programs may ask the HTTP API in server mode."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from cli import output
from cli.batch import database
from cli.options import DatabaseUrl, parse_day
from core.readmodels import ApiToken
from dash_app.tokens import hash_token, new_token
from db.clock import database_now
from db.tokens import add_token, revoke_token, tokens
from settings import load_settings

commands = typer.Typer(no_args_is_help=True, help="Which programs may ask the API.")


@commands.command()
def add(
    name: Annotated[str, typer.Argument(help="The program that will use it.")],
    role: Annotated[str, typer.Option(help="viewer, analyst or admin.")] = "viewer",
    last_day: Annotated[
        Optional[str],  # noqa: UP045  (Typer reads this at run time)
        typer.Option("--last-day", help="YYYY-MM-DD; default: good until it is revoked."),
    ] = None,
    as_json: output.AsJson = False,
    database_url: DatabaseUrl = None,
) -> None:
    """Make a token for a program. It is shown once: only its hash is kept."""
    until = parse_day(last_day, option="--last-day")
    token = new_token()
    with database(load_settings(database_url=database_url)) as engine, engine.begin() as connection:
        add_token(connection, name, role, hash_token(token), last_day=until)
    if as_json:
        output.say_json({"name": name.strip().lower(), "role": role, "token": token})
        return
    output.say(f"{name} may now ask the API as {role}. Its token, which is shown only once:")
    output.say(token)


@commands.command("list")
def list_tokens(as_json: output.AsJson = False, database_url: DatabaseUrl = None) -> None:
    """List tokens by name, with their roles and whether they are good."""
    with (
        database(load_settings(database_url=database_url)) as engine,
        engine.connect() as connection,
    ):
        known, today = tokens(connection), database_now(connection).date()

    def state(one: ApiToken) -> str:
        if one.revoked_at is not None:
            return "revoked"
        return "over" if one.last_day is not None and one.last_day < today else "good"

    if as_json:
        output.say_json(
            [
                {"name": t.name, "role": t.role, "last_day": t.last_day, "state": state(t)}
                for t in known
            ]
        )
        return
    rows = [(t.name, t.role, t.created_at.date(), t.last_day or "", state(t)) for t in known]
    output.say_table(("Name", "Role", "Made", "Last day", "State"), rows)


@commands.command()
def revoke(name: str, database_url: DatabaseUrl = None) -> None:
    """Let a program in no more, from its next request on; what it did stays in the audit."""
    with database(load_settings(database_url=database_url)) as engine, engine.begin() as connection:
        revoke_token(connection, name)
    output.say(f"The token {name} opens nothing any more.")
