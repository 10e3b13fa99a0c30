"""An article over several pages comes whole and in order, or says which page is missing."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from ingest.acquire import fetch_page
from ingest.article import Article, Doubt
from ingest.errors import StatusError, UnreachableError
from ingest.extract import Extractor, Page
from ingest.fetch import Fetcher
from ingest.following import following, read_whole

TITLE = "The harbour that moved"
OPENING = "Every week of this autumn we look at one of the harbours of the coast, and at those who work there."
BIO = "Jane Doe is a professor of harbours at the University of Exampletown."


def _prose(page: int) -> list[str]:
    return [
        f"Paragraph {n} of page {page}: the harbour council voted to rebuild mole number {page}{n}, which storms broke, "
        f"and the fishing fleet will move to basin {n} until the work of that year is done."
        for n in range(1, 5)
    ]


def _page(number: int, pager: str, *, body: str = "", title: str = TITLE, below: str = "") -> str:
    prose = body or "".join(f"<p>{text}</p>" for text in _prose(number))
    return (
        f"<!doctype html><html><head><title>{title} | Harbour Times</title></head><body><h1>{title}</h1>"
        f'<p class="byline">By Jane Doe</p><article><p>{OPENING}</p>{prose}<p>{BIO}</p></article>'
        f"{pager}{below}</body></html>"
    )


def _pager(now: int, pages: int, form: str) -> str:
    links = (f'<a href="{form.format(n)}">{n}</a>' if n != now else f"<span>{n}</span>" for n in range(1, pages + 1))
    return f'<div class="pagination">{"".join(links)}</div>'


@pytest.fixture
def site(httpserver: HTTPServer) -> HTTPServer:
    """Return a partner's site on loopback."""
    return httpserver


def _serve(site: HTTPServer, pages: Mapping[str, str]) -> None:
    """Serve pages by path and query."""

    def answer(request: Request) -> Response:
        key = request.path + (f"?{request.query_string.decode()}" if request.query_string else "")
        return Response(pages[key], content_type="text/html") if key in pages else Response("gone", status=404)

    site.expect_request(_Any()).respond_with_handler(answer)


class _Any(str):
    """A path that is every path."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str)

    __hash__ = str.__hash__


def _read(site: HTTPServer, path: str) -> Article:
    async def run() -> Article:
        async with (
            Fetcher(user_agent="reprint-tests/1", allowed_networks=("127.0.0.0/8",)) as fetcher,
            Extractor(workers=1) as extractor,
        ):

            async def fetch(url: str) -> Any:
                return await fetch_page(url, fetcher=fetcher)

            page = await fetch(site.url_for(path))
            return await read_whole(page, entry=None, rules=None, extractor=extractor, fetch=fetch)

    return asyncio.run(run())


def _asked(site: HTTPServer) -> list[str]:
    return [request.full_path.rstrip("?") for request, _ in site.log]


@pytest.mark.parametrize(
    ("first", "form"),
    [
        ("/story", "/story?page={}"),
        ("/story/", "/story/{}/"),
        ("/story/", "/story/page/{}/"),
        ("/story", "/story/seite-{}"),
        ("/a/story.html", "/a/story-{}.html"),
        ("/a/story.html", "/a/story.html?seite={}"),
        ("/story?id=7", "/story?id=7&p={}"),
    ],
)
def test_numbered_pages_are_joined_in_order(site: HTTPServer, first: str, form: str) -> None:
    """Each paragraph stands once, in the pages' order; what each page repeats stands once; the note is the bio."""
    pages = {form.format(n): _page(n, _pager(n, 3, form)) for n in (2, 3)}
    _serve(site, {first: _page(1, _pager(1, 3, form)), **pages})
    article = _read(site, first)
    lines = article.body.text.split("\n\n")
    assert lines[0] == OPENING
    assert lines[1:] == [text for n in (1, 2, 3) for text in _prose(n)]
    assert article.bio == BIO
    assert article.headline == TITLE
    assert article.doubts == ()
    assert following(article) is None
    assert [e.value for e in article.evidence if e.field == "page"] == [site.url_for(form.format(n)) for n in (2, 3)]


