"""What partners demand of republishers is found where they put it, and never shows in the body."""

from __future__ import annotations

import pytest

from ingest.article import Article, Origin, Source
from ingest.body import Figure
from ingest.extract import entry_page
from ingest.extract.article import extract_article
from ingest.feed import Entry
from ingest.pixel import pixel_for
from ingest.terms import Terms
from tests.ingest.extract.pages import PROSE, page_of, paragraphs

PIXEL = "https://count.forum.example/content/4711/count.gif?from=feed"
IMG = f'<img src="{PIXEL.replace("&", "&amp;")}" alt="Forum" width="1" height="1" style="border: none !important" />'


def _found(article: Article, field: str) -> list[str]:
    return [reading.value for reading in article.evidence if reading.field == field]


def _read(body: str) -> Article:
    return extract_article(page_of(f"<h1>Harbour to be rebuilt</h1>{body}"))


@pytest.mark.parametrize(
    "image",
    [
        IMG,
        f'<img src="{PIXEL}" width="1px" height="1px">',
        f'<img src="{PIXEL}" style="width:1px; height: 1px !important">',
        f'<img width="0" height="1" src=" {PIXEL} ">',
    ],
)
def test_a_counting_pixel_is_kept_on_record_and_out_of_the_body(image: str) -> None:
    """However its size is given."""
    article = _read(f"<article>{paragraphs(*PROSE)}{image}</article>")
    assert _found(article, "pixel") == [PIXEL]
    assert not any(isinstance(block, Figure) for block in article.body.blocks)


def test_a_feeds_pixel_is_the_feeds() -> None:
    """A full-text entry carries it in its content."""
    entry = Entry(
        key="1",
        guid=None,
        headline="Harbour to be rebuilt",
        url="https://forum.example/a",
        content=f"{paragraphs(*PROSE)}{IMG}",
    )
    article = extract_article(entry_page(entry), entry=entry)
    (pixel,) = [reading for reading in article.evidence if reading.field == "pixel"]
    assert (pixel.value, pixel.source) == (PIXEL, Source.FEED)


def test_the_republishers_code_on_the_originals_page_is_read() -> None:
    """The box to copy from holds the pixel as text."""
    code = f"<p>Words</p>{IMG}".replace("<", "&lt;").replace('"', "&quot;")
    article = _read(f"<article>{paragraphs(*PROSE)}</article><div class='modal'><textarea>{code}</textarea></div>")
    assert _found(article, "pixel") == [PIXEL]


def test_pictures_and_the_sites_own_statistics_are_no_pixels() -> None:
    """A picture has a size; what stands in a noscript counts the site's own readers."""
    body = (
        f'<article>{paragraphs(*PROSE)}<img src="/a.png" width="600" height="1"><img src="/b.png"></article>'
        '<noscript><img src="https://stats.example/c.gif" width="1" height="1"></noscript>'
        '<img width="1" height="1" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'
    )
    assert _found(_read(body), "pixel") == []


def test_the_pixel_reaches_the_credit() -> None:
    """What extraction records is what the rules on pixels look for."""
    article = _read(f"<article>{paragraphs(*PROSE)}{IMG}</article>")
    origin = Origin(name="Forum", key="forum", url="https://forum.example/a", evidence="", own=True)
    assert pixel_for(article=article, origin=origin, terms=Terms(pixel_hosts=("count.forum.example",))) == PIXEL


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        ('<button class="btn">Republish this article</button>', "Republish this article"),
        ('<a href="#republish"><span>Republish</span> <b>this story</b></a>', "Republish this story"),
        ('<a href="/r"><img src="/r.png" alt="Republish"></a>', "Republish"),
        ('<a href="/r" title="Republier cet article"></a>', "Republier cet article"),
        ('<input type="submit" value="Republicar este artículo">', "Republicar este artículo"),
        ('<a rel="license" href="/l">Creative Commons Attribution 4.0</a>', "Creative Commons Attribution 4.0"),
    ],
)
def test_marks_of_what_may_be_republished_are_kept(mark: str, words: str) -> None:
    """Wherever on the page they stand."""
    assert _found(_read(f"<article>{paragraphs(*PROSE)}</article><footer>{mark}</footer>"), "marker") == [words]


def test_the_articles_own_sentences_are_no_marks() -> None:
    """A report on republishing is not marked by its words."""
    text = "The council may republish the minutes, said the clerk, and the members of the hall agreed to that."
    assert _found(_read(f'<article>{paragraphs(*PROSE, text)}<a href="/x">Home</a></article>'), "marker") == []
