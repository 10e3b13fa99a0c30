"""Dates: what is stated, in which zone, and never the date of something else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from ingest.article import Evidence
from ingest.extract.metadata import Metadata, read_metadata
from ingest.extract.metadata.datetext import read_moment
from ingest.feed import Entry


def read(
    head: str = "", body: str = "", *, url: str = "https://example.org/one", entry: Entry | None = None
) -> Metadata:
    """Read a page with a headline."""
    page = f'<html lang="en"><head>{head}</head><body><main><h1>Tea is served</h1>{body}</main></body></html>'
    return read_metadata(html.document_fromstring(page), url=url, entry=entry)


@pytest.mark.parametrize(
    ("text", "language", "iso"),
    [
        ("2024-05-03T15:42:11+02:00", None, "2024-05-03T15:42:11+02:00"),
        ("2024-05-03T15:42:11.123456Z", None, "2024-05-03T15:42:11+00:00"),
        ("2024-05-03 15:42", None, "2024-05-03T15:42:00+00:00"),
        ("2024-05-03T15:42:11+0530", None, "2024-05-03T15:42:11+05:30"),
        ("20240503", None, "2024-05-03T00:00:00+00:00"),
        ("20240503T154211Z", None, "2024-05-03T15:42:11+00:00"),
        ("1714743731", None, "2024-05-03T13:42:11+00:00"),
        ("1714743731000", None, "2024-05-03T13:42:11+00:00"),
        ("Fri, 03 May 2024 15:42:11 +0200", None, "2024-05-03T15:42:11+02:00"),
        ("Fri May 03 15:42:11 CEST 2024", None, "2024-05-03T15:42:11+02:00"),
        ("03.05.2024, 15:42 Uhr", "de", "2024-05-03T15:42:00+00:00"),
        ("3/5/2024", "en-gb", "2024-05-03T00:00:00+00:00"),
        ("5/3/2024", "en-us", "2024-05-03T00:00:00+00:00"),
        ("25/3/2024", "en-us", "2024-03-25T00:00:00+00:00"),
        ("2024年5月3日 15時42分", "ja", "2024-05-03T15:42:00+00:00"),
        ("2024. 5. 3.", "ko", "2024-05-03T00:00:00+00:00"),
        ("3. Mai 2024", "de", "2024-05-03T00:00:00+00:00"),
        ("Publié le 3 août 2024 à 13h20", "fr", "2024-08-03T13:20:00+00:00"),
        ("3 de mayo de 2024", "es", "2024-05-03T00:00:00+00:00"),
        ("3 maja 2024", "pl", "2024-05-03T00:00:00+00:00"),
        ("May 3, 2024 5:00 PM EST", "en", "2024-05-03T17:00:00-05:00"),
        ("Posted by Jane Doe on May 3rd, 2024", "en", "2024-05-03T00:00:00+00:00"),
        ("3 May 2024", "tlh", "2024-05-03T00:00:00+00:00"),
    ],
)
def test_dates_are_read_as_the_web_writes_them(text: str, language: str | None, iso: str) -> None:
    """Machine and human forms, with time and zone where they are written."""
    moment = read_moment(text, language=language)
    assert moment is not None
    assert moment.at.replace(microsecond=0).isoformat() == iso
    assert moment.day_only == iso.endswith("T00:00:00+00:00")


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2024", "May 2024", "31.02.2024", "1850-01-01", "99/99/2024", "12:30", "x" * 9_000]
)
def test_what_is_no_whole_date_is_none(text: str) -> None:
    """A year, a month or an impossible day is no date; none is guessed."""
    assert read_moment(text) is None


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    """No text makes the reader raise."""
    read_moment(text)


@given(st.datetimes(min_value=datetime(1996, 1, 1), max_value=datetime(2099, 1, 1)), st.integers(-12, 14))  # noqa: DTZ001 - the zone is the next argument
def test_iso_stamps_survive(naive: datetime, hours: int) -> None:
    """An ISO stamp is read to the second, in its own zone."""
    stamp = f"{naive:%Y-%m-%dT%H:%M:%S}{hours:+03}:00"
    moment = read_moment(stamp)
    assert moment is not None
    assert moment.at.isoformat() == stamp
    assert moment.at.utcoffset() == timedelta(hours=hours)


PUBLISHED = '<meta property="article:published_time" content="{}">'


def test_published_and_modified_are_told_apart() -> None:
    """Each meta speaks of its own field."""
    page = read(
        PUBLISHED.format("2024-05-03T10:00:00+02:00")
        + '<meta property="article:modified_time" content="2024-05-04T10:00:00+02:00">'
    )
    assert page.published_at == datetime(2024, 5, 3, 8, tzinfo=UTC)
    assert page.modified_at == datetime(2024, 5, 4, 8, tzinfo=UTC)


def test_a_day_takes_its_time_from_another_source_of_that_day() -> None:
    """A reading with time and zone on the same day is finer than one without."""
    page = read('<meta name="date" content="2024-05-03">', '<time datetime="2024-05-03T09:30:00+02:00">today</time>')
    assert page.published_at is not None
    assert page.published_at.isoformat() == "2024-05-03T09:30:00+02:00"


def test_utc_is_told_in_the_zone_that_the_page_shows() -> None:
    """The same instant in a local zone names the day that readers see."""
    page = read(PUBLISHED.format("2024-05-03T22:04:00Z"), '<time datetime="2024-05-04T00:04:00+02:00">4 May</time>')
    assert page.published_at is not None
    assert page.published_at.isoformat() == "2024-05-04T00:04:00+02:00"


def test_the_printed_time_tells_the_zone() -> None:
    """Minutes that agree with the stated instant show how far the newsroom's clock is from UTC."""
    page = read(PUBLISHED.format("2024-05-03T22:04:31Z"), '<p class="date">4 May 2024, 00:04</p>')
    assert page.published_at is not None
    assert page.published_at.isoformat() == "2024-05-04T00:04:31+02:00"


