"""What WordPress answers, said in plain words: what is wrong, and what to do (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from ingest.errors import PublishError
from ingest.fetch import Reply
from ingest.printable import one_line

_LOGIN: Final = (
    "WordPress does not know the user or the application password",
    "make a new application password under Users > Profile, and put it into the variable that password_env names",
)
NO_PLUGIN: Final = (
    "the reprint plugin is missing",
    "write it with `reprint targets plugin --out DIR`, put it into wp-content/plugins and activate it",
)
#: By the REST API's own code (wp-includes/user.php, rest-api.php).
_CODES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "incorrect_password": _LOGIN,
        "invalid_username": _LOGIN,
        "invalid_email": _LOGIN,
        "application_passwords_disabled": (
            "application passwords are disabled there",
            "they need https (or WP_ENVIRONMENT_TYPE=local), and no security plugin that turns them off",
        ),
        "application_passwords_disabled_for_user": (
            "application passwords are disabled for this user",
            "a security plugin turns them off; allow them for the user who publishes",
        ),
        "rest_not_logged_in": (
            "WordPress takes no notice of the password",
            "see that the site answers over https, and that its server hands the Authorization header on to PHP",
        ),
        "reprint_no_header": (
            "the password does not reach WordPress",
            "let its web server hand the Authorization header on to PHP (Apache: CGIPassAuth On)",
        ),
        "rest_no_route": NO_PLUGIN,
        "reprint_busy": ("another request creates this very post", "it is tried again by itself"),
    }
)
_ROLE: Final = ("the user's role is too weak", "make the user an editor, under Users in WordPress")


class NoPasswordError(PublishError):
    """The variable that holds the password is not set, so that nobody was asked."""


def refused(reply: Reply, *, doing: str) -> PublishError:
    """Return our error for an answer that is no success; `doing` is what was asked, such as "create the post"."""
    code, message = told(reply)
    if code in _CODES:
        what, step = _CODES[code]
    elif code == "rest_forbidden" and reply.status == 401:
        what, step = _CODES["rest_not_logged_in"]
    elif reply.status in {401, 403} and code.startswith("rest_"):
        what, step = _ROLE
    elif not code:
        what, step = _no_rest(reply)
    else:
        what, step = f"WordPress answers {reply.status}", "read its message; it is tried again later"
    said = f": “{one_line(message)[:200]}”" if message else ""
    return PublishError(f"cannot {doing}: {what}{said}", where=place(reply), next_step=step)


def _no_rest(reply: Reply) -> tuple[str, str]:
    if reply.status >= 500:
        return f"the server answers {reply.status}", "look into its error log; it is tried again later"
    if 300 <= reply.status < 400:
        return (
            f"the address leads elsewhere, to {reply.headers.get('location', 'nowhere')[:200]}",
            "write that site's address as the target's url",
        )
    return (
        f"the server answers {reply.status}, and not as WordPress's REST API does",
        "run `reprint targets check`",
    )


def told(reply: Reply) -> tuple[str, str]:
    """Return the code and the message of a REST error; empty where the answer is none."""
    try:
        answer: Any = reply.json()
    except ValueError:
        return "", ""
    if not isinstance(answer, dict):
        return "", ""
    return str(answer.get("code") or ""), str(answer.get("message") or "")


def place(reply: Reply) -> str:
    """Return the address that answered, without its query."""
    return reply.url.partition("?")[0]
