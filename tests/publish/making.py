"""Publications to test with, every text our own, and readers that judge the pages made of them."""

from __future__ import annotations

import html
import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

from ingest.article import Article, Byline, Origin, Person
from ingest.attribution import AttributedArticle, Credit
from ingest.body import Body, Emphasis, Heading, Link, Paragraph, Text
from ingest.rights import Decision, Verdict
from ingest.sources import Site
from ingest.terms import Basis, Grant, Mode, Position, SearchPolicy, Terms
from publish.publication import Publication

SITE = Site(
    name="The Aldous Courier", url="https://courier.example/news/", description="With credit where it is owed"
)
PUBLISHED = datetime(2026, 11, 20, 9, 15, tzinfo=UTC)
ORIGINAL = datetime(2026, 11, 18, 6, 30, tzinfo=UTC)

#: What an attacker puts into a feed; each must come out as words, or not at all.
VECTORS = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title><svg/onload=alert(1)>",
    "<!--<script>",
    "]]><script>alert(1)</script>",
    "{{ 7 * 7 }}{% for x in () %}",
    "&lt;script&gt;&#60;img&#62;",
    "java\x00script:alert(1)",
    "\u202egnp.exe\u2028\u2029",
    "\ud800\x01\x0b\ufffe",
    "%0d%0aSet-Cookie:x=1",
    "<iframe srcdoc='<script>1</script>'>",
    "<style>*{display:none}</style>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
)
#: Addresses that must never become links.
BAD_LINKS = (
    "javascript:alert(1)",
    " JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "java\x00script:alert(1)",
    "data:text/html,<script>1</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//evil.example/",
    "/relative",
    "https:/\\evil.example",
    "http://[::1",
    "",
)


def paragraph(text: str) -> Paragraph:
    """Return a paragraph of plain text."""
    return Paragraph(children=(Text(text=text),))


BODY = Body(
    blocks=(
        paragraph("The harbour at low water smells of diesel and kelp. The first boat goes out at four."),
        Heading(level=3, children=(Text(text="A line on a chart"),)),
        Paragraph(
            children=(
                Text(text="The line moved "),
                Emphasis(children=(Text(text="eleven"),)),
                Text(text=" miles, says "),
                Link(href="https://example.org/note", children=(Text(text="the note"),)),
                Text(text="."),
            )
        ),
        paragraph("Third paragraph of the story."),
        paragraph("Fourth paragraph of the story."),
    )
)


def credit(text: str = "This article first stood in Pacific Forum.", **changes: Any) -> Credit:
    """Return a credit whose HTML says what its text says."""
    values = {"text": text, "html": html.escape(text), "position": Position.TOP, "byline": ("Jane Doe",), **changes}
    return Credit(**values)


def article(**changes: Any) -> Article:
    """Return an article, with changes."""
    values = {
        "url": "https://pacforum.example/2026/11/line",
        "canonical_url": "https://pacforum.example/2026/11/line",
        "headline": "A line on a chart moved eleven miles",
        "standfirst": "The ministry says it asked everyone.",
        "byline": Byline(people=(Person(name="Jane Doe", affiliation="Delta University", role="professor"),)),
        "dateline": "HONOLULU",
        "published_at": ORIGINAL,
        "language": "en",
        "body": BODY,
        **changes,
    }
    return Article(**values)


def origin(**changes: Any) -> Origin:
    """Return an origin, with changes."""
    values = {
        "name": "Pacific Forum",
        "key": "pacific-forum",
        "url": "https://pacforum.example/2026/11/line",
        "evidence": "delivered by its own feed",
        "own": True,
        **changes,
    }
    return Origin(**values)


def publication(
    number: int = 1,
    *,
    slug: str | None = None,
    mode: Mode = Mode.FULL,
    position: Position = Position.TOP,
    search: SearchPolicy = SearchPolicy.CANONICAL,
    terms: dict[str, Any] | None = None,
    article_: Article | None = None,
    origin_: Origin | None = None,
    credit_: Credit | None = None,
    partner: str = "pacific-forum",
    partner_name: str = "Pacific Forum",
    published_at: datetime = PUBLISHED,
    updated_at: datetime | None = None,
) -> Publication:
    """Return a publication that is allowed and attributed."""
    rules = Terms(
        grant=Grant(basis=Basis.GRANT, grantor="X", evidence="x"), mode=mode, search=search, **(terms or {})
    )
    return Publication(
        work_id=number,
        slug=slug or f"story-{number}",
        attributed=AttributedArticle(
            article=article_ or article(),
            partner=partner,
            partner_name=partner_name,
            origin=origin_ or origin(),
            terms=rules,
            decision=Decision(verdict=Verdict.PUBLISH, mode=mode),
            credit=credit_ or credit(position=position),
        ),
        published_at=published_at,
        updated_at=updated_at or published_at,
    )


def with_credit(found: Publication, **changes: Any) -> Publication:
    """Return the publication with its credit changed."""
    attributed = found.attributed
    return replace(found, attributed=replace(attributed, credit=replace(attributed.credit, **changes)))


_VOID = frozenset({"meta", "link", "img", "br", "hr", "input", "source", "wbr", "col", "area", "base", "embed"})


@dataclass(kw_only=True)
class PageReading:
    """What a strict reader found on a page."""

    tags: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    #: Addresses that a browser loads without being asked.
    loads: list[str] = field(default_factory=list)
    #: Names of event handler attributes and inline styles.
    handlers: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    metas: list[dict[str, str | None]] = field(default_factory=list)
    canonicals: list[str] = field(default_factory=list)
    text: str = ""

    @property
    def json_ld(self) -> Any:
        """The page's one JSON-LD object."""
        (script,) = self.scripts
        return json.loads(script)

    @property
    def policies(self) -> list[str]:
        """Every word to search engines on the page."""
        named = {"robots", "googlebot-news", "googlebot"}
        metas = [f"{meta['name']}={meta.get('content')}" for meta in self.metas if meta.get("name") in named]
        return metas + [f"canonical={link}" for link in self.canonicals]


class _Strict(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = PageReading()
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        assert len(attributes) == len(attrs), f"an attribute twice on {tag}"
        if tag not in _VOID:
            self._open.append(tag)
        self.found.tags.append(tag)
        self.found.handlers += [name for name in attributes if name.startswith("on") or name == "style"]
        self._note(tag, attributes)

    def _note(self, tag: str, attributes: dict[str, str | None]) -> None:
        found = self.found
        if "id" in attributes:
            found.ids.append(attributes["id"] or "")
        if tag == "a":
            found.links.append(attributes.get("href") or "")
        if tag == "meta":
            found.metas.append(attributes)
        if tag == "link":
            href = attributes.get("href") or ""
            found.canonicals += [href] if attributes.get("rel") == "canonical" else []
            found.loads += [href] if attributes.get("rel") in {"stylesheet", "icon", "preload"} else []
        elif attributes.get("src"):
            found.loads.append(attributes["src"] or "")

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        opened = self._open.pop()
        assert opened == tag, f"</{tag}> closes <{opened}>"

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "script":
            self.found.scripts.append(data)
        elif not self._open or self._open[-1] != "style":
            self.found.text += data

    def close(self) -> None:
        super().close()
        assert self._open == [], f"left open: {self._open}"


def read_page(page: str) -> PageReading:
    """Read HTML strictly: every element closed in order, no attribute twice; whitespace in `text` is made single."""
    reader = _Strict()
    reader.feed(page)
    reader.close()
    reader.found.text = " ".join(reader.found.text.split())
    return reader.found


def words(text: str) -> str:
    """Return the text as it reads on a page: single blanks."""
    return " ".join(text.split())
