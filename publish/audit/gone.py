"""What was withdrawn is really gone: its page says so and names nothing of it."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from lxml import etree
from lxml.html import HtmlElement

from ingest.article import Article
from ingest.store import articles
from ingest.store.publications import PublicationRow
from publish.audit.finding import Finding, finding
from publish.audit.pages import Pages
from publish.audit.reading import Fault, cut, is_guest, read_page, squeezed, words
from publish.audit.text import telling_paragraphs


def gone_findings(connection: sa.Connection, row: PublicationRow, pages: Pages) -> Iterator[Finding]:
    """Yield what a withdrawn article's page still shows of it; a page that is not there at all shows nothing."""
    try:
        page = read_page(pages.read(row))
    except FileNotFoundError:
        return
    except OSError as error:
        yield finding("page-unreachable", f"{error}", where=pages.where(row), article_id=row.article_id)
        return
    except (ValueError, etree.LxmlError):
        # An empty page shows nothing.
        return
    for code, evidence in gone_faults(page, articles.load(connection, row.revision_id)):
        yield finding(code, evidence, where=pages.where(row), article_id=row.article_id)


def gone_faults(page: HtmlElement, article: Article) -> Iterator[Fault]:
    """Yield what of a withdrawn article stands on a page (pure)."""
    shown = squeezed(str(page.text_content()))
    headline = words(article.headline)
    if len(headline) > 20 and squeezed(headline) in shown:
        yield "still-there", f"the withdrawn article's headline: “{cut(headline)}”"
    if any(text in shown for text in telling_paragraphs(article.body.blocks)):
        yield "still-there", "the withdrawn article's text"
    # A theme may have a class of that name, and a server may lead on to another article: only our own page tells.
    if not is_guest(page) and any(story.find_class("credit") for story in page.find_class("story")):
        yield "still-there", "a credit line, as only an article has"
