"""A page and its feed entry to one Article: parse, read the metadata, read the body, sign off, doubt (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.article import Article, Evidence, Source
from ingest.body import Body, Paragraph
from ingest.errors import NoArticleError
from ingest.extract.continued import Paged, read_paged
from ingest.extract.doubts import find_doubts
from ingest.extract.known import known_of
from ingest.extract.lines import flat
from ingest.extract.metadata import Metadata, dateline_of, read_metadata
from ingest.extract.page import Page
from ingest.extract.reading import read_pieces
from ingest.extract.republishing import republishing_evidence
from ingest.extract.ruled import with_rules
from ingest.extract.signoff import SignedOff, sign_off
from ingest.extract.tree import base_of, parse
from ingest.extract.witness import Witness, witnesses
from ingest.feed import Entry
from ingest.origin import entry_claims
from ingest.page_rules import PageRules


def extract_article(
    page: Page,
    *,
    entry: Entry | None = None,
    rules: PageRules | None = None,
    more: Sequence[Page] = (),
    ended: bool = False,
) -> Article:
    """Return the article that a page holds, or several: `more` are its further pages, in order.

    Takes the page as fetched, or a full-text entry's content as its page (`entry_page`), what its feed says, and its
    partner's rules for such pages. Where the last page leads on to another, that is evidence (`next_page`) and a
    doubt, unless the article is known to have `ended`.
    Raises ExtractError for a page that is too large or too deep to read, NoArticleError where nothing reads like an
    article. What is unsure is no error but a doubt on the article.
    """
    tree = parse(page)
    meta = with_rules(read_metadata(tree, url=page.url, entry=entry, headers=page.headers), tree, rules)
    seen = witnesses(meta.json_ld, None if page.fragment else entry)
    base = base_of(tree, page.url)
    pieces = read_pieces(
        tree,
        base=base,
        known=known_of(meta, page.url),
        seen=() if more else seen,
        fragment=page.fragment,
        rules=rules,
    )
    meta = replace(meta, evidence=(*meta.evidence, *republishing_evidence(tree, page, base=base)))
    paged = read_paged(tree, pieces, first=page, more=more, meta=meta, rules=rules, ended=ended)
    signed = sign_off(paged.pieces, meta.byline)
    if not meta.headline and not any(piece.kept for piece in signed.pieces):
        raise NoArticleError(
            "nothing on the page reads like an article",
            where=page.url,
            next_step="open it in a browser; if scripts fill it in, take a full-text feed",
        )
    return _article(page, entry, meta, signed, seen, paged)


def _article(
    page: Page, entry: Entry | None, meta: Metadata, signed: SignedOff, seen: Sequence[Witness], paged: Paged
) -> Article:
    body = Body(blocks=tuple(piece.block for piece in signed.pieces if piece.kept and piece.block is not None))
    standfirst = _standfirst(meta.standfirst, body)
    evidence = (*meta.evidence, *_bio_evidence(signed, meta), *paged.evidence)
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
        evidence=evidence,
        doubts=find_doubts(
            signed.pieces,
            headline=meta.headline,
            byline=signed.byline,
            seen=seen,
            json_ld=meta.json_ld,
            evidence=evidence,
            open_ended=paged.open,
        ),
    )


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
