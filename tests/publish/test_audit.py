"""The audit: an untouched site has no findings, and each way of tampering has its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from ingest.article import Article, Evidence, Source
from ingest.body import Body, Figure, Image, Link, Paragraph, Text
from ingest.editing import Desk, with_headline
from ingest.editing import edit as change_words
from ingest.keep import Keeping
from ingest.pixel import EVIDENCE_FIELD
from ingest.ruling import give_ruling
from ingest.sources import Sources
from ingest.store.database import write
from ingest.store.rulings import Ruling
from ingest.terms import CreditRule, Duties, Edits, Grant, Images, Mode, Position, SearchPolicy, Terms
from publish.audit import CODES, Severity, SiteFiles, check_site
from publish.audit.notified import note_notified
from publish.publisher import publish_waiting
from publish.site.build import StaticSite
from tests.newswire import GRANTED, NO_TERMS, NOW, SITE, article, partner, prose, sources, take
from tests.publish.audit_site import audited, edit, page_of, published

PIXEL = "https://count.forum.example/7.gif"
TERMS = Terms(
    grant=GRANTED.grant,
    mode=Mode.FULL,
    credit=CreditRule(
        position=Position.BOTH, tagline="Forum is a club of pilots.", logo="https://forum.example/logo.png"
    ),
    pixel_hosts=("count.forum.example",),
)
KNOWN = sources(partner("forum", TERMS))


def piece(**changes: Any) -> Article:
    """Return an article with all that an audit looks at."""
    first, *rest = (Paragraph(children=(Text(text=line),)) for line in prose(0))
    linked = Paragraph(
        children=(Text(text="See "), Link(href="https://notes.example/a", children=(Text(text="a note"),)))
    )
    figure = Figure(image=Image(url="https://forum.example/p.jpg", credit="Jane Roe/AP"))
    return article(
        body=Body(blocks=(first, linked, figure, *rest)),
        bio="Jane Roe is a pilot of the northern channel.",
        evidence=(Evidence(field=EVIDENCE_FIELD, value=PIXEL, source=Source.FEED, confidence=1.0),),
        **changes,
    )


@pytest.fixture
def site(engine: sa.Engine, tmp_path: Path) -> SiteFiles:
    """Return a site with one published page."""
    return published(engine, tmp_path / "site", KNOWN, piece())


def codes(engine: sa.Engine, site: SiteFiles, known: Sources = KNOWN) -> set[str]:
    """Return the codes of what the audit finds."""
    return {finding.code for finding in audited(engine, site, known)}


def test_a_way_to_reach_us_stands_where_the_terms_want_it(engine: sa.Engine, tmp_path: Path) -> None:
    """At the foot of the page; where it is gone, or nobody set it, that is found, and only for who wants it."""
    reachable = replace(SITE, contact="desk@courier.example")
    wanted = TERMS.model_copy(update={"site_contact": True})
    known = replace(sources(partner("forum", wanted)), site=reachable)
    take(engine, piece(), "forum", known)
    publish_waiting(StaticSite(tmp_path, reachable), engine=engine, clock=lambda: NOW, actor="test")
    site = SiteFiles(root=tmp_path, site=reachable)
    assert audited(engine, site, known) == []
    assert codes(engine, site, replace(known, site=SITE)) == {"contact-missing"}
    edit(page_of(site), "mailto:desk@courier.example", "#")
    assert codes(engine, site, known) == {"contact-missing"}


def test_an_untouched_site_has_no_findings(engine: sa.Engine, site: SiteFiles) -> None:
    """What we wrote is what the records say: pixel, bio, links, lists and feeds included."""
    assert audited(engine, site, KNOWN) == []


BODY_END = '</div>\n<p class="tagline">'
EDITS: list[tuple[str, str, str, str]] = [
    ("the credit is gone", 'class="credit', 'class="x', "credit-missing"),
    ("the credit names another", ">Forum</a>", ">Us</a>", "credit-missing"),
    ("the credit is hidden", 'class="credit at', 'hidden class="credit at', "credit-hidden"),
    ("the credit above is gone", 'class="credit at-top', 'class="x', "credit-misplaced"),
    ("the credit below is gone", 'class="credit at-bottom', 'class="x', "credit-misplaced"),
    ("the byline is gone", "<bdi>Jane Roe</bdi>", "<bdi>Our reporter</bdi>", "byline-missing"),
    ("the tagline is gone", "Forum is a club of pilots.", "", "tagline-missing"),
    ("the logo is another", 'src="https://forum.example/logo.png"', 'src="x.png"', "logo-missing"),
    ("the link to the original is gone", "https://forum.example/tides", "#", "link-missing"),
    ("the headline is ours", "<h1>What the tides", "<h1>How the tides", "headline-changed"),
    ("a word of the text is ours", "Harbour0 tide7", "Harbour0 tides", "body-changed"),
    ("a paragraph is added", BODY_END, "<p>Our view.</p>" + BODY_END, "body-changed"),
    ("a link of the story is gone", '<a href="https://notes.example/a">a note</a>', "a note", "story-link-missing"),
    ("the note on the author is gone", "Jane Roe is a pilot of the northern channel.", "", "bio-missing"),
    ("the pixel is gone", f'src="{PIXEL}"', 'src="x.gif"', "pixel-missing"),
    ("the pixel is blocked", " https://count.forum.example; base-uri", "; base-uri", "pixel-blocked"),
    (
        "a stranger counts too",
        '<img class="pixel"',
        '<img src="https://spy.example/p.gif" width="1" height="1"><img class="pixel"',
        "pixel-foreign",
    ),
    (
        "an image is shown",
        '<img class="pixel"',
        '<img src="https://forum.example/p.jpg"><img class="pixel"',
        "image-not-allowed",
    ),
    ("nobody is told of the paywall", 'data-terms="no-paywall"', "", "flags-missing"),
    ("a script is loaded", "</head>", '<script src="https://ads.example/a.js"></script></head>', "foreign-content"),
    ("the canonical link is gone", 'rel="canonical"', 'rel="x"', "canonical-wrong"),
    (
        "the canonical link is ours",
        'rel="canonical" href="https://forum',
        'rel="canonical" href="https://us',
        "canonical-wrong",
    ),
    ("it is kept out of search too", "</head>", '<meta name="robots" content="noindex"></head>', "search-doubled"),
]


@pytest.mark.parametrize(("old", "new", "code"), [case[1:] for case in EDITS], ids=[case[0] for case in EDITS])
def test_each_edit_of_the_page_is_found(engine: sa.Engine, site: SiteFiles, old: str, new: str, code: str) -> None:
    """Whatever somebody changed in the file, a finding names it, says where and what to do."""
    page = page_of(site)
    edit(page, old, new)
    found = [finding for finding in audited(engine, site, KNOWN) if finding.code == code]
    assert found
    assert found[0].where == str(page)
    assert found[0].severity is Severity.ERROR
    assert "--rebuild" in found[0].next_step


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe\x00"])
def test_a_page_that_is_gone_or_empty_is_found(engine: sa.Engine, site: SiteFiles, content: bytes | None) -> None:
    """A lost or emptied file is a finding, not an error."""
    page = page_of(site)
    if content is None:
        page.unlink()
    else:
        page.write_bytes(content)
    assert codes(engine, site) & {"page-missing", "credit-missing"}


@pytest.mark.parametrize("mode", [Mode.EXCERPT, Mode.LINK])
def test_no_more_is_shown_than_the_terms_allow(engine: sa.Engine, tmp_path: Path, mode: Mode) -> None:
    """An excerpt that goes on, in the text or elsewhere on the page, is found; untouched it has no findings."""
    known = sources(partner("forum", Terms(grant=GRANTED.grant, mode=mode, excerpt_paragraphs=1)))
    site = published(engine, tmp_path / "site", known)
    assert audited(engine, site, known) == []
    edit(page_of(site), "</article>", f"<p>{prose(0)[3]}</p></article>")
    assert codes(engine, site, known) == {"shows-too-much"}


@pytest.mark.parametrize(
    ("rules", "code", "severity"),
    [
        ({"edits": Edits.NONE}, "body-changed", Severity.ERROR),
        ({"edits": Edits.STYLE}, "body-edited", Severity.NOTICE),
        ({"edits": Edits.ANY, "change_notice": True}, "change-unnamed", Severity.ERROR),
    ],
)
def test_changed_words_are_judged_by_the_terms(
    engine: sa.Engine, tmp_path: Path, rules: dict[str, Any], code: str, severity: Severity
) -> None:
    """Forbidden edits are a breach; allowed ones have to be named where the terms want that, and are told."""
    known = sources(partner("forum", Terms(grant=GRANTED.grant, mode=Mode.FULL, **rules)))
    site = published(engine, tmp_path / "site", known)
    edit(page_of(site), "Harbour0 tide7", "Harbour0 tides")
    (finding,) = audited(engine, site, known)
    assert (finding.code, finding.severity) == (code, severity)


@pytest.mark.parametrize(("allowed", "found"), [(True, set()), (False, {"headline-changed"})])
def test_a_changed_headline_is_judged_by_the_terms(
    engine: sa.Engine, tmp_path: Path, allowed: bool, found: set[str]
) -> None:
    """Where the terms let us change the headline, another one is no finding."""
    known = sources(partner("forum", Terms(grant=GRANTED.grant, mode=Mode.FULL, headline_edits=allowed)))
    site = published(engine, tmp_path / "site", known)
    edit(page_of(site), "<h1>What the tides", "<h1>How the tides")
    assert codes(engine, site, known) == found


@pytest.mark.parametrize(("kept", "found"), [(True, {"bio-missing", "story-link-missing"}), (False, set())])
def test_links_and_notes_on_authors_are_kept_where_the_terms_want_it(
    engine: sa.Engine, tmp_path: Path, kept: bool, found: set[str]
) -> None:
    """Where the terms do not ask for them, their lack is no finding."""
    known = sources(partner("forum", Terms(grant=GRANTED.grant, mode=Mode.FULL, keep_links=kept, keep_bio=kept)))
    site = published(engine, tmp_path / "site", known, piece())
    edit(page_of(site), '<a href="https://notes.example/a">a note</a>', "a note")
    edit(page_of(site), "Jane Roe is a pilot of the northern channel.", "")
    assert codes(engine, site, known) == found


SEARCH = [
    (SearchPolicy.NOINDEX, 'name="robots"', "noindex-missing"),
    (SearchPolicy.NEWS_NOINDEX, 'name="googlebot-news"', "noindex-missing"),
    (SearchPolicy.NONE, 'rel="canonical"', "canonical-wrong"),
]


@pytest.mark.parametrize(("policy", "mark", "code"), SEARCH)
def test_each_search_policy_is_held_against_the_page(
    engine: sa.Engine, tmp_path: Path, policy: SearchPolicy, mark: str, code: str
) -> None:
    """The page tells search engines exactly what the terms ask for."""
    known = sources(partner("forum", Terms(grant=GRANTED.grant, mode=Mode.FULL, search=policy)))
    site = published(engine, tmp_path / "site", known)
    assert audited(engine, site, known) == []
    edit(page_of(site), mark, 'data-x="x"')
    assert code in codes(engine, site, known)


def test_only_images_whose_credit_fits_may_stand(engine: sa.Engine, tmp_path: Path) -> None:
    """Where the terms allow the owner's images, an agency's is found."""
    known = sources(partner("forum", Terms(grant=GRANTED.grant, mode=Mode.FULL, images=Images.OWNED)))
    site = published(engine, tmp_path / "site", known, piece())
    edit(page_of(site), "</article>", '<img src="https://forum.example/p.jpg"></article>')
    assert codes(engine, site, known) == {"image-not-allowed"}


def test_a_permission_that_is_gone_is_found(engine: sa.Engine, site: SiteFiles) -> None:
    """The page is as recorded, but may no longer stand."""
    assert codes(engine, site, sources(partner("forum", NO_TERMS))) == {"permission-over"}


def test_a_collision_that_waits_for_a_person_is_no_permission_that_is_over(engine: sa.Engine, tmp_path: Path) -> None:
    """The page rightly stands, and is told as what it is; a permission that is over besides is told as that."""
    free = TERMS.model_copy(update={"edits": Edits.ANY, "headline_edits": True})
    known = sources(partner("forum", free))
    site = published(engine, tmp_path / "site", known, piece())
    desk = Desk(engine=engine, sources=known, keeping=Keeping(now=NOW, actor="ed", targets=("site",)))
    change_words(desk, 1, lambda sheet: with_headline(sheet, "Ours"), reason="Style")
    publish_waiting(StaticSite(site.root, SITE), engine=engine, clock=lambda: NOW, actor="test")
    take(engine, piece(headline="Theirs"), "forum", known)
    publish_waiting(StaticSite(site.root, SITE), engine=engine, clock=lambda: NOW, actor="test")
    assert "Ours" in page_of(site).read_text(encoding="utf-8")
    (found,) = audited(engine, site, known)
    assert (found.code, found.severity) == ("edit-conflict", Severity.WARNING)
    assert "reprint articles merge" in found.next_step
    assert codes(engine, site, sources(partner("forum", NO_TERMS))) == {"permission-over"}


def test_terms_that_now_ask_for_another_credit_are_found(engine: sa.Engine, site: SiteFiles) -> None:
    """The page shows what was owed then; the finding says what is owed now."""
    terms = TERMS.model_copy(update={"credit": CreditRule(template="First in {origin}.")})
    (finding,) = audited(engine, site, sources(partner("forum", terms)))
    assert finding.code == "terms-changed"
    assert "First in Forum." in finding.evidence


def test_a_partner_that_is_no_longer_known_is_found(engine: sa.Engine, site: SiteFiles) -> None:
    """Terms that nobody can look up are a finding."""
    assert codes(engine, site, sources(partner("other"))) == {"partner-unknown"}


@pytest.mark.parametrize(
    ("dates", "code"),
    [
        ({"valid_until": (NOW + timedelta(days=9)).date()}, "expires-soon"),
        ({"review_by": (NOW - timedelta(days=1)).date()}, "review-due"),
    ],
)
def test_dates_that_come_near_are_told(engine: sa.Engine, tmp_path: Path, dates: dict[str, Any], code: str) -> None:
    """A permission that ends soon and a review that is due are findings before they are breaches."""
    grant = Grant(**{**GRANTED.grant.model_dump(), **dates})
    known = sources(partner("forum", Terms(grant=grant, mode=Mode.FULL)))
    assert code in codes(engine, published(engine, tmp_path / "site", known), known)


def test_a_page_that_stands_elsewhere_is_found(engine: sa.Engine, site: SiteFiles) -> None:
    """The record's address has to be the site's own."""
    moved = replace(SITE, url="https://other.example/")
    assert "page-elsewhere" in codes(engine, SiteFiles(root=site.root, site=moved))


def test_a_partner_who_wants_to_be_told_is_told(engine: sa.Engine, tmp_path: Path) -> None:
    """Who is to be told of a publication is a finding until somebody notes that they were."""
    terms = Terms(grant=GRANTED.grant, mode=Mode.FULL, duties=Duties(notify="desk@forum.example", notify_hours=1))
    known = sources(partner("forum", terms))
    site = published(engine, tmp_path / "site", known)
    assert codes(engine, site, known) == set()
    later = NOW + timedelta(hours=2)
    (due,) = check_site(engine, site, sources=known, now=later)
    assert due.code == "notify-due"
    note_notified(engine, due.article_id or 0, how="mail to the desk", actor="ed", now=later)
    assert list(check_site(engine, site, sources=known, now=later)) == []


def _withdraw(engine: sa.Engine) -> None:
    keeping = Keeping(now=NOW, actor="ed", targets=("site",))
    give_ruling(engine, 1, Ruling.WITHDRAWN, reason="asked to", sources=KNOWN, keeping=keeping)


def test_what_was_withdrawn_is_really_gone(engine: sa.Engine, site: SiteFiles) -> None:
    """Page, lists, feeds and sitemaps show nothing of it; where one does, it is found."""
    page = page_of(site)
    before = {file: file.read_bytes() for file in (page, site.root / "index.html", site.root / "feed.xml")}
    _withdraw(engine)
    publish_waiting(StaticSite(site.root, SITE), engine=engine, clock=lambda: NOW, actor="test")
    assert audited(engine, site, KNOWN) == []
    for file, code in zip(before, ("still-there", "withdrawn-listed", "withdrawn-listed"), strict=True):
        after = file.read_bytes()
        file.write_bytes(before[file])
        assert code in codes(engine, site), file
        file.write_bytes(after)


def test_a_withdrawal_that_waits_too_long_is_found(engine: sa.Engine, site: SiteFiles) -> None:
    """A take-down has its deadline, even when nothing runs that would carry it out."""
    _withdraw(engine)
    assert "takedown-late" not in codes(engine, site)
    found = check_site(engine, site, sources=KNOWN, now=NOW + timedelta(hours=25))
    assert "takedown-late" in {finding.code for finding in found}


def test_a_correction_that_waits_too_long_is_found(engine: sa.Engine, tmp_path: Path) -> None:
    """The partner's correction stands on our page within the terms' hours."""
    known = sources(partner("forum", Terms(grant=GRANTED.grant, mode=Mode.FULL, duties=Duties(correct_hours=2))))
    site = published(engine, tmp_path / "site", known)
    take(engine, article(headline="What the tides say, corrected"), "forum", known)
    assert codes(engine, site, known) == set()
    found = check_site(engine, site, sources=known, now=NOW + timedelta(hours=3))
    assert {finding.code for finding in found} == {"correction-late"}


def test_a_page_that_no_record_stands_behind_is_found(engine: sa.Engine, site: SiteFiles) -> None:
    """Nothing is published past the records."""
    (site.root / "articles" / "by-the-way.html").write_text("<h1>By the way</h1>", encoding="utf-8")
    edit(site.root / "index.html", "</main>", '<a href="articles/by-the-way.html">x</a></main>')
    assert codes(engine, site) == {"stray-page", "stray-link"}


FEEDS: list[tuple[str, str, Callable[[str], str], str]] = [
    ("the credit is gone", "feed.xml", lambda t: t.replace("originally published by", "from"), "feed-credit-missing"),
    ("the credit is gone", "atom.xml", lambda t: t.replace("originally published by", "from"), "feed-credit-missing"),
    ("the author is gone", "feed.xml", lambda t: t.replace("Jane Roe", "Us"), "feed-byline-missing"),
    ("the author is gone", "atom.xml", lambda t: t.replace("<name>Jane Roe", "<name>Us"), "feed-byline-missing"),
    (
        "the text is in it",
        "feed.xml",
        lambda t: t.replace("<content:encoded>", f"<content:encoded>{prose(0)[3]}"),
        "feed-shows-too-much",
    ),
    ("it is no feed", "feed.xml", lambda t: t[:200], "feed-missing"),
    ("the item is gone", "atom.xml", lambda t: t.replace(":work-1<", ":work-9<"), "feed-stale"),
]


@pytest.mark.parametrize(("name", "change", "code"), [c[1:] for c in FEEDS], ids=[f"{c[1]}: {c[0]}" for c in FEEDS])
def test_each_edit_of_our_feeds_is_found(
    engine: sa.Engine, site: SiteFiles, name: str, change: Callable[[str], str], code: str
) -> None:
    """Readers of feeds get credit and authors too, and no more of the text than they may."""
    file = site.root / name
    text = file.read_text(encoding="utf-8")
    assert change(text) != text
    file.write_text(change(text), encoding="utf-8")
    assert code in codes(engine, site)


def test_every_code_that_is_used_is_known() -> None:
    """No finding is raised under a name that has no severity and no way out, and none is listed for nothing."""
    folder = Path(__file__).parents[2] / "publish" / "audit"
    used = "".join(file.read_text(encoding="utf-8") for file in folder.rglob("*.py") if file.name != "finding.py")
    rights = "".join(
        file.read_text(encoding="utf-8") for file in (folder.parents[1] / "ingest" / "rights").glob("*.py")
    )
    assert [code for code in CODES if f'"{code}"' not in used + rights] == []


def test_what_the_publisher_changes_meanwhile_is_left_to_the_next_audit(engine: sa.Engine, site: SiteFiles) -> None:
    """A page that is written while it is looked at is no finding."""
    edit(page_of(site), "Jane Roe", "Jane Roe-Smith")
    checked = check_site(engine, site, sources=KNOWN, now=NOW)
    with write(engine) as connection:
        connection.exec_driver_sql("UPDATE publication SET state = 'pending'")
    assert "headline-changed" not in {finding.code for finding in checked}