def test_the_day_in_the_address_tells_the_side_of_midnight() -> None:
    """A permalink has the newsroom's own day: an instant told in UTC is moved to a zone where it falls on it."""
    page = read(PUBLISHED.format("2018-12-31T23:11:59Z"), url="https://example.org/2019/01/01/tea")
    assert page.published_at == datetime(2018, 12, 31, 23, 11, 59, tzinfo=UTC)
    assert page.published_at.date().isoformat() == "2019-01-01"


def details(page: Metadata) -> list[Evidence]:
    """Return the evidence for the publication date."""
    return [reading for reading in page.evidence if reading.field == "published_at"]


def test_a_bare_day_is_midnight_utc_and_says_so() -> None:
    """What was not written is not claimed."""
    page = read('<meta name="date" content="2024-05-03">')
    assert page.published_at == datetime(2024, 5, 3, tzinfo=UTC)
    assert details(page)[0].detail == "date, day only"


@pytest.mark.parametrize(
    "body",
    [
        "<footer class='copyright'>© 2019 - 1 March 2019</footer>",
        "<aside><time datetime='2019-03-01'>1 March 2019</time></aside>",
        "<div class='related'><span class='date'>1 March 2019</span></div>",
        "<div class='comments'><time datetime='2019-03-01T10:00Z'>then</time></div>",
        "<div class='event-date'>1 March 2019</div>",
    ],
)
def test_dates_of_other_things_are_not_the_articles(body: str) -> None:
    """Footers, sidebars, related pieces, comments and events do not date the article."""
    page = read("", "<p class='date'>3 May 2024</p><p>Words.</p>" + body)
    assert page.published_at == datetime(2024, 5, 3, tzinfo=UTC)


def test_an_updated_line_is_no_publication_date() -> None:
    """A visible "Updated" dates the change."""
    page = read("", "<p class='date'>Published 3 May 2024</p><p class='date'>Updated 5 May 2024</p>")
    assert page.published_at == datetime(2024, 5, 3, tzinfo=UTC)
    assert page.modified_at == datetime(2024, 5, 5, tzinfo=UTC)


def test_a_date_ahead_of_time_is_not_believed() -> None:
    """Nothing was published the day after tomorrow's morrow."""
    ahead = datetime.now(UTC) + timedelta(days=40)
    page = read(PUBLISHED.format(ahead.isoformat()), "<p class='date'>3 May 2024</p>")
    assert page.published_at == datetime(2024, 5, 3, tzinfo=UTC)


def test_an_unmarked_date_under_the_headline_counts() -> None:
    """Where nothing states a date, a short line near the headline does."""
    page = read("", "<p>Jane Doe</p><p>3 May 2024</p>")
    assert page.published_at == datetime(2024, 5, 3, tzinfo=UTC)


def test_the_address_dates_an_article_that_says_nothing() -> None:
    """A day in the URL is weak evidence, and better than none."""
    page = read(url="https://example.org/2024/05/03/tea")
    assert page.published_at == datetime(2024, 5, 3, tzinfo=UTC)
    assert [reading.source.value for reading in details(page)] == ["url"]


def test_a_page_without_dates_has_none() -> None:
    """Nothing is made up, and a copyright year is no date."""
    assert read("", "<p>Words and words.</p><footer>© 2019 Example</footer>").published_at is None


