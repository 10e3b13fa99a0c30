"""A newsroom whose partners are hostile: every vector in every field, by the real pipeline into store and site."""

from __future__ import annotations

import contextlib
import io
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from html import escape
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import sqlalchemy as sa
from PIL import Image

from ingest.errors import ConfigError
from ingest.keeping import Keeping
from ingest.ruling import give_ruling
from ingest.sources import load_sources
from ingest.store.database import open_store, read
from ingest.store.rulings import Ruling
from ingest.store.schema import standing
from tests.newsroom import Newsroom
from tests.partner import prose
from tests.publish.desk.vectors import ADDRESSES, BREAKS, EVERYWHERE, TAGS

#: Vectors in one field of one article.
_FEED_PACK, _PAGE_PACK = 7, 13
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass
class Partner:
    """What it serves; a second edition has other words and a notice of correction."""

    base: str = ""
    edition: int = 1

    def answer(self, path: str) -> tuple[int, str, bytes, dict[str, str]]:
        """Return status, type, body and further headers for a path."""
        if path == "/rss.xml":
            return 200, "application/rss+xml", self._rss().encode(), {}
        if path == "/feed.json":
            return 200, "application/feed+json", self._json().encode(), {}
        if path.startswith("/moved"):
            return 302, "text/html", b"", {"location": "javascript:fired(9001)"}
        if path.startswith("/broken"):
            return 200, "text/html", f"<title>{TAGS[0]}</title><p>{TAGS[23]}".encode(), {}
        if path.endswith(".png"):
            return 200, "image/png", _picture(), {}
        if found := re.fullmatch(r"/page/([0-9]+)", path):
            return 200, "text/html; charset=utf-8", self._page(int(found[1])).encode(errors="replace"), {}
        return 404, "text/plain", TAGS[0].encode(), {}

    def _rss(self) -> str:
        items = "".join(_item(self, n, some) for n, some in enumerate(_packs(_FEED_PACK)))
        title = escape(" ".join(TAGS[:3]))
        return (
            '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
            'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
            'xmlns:media="http://search.yahoo.com/mrss/"><channel>'
            f"<title>{title}</title><link>{self.base}</link><description>{title}</description>{items}</channel></rss>"
        )

    def _json(self) -> str:
        items = [
            {
                "id": f"{self.base}page/{n} {some[0]}",
                "url": f"{self.base}page/{n}",
                "title": " ".join(some),
                "summary": " ".join(some),
                "authors": [{"name": one, "url": address} for one, address in zip(some, _addresses(n), strict=False)],
                "tags": list(some),
                "image": _addresses(n)[0],
                "banner_image": _addresses(n)[1],
                "external_url": _addresses(n)[2],
                "date_published": "2026-11-20T08:00:00Z",
                "content_html": _body(n, some, self),
            }
            for n, some in enumerate(_packs(_PAGE_PACK))
        ]
        return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": TAGS[1], "items": items})

    def _page(self, n: int) -> str:
        some = _packs(_PAGE_PACK)[n]
        text, quoted = escape(" ".join(some)), escape(some[0])
        linked = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": " ".join(some),
            "author": [{"@type": "Person", "name": one, "url": ADDRESSES[n % len(ADDRESSES)]} for one in some],
            "image": ADDRESSES[(n + 5) % len(ADDRESSES)],
        }
        ld = json.dumps(linked).replace("</", "<\\/").replace("<!--", "<\\u0021--")
        return (
            f'<!doctype html><title>{text}</title><meta name=author content="{quoted}">'
            f'<meta property="og:title" content="{text}"><meta property="og:description" content="{text}">'
            f'<meta property="og:image" content="{self.base}p.png">'
            f'<link rel=canonical href="{self.base}page/{n}"><script type="application/ld+json">{ld}</script>'
            f'<article><h1>{text}</h1><p class="byline">By <a rel=author href="{_addresses(n)[0]}">{quoted}</a></p>'
            f"{_body(n, some, self)}</article>"
        )


def _packs(size: int) -> list[tuple[str, ...]]:
    return [EVERYWHERE[start : start + size] for start in range(0, len(EVERYWHERE), size)]


def _addresses(n: int) -> list[str]:
    return [escape(ADDRESSES[(n * 3 + k) % len(ADDRESSES)]) for k in range(3)]


def _item(partner: Partner, n: int, some: Sequence[str]) -> str:
    # A headline may be HTML: once escaped its tags are gone, twice escaped they are its words.
    text = escape(" ".join(some)) if n % 2 else escape(escape(" ".join(some)))
    creators = "".join(f"<dc:creator>{escape(one)}</dc:creator><category>{escape(one)}</category>" for one in some)
    edition = f" edition {partner.edition}" if partner.edition > 1 else ""
    one, two, _three = _addresses(n)
    made = (
        f"<item><title>{text}{edition}</title><link>{partner.base}feed/{n}</link>{creators}"
        f"<guid isPermaLink='false'>{n} {text}</guid><author>{escape(some[0])} (x@y.example)</author>"
        f"<description>{escape(text)}</description>"
        f"{'' if n % 4 else f'<source url={chr(39)}{escape(one)}{chr(39)}>{escape(some[-1])}</source>'}"
        f"<comments>{escape(two)}</comments><pubDate>Fri, 20 Nov 2026 08:00:00 GMT</pubDate>"
        f"<media:content url='{partner.base}p{n}.png' medium='image' width='640' height='400'>"
        f"<media:title>{text}</media:title><media:description>{text}</media:description>"
        f"<media:credit>{escape(some[0])}</media:credit></media:content>"
        f"<content:encoded>{escape(_body(n, some, partner))}</content:encoded></item>"
    )
    return _NO_XML.sub("", made)


