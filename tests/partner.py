"""One partner's site on loopback that changes as a test says: an Atom feed, article pages with validators, errors."""

from __future__ import annotations

import hashlib
import random
import re
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from tests.newsroom import Newsroom

START = datetime(2026, 11, 20, 8, tzinfo=UTC)


_WORDS = (  # noqa: SIM905 - a line of words reads better than a column
    "harbour ledger keeper lantern cable reef chart minister ferry dredge basin crew berth salt current delta old low "
    "quiet early narrow honest bitter counted carried promised mended followed crossed opened without before against "
    "under beside toward the a their every another few and but while because winter market letter bridge garden stone"
).split()


def prose(topic: str, *, paragraphs: int = 6) -> list[str]:
    """Return paragraphs of their own words for each topic; each says when, and for which time."""
    dice = random.Random(topic)
    return [
        f"The clerk of the {topic} met the board on Monday for the {n}th time. "
        f"The {topic} {' '.join(dice.choices(_WORDS, k=14))}. Nobody {' '.join(dice.choices(_WORDS, k=14))}."
        for n in range(4, 4 + paragraphs)
    ]


@dataclass
class Piece:
    """One article at the partner's."""

    headline: str
    paragraphs: list[str]
    guid: str
    #: As its page says; None: it does not say.
    modified: datetime | None = None
    #: 200, or what its address answers now.
    status: int = 200
    listed: bool = True
    canonical: str = ""


@dataclass
class Site:
    """What the partner serves; change it and it is served so."""

    base: str
    pieces: dict[str, Piece] = field(default_factory=dict)
    #: Further elements of the feed, such as tombstones.
    extra: str = ""
    #: Everything answers so, where it is set.
    broken: int | None = None
    #: Path and status of each answer.
    answers: list[tuple[str, int]] = field(default_factory=list)

    def answer(self, request: Request) -> Response:
        """Answer as the site now stands."""
        response = self._answer(request)
        self.answers.append((request.path, response.status_code))
        return response

    def _answer(self, request: Request) -> Response:
        if self.broken is not None:
            return Response("down", status=self.broken)
        if request.path == "/robots.txt":
            return Response("", status=404)
        if request.path == "/feed.xml":
            return _validated(request, self.feed(), "application/atom+xml")
        if request.path == "/":
            return Response("<html><body>Welcome</body></html>", content_type="text/html")
        piece = self.pieces.get(request.path)
        if piece is None or piece.status != 200:
            return Response("gone", status=piece.status if piece else 404)
        return _validated(request, self.page(request.path, piece), "text/html; charset=utf-8")

    def feed(self) -> str:
        """Return the feed as it now is."""
        entries = "".join(
            f"<entry><title>{escape(p.headline)}</title><id>{escape(p.guid)}</id>"
            f'<link href="{self.base}{path}"/><updated>2026-11-20T08:00:00Z</updated>'
            f"<published>2026-11-20T08:00:00Z</published><author><name>Jane Roe</name></author></entry>"
            for path, p in self.pieces.items()
            if p.listed
        )
        return (
            '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" '
            'xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>Forum</title><id>urn:forum</id>'
            f"<updated>2026-11-20T08:00:00Z</updated>{entries}{self.extra}</feed>"
        )

    def page(self, path: str, piece: Piece) -> str:
        """Return an article's page, with an advertisement that is another one each time."""
        body = "".join(f"<p>{escape(text)}</p>" for text in piece.paragraphs)
        modified = (
            f'<meta property="article:modified_time" content="{piece.modified.isoformat()}">'
            if piece.modified
            else ""
        )
        return (
            f"<!doctype html><html lang=en><head><title>{escape(piece.headline)}</title>{modified}"
            f'<link rel="canonical" href="{self.base}{piece.canonical or path}">'
            '<meta property="article:published_time" content="2026-11-20T08:00:00+00:00"></head>'
            f'<body><main><article><h1>{escape(piece.headline)}</h1><p class="byline">By Jane Roe</p>{body}'
            "</article></main></body></html>"
        )


def _validated(request: Request, text: str, kind: str) -> Response:
    tag = hashlib.sha256(text.encode()).hexdigest()[:16]
    if request.headers.get("If-None-Match") == f'"{tag}"':
        return Response(status=304, headers={"ETag": f'"{tag}"'})
    return Response(text, content_type=kind, headers={"ETag": f'"{tag}"'})


def serve(server: HTTPServer) -> Site:
    """Serve a site at the server's own address and return it, to be changed."""
    site = Site(base=server.url_for("").rstrip("/"))
    server.expect_request(re.compile(".*")).respond_with_handler(site.answer)
    return site


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A newsroom, and a clock that is moved on by hand."""

    newsroom: Newsroom

    def start(self, *words: str, after: timedelta = timedelta()) -> subprocess.Popen[str]:
        """Start the real command so long after the start."""
        # What waits was put there some seconds after the command before began.
        later = timedelta(minutes=1) if words[0] == "publish" else timedelta()
        moment = (START + after + later).isoformat()
        return subprocess.Popen(
            [sys.executable, "-m", "tests.at_time", moment, *words],
            env=self.newsroom.environment | {"REPRINT_ACTOR": "Ann Editor"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: str, after: timedelta = timedelta()) -> subprocess.CompletedProcess[str]:
        """Run the real command to its end, so long after the start, and return what it said."""
        with self.start(*words, after=after) as process:
            out, err = process.communicate(timeout=120)
        return subprocess.CompletedProcess(words, process.returncode, out, err)

    def page(self, slug: str) -> str:
        """Return a published page."""
        return (self.newsroom.folder / "site" / "articles" / f"{slug}.html").read_text(encoding="utf-8")

    def file(self, name: str) -> str:
        """Return a file of the published site."""
        return (self.newsroom.folder / "site" / name).read_text(encoding="utf-8")


def newsroom(folder: Path, *partners: tuple[str, str], terms: str = "") -> Newsroom:
    """Make a newsroom that takes from partners, each a key and a base URL, all under the same terms."""
    entries = "".join(
        f"  {key}:\n    name: {key.title()}\n    url: {base}/\n    feeds: [{{url: {base}/feed.xml}}]\n"
        "    terms:\n      grant: {basis: grant, grantor: J. Doe, evidence: https://forum.example/letter}\n"
        f"      mode: full\n{terms}"
        for key, base in partners
    )
    text = f"site: {{name: The Courier, url: https://courier.example/}}\npartners:\n{entries}"
    (folder / "sources.yaml").write_text(text, encoding="utf-8")
    return Newsroom(folder=folder, bases=dict(partners))
