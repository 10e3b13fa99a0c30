"""Alerts: each thing that needs a person is told once, in one message, and no secret travels with it."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from pytest_httpserver import HTTPServer

from ingest.errors import ConfigError
from ingest.store import alerts, feeds, followups
from ingest.store.database import read, write
from ingest.store.feed_counts import Counts
from ingest.store.overview import overview
from ingest.store.schema import feed, publication
from publish.alerts import conditions, messenger_of, of_findings, tell_new
from publish.alerts.messenger import AlertError, Messenger
from publish.audit.finding import finding
from tests.newswire import GRANTED, NOW, article, partner, sources, take

DAY = timedelta(days=1)
KNOWN = sources(partner("forum", GRANTED))


def _observe(engine: sa.Engine, *keys: str, days: float = 0, scope: str = "store") -> None:
    with write(engine) as connection:
        alerts.observe(connection, scope, {key: f"{key} needs you" for key in keys}, now=NOW + days * DAY)


def _tell(engine: sa.Engine, messengers: list[Messenger], days: float = 0) -> int:
    return tell_new(engine, messengers, newsroom="The Courier", now=NOW + days * DAY)


class Kept:
    """Keeps what it is given; refuses the first `refusals` messages."""

    def __init__(self, refusals: int = 0) -> None:
        self.messages: list[tuple[str, list[str]]] = []
        self._refusals = refusals

    def send(self, subject: str, lines: object) -> None:
        """Keep the message, or refuse it."""
        if self._refusals:
            self._refusals -= 1
            raise AlertError("not now")
        assert isinstance(lines, list)
        self.messages.append((subject, lines))


def test_each_thing_is_told_once_while_it_lasts(engine: sa.Engine) -> None:
    """Looking a hundred times at the same parked feed sends one message."""
    kept = Kept()
    for minute in range(100):
        _observe(engine, "feed-parked:1", days=minute / 1440)
        _tell(engine, [kept])
    assert kept.messages == [("reprint at The Courier: 1 thing needs you", ["feed-parked:1 needs you"])]


def test_many_at_once_are_one_message(engine: sa.Engine) -> None:
    """A bad night is one message that says how much there is, not five hundred."""
    kept = Kept()
    _observe(engine, *(f"page-missing:{n}" for n in range(500)))
    assert _tell(engine, [kept]) == 500
    ((subject, lines),) = kept.messages
    assert subject.endswith("500 things need you")
    assert len(lines) == 41
    assert lines[-1].startswith("and 460 more")


def test_what_flickers_is_not_told_again(engine: sa.Engine) -> None:
    """What is over for an hour and comes back was told; after days it is news again."""
    kept = Kept()
    for days, there in ((0, True), (0.1, False), (0.2, True), (0.3, False), (3, False), (4, True)):
        _observe(engine, *(["disk"] if there else []), days=days)
        _tell(engine, [kept], days)
    assert len(kept.messages) == 2


def test_what_was_not_taken_is_tried_again(engine: sa.Engine) -> None:
    """A mail server that is away costs time, no alert."""
    kept = Kept(refusals=2)
    _observe(engine, "disk")
    assert [_tell(engine, [kept]) for _ in range(4)] == [0, 0, 1, 0]


def test_scopes_do_not_end_each_other(engine: sa.Engine) -> None:
    """The audit's findings stay while the store's state is looked at every minute."""
    _observe(engine, "page-missing:1", scope="audit")
    _observe(engine, "disk", scope="store")
    _observe(engine, scope="store", days=0.5)
    with read(engine) as connection:
        assert [one.key for one in alerts.untold(connection)] == ["audit:page-missing:1"]


def test_what_needs_a_person_is_named_with_what_to_do(engine: sa.Engine) -> None:
    """A parked feed, a flood, entries given up and a full disk are told; a feed that fails for now is not."""
    with write(engine) as connection:
        feeds.add(connection, [("forum", f"https://forum.example/{n}") for n in range(4)], now=NOW)
        connection.execute(feed.update().where(feed.c.id == 1).values(standing="parked", error="404 for days"))
        connection.execute(feed.update().where(feed.c.id == 2).values(failures=2))
        seen, records = overview(connection, now=NOW), feeds.all_records(connection).values()
    counts = {3: Counts(flood=500), 4: Counts(failed=2)}
    found = conditions(seen, records, counts, disk_free=0.01)
    assert found.keys() == {"feed-parked:1", "flood:3", "given-up:4", "disk"}
    assert "404 for days (put it right, then `reprint sources resume`)" in found["feed-parked:1"]
    assert "release-flood" in found["flood:3"]
    assert conditions(seen, [], {}, disk_free=0.5) == {}


def test_originals_that_are_gone_and_stay_out_here_are_told(engine: sa.Engine) -> None:
    """Many gone on one host are one thing, a copy that is gone another; what is not published any more is none."""
    for number in range(5):
        take(engine, article(f"story-{number}", seed=number + 1), "forum", KNOWN)
    with write(engine) as connection:
        out = {"state": "published", "first_published_at": NOW}
        connection.execute(publication.update().where(publication.c.article_id < 5).values(out))
        for id_ in range(1, 6):
            gone = "copy-gone" if id_ == 4 else "many-gone"
            followups.watch(connection, id_, role=followups.Role.PAGE, at=NOW)
            (watched,) = followups.of_article(connection, id_)
            followups.save(connection, replace(watched, host="forum.example", outcome=gone))
        seen, missing = overview(connection, now=NOW), followups.missing(connection)
    found = conditions(seen, [], {}, disk_free=0.5, missing=missing)
    assert found.keys() == {"many-gone:forum.example", "copy-gone:4"}
    assert "forum: 3 articles of ours are gone at forum.example" in found["many-gone:forum.example"]
    assert "reprint articles withdraw" in found["copy-gone:4"]


def test_the_same_finding_has_the_same_key_tomorrow() -> None:
    """Notices are no alerts; another place is another alert."""
    broken = [finding("page-missing", "404", article_id=3, where="/a"), finding("page-missing", "404", where="/b")]
    again = [finding("page-missing", "still 404", article_id=3, where="/a")]
    notice = finding("original-url-unknown", "unknown", article_id=3, where="/a")
    assert len(of_findings([*broken, notice])) == 2
    assert of_findings(again).keys() < of_findings(broken).keys()


def test_a_webhook_gets_json(httpserver: HTTPServer, engine: sa.Engine) -> None:
    """Text for chat programs and the parts for others, in one POST."""
    httpserver.expect_oneshot_request("/hook/s3cret", method="POST").respond_with_data("ok")
    found = messenger_of(
        webhook=httpserver.url_for("/hook/s3cret"), mail_to=None, smtp=None, sender="reprint@x", user_agent="reprint"
    )
    _observe(engine, "disk")
    assert _tell(engine, found) == 1
    request, _response = httpserver.log[0]
    sent = json.loads(request.get_data())
    assert sent["alerts"] == ["disk needs you"]
    assert sent["text"].splitlines() == ["reprint at The Courier: 1 thing needs you", "disk needs you"]


def test_a_webhook_s_address_is_never_shown(httpserver: HTTPServer) -> None:
    """Its path is its key: an error names the host alone."""
    httpserver.expect_request("/hook/s3cret").respond_with_data("no", status=403)
    (hook,) = messenger_of(
        webhook=httpserver.url_for("/hook/s3cret"), mail_to=None, smtp=None, sender="reprint@x", user_agent="reprint"
    )
    with pytest.raises(AlertError, match="answers 403") as caught:
        hook.send("x", [])
    assert "s3cret" not in str(caught.value)


class _Mailbox(socketserver.StreamRequestHandler):
    """Just enough of RFC 5321 to take one message."""

    def handle(self) -> None:
        taken = self.server.taken  # type: ignore[attr-defined]  # the list is the test's
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            if line.upper().startswith(b"DATA"):
                self.wfile.write(b"354 go on\r\n")
                message = b""
                while (part := self.rfile.readline()) != b".\r\n":
                    message += part
                taken.append(message.decode())
            self.wfile.write(b"221 bye\r\n" if line.upper().startswith(b"QUIT") else b"250 ok\r\n")


@pytest.fixture
def mailbox() -> Iterator[tuple[int, list[str]]]:
    """Serve SMTP on a real port; yields it and the messages that came."""
    taken: list[str] = []
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Mailbox) as server:
        server.taken = taken  # type: ignore[attr-defined]  # the handler's way to hand it over
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_address[1], taken
        server.shutdown()
        thread.join()


def test_an_e_mail_arrives(mailbox: tuple[int, list[str]]) -> None:
    """Sent over real SMTP, marked as no person's, and a headline cannot add headers to it."""
    port, taken = mailbox
    (mail,) = messenger_of(
        webhook=None, mail_to="desk@courier.example", smtp=f"smtp://127.0.0.1:{port}", sender="reprint@courier.example",
        user_agent="reprint",
    )  # fmt: skip
    mail.send("needs you\r\nBcc: all@courier.example", ["The feed is parked"])
    (message,) = taken
    assert "Auto-Submitted: auto-generated" in message
    assert "To: desk@courier.example" in message
    assert "\nBcc:" not in message
    assert "The feed is parked" in message


def test_an_address_without_a_server_is_a_mistake_of_configuration() -> None:
    """Alerts that can never arrive are refused at the start, not found missing later."""
    with pytest.raises(ConfigError, match="REPRINT_SMTP_URL"):
        messenger_of(webhook=None, mail_to="desk@courier.example", smtp=None, sender="x", user_agent="reprint")


def test_a_password_is_never_shown() -> None:
    """A mail server that is away is named without its login."""
    (mail,) = messenger_of(
        webhook=None, mail_to="desk@courier.example", smtp="smtp://ed:s3cret@127.0.0.1:9", sender="x", user_agent="x"
    )
    with pytest.raises(AlertError) as caught:
        mail.send("x", [])
    assert "s3cret" not in f"{caught.value}{caught.value.__cause__}{caught.value.__context__!r}"
