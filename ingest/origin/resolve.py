"""The claims of an article held against the partners we know: whose piece it is (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.article import Article, Fate, Origin, OriginClaim, Person, Source
from ingest.body import Paragraph, inline_text
from ingest.origin.agencies import agency_named
from ingest.origin.credit_line import claim_in, read_credit_line
from ingest.origin.links import host_of
from ingest.origin.names import initials
from ingest.origin.wire import wire_claim
from ingest.sources import Partner
from ingest.sources.checks import name_key
from ingest.urls import canonical_url

#: Whose word counts first: what the page tells its readers, then what it tells machines.
_RANKS = {Source.EDITOR: 0, Source.BODY: 1, Source.VISIBLE: 1, Source.BIO: 2, Source.FEED: 3, Source.JSON_LD: 4}


@dataclass(frozen=True, kw_only=True)
class _Reading:
    """One claim, and the partner whom it names; None for someone we do not know."""

    claim: OriginClaim
    partner: Partner | None

    @property
    def identity(self) -> str:
        if self.partner is not None:
            return f"key:{self.partner.key}"
        return f"name:{name_key(self.name)}"

    @property
    def name(self) -> str:
        if self.partner is not None:
            return self.partner.name
        claim = self.claim
        return (
            agency_named(claim.name) or claim.name or host_of(claim.url) or host_of(claim.home) or "someone unknown"
        )


def resolve_origin(article: Article, *, supplier: Partner, partners: Sequence[Partner]) -> Origin:
    """Return who first published the article: the supplier, unless it or its page says somebody else.

    Names and aliases are compared without case and leading "The", hosts without "www.". Someone unknown gives an
    origin without key, which no terms cover. Where claims name several others, one that is unknown counts before one
    that is known, and then what the page tells its readers before what it tells machines.
    """
    known = [supplier, *(partner for partner in partners if partner.key != supplier.key)]
    claims = (*article.claims, *_claims_within(article), *_page_claim(article, known))
    claims = tuple(_spelled_out(claim, article, known) for claim in claims)
    readings = [_Reading(claim=claim, partner=_partner_of(claim, known)) for claim in claims]
    foreign = [reading for reading in readings if reading.partner is not supplier and not _says_nothing(reading)]
    if not foreign:
        return _own(article, supplier, readings)
    foreign.sort(key=lambda reading: (reading.partner is not None, _RANKS.get(reading.claim.source, 5)))
    return _others(foreign)


def _own(article: Article, supplier: Partner, readings: Sequence[_Reading]) -> Origin:
    evidence = next((r.claim.evidence for r in readings if r.partner is supplier), "delivered by its own feed")
    return Origin(
        name=supplier.name,
        key=supplier.key,
        url=_link(article),
        evidence=evidence,
        own=True,
        home=supplier.url,
    )


def _link(article: Article) -> str:
    """Return the address to link to: without tracking where that is safe, else as it was fetched."""
    plain = canonical_url(article.url)
    return plain if article.url.startswith("https://") else article.url


def _others(foreign: Sequence[_Reading]) -> Origin:
    first = foreign[0]
    same = [reading for reading in foreign if reading.identity == first.identity]
    others = dict.fromkeys(reading.name for reading in foreign if reading.identity != first.identity)
    evidence = "; ".join(dict.fromkeys(reading.claim.evidence for reading in same))
    if others:
        evidence += f" (but {', '.join(others)} is named too)"
    partner = first.partner
    home = partner.url if partner else next((r.claim.home for r in same if r.claim.home), None)
    return Origin(
        name=first.name,
        key=partner.key if partner else None,
        url=next((r.claim.url for r in same if r.claim.url and _is_theirs(r.claim.url, partner)), None),
        evidence=evidence,
        own=False,
        home=home,
    )


def _is_theirs(url: str, partner: Partner | None) -> bool:
    """Tell whether an address may be the original's: on the partner's own hosts, where we know them."""
    return partner is None or _on_hosts(url, partner)


def _partner_of(claim: OriginClaim, known: Sequence[Partner]) -> Partner | None:
    """Return the partner whom a claim names, by name, else by host; strangers on the supplier's host are none."""
    if claim.name:
        key = name_key(claim.name)
        named = next((p for p in known if key in {name_key(name) for name in (p.name, *p.aliases)}), None)
        by_domain = next((p for p in known if _on_hosts(f"https://{claim.name}/", p)), None)
        if named or by_domain:
            return named or by_domain
    hosted = next((p for p in known for url in (claim.url, claim.home) if url and _on_hosts(url, p)), None)
    return None if claim.name and hosted is known[0] else hosted


