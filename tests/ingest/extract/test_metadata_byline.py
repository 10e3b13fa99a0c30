"""Who wrote it: from every source that names them, and from nobody else's box."""

from __future__ import annotations

import pytest
from lxml import html

from ingest.article import Source
from ingest.extract.metadata import Metadata, read_metadata
from ingest.feed import Entry


def read(head: str = "", body: str = "", *, entry: Entry | None = None) -> Metadata:
    """Read a page of the Example Herald with a headline."""
    page = (
        '<html lang="en"><head><meta property="og:site_name" content="Example Herald">'
        f"{head}</head><body><header><nav>Home</nav></header><main><h1>Tea is served at noon</h1>{body}</main>"
    )
    return read_metadata(html.document_fromstring(page), url="https://www.example.org/news/one", entry=entry)


def ld(author: str) -> str:
    """Return an article's JSON-LD with an author field."""
    article = f'{{"@type": "NewsArticle", "headline": "Tea is served at noon", "author": {author}}}'
    return f'<script type="application/ld+json">{article}</script>'


WORDS = "<p>" + "Tea was served to everyone who came to the house on the hill that day. " * 5 + "</p>"


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ('"Jane Doe"', ("Jane Doe",)),
        ('"Jane Doe, John Roe"', ("Jane Doe", "John Roe")),
        ('["Jane Doe", "John Roe"]', ("Jane Doe", "John Roe")),
        ('{"@type": "Person", "name": "Jane Doe"}', ("Jane Doe",)),
        (
            '[{"@type": "Person", "name": "Jane Doe"}, {"@type": "Person", "name": "John Roe"}]',
            ("Jane Doe", "John Roe"),
        ),
        ('{"@type": "Person", "name": ["Jane Doe", "John Roe"]}', ("Jane Doe", "John Roe")),
        ('{"@type": "Person", "name": "Miguel A. Herguedas"}', ("Miguel A. Herguedas",)),
        ('{"@type": "Person", "name": "https://example.org/jane"}', ()),
        ('{"@type": "Person", "name": ""}', ()),
        ("null", ()),
        ("7", ()),
    ],
)
def test_json_ld_authors_in_every_shape(author: str, names: tuple[str, ...]) -> None:
    """Strings, lists, objects and names in one string give the same people, in order."""
    assert read(ld(author)).byline.names == names


def test_json_ld_tells_more_than_the_name() -> None:
    """Role, profile and mail of a person's object are kept with the person."""
    person = read(
        ld(
            '{"@type": "Person", "name": "Jane Doe", "jobTitle": "Tea editor", "url": "https://example.org/by/jane",'
            ' "email": "mailto:jane@example.org"}'
        )
    ).byline.people[0]
    assert (person.name, person.role, person.url, person.email) == (
        "Jane Doe",
        "Tea editor",
        "https://example.org/by/jane",
        "jane@example.org",
    )


@pytest.mark.parametrize(
    "markup",
    [
        '<div class="byline">By Jane Doe</div>',
        '<p class="article-author">Jane Doe</p>',
        '<a rel="author" href="/people/jane">Jane Doe</a>',
        '<span itemprop="author" itemscope><span itemprop="name">Jane Doe</span></span>',
        '<p>By <a href="/author/jane-doe">Jane Doe</a></p>',
        "<p>By Jane Doe</p>",
        "<p>Von Jane Doe</p>",
        '<div class="meta"><a href="/author/jane-doe/">Jane Doe</a></div>',
        '<div class="byline"><span>Jane Doe</span><span>@janedoe</span><a href="#">Follow</a></div>',
        '<div class="submitted">Posted on May 3, 2024 by Jane Doe</div>',
    ],
)
def test_the_visible_byline_near_the_headline(markup: str) -> None:
    """Marked by class, rel, itemprop or profile link, or only by its opening word."""
    assert read("", markup + WORDS).byline.names == ("Jane Doe",)


