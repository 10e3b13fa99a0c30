"""A page and its feed entry to one Article: parse, read the metadata, read the body, sign off, doubt (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from ingest.article import Article, Evidence, Source
from ingest.body import Body, Paragraph
from ingest.errors import NoArticleError
from ingest.extract.doubts import find_doubts
from ingest.extract.inline import web_url
from ingest.extract.known import Known
from ingest.extract.lines import flat
from ingest.extract.metadata import Metadata, dateline_of, read_metadata
from ingest.extract.page import Page
from ingest.extract.reading import read_pieces
from ingest.extract.signoff import SignedOff, sign_off
from ingest.extract.tree import Element, parse
from ingest.extract.witness import Witness, witnesses
from ingest.feed import Entry
from ingest.origin import entry_claims


def extract_article(page: Page, *, entry: Entry | None = None) -> Article:
    """Return the article that a page holds.

    Takes the page as fetched, or a full-text entry's content as its page (`entry_page`), and what its feed says.
    Raises ExtractError for a page that is too large or too deep to read, NoArticleError where nothing reads like an
    article. What is unsure is no error but a doubt on the article.
    """
    tree = parse(page)
    base = _base(tree, page.url)
    meta = read_metadata(tree, url=page.url, entry=entry)
    seen = witnesses(meta.json_ld, None if page.fragment else entry)
    pieces = read_pieces(tree, base=base, known=_known(meta, page.url), seen=seen, fragment=page.fragment)
    signed = sign_off(pieces, meta.byline)
    if not meta.headline and not any(piece.kept for piece in signed.pieces):
        raise NoArticleError(
            "nothing on the page reads like an article",
            where=page.url,
            next_step="open it in a browser; if scripts fill it in, take a full-text feed",
        )
    return _article(page, entry, meta, signed, seen)


def _article(page: Page, entry: Entry | None, meta: Metadata, signed: SignedOff, seen: Sequence[Witness]) -> Article:
    body = Body(blocks=tuple(piece.block for piece in signed.pieces if piece.kept and piece.block is not None))
    standfirst = _standfirst(meta.standfirst, body)
    return Article(
        url=page.url,
        canonical_url=meta.canonical_url,
        guid=entry.guid if entry else None,
        headline=meta.headline,
        standfirst=standfirst,
        byline=signed.byline,
        dateline=meta.dateline or _dateline(body),
        published_at=meta.published_at,
        modified_at=meta.modified_at,
        language=meta.language,
        body=body,
        image=meta.image,
        labels=meta.labels,
        claims=(*signed.claims, *meta.claims, *(entry_claims(entry) if entry else ())),
        inherited_credit=signed.inherited_credit,
        bio=signed.bio,
        blocks=tuple(piece.record() for piece in signed.pieces),
        evidence=(*meta.evidence, *_bio_evidence(signed, meta)),
        doubts=find_doubts(
            signed.pieces, headline=meta.headline, byline=signed.byline, seen=seen, json_ld=meta.json_ld
        ),
    )


def _base(tree: Element, url: str) -> str:
    stated = next((b.get("href") for b in tree.iter("base") if b.get("href")), None)
    return web_url(stated, base=url) or url


def _known(meta: Metadata, url: str) -> Known:
    return Known(
        headlines=(meta.headline, *meta.headline_variants.values()),
        standfirst=meta.standfirst,
        names=meta.byline.names,
        byline=meta.byline.raw,
        host=_host(url),
    )


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _standfirst(standfirst: str | None, body: Body) -> str | None:
    """Return the standfirst unless it only repeats, or cuts short, the body's first paragraphs."""
    words = flat(standfirst)
    opening = " ".join(flat(_words(block)) for block in body.blocks[:4])
    return None if not words or words in opening else standfirst


def _words(block: object) -> str:
    return Body(blocks=(block,)).text if isinstance(block, Paragraph) else ""


def _dateline(body: Body) -> str | None:
    return next((dateline_of(_words(block)) for block in body.blocks if isinstance(block, Paragraph)), None)


def _bio_evidence(signed: SignedOff, meta: Metadata) -> tuple[Evidence, ...]:
    """Say so where the byline stands on the closing note alone."""
    if meta.byline or not signed.byline:
        return ()
    names = ", ".join(signed.byline.names)
    detail = (signed.bio or "")[:300]
    return (
        Evidence(field="byline", value=names, source=Source.BIO, confidence=signed.byline.confidence, detail=detail),
    )