def _on_hosts(url: str, partner: Partner) -> bool:
    """Tell whether an address lies on a partner's host or one below it."""
    host = host_of(url)
    hosts = {name.lower().removeprefix("www.") for name in (*partner.hosts, host_of(partner.url) or "")} - {""}
    return host is not None and any(host == own or host.endswith(f".{own}") for own in hosts)


def _says_nothing(reading: _Reading) -> bool:
    """Tell whether a claim said in passing names nobody we know: a publisher's legal name, say."""
    claim = reading.claim
    if reading.partner is not None or not claim.weak:
        return False
    return agency_named(claim.name) is None


def _spelled_out(claim: OriginClaim, article: Article, known: Sequence[Partner]) -> OriginClaim:
    """Return a claim that names bare initials (a dateline's "NCP") with the name that has them, if one is at hand.

    Initials that are those of the organisation in the byline are no longer said in passing.
    """
    if not re.fullmatch("[A-Z]{2,6}", claim.name) or agency_named(claim.name):
        return claim
    ours = (name for partner in known for name in (partner.name, *partner.aliases))
    theirs = (person.name for person in article.byline.people if person.organisation)
    full = next((name for name in (*ours, *theirs) if claim.name in {name, initials(name)}), None)
    return claim if full is None else replace(claim, name=full, weak=False)


def _page_claim(article: Article, known: Sequence[Partner]) -> Iterator[OriginClaim]:
    """Yield a claim where the page lies on the host of a partner who is not the supplier."""
    if any(_on_hosts(article.url, partner) for partner in known[1:]) and not _on_hosts(article.url, known[0]):
        yield OriginClaim(name="", url=article.url, source=Source.URL, evidence=f"the page is {article.url[:500]}")


def _claims_within(article: Article) -> Iterator[OriginClaim]:
    """Yield what the article's own words say: its dateline, byline, bio, and the credit a middleman printed."""
    paragraphs = [inline_text(b.children) for b in article.body.blocks if isinstance(b, Paragraph)]
    found = [
        read_credit_line(article.inherited_credit or ""),
        wire_claim(f"{article.dateline} — ." if article.dateline else ""),
        wire_claim(paragraphs[0] if paragraphs else ""),
        _byline_claim(article.byline.people),
        *(claim_in(text) for text in (article.bio or "", *paragraphs[:1], *paragraphs[-1:])),
        # A credit line in what the page's own markup calls tools or furniture is a credit line all the same.
        *(claim_in(block.text) for block in article.blocks if block.fate is Fate.DROPPED),
    ]
    yield from (claim for claim in found if claim is not None)


# "AP via Yahoo": the middleman is named after the one who wrote it.
_VIA = re.compile(r"[,\s]+via\s", re.IGNORECASE)


def _agency_of(name: str) -> str | None:
    return agency_named(name) or agency_named(_VIA.split(name, maxsplit=1)[0])


def _byline_claim(people: Sequence[Person]) -> OriginClaim | None:
    """Return the claim of a byline whose every author is, or writes for, one news agency."""
    agencies = {_agency_of(person.name) or _agency_of(person.affiliation or "") for person in people}
    agency = agencies.pop() if len(agencies) == 1 else None
    if agency is None:
        return None
    names = ", ".join(person.name for person in people)
    return OriginClaim(name=agency, url=None, source=Source.VISIBLE, evidence=f"the byline: {names}")