def _body(n: int, some: Sequence[str], partner: Partner) -> str:
    """Return a body with the vectors as words in each kind of block, in attributes, and as they are."""
    words = [escape(one) for one in some]
    paragraphs = "".join(
        f"<p>{line} {words[k % len(words)]}</p>"
        for k, line in enumerate(prose(f"{len(some)} topic {n}", paragraphs=9))
    )
    notice = f"<p>Correction: an earlier version named {words[0]} wrongly. {words[-1]}</p>"
    links = "".join(f'<p>It says <a href="{one}">{words[0]}</a> there.</p>' for one in _addresses(n))
    return (
        f"<p><em>By {words[0]}, {words[-1]} correspondent</em></p>{paragraphs}{links}"
        f'<figure><img src="{partner.base}p{n}.png" alt="{words[0]}" title="{words[-1]}" width=640 height=400>'
        f"<figcaption>{words[0]} <span class=credit>Photo: {words[-1]}</span></figcaption></figure>"
        f'<figure><img src="{_addresses(n)[1]}" alt="{words[0]}"><figcaption>{words[0]}</figcaption></figure>'
        f'<h2>{words[0]}</h2><ul><li>{words[-1]}</li></ul><blockquote cite="{_addresses(n)[2]}">{words[0]}</blockquote>'
        f"<pre><code>{words[0]}</code></pre><table><tr><th>{words[0]}</th><td>{words[-1]}</td></tr></table>"
        f"{notice if partner.edition > 1 else ''}<p>{prose(f'end {n} {partner.edition}')[0]}</p>"
        f"{_origin(n, words[0])}"
        f"<p><em>{words[0]} is a reporter at {words[-1]}.</em></p>{''.join(some)}"
    )


def _origin(n: int, name: str) -> str:
    """Return the claim of another origin, for some: such a piece is held for ever."""
    return "" if n % 4 else f"<p>This article, originally published by {name}, is republished with permission.</p>"


def _picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (640, 400), (90, 120, 140)).save(made, "PNG")
    return made.getvalue()


@contextmanager
def partner_server() -> Iterator[Partner]:
    """Serve a hostile partner on loopback."""
    partner = Partner()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, kind, body, headers = partner.answer(self.path.partition("?")[0])
            self.send_response(status)
            for name, value in {"content-type": kind, "content-length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    with _serving(Handler) as base:
        partner.base = base
        yield partner


@contextmanager
def site_server(folder: Path) -> Iterator[str]:
    """Serve a published site's folder as any static host does; yield its base URL."""

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    with _serving(partial(Handler, directory=str(folder))) as base:
        yield base


class _Server(ThreadingHTTPServer):
    def handle_error(self, _request: object, _address: object) -> None:
        """Let a browser hang up."""


@contextmanager
def _serving(handler: Any) -> Iterator[str]:
    with _Server(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def write_sources(folder: Path, base: str) -> None:
    """Name the partner twice: with a permission for its feed, and without one for its pages."""
    name = f"{BREAKS[2]} Forum"
    granted = {
        "grant": {"basis": "grant", "grantor": f"J. Doe {TAGS[23]}", "evidence": f"https://forum.example/?{TAGS[0]}"},
        "mode": "full",
        "edits": "any",
        "images": "all",
        "credit": {"template": f"First published by {{origin}}. {TAGS[23]}"},
    }
    sources = {
        "site": {"name": f"The Courier {TAGS[0]}", "url": "https://courier.example/", "language": "en"},
        "partners": {
            "forum": {
                "name": name,
                "url": base,
                "delay_seconds": 0,
                "feeds": [{"url": f"{base}rss.xml", "flood": 1000, "full_text": True}],
                "terms": granted,
            },
            "stranger": {
                "name": f"{TAGS[33]} Stranger",
                "url": "http://stranger.example/",
                "delay_seconds": 0,
                "feeds": [
                    {"url": f"{base}feed.json", "flood": 1000},
                    {"url": f"{base}moved?%22%3E%3Cscript%3Efired(9004)%3C/script%3E"},
                    {"url": f"{base}broken?a='%22onclick=fired(9005)"},
                ],
                "terms": {"grant": {"basis": "none"}},
            },
        },
    }
    (folder / "sources.yaml").write_text(json.dumps(sources), encoding="utf-8")


def fill(newsroom: Newsroom, partner: Partner) -> None:
    """Take in both editions, publish them, and do what editors do, with vectors for their reasons."""
    newsroom.run("ingest")
    release_held(newsroom)
    newsroom.run("publish")
    partner.edition = 2
    newsroom.ingest_and_publish()
    published = newsroom.json("articles", "list")
    newsroom.run("articles", "withdraw", str(published[0]["id"]), "--reason", TAGS[23], "--notice", TAGS[0])
    newsroom.run("publish")


def release_held(newsroom: Newsroom) -> None:
    """Let all pass that a person may let pass: so that doubtful names and origins are published too."""
    now = datetime.now(UTC)
    sources = load_sources(newsroom.folder / "sources.yaml")
    keeping = Keeping(now=now, actor=TAGS[23], targets=("site",), partners=sources.keys)
    engine = open_store(newsroom.environment["REPRINT_DATABASE_URL"])
    with read(engine) as connection:
        held = (
            connection.execute(sa.select(standing.c.article_id).where(standing.c.verdict == "hold")).scalars().all()
        )
    for n, article_id in enumerate(held):
        with contextlib.suppress(ConfigError):
            reason = EVERYWHERE[n % len(EVERYWHERE)]
            give_ruling(engine, article_id, Ruling.RELEASED, reason=reason, sources=sources, keeping=keeping)
    engine.dispose()