@pytest.mark.parametrize(
    "markup",
    [
        '<div class="comments"><span class="author">Tea Troll</span> says</div>',
        '<aside><p class="author">Sid Bar</p></aside>',
        '<div class="related"><article><h2>Coffee</h2><span class="byline">By Other Writer</span></article></div>',
        '<article><h2>Coffee</h2><span class="author">Other Writer</span></article>',
        '<figure><img src="x"><figcaption class="author">Photo Grapher</figcaption></figure>',
        '<footer><a rel="author" href="/author/web-master">Web Master</a></footer>',
        '<a class="author-email" href="mailto:x@example.org">Email The Author</a>',
    ],
)
def test_names_of_others_are_no_authors(markup: str) -> None:
    """Commenters, sidebars, related pieces, photographers and footers do not sign the article.

    newspaper #526 took a sidebar's name, #158 "Email The Author", trafilatura #362 a name from elsewhere on the page.
    """
    assert read("", WORDS + markup).byline.names == ()


@pytest.mark.parametrize(
    ("markup", "names"),
    [
        ("<p>3 May 2024 - Jane Doe</p>", ("Jane Doe",)),
        ("<p>03.05.2024 13:30 von Jana</p>", ("Jana",)),
        ("<p>Zenobia Quillfeather | 3 May 2024</p>", ("Zenobia Quillfeather",)),
        ("<p>World News | 3 May 2024</p>", ()),
        ("<nav><a href='/t/tea-time'>Tea Time</a></nav><p>Tea Time | 3 May 2024</p>", ()),
        ("<p>3 May 2024 - all you need to know</p>", ()),
        ("<div class='author-box'><h3>Jane Doe</h3><p>Jane pours tea.</p></div>", ("Jane Doe",)),
        ("<span class='username'>teapot77</span>", ("teapot77",)),
        ("<a class='author-follow' href='/author/topics'>Edit topics</a>", ()),
    ],
)
def test_a_byline_that_nothing_marks(markup: str, names: tuple[str, ...]) -> None:
    """A name beside the date or over a box about the author counts where nobody else is named; a section does not."""
    assert read("", markup + WORDS).byline.names == names


def test_a_person_goes_before_the_publisher() -> None:
    """A meta that names only the publisher does not hide the visible author."""
    page = read('<meta name="author" content="Example Herald">', '<p class="byline">By Jane Doe</p>' + WORDS)
    assert page.byline.names == ("Jane Doe",)


def test_the_publisher_is_credited_where_nobody_else_is() -> None:
    """An organisation that the page states as author is kept as one, not taken for a person."""
    people = read(ld('{"@type": "Organization", "name": "Example Herald"}')).byline.people
    assert [(person.name, person.organisation) for person in people] == [("Example Herald", True)]


def test_a_byline_with_more_people_completes_the_metadata() -> None:
    """Metadata that names only the first of two authors gives way to the byline that names both."""
    page = read(ld('"Jane Doe"'), '<div class="byline">By Jane Doe and John Roe</div>' + WORDS)
    assert page.byline.names == ("Jane Doe", "John Roe")


def test_an_account_name_takes_the_spelling_of_the_byline() -> None:
    """The "janedoe" of metadata is the Jane Doe whom readers see."""
    page = read(ld('"janedoe"'), '<p class="byline">By Jane Doe</p>' + WORDS)
    assert page.byline.names == ("Jane Doe",)


def test_profiles_are_no_names() -> None:
    """A meta that holds an address names nobody."""
    assert read('<meta property="article:author" content="https://social.example/janedoe">').byline.names == ()


def test_the_feed_is_a_source() -> None:
    """Authors that the feed sent count, and say where they came from."""
    entry = Entry(key="1", guid=None, url=None, headline="Tea is served at noon", authors=("Jane Doe",))
    page = read(entry=entry)
    assert page.byline.names == ("Jane Doe",)
    assert [e.source for e in page.evidence if e.field == "byline"] == [Source.FEED]


def test_disagreement_is_kept_on_record() -> None:
    """Every source's reading stays in the evidence, the chosen and the others."""
    page = read(ld('"Jane Doe"') + '<meta name="author" content="John Roe">')
    assert {(e.source, e.value) for e in page.evidence if e.field == "byline"} == {
        (Source.JSON_LD, "Jane Doe"),
        (Source.META, "John Roe"),
    }


