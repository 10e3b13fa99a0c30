"""Laws of canonical form, host keys and slugs."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.urls import canonical_url, has_credentials, host_key, is_web_url, slugify, without_credentials

HOSTS = st.sampled_from(
    ["a.example", "A.Example", "bücher.example", "a.example:80", "a.example:443", "a.example:8080", "[::1]"]
)
PIECES = st.text(alphabet="abC/.%2e?&=#!+ ~:@ü'\"\\;\t", max_size=40)
WEB_URLS = st.builds("{}://{}/{}".format, st.sampled_from(["http", "https", "HTTP"]), HOSTS, PIECES)

SAME_PAGE = [
    ("http://a.example/x", "https://a.example/x"),
    ("https://A.EXAMPLE/x", "https://a.example/x"),
    ("https://a.example./x", "https://a.example/x"),
    ("https://a.example:443/x", "https://a.example/x"),
    ("http://a.example:80/x", "https://a.example/x"),
    ("https://a.example", "https://a.example/"),
    ("https://a.example/x#comments", "https://a.example/x"),
    ("https://a.example/%7ejane/", "https://a.example/~jane/"),
    ("https://a.example/%c3%bc", "https://a.example/ü"),
    ("https://a.example/b/../x", "https://a.example/x"),
    ("https://bücher.example/x", "https://xn--bcher-kva.example/x"),
    ("https://user:secret@a.example/x", "https://a.example/x"),
    ("  https://a.example/x\n", "https://a.example/x"),
    ("https://a.example/x?utm_source=rss&utm_medium=feed", "https://a.example/x"),
    ("https://a.example/x?UTM_Source=rss", "https://a.example/x"),
    ("https://a.example/x?id=7&fbclid=abc", "https://a.example/x?id=7"),
    ("https://a.example/x?at_medium=RSS&at_campaign=KARANGA", "https://a.example/x"),
    ("https://a.example/x?", "https://a.example/x"),
]

OTHER_PAGE = [
    ("http://a.example:8080/x", "https://a.example/x"),
    ("http://a.example:8080/x", "https://a.example:8080/x"),
    ("https://a.example/x?id=1", "https://a.example/x?id=2"),
    ("https://a.example/x?b=1&a=2", "https://a.example/x?a=2&b=1"),
    ("https://a.example/X", "https://a.example/x"),
    ("https://a.example/x", "https://b.example/x"),
    ("https://a.example/#!/one", "https://a.example/#!/two"),
    ("https://a.example/x?path=a%2Fb", "https://a.example/x?path=a%26b"),
]

NO_WEB_URL = [
    "",
    "a.example/x",
    "//a.example/x",
    "/x",
    "file:///etc/passwd",
    "ftp://a.example/x",
    "feed://a.example/x",
    "feed:https://a.example/x",
    "javascript:alert(1)",
    "data:text/html,x",
    "http://",
    "http:///x",
    "https:a.example",
    "http://a.example:0/",
    "http://a.example:99999/",
    "http://a.example:port/",
    "http://a b.example/",
    "http://a..example/",
    "http://-a.example/",
    "http://[::1/",
    "http://[fe80::1%25eth0]/",
    "http://good.example\\@evil.example/",
    "http://a@b@c.example/",
    "http://" + "a" * 64 + ".example/",
    "http://a.example/\x00",
    "http://a.example/\ud800",
]


@pytest.mark.parametrize(("one", "other"), SAME_PAGE)
def test_one_page_has_one_form(one: str, other: str) -> None:
    """Two spellings of one address have one canonical form."""
    assert canonical_url(one) == canonical_url(other)


@pytest.mark.parametrize(("one", "other"), OTHER_PAGE)
def test_two_pages_keep_two_forms(one: str, other: str) -> None:
    """What may be another page is never told equal."""
    assert canonical_url(one) != canonical_url(other)


@pytest.mark.parametrize("text", NO_WEB_URL)
def test_what_is_no_web_address_is_refused(text: str) -> None:
    """Another scheme, no host, or a host that cannot exist: no web address."""
    assert not is_web_url(text)


@pytest.mark.parametrize("url", [one for one, _ in SAME_PAGE] + ["http://127.0.0.1:5000/", "http://my_site.example/"])
def test_real_spellings_are_web_addresses(url: str) -> None:
    """Capitals, IDN, ports, blanks around and underscores do not disqualify an address."""
    assert is_web_url(url)


def test_parameters_that_mean_something_stay_in_order() -> None:
    """Tracking parameters go, and the others neither move nor change."""
    url = "https://a.example/x?z=1&utm_source=a&b=%20&gclid=b&b=2&mc_cid=c&empty=&ref=d"
    assert canonical_url(url) == "https://a.example/x?z=1&b=%20&b=2&empty=&ref=d"


def test_other_ids_come_back_as_they_are() -> None:
    """A tag: or urn: id has no canonical form but itself."""
    assert canonical_url(" tag:a.example,2026:7 ") == "tag:a.example,2026:7"


@given(st.text())
@example("http://[")
@example("http://\u2100.example/")
@example("http://\u00ad/")
def test_any_text_can_be_asked(text: str) -> None:
    """No text whatever makes the questions about it raise."""
    is_web_url(text)
    has_credentials(text)
    without_credentials(text)
    assert canonical_url(canonical_url(text)) == canonical_url(text)


@given(WEB_URLS)
@example("http://a.example/%25%37e")
@example("http://a.example/a/%2e%2e/b")
@example("http://a.example/x?%75tm_source=1")
def test_canonical_form_is_its_own_form(url: str) -> None:
    """The canonical form of a web address is a web address in canonical form, in plain ASCII."""
    form = canonical_url(url)
    assert canonical_url(form) == form
    assert form.isascii()
    assert is_web_url(form) == is_web_url(url)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://A.example/x", "a.example"),
        ("http://a.example:80/", "a.example"),
        ("http://a.example:8080/", "a.example:8080"),
        ("https://a.example:80/", "a.example:80"),
        ("https://bücher.example/", "xn--bcher-kva.example"),
        ("http://[::1]:8080/", "[::1]:8080"),
    ],
)
def test_host_key_names_a_server(url: str, key: str) -> None:
    """The key is the host in one spelling, with its port only where that is not the scheme's own."""
    assert host_key(url) == key