def test_the_feeds_date_counts() -> None:
    """What the partner sent in the feed is a reading like the others."""
    sent = datetime(2024, 5, 3, 8, 0, tzinfo=UTC)
    entry = Entry(key="1", guid=None, url=None, headline="Tea is served", published_at=sent)
    assert read(entry=entry).published_at == sent


PROSE = "Tea was served to everyone who came to the house on the hill that day, and it was good tea."


@pytest.mark.parametrize(
    ("body", "head", "day"),
    [
        (f"<p>29.11.2022 \u2013 {PROSE}</p>", "", "2022-11-29"),
        ("<ul class='nav meta'><li>13 Oct 2020 18:29</li><li>1479</li></ul>", "", "2020-10-13"),
        (PROSE, '<meta property="og:image" content="/uploads/2020/10/13/news/tea.jpg">', "2020-10-13"),
        (PROSE, '<meta property="og:image" content="/uploads/2020/10/tea.jpg">', None),
    ],
)
def test_days_that_nothing_marks(body: str, head: str, day: str | None) -> None:
    """At the start of the first paragraph, in a list of notes on the piece, in the picture's address."""
    found = read(head, body).published_at
    assert (found.date().isoformat() if found else None) == day


def test_a_count_behind_a_time_is_no_zone() -> None:
    """The offset of a zone has at most fourteen hours."""
    moment = read_moment("13 Oct 2020 18:29 1479")
    assert moment is not None
    assert (moment.at.isoformat(), moment.zone_unknown) == ("2020-10-13T18:29:00+00:00", True)


def test_the_printed_time_tells_the_zone_of_a_stamp_in_utc() -> None:
    """A time element has one for machines and one for readers."""
    found = read("", "<time datetime='2026-05-04T02:41:00Z'>May 3, 2026 10:41 pm</time>").published_at
    assert found is not None
    assert found.isoformat() == "2026-05-03T22:41:00-04:00"


def test_a_page_with_too_much_text_is_not_searched_for_a_date() -> None:
    """The library reads boxes in boxes over and over; what the page states is still read."""
    boxes = "<div class='date'>" * 300 + "<p>" + "tea " * 60_000 + "</p>" + "</div>" * 300
    assert read("", boxes).published_at is None
    stated = '<meta property="article:published_time" content="2026-05-03T10:00:00Z">'
    assert read(stated, boxes).published_at is not None


def test_a_bare_month_makes_no_first_of_the_month() -> None:
    """What only a month or a year is known of has no day; a first that is written is one."""
    picture = '<meta property="og:image" content="/uploads/2020/10/tea.jpg">'
    assert read(picture, PROSE).published_at is None


def _published(body: str, *, head: str = "", url: str = "https://www.example.org/news/one") -> str:
    page = f"<html lang='en'><head><title>Tea is served</title>{head}</head><body><h1>Tea is served</h1>{body}</body></html>"
    found = read_metadata(html.document_fromstring(page), url=url).published_at
    return found.isoformat() if found else ""


@pytest.mark.parametrize(
    ("url", "iso"),
    [
        ("https://www.example.co.uk/news/one", "2024-04-03"),
        ("https://www.example.com.au/news/one", "2024-04-03"),
        ("https://www.example.org/news/one", "2024-03-04"),
    ],
)
def test_a_slash_date_is_read_as_the_hosts_country_writes_it(url: str, iso: str) -> None:
    """English alone does not say which of two small numbers is the day."""
    assert _published('<p class="date">3/4/2024</p>', url=url).startswith(iso)


def test_a_local_time_that_nothing_marks_tells_the_zone_of_a_stamp_in_utc() -> None:
    """Readers were shown the third of May, though in UTC it was the fourth."""
    head = '<meta property="article:published_time" content="2022-05-04T02:41:00Z">'
    body = "<div><span>3 May 2022 22:41 </span></div>"
    assert _published(body, head=head) == "2022-05-03T22:41:00-04:00"


def test_a_line_that_says_when_it_was_published_dates_a_page_that_marks_nothing() -> None:
    """What says that it is the last change's date is passed over."""
    prose = "<p>Words of the article, and then some more of them.</p>" * 90
    body = f"{prose}<p>Last change: 31.10.2023<br>First published on: 01.11.2023</p>"
    assert _published(body).startswith("2023-11-01")


def test_single_digits_in_an_address_make_a_day() -> None:
    """Many systems write no leading noughts."""
    assert _published("<p>Tea.</p>", url="https://www.example.org/blog/2017/7/12/tea").startswith("2017-07-12")
