"""Rules that only show from end to end: from a partner's page to our page, and to the end of a permission."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from ingest.article import Article
from ingest.extract import Page
from ingest.extract.article import extract_article
from ingest.reconsider import reconsider_store
from ingest.rights import Verdict
from ingest.sources import Sources, load_sources
from ingest.terms import AtEnd, Grant, Mode, Terms
from publish.audit import SiteFiles, check_site
from publish.publisher import publish_waiting
from publish.site.build import StaticSite
from tests.newswire import GRANTED, NOW, SITE, partner, prose, sources, take
from tests.publish.audit_site import audited, page_of, published

PIXEL = "https://count.forum.example/view/4711.gif"


def extracted(*, pixel: bool = True, marked: bool = True) -> Article:
    """Return the article of a partner's page, as the extractor reads it."""
    paragraphs = "".join(f"<p>{line}</p>" for line in prose(3))
    image = f'<img src="{PIXEL}" width="1" height="1" alt="">' if pixel else ""
    button = '<button class="republish-button">Republish this article</button>' if marked else ""
    html = f"""<!doctype html><html lang="en"><head><title>What the tides say</title>
<meta property="og:type" content="article"><meta property="article:published_time" content="2026-11-24T08:00:00Z">
<meta name="author" content="Jane Roe"></head><body><article><h1>What the tides say</h1>
<p class="byline">By Jane Roe</p>{button}{paragraphs}{image}</article></body></html>"""
    page = Page(content=html.encode(), url="https://forum.example/2026/tides", headers={"content-type": "text/html"})
    return extract_article(page)


def counting(**rules: Any) -> Sources:
    """Return sources whose one partner demands its pixel and its mark."""
    return sources(
        partner("forum", Terms(grant=GRANTED.grant, mode=Mode.FULL, pixel_hosts=("count.forum.example",), **rules))
    )


def test_a_partners_pixel_comes_from_its_page_to_ours(engine: sa.Engine, tmp_path: Path) -> None:
    """It is read, let through by its host, drawn, allowed by our page's own policy, and found by the audit.

    Others strip it as hygiene (miniflux, friendica PR #9230), and break the partner's terms with it.
    """
    known = counting()
    files = published(engine, tmp_path, known, extracted())
    page = page_of(files).read_text(encoding="utf-8")
    assert f'src="{PIXEL}"' in page
    assert audited(engine, files, known) == []


def test_without_its_pixel_it_is_held(engine: sa.Engine) -> None:
    """A page that brings none, and terms that know none: nothing goes out uncounted."""
    assert take(engine, extracted(pixel=False), "forum", counting()).verdict is Verdict.HOLD


@pytest.mark.parametrize(("marked", "verdict"), [(True, Verdict.PUBLISH), (False, Verdict.HOLD)])
def test_the_mark_on_the_page_decides(engine: sa.Engine, marked: bool, verdict: Verdict) -> None:
    """Where only what carries "Republish" may be taken, the button on the page is what lets it through."""
    known = counting(require_marker="Republish")
    assert take(engine, extracted(marked=marked), "forum", known).verdict is verdict


def test_the_proofs_hash_is_kept_with_the_record(engine: sa.Engine, tmp_path: Path) -> None:
    """The terms in force name the very file that gave the permission; another file is other terms."""
    (tmp_path / "letter.txt").write_text("You may.", encoding="utf-8")
    text = (
        "site: {name: S, url: 'https://s.example/'}\npartners:\n  forum:\n    name: Forum\n    url: https://forum.example/\n"
        "    terms: {mode: full, grant: {basis: grant, grantor: J. Doe, evidence: letter.txt}}\n"
    )
    (tmp_path / "sources.yaml").write_text(text, encoding="utf-8")
    known = load_sources(tmp_path / "sources.yaml")
    take(engine, extracted(), "forum", known)
    with engine.connect() as connection:
        (document,) = connection.execute(sa.text("SELECT document FROM terms")).scalars()
    assert Terms.model_validate_json(document).grant.evidence_sha256 == hashlib.sha256(b"You may.").hexdigest()
    before = known.partners[0].terms.digest
    (tmp_path / "letter.txt").write_text("You may not.", encoding="utf-8")
    assert load_sources(tmp_path / "sources.yaml").partners[0].terms.digest != before


ENDS = [
    (AtEnd.WITHDRAW, "withdrawn", False, set()),
    (AtEnd.LINK, "published", False, {"stay-over"}),
    (AtEnd.ASK, "published", True, {"stay-over"}),
]


@pytest.mark.parametrize(("at_end", "state", "has_text", "found"), ENDS)
def test_when_the_window_ends_the_page_does_what_the_terms_say(
    engine: sa.Engine, tmp_path: Path, at_end: AtEnd, state: str, has_text: bool, found: set[str]
) -> None:
    """After keep_days it is taken down, or its text goes and the link stays, or a person is told to ask."""
    known = sources(partner("forum", Terms(grant=GRANTED.grant, mode=Mode.FULL, keep_days=90, at_end=at_end)))
    files = published(engine, tmp_path, known, extracted())
    later = NOW + timedelta(days=91)
    _reconsider(engine, files, known, later)
    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT state FROM publication")).scalar_one() == state
    assert (prose(3)[1] in page_of(files).read_text(encoding="utf-8")) == has_text
    assert {one.code for one in check_site(engine, files, sources=known, now=later)} == found


def test_when_the_permission_ends_the_page_is_taken_down(engine: sa.Engine, tmp_path: Path) -> None:
    """The last day of a grant is the last day of its pages."""
    grant = Grant(**{**GRANTED.grant.model_dump(), "valid_until": (NOW + timedelta(days=5)).date()})
    known = sources(partner("forum", Terms(grant=grant, mode=Mode.FULL)))
    files = published(engine, tmp_path, known, extracted())
    _reconsider(engine, files, known, NOW + timedelta(days=7))
    assert "withdrawn" in page_of(files).read_text(encoding="utf-8")


def _reconsider(engine: sa.Engine, files: SiteFiles, known: Sources, now: datetime) -> None:
    reconsider_store(engine, known, targets=("site",), actor="test", clock=lambda: now)
    publish_waiting(StaticSite(files.root, SITE), engine=engine, clock=lambda: now, actor="test")