@pytest.mark.parametrize(
    "link",
    [
        '<a rel="next" href="/story/2">Onwards</a>',
        '<a href="/story/2">Next page</a>',
        '<a href="/story/2">Nächste Seite »</a>',
        '<a href="/story/2">Page 2: The northern basin</a>',
        '<a href="/story/2" title="Page suivante">&gt;</a>',
        '<p class="page-links">Pages: 1 <a href="/story/2">2</a></p>',
    ],
)
def test_links_to_the_next_page_are_followed_whatever_they_are_called(site: HTTPServer, link: str) -> None:
    """A word, an arrow or rel=next will do, where the address is the article's own."""
    _serve(site, {"/story": _page(1, link), "/story/2": _page(2, "")})
    article = _read(site, "/story")
    assert article.body.text.split("\n\n")[1:] == [*_prose(1), *_prose(2)]
    assert article.doubts == ()


def test_a_next_link_in_the_head_is_followed(site: HTTPServer) -> None:
    """As search engines are told."""
    first = _page(1, "").replace("<head>", '<head><link rel="next" href="/story?page=2">')
    _serve(site, {"/story": first, "/story?page=2": _page(2, "")})
    assert _read(site, "/story").body.text.split("\n\n")[1:] == [*_prose(1), *_prose(2)]


def test_pages_that_count_from_nought_are_joined(site: HTTPServer) -> None:
    """The second page may be ?page=1, as some systems count."""
    pager = '<ul class="pager"><li>1</li><li><a href="/story?page=1">2</a></li><li><a href="/story?page=2">3</a></li></ul>'
    _serve(site, {"/story": _page(1, pager), "/story?page=1": _page(2, pager), "/story?page=2": _page(3, pager)})
    lines = _read(site, "/story").body.text.split("\n\n")
    assert lines[1:] == [text for n in (1, 2, 3) for text in _prose(n)]


@pytest.mark.parametrize(
    "link",
    [
        '<a rel="next" href="/another-story">Next article</a>',
        '<a rel="next" href="/2025/12/another-story">The lighthouse that stayed</a>',
        '<div id="comments"><div class="pager"><a href="/story?page=2">2</a> <a href="/story?page=2">Next</a></div></div>',
        '<div class="nav-links"><a href="/story/comment-page-2/#comments">Next</a></div>',
        '<div class="pager"><a href="/story?cpage=2">Next page</a></div>',
        '<div class="pagination"><a href="http://other.example/story?page=2">2</a></div>',
        '<div class="latest-news"><div class="pager">1 <a href="/story?page=2">2</a></div></div>',
        '<p>As the report says on <a href="/story/2">page two of its annex, which nobody read</a>.</p>',
        '<div class="pagination"><a href="/?page=2">Next page</a></div>',
        '<p>The <a href="/story/2019">2019</a> report</p>',
        '<a rel="next" href="javascript:void(0)">Next</a>',
    ],
)
def test_other_articles_and_comments_are_not_followed(site: HTTPServer, link: str) -> None:
    """Only the first page is asked for, and it is whole."""
    _serve(site, {"/story": _page(1, link)})
    article = _read(site, "/story")
    assert len(_asked(site)) == 1
    assert article.doubts == ()


def test_a_page_that_cannot_be_had_leaves_a_doubt_that_names_it(site: HTTPServer) -> None:
    """What there is stays; the evidence says which page is missing and why."""
    form = "/story/{}"
    _serve(site, {"/story": _page(1, _pager(1, 3, form)), "/story/2": _page(2, _pager(2, 3, form))})
    article = _read(site, "/story")
    assert article.body.text.split("\n\n")[1:] == [*_prose(1), *_prose(2)]
    assert article.doubts == (Doubt.INCOMPLETE,)
    (missing,) = [e for e in article.evidence if e.field == "next_page"]
    assert missing.value == site.url_for("/story/3")
    assert "404" in missing.detail


@pytest.mark.parametrize("status", [503, 429, 500])
def test_a_page_that_cannot_be_had_for_now_is_asked_for_again(site: HTTPServer, status: int) -> None:
    """Half an article is none: the error passes, as the first page's would, and the next try reads it whole."""
    answers = [Response("later", status=status), Response(_page(2, ""), content_type="text/html")]
    first = _page(1, '<a rel="next" href="/story/2">Next page</a>')
    site.expect_request("/story/2").respond_with_handler(lambda _request: answers.pop(0))
    site.expect_request("/story").respond_with_data(first, content_type="text/html")
    with pytest.raises(StatusError) as raised:
        _read(site, "/story")
    assert raised.value.transient
    article = _read(site, "/story")
    assert article.body.text.split("\n\n")[1:] == [*_prose(1), *_prose(2)]
    assert article.doubts == ()