def test_nobody_signed() -> None:
    """A page that names no author has none."""
    byline = read("", WORDS).byline
    assert not byline
    assert byline.raw == ""


OWN = '<meta name="author" content="Example Herald">'
CREDIT = "<p>This article, originally published by Tea Quarterly, is republished with permission.</p>"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (OWN + ld('{"@type": "Organization", "name": "Example Herald"}'), CREDIT + WORDS),
        (OWN, WORDS + CREDIT),
        (OWN + '<meta name="description" content="This article was originally published by Tea Quarterly.">', WORDS),
        (OWN + '<link rel="canonical" href="https://tea-quarterly.example/2026/tea-is-served">', WORDS),
    ],
)
def test_the_sites_name_is_no_byline_on_a_piece_from_elsewhere(head: str, body: str) -> None:
    """A middleman that signs what it took over names nobody; what it printed is kept."""
    byline = read(head, body).byline
    assert not byline.people
    assert byline.raw == "Example Herald"
    assert byline.confidence < 0.5


@pytest.mark.parametrize(
    ("head", "body", "names"),
    [
        (OWN, WORDS, ("Example Herald",)),
        ('<meta name="author" content="Jane Doe">', CREDIT + WORDS, ("Jane Doe",)),
        (OWN, WORDS + "<ul><li>" + CREDIT + "</li></ul>", ("Example Herald",)),
    ],
)
def test_a_byline_stands_where_the_piece_is_the_sites_own_or_someone_is_named(
    head: str, body: str, names: tuple[str, ...]
) -> None:
    """Only the site's name yields, and only to the page's word about this piece."""
    assert read(head, body).byline.names == names


@pytest.mark.parametrize("name", ["Staff Writers", "Staff Reporter", "Staff"])
def test_a_role_in_an_authors_place_names_nobody(name: str) -> None:
    """In metas, JSON-LD, a profile link or the visible line."""
    head = f'<meta name="author" content="{name}">' + ld(f'{{"@type": "Person", "name": "{name}"}}')
    printed = f'<p class="byline">By <a rel="author" href="/author/staff">{name}</a></p>'
    assert read(head, printed + WORDS).byline.names == ()


@pytest.mark.parametrize(
    ("body", "names"),
    [
        (WORDS + "<p><strong>Text:</strong> Jane Doe</p>", ("Jane Doe",)),
        (WORDS + "<p>Photo: Rob Roe</p>", ()),
        ("<p><em>Text von Jane Doe     Illustration von Rob Roe</em></p>" + WORDS, ("Jane Doe",)),
        ("<p>Jane Doe | Published 3 May 2026 10:00 GMT</p>" + WORDS, ("Jane Doe",)),
        ("<p class='author'>Jane Doe im Gespr\u00e4ch mit Rob Roe</p>" + WORDS, ("Jane Doe", "Rob Roe")),
        ("<p class='credit'>AFP</p>" + WORDS, ("AFP",)),
        (WORDS * 6 + "<p class='credit'>AFP</p>", ()),
        ("<article>" + WORDS * 3 + "<a class='author vcard'>Jane Doe</a></article>", ("Jane Doe",)),
        ("<div class='listing__item'><i class='author'>Jane Doe</i></div>" + WORDS, ()),
        ("<span class='author vcard'>wordpress-admin</span>" + WORDS, ()),
    ],
)
def test_bylines_that_pages_mark_in_words_of_their_own(body: str, names: tuple[str, ...]) -> None:
    """A label, a conversation, a credit right under the headline, a body outside the headline's box."""
    assert read("", body).byline.names == names


def test_a_heading_that_leads_home_is_no_byline() -> None:
    """Some sites mark their own name as the author."""
    page = "<html><body><h1 class='vcard author'><a href='/'>Tea House Archive</a></h1><h2>Tea</h2><p>Words.</p>"
    assert not read_metadata(html.document_fromstring(page), url="https://www.example.org/news/one").byline.people


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("كتبت أسماء نصار", "أسماء نصار"),
        ("Oleh Budi Santoso", "Budi Santoso"),
        ("Автор: Олена Коваль", "Олена Коваль"),
        ("홍길동 기자", "홍길동"),
    ],
)
def test_lines_that_open_or_end_like_bylines_in_many_languages(line: str, name: str) -> None:
    """Unmarked, right under the headline."""
    assert read("", f"<span>{line}</span>{WORDS}").byline.names == (name,)