def test_host_key_refuses_what_has_no_host() -> None:
    """A text without a host has no host key."""
    with pytest.raises(ValueError, match="not an http"):
        host_key("mailto:jane@a.example")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://user:secret@a.example/x", "https://a.example/x"),
        ("https://secret@a.example", "https://a.example"),
        ("https://a:secret@b:secret@a.example/?q=1", "https://a.example/?q=1"),
        ("//user:secret@a.example/x", "//a.example/x"),
        ("https:user:secret@a.example/x", "https:a.example/x"),
        (" https:/user:secret@a.example/x", " https:/a.example/x"),
        ("https://a.example/@jane", "https://a.example/@jane"),
        ("https://a.example/?mail=a@b", "https://a.example/?mail=a@b"),
    ],
)
def test_credentials_never_show(url: str, shown: str) -> None:
    """User names and passwords go, an @ in the path stays."""
    assert without_credentials(url) == shown


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("What the “new” tariffs mean, explained", "what-the-new-tariffs-mean-explained"),
        ("Größe & Maß", "grosse-mass"),
        ("AT&T", "at-t"),
    ],
)
def test_slug_of_a_headline(text: str, slug: str) -> None:
    """A slug holds the headline's words in plain letters."""
    assert slugify(text) == slug


def test_slug_is_cut_between_words() -> None:
    """A long headline is cut at a word's end."""
    assert slugify("one two three four", max_length=10) == "one-two"


@given(st.text(max_size=200), st.integers(min_value=12, max_value=100))
def test_slug_fits_a_path(text: str, length: int) -> None:
    """Every text has a slug of its allowed characters and length, and the same one each time."""
    slug = slugify(text, max_length=length)
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug)
    assert len(slug) <= length
    assert slugify(text, max_length=length) == slug
