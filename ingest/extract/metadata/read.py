"""A page's metadata, read field by field from one survey."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml.html import HtmlElement

from ingest.article import Byline, Evidence
from ingest.extract.metadata import authors, dates, undated
from ingest.extract.metadata.candidates import byline_candidates
from ingest.extract.metadata.canonical import read_canonical
from ingest.extract.metadata.datechoice import choose
from ingest.extract.metadata.dateline import read_dateline
from ingest.extract.metadata.elsewhere import without_middleman
from ingest.extract.metadata.headline import find_headline, headline_variants, read_headline
from ingest.extract.metadata.image import read_image
from ingest.extract.metadata.jsonld import Node, article_nodes, parse
from ingest.extract.metadata.labels import read_labels
from ingest.extract.metadata.language import read_language
from ingest.extract.metadata.lastresort import library_date
from ingest.extract.metadata.mining import read_mining
from ingest.extract.metadata.sites import site_names
from ingest.extract.metadata.standfirst import plain, read_description, read_standfirst
from ingest.extract.metadata.survey import Mark, Survey, survey
from ingest.extract.metadata.values import Metadata
from ingest.origin import metadata_claims

if TYPE_CHECKING:  # the feed room brings a parser that reading pages does not need
    from ingest.feed import Entry


@dataclass(frozen=True, kw_only=True)
class _Scene:
    """What every reader looks at."""

    tree: HtmlElement
    page: Survey
    nodes: Sequence[Node]
    articles: Sequence[Node]
    sites: Sequence[str]
    headline: Mark | None
    language: str | None
    entry: Entry | None


def read_metadata(
    tree: HtmlElement, *, url: str, entry: Entry | None = None, headers: Mapping[str, str] | None = None
) -> Metadata:
    """Return what a page says about its article apart from the body.

    `tree` is the page's root, unchanged by the reading; `url` where it was fetched, after redirects; `entry` the
    feed's item for it, whose fields count as readings of their own; `headers` are the server's, with lower-case
    names. Raises nothing on account of what a page holds.
    """
    page = survey(tree, url=url)
    nodes = parse(page.scripts)
    sites = site_names(page, nodes)
    feed = entry.headline if entry else ""
    articles = article_nodes(nodes, url=url, wordings=[page.first("og:title"), *page.titles[:1], feed])
    variants = headline_variants(page, articles=articles, sites=sites, feed=feed)
    labels = read_labels(page, articles=articles, feed=entry.labels if entry else ())
    mark = find_headline(page, variants=variants, sites=sites, labels=labels)
    headline, wordings = read_headline(mark, variants=variants, sites=sites)
    language, tongues = read_language(page, articles=articles, feed=entry.language if entry else None)
    scene = _Scene(
        tree=tree,
        page=page,
        nodes=nodes,
        articles=articles,
        sites=sites,
        headline=mark,
        language=language,
        entry=entry,
    )
    published, modified, dated = _dates(scene)
    canonical, addresses = read_canonical(page, articles=articles)
    description = read_description(page, articles=articles)
    summaries = (description, plain(entry.summary) if entry else None)
    standfirst, decks = read_standfirst(page, headline=mark, stated=summaries)
    claims = metadata_claims(nodes, canonical_url=canonical, page_url=url)
    credited, signed = _byline(scene)
    byline = without_middleman(credited, page, headline=mark, sites=sites, description=description, claims=claims)
    dateline, places = read_dateline(page, articles=articles, headline=mark)
    return Metadata(
        headline=headline,
        headline_variants=variants,
        standfirst=standfirst,
        description=description,
        byline=byline,
        dateline=dateline,
        published_at=published.moment.at if published else None,
        modified_at=modified.moment.at if modified else None,
        language=language,
        canonical_url=canonical,
        image=read_image(page, articles=articles, nodes=nodes, feed=entry.image_url if entry else None),
        labels=labels,
        site_names=sites,
        json_ld=nodes,
        claims=claims,
        evidence=(*wordings, *signed, *dated, *tongues, *addresses, *decks, *places, *read_mining(page, headers)),
    )


def _byline(scene: _Scene) -> tuple[Byline, tuple[Evidence, ...]]:
    candidates = byline_candidates(
        scene.page,
        articles=scene.articles,
        nodes=scene.nodes,
        headline=scene.headline,
        sites=scene.sites,
        feed=scene.entry.authors if scene.entry else (),
    )
    return authors.choose_byline(candidates, sites=scene.sites), authors.evidence_of(candidates)


def _dates(scene: _Scene) -> tuple[dates.Reading | None, dates.Reading | None, tuple[Evidence, ...]]:
    readings = [
        *dates.feed_readings(scene.entry),
        *dates.date_readings(scene.page, articles=scene.articles, headline=scene.headline, language=_calendar(scene)),
    ]
    published = choose(readings, modified=False)
    if published is not None and _tells_no_zone(published) and (printed := _near(scene)):
        readings += [printed] if not printed.moment.day_only else []
        published = choose(readings, modified=False)
    if published is None and (guess := _guess(scene)):
        readings.append(guess)
        published = guess
    return published, choose(readings, modified=True), dates.evidence_of(readings)


def _guess(scene: _Scene) -> dates.Reading | None:
    return (
        _near(scene)
        or undated.labelled(scene.page, language=_calendar(scene))
        or undated.of_picture(scene.page)
        or library_date(scene.tree, url=scene.page.url)
    )


def _near(scene: _Scene) -> dates.Reading | None:
    return undated.unmarked(scene.page, headline=scene.headline, language=_calendar(scene))


def _tells_no_zone(reading: dates.Reading) -> bool:
    """Tell whether an instant stands in UTC, as machines write it; the local time may be printed by the headline."""
    moment = reading.moment
    return not (moment.day_only or moment.zone_unknown or moment.at.utcoffset())


def _calendar(scene: _Scene) -> str | None:
    """Return the language that dates are read in; English without a country is the host's own where it has one."""
    return dates.day_first(scene.page.url) or scene.language if scene.language in (None, "en") else scene.language