def test_a_stray_word_does_not_replace_what_a_source_states() -> None:
    """A label in a box called author, or beside a date, is no better than the publisher's own statement."""
    head = ld('{"@type": "Organization", "name": "Example Herald"}')
    assert read(head, "<div class='author-box'>Pretext</div>" + WORDS).byline.names == ("Example Herald",)
    assert read(head, "<p>Quomox Zzyzx | 3 May 2026</p>" + WORDS).byline.names == ("Example Herald",)
    assert read("", "<p>Quomox Zzyzx | 3 May 2026</p>" + WORDS).byline.names == ("Quomox Zzyzx",)


@pytest.mark.parametrize(
    ("markup", "names"),
    [
        ("<div><span>By&nbsp;</span><span><a href='/people/jane'>Jane Doe</a></span></div>", ("Jane Doe",)),
        (
            "<div><span class='q'>Von: </span> <span class='r'>Jane Doe</span></div><time>15.05.2023</time>",
            ("Jane Doe",),
        ),
        ("<p><span>Por</span><span> Juan Pérez</span></p>", ("Juan Pérez",)),
        ("<p><span>von<br><b>Jane Doe</b></span></p>", ("Jane Doe",)),
        ("<p><i>By</i> <b>Jane Doe</b> and <b>John Roe</b></p>", ("Jane Doe", "John Roe")),
        ("<p><span>Par</span> <b>Jeanne Roy</b> <b>Chef de rubrique</b></p>", ("Jeanne Roy",)),
        ("<div><p>Daniel Roe</p><p>Example City</p></div><time>2026-04-25</time>", ("Daniel Roe",)),
        ("<div><span>Anna Roe</span> <span>Peter van der Doe</span></div>", ("Anna Roe", "Peter van der Doe")),
        ("<div><img src='/j.jpg' alt='Xanthia Doe'><span>Xanthia Doe</span></div>", ("Xanthia Doe",)),
        (
            (
                "<div><span>von</span><a href='/autor/jane'>Jane Doe</a><a href='#form'>Schreiben Sie Jane Doe"
                " eine Nachricht</a></div>"
            ),
            ("Jane Doe",),
        ),
        ("<aside><p>By Jane Roe</p></aside>", ("Jane Roe",)),
        ("<div><a rel='author'>Jane Doe</a> <i>x</i> <a rel='author'>John Roe</a></div>", ("Jane Doe", "John Roe")),
        (
            (
                "<div itemprop='author' itemscope><b itemprop='name'>Jane Doe</b><p itemprop='description'>Herald.com Tea"
                " Editor</p></div>"
            ),
            ("Jane Doe",),
        ),
        ("<div data-page-authors='Jane Doe, John Roe'></div>", ("Jane Doe", "John Roe")),
    ],
)
def test_bylines_that_no_class_name_marks(markup: str, names: tuple[str, ...]) -> None:
    """The opening word, the place under the headline and the shape of a name tell a byline where no markup does."""
    assert read(body=markup + WORDS).byline.names == names


@pytest.mark.parametrize(
    "markup",
    [
        "<span>Example Street</span>",  # no given name is known
        "<a href='/topic/daniel-roe'>Daniel Roe</a>",  # a topic
        "<span>Daniel Roe</span><p>The house of Daniel Roe "
        + "was opened for tea on the hill that day. " * 4
        + "</p>",
        "<p>Herausgegeben von Jane Doe</p>",
        "<p data-author='Jane Doe'></p><p data-author='John Roe'></p>",  # comments' authors
        "<div><span>Text</span> <span>Size Small</span></div>",
        "<form><span>Von:</span><span>Max Muster</span></form>",
    ],
)
def test_names_of_others_are_no_byline_for_their_shape(markup: str) -> None:
    """Topics, people in the news, publishers, commenters and labels with the shape of names are no authors."""
    assert not read(body=markup + WORDS).byline.names
