"""The command line as a whole: its commands, and how mistakes end."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import typer
from typer.exceptions import TyperException

from cli import (
    database,
    datasets,
    demo,
    doctor,
    export,
    glossary,
    output,
    score,
    serve,
    sources,
    tokens,
    users,
)
from core.errors import ClienteleError

NOT_UNDERSTOOD = 64  # EX_USAGE
SOFTWARE_FAULT = 70  # EX_SOFTWARE
INTERRUPTED = 130
TRACEBACK = "--traceback"


def make_cli() -> typer.Typer:
    """Return the command line with every command registered."""
    cli = typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        help="Clientele: customer segments that can be understood, trusted and compared.",
    )
    cli.add_typer(database.commands, name="db")
    cli.add_typer(users.commands, name="users")
    cli.add_typer(tokens.commands, name="tokens")
    cli.add_typer(sources.commands, name="sources")
    cli.add_typer(glossary.commands, name="glossary")
    cli.add_typer(export.commands, name="export")
    for module in (datasets, demo, score, serve, doctor):
        module.register(cli)
    return cli


def run(arguments: Sequence[str]) -> int:
    """Run one command; return its sysexits code. A mistake is one sentence, never a traceback."""
    warnings.simplefilter("ignore")  # libraries' hints to programmers are not for this reader
    command = typer.main.get_command(make_cli())
    try:
        given = [argument for argument in arguments if argument != TRACEBACK]
        code = command.main(args=given, prog_name="manage.py", standalone_mode=False)
    except ClienteleError as error:
        output.say_error(str(error))
        return error.exit_code
    except TyperException as error:
        output.say_error(error.format_message() or "Add --help for the list of commands.")
        return NOT_UNDERSTOOD
    except (typer.Abort, KeyboardInterrupt):
        output.say_error("Stopped; nothing that was not already committed has been written.")
        return INTERRUPTED
    except Exception as fault:
        if TRACEBACK in arguments:
            raise
        output.say_error(
            f"An unexpected fault stopped the command ({type(fault).__name__}: {fault}). Run it "
            f"again with {TRACEBACK} at the end and report what it prints."
        )
        return SOFTWARE_FAULT
    return code if isinstance(code, int) else 0