def test_a_server_that_ends_between_two_pages_is_asked_again() -> None:
    """A page that does not come in time is like one that is not there yet."""

    async def run() -> None:
        async def fetch(url: str) -> Page:
            raise UnreachableError("it did not answer in time", where=url)

        markup = _page(1, '<a rel="next" href="/story/2">Next page</a>')
        async with Extractor(workers=1) as extractor:
            page = Page(content=markup.encode(), url="https://news.example/story")
            await read_whole(page, entry=None, rules=None, extractor=extractor, fetch=fetch)

    with pytest.raises(UnreachableError):
        asyncio.run(run())


def test_a_page_of_another_piece_is_not_joined(site: HTTPServer) -> None:
    """Another headline is another piece, whatever the address says."""
    other = _page(2, "", title="A lighthouse keeper retires after forty years")
    _serve(site, {"/story": _page(1, _pager(1, 2, "/story/{}")), "/story/2": other})
    article = _read(site, "/story")
    assert article.body.text.split("\n\n")[1:] == _prose(1)
    assert Doubt.INCOMPLETE in article.doubts
    assert any("another headline" in e.detail for e in article.evidence if e.field == "next_page")


def test_a_pager_of_a_list_beside_the_article_ends_it(site: HTTPServer) -> None:
    """A second address with the same text brings nothing, and nothing is missing."""
    pager = _pager(1, 3, "/story?page={}")
    _serve(site, {"/story": _page(1, pager), "/story?page=2": _page(1, pager), "/story?page=3": _page(1, pager)})
    article = _read(site, "/story")
    assert article.body.text.split("\n\n")[1:] == _prose(1)
    assert article.doubts == ()
    assert len(_asked(site)) == 2


def test_a_page_that_leads_back_ends_the_article(site: HTTPServer) -> None:
    """A redirect to the first page, as for a page beyond the last, is no loop and no loss."""
    site.expect_request("/story/2").respond_with_response(Response(status=302, headers={"Location": "/story"}))
    site.expect_request("/story").respond_with_data(_page(1, _pager(1, 2, "/story/{}")), content_type="text/html")
    article = _read(site, "/story")
    assert article.body.text.split("\n\n")[1:] == _prose(1)
    assert article.doubts == ()


def test_a_redirect_to_another_site_is_not_joined(site: HTTPServer) -> None:
    """What stands elsewhere is no page of this article."""
    site.expect_request("/story/2").respond_with_response(Response(status=302, headers={"Location": "/else"}))
    site.expect_request("/else").respond_with_data(_page(2, ""), content_type="text/html")
    site.expect_request("/story").respond_with_data(_page(1, _pager(1, 2, "/story/{}")), content_type="text/html")
    article = _read(site, "/story")
    assert article.body.text.split("\n\n")[1:] == _prose(1)
    assert article.doubts == (Doubt.INCOMPLETE,)


def test_an_endless_article_is_cut_at_twenty_pages(site: HTTPServer) -> None:
    """A site that always has one page more costs twenty requests."""

    def answer(request: Request) -> Response:
        number = int(request.args.get("page", "1"))
        text = "".join(f"<p>{t}</p>" for t in _prose(number)[:1])
        return Response(
            _page(number, f'<a href="/story?page={number + 1}">Next page</a>', body=text), mimetype="text/html"
        )

    site.expect_request("/story").respond_with_handler(answer)
    article = _read(site, "/story")
    assert len(_asked(site)) == 20
    assert Doubt.INCOMPLETE in article.doubts
    assert any("20 pages" in e.detail for e in article.evidence if e.field == "next_page")


def test_a_subhead_that_closes_a_page_stays(site: HTTPServer) -> None:
    """What it stands over is on the next page."""
    body = "".join(f"<p>{text}</p>" for text in _prose(1)) + "<h2>The northern basin</h2>"
    first = _page(1, _pager(1, 2, "/story/{}"), body=body).replace(f"<p>{BIO}</p>", "")
    _serve(site, {"/story": first, "/story/2": _page(2, "")})
    lines = _read(site, "/story").body.text.split("\n\n")
    assert lines[1:] == [*_prose(1), "The northern basin", *_prose(2)]
