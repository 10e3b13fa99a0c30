"""`reprint desk user`: who may use the editors' web page."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.markup import escape

from ingest.errors import ConfigError
from ingest.store.desk_users import Role
from publish import wiring
from publish.commands.invocation import OK, Invocation, command

Name = Annotated[str, typer.Argument(metavar="NAME", help="The name to sign in with, and the ledger's actor.")]
FromStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Take the password's one line from the standard input.")
]


def register(words: typer.Typer) -> None:
    """Add the words to `reprint desk`."""
    users = typer.Typer(help="Who may use the desk.", no_args_is_help=True)
    command(users, "add")(add)
    command(users, "list")(list_)
    command(users, "remove")(remove)
    command(users, "password")(password)
    words.add_typer(users, name="user")


def add(
    invocation: Invocation,
    name: Name,
    role: Annotated[Role, typer.Option(help="editor: reads and acts; auditor: reads only.")] = Role.EDITOR,
    password_stdin: FromStdin = False,
) -> int:
    """Add a user; the password is asked for, and kept as its argon2id hash."""
    from publish.desk.access import add_user

    given = _password(from_stdin=password_stdin)
    with wiring.store(invocation.settings) as engine:
        kept = add_user(engine, name, role, given, actor=wiring.actor(), now=wiring.now())
    invocation.console.json({"user": kept, "role": role.value})
    invocation.console.say(f"{escape(kept)} may sign in as {role.value}.")
    return OK


def list_(invocation: Invocation) -> int:
    """List the users."""
    from publish.desk.access import users

    with wiring.kept_store(invocation.settings) as engine:
        known = users(engine)
    invocation.console.json(
        [{"user": user.name, "role": user.role.value, "since": user.created_at} for user in known]
    )
    cells = [(user.name, user.role.value, user.created_at, user.changed_at) for user in known]
    invocation.console.table("", ("user", "role", "since", "password set"), cells)
    if not known:
        invocation.console.say("Nobody may use the desk yet: reprint desk user add NAME")
    return OK


def remove(invocation: Invocation, name: Name) -> int:
    """Remove a user and end the sessions; what the user did stays in the ledger."""
    from publish.desk.access import remove_user

    with wiring.kept_store(invocation.settings) as engine:
        remove_user(engine, name, actor=wiring.actor(), now=wiring.now())
    invocation.console.json({"user": name, "removed": True})
    invocation.console.say(f"{escape(name)} may no longer sign in.")
    return OK


def password(invocation: Invocation, name: Name, password_stdin: FromStdin = False) -> int:
    """Set a user's password, and end the sessions."""
    from publish.desk.access import set_password

    given = _password(from_stdin=password_stdin)
    with wiring.kept_store(invocation.settings) as engine:
        ended = set_password(engine, name, given, actor=wiring.actor(), now=wiring.now())
    invocation.console.json({"user": name, "ended": ended})
    invocation.console.say(f"The password of {escape(name)} is set; sessions ended: {ended}.")
    return OK


def _password(*, from_stdin: bool) -> str:
    """Return a password that no process list and no shell's history shows."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise ConfigError(
            "a password is asked for on a terminal only",
            where="desk user",
            next_step="give --password-stdin, and the password on the standard input",
        )
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
