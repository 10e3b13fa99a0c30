"""The credit: the words and links that the terms demand, whole, safe, and never blank."""

# A table reads better a row a line, and the words of other languages are meant as they stand.

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from html import unescape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from ingest.article import Article, Byline, Evidence, Origin, Person, Source
from ingest.attribution import AttributedArticle, Credit, attribute, credit_for
from ingest.body import Body
from ingest.credit_fields import clean
from ingest.credit_phrases import PHRASES
from ingest.credit_template import CREDIT_FIELDS, parse_template, slots
from ingest.pixel import pixel_for
from ingest.rights import Decision, Verdict, decide
from ingest.sources import Partner
from ingest.terms import UNKNOWN, Basis, CreditRule, Edits, Grant, LinkTarget, Mode, Position, Terms

URL = "https://pacforum.example/publications/pacnet-45-fish?a=1&b=2"
SUPPLIER = Partner(key="asia-times", name="Asia Times", url="https://asiatimes.example/", terms=UNKNOWN)
ORIGIN = Origin(
    name="Pacific Forum", key="pf", url=URL, evidence="credit line", own=False, home="https://pacforum.example/"
)
JANE = Person(name="Jane Doe", affiliation="University of Somewhere", role="professor")
JOHN = Person(name="John Roe")


def article(**changes: Any) -> Article:
    """Return an article by Jane Doe, with changes."""
    base: dict[str, Any] = {
        "url": "https://asiatimes.example/2026/fish",
        "canonical_url": "https://asiatimes.example/2026/fish",
        "headline": "Fish & chips",
        "byline": Byline(people=(JANE,)),
        "published_at": datetime(2026, 3, 4, tzinfo=UTC),
        "language": "en",
        "body": Body(),
    }
    return Article(**{**base, **changes})


def credit(
    template: str | None = None,
    piece: Article | None = None,
    *,
    origin: Origin = ORIGIN,
    basis: Basis = Basis.GRANT,
    mode: Mode = Mode.FULL,
    edited: bool = False,
    **rule: Any,
) -> Credit:
    """Return the credit of an article under terms with this rule."""
    wording: dict[str, Any] = {} if template is None else {"template": template}
    terms = Terms(grant=Grant(basis=basis), mode=mode, credit=CreditRule(**wording, **rule))
    return credit_for(
        article=piece or article(), supplier=SUPPLIER, origin=origin, terms=terms, mode=mode, edited=edited
    )


def words(markup: str) -> str:
    """Return what is left of HTML without its tags."""
    return unescape(re.sub(r"<[^>]*>", "", markup))


def test_the_seed_credit() -> None:
    """The line that the whole project began with, and the link in it."""
    made = credit()
    assert made.text == "This article, originally published by Pacific Forum, is republished with permission."
    assert made.html == (
        "This article, originally published by "
        '<a href="https://pacforum.example/publications/pacnet-45-fish?a=1&amp;b=2">Pacific Forum</a>, '
        "is republished with permission."
    )
    assert made.byline == ("Jane Doe",)
    assert made.position is Position.TOP


def test_an_unknown_address_gives_no_link() -> None:
    """A gap stays a gap: the words stand without a link."""
    made = credit(origin=replace(ORIGIN, url=None))
    assert made.html == made.text


@pytest.mark.parametrize(
    ("link", "origin", "href"),
    [
        (LinkTarget.ARTICLE, ORIGIN, URL),
        (LinkTarget.HOME, ORIGIN, "https://pacforum.example/"),
        (LinkTarget.HOME, replace(ORIGIN, home=None), "https://pacforum.example/"),
        (LinkTarget.HOME, replace(ORIGIN, home=None, url=None), None),
        (LinkTarget.HOME, replace(ORIGIN, home=None, url=None, own=True), "https://asiatimes.example/"),
        (LinkTarget.NONE, ORIGIN, None),
        (LinkTarget.ARTICLE, replace(ORIGIN, url="javascript:alert(1)"), None),
        (LinkTarget.ARTICLE, replace(ORIGIN, url="https://me:secret@pacforum.example/x"), None),
        (LinkTarget.ARTICLE, replace(ORIGIN, url="https://pacforum.example/a b"), None),
    ],
)
def test_the_link_goes_where_the_terms_say(link: LinkTarget, origin: Origin, href: str | None) -> None:
    """To the article, to the home page, or nowhere; never to what is no web address."""
    made = credit(origin=origin, link=link)
    assert re.findall(r'href="([^"]*)"', made.html) == ([href.replace("&", "&amp;")] if href else [])


TEMPLATES = [
    ("By {author}, {origin}", "By Jane Doe, Pacific Forum", "Pacific Forum"),
    ("[By {author}, ]{origin}", "By Jane Doe, Pacific Forum", "Pacific Forum"),
    ("By {author}. First published by {origin}.", "By Jane Doe. First published by Pacific Forum.", "First published by Pacific Forum."),
    ("This article by {author} first ran in {origin}.", "This article by Jane Doe first ran in Pacific Forum.", "This article first ran in Pacific Forum."),
    ("{author} ({origin})", "Jane Doe (Pacific Forum)", "Pacific Forum"),
    ("{author} for {origin}", "Jane Doe for Pacific Forum", "Pacific Forum"),
    ("{origin} | {author}", "Pacific Forum | Jane Doe", "Pacific Forum"),
    ("{origin} — by {author}.", "Pacific Forum — by Jane Doe.", "Pacific Forum."),
    ("From {origin}, by {author}.", "From Pacific Forum, by Jane Doe.", "From Pacific Forum."),
    ("“{headline}” by {author}, {origin}", "“Fish & chips” by Jane Doe, Pacific Forum", "“Fish & chips”, Pacific Forum"),
    ("Von {author}, zuerst bei {origin}", "Von Jane Doe, zuerst bei Pacific Forum", "zuerst bei Pacific Forum"),
    ("By {author} for {origin}.", "By Jane Doe for Pacific Forum.", "Pacific Forum."),
    ("Read {headline} ({url}) by {author}.", f"Read Fish & chips ({URL}) by Jane Doe.", f"Read Fish & chips ({URL})."),
    ("{author}", "Jane Doe", None),
]  # fmt: skip


@pytest.mark.parametrize(("template", "full", "gap"), TEMPLATES, ids=[row[0] for row in TEMPLATES])
def test_a_missing_author_leaves_no_gap(template: str, full: str, gap: str | None) -> None:
    """The words around an unknown author go with it: "By , X" is never printed."""
    parse_template(template, fields=CREDIT_FIELDS)
    rule = CreditRule.model_construct(**{**CreditRule().model_dump(), "template": template})
    terms = Terms(grant=Grant(basis=Basis.GRANT), mode=Mode.FULL).model_copy(update={"credit": rule})
    made = [
        credit_for(article=piece, supplier=SUPPLIER, origin=ORIGIN, terms=terms, mode=Mode.FULL).text
        for piece in (article(), article(byline=Byline()))
    ]
    default = "This article, originally published by Pacific Forum, is republished with permission."
    assert made == [full, gap or default]


def test_each_field_is_filled_in() -> None:
    """All fields at once, in the article's language."""
    template = "{author}|{institution}|{headline}|{date}|{url}|{origin}|{partner}|{licence}"
    piece = article(byline=Byline(people=(JANE, JOHN)), language="de")
    made = credit(template, piece, basis=Basis.CC_BY)
    assert made.text.split("|") == [
        "Jane Doe und John Roe",
        "University of Somewhere",
        "Fish & chips",
        "4. März 2026",
        URL,
        "Pacific Forum",
        "Asia Times",
        "CC BY 4.0",
    ]


def test_headline_and_licence_are_links() -> None:
    """The original headline leads to the original, the licence to its deed."""
    made = credit("{headline} ({licence}), {origin}", basis=Basis.CC_BY_ND, link=LinkTarget.HOME)
    assert [(a.text, a.get("href")) for a in lxml_html.fromstring(made.html).iter("a")] == [
        ("Fish & chips", URL),
        ("CC BY-ND 4.0", "https://creativecommons.org/licenses/by-nd/4.0/"),
        ("Pacific Forum", "https://pacforum.example/"),
    ]
    assert (made.licence, made.licence_url) == ("CC BY-ND 4.0", "https://creativecommons.org/licenses/by-nd/4.0/")


def test_a_name_that_is_spelled_out_is_linked() -> None:
    """A fixed phrase of the partner's still leads to the original."""
    made = credit("This story was originally produced by Pacific Forum, a think tank.")
    assert f'produced by <a href="{URL.replace("&", "&amp;")}">Pacific Forum</a>, a think' in made.html


def test_a_phrase_without_the_name_is_linked_whole() -> None:
    """Where no word of it is the origin's name, the sentence is the link."""
    assert (
        credit("Read more at the Forum.").html == f'<a href="{URL.replace("&", "&amp;")}">Read more at the Forum.</a>'
    )


@pytest.mark.parametrize("basis", [basis for basis in Basis if basis.is_licence and basis is not Basis.CC0])
def test_a_licence_is_always_named(basis: Basis) -> None:
    """CC licences demand their own name and link, whatever the template says."""
    for template in (None, "By {author}, {origin}", "First published by {origin}."):
        for mode in (Mode.FULL, Mode.EXCERPT):
            made = credit(template, basis=basis, mode=mode)
            assert made.licence is not None
            assert made.text.count(made.licence) == 1
            assert f'href="{made.licence_url}"' in made.html


def test_a_note_begins_a_sentence_of_its_own() -> None:
    """What is added to a template stands apart from it."""
    assert (
        credit("By {author}, {origin}", basis=Basis.CC_BY).text == "By Jane Doe, Pacific Forum. Licence: CC BY 4.0."
    )
    assert credit("From {origin}.", basis=Basis.CC_BY).text == "From Pacific Forum. Licence: CC BY 4.0."


def test_changes_are_told_where_they_must_be() -> None:
    """Under a CC licence an edited text says so; the partner's own wording for that goes first."""
    assert credit(basis=Basis.CC_BY, edited=True).text.endswith("The text has been changed from the original.")
    assert "changed" not in credit(basis=Basis.CC_BY).text
    assert "changed" not in credit(basis=Basis.GRANT, edited=True).text
    own = credit(basis=Basis.CC_BY, edited=True, edited_template="Adapted from {origin} ({licence}).")
    assert own.text == "Adapted from Pacific Forum (CC BY 4.0)."


@pytest.mark.parametrize(
    ("language", "start"),
    [
        ("de", "Dieser Artikel ist zuerst bei Pacific Forum erschienen"),
        ("de-at", "Dieser Artikel"),
        ("fr", "Cet article, publié à l’origine par Pacific Forum"),
        ("pt_BR", "Este artigo"),
        ("zh-cn", "本文最初由Pacific Forum发表"),
        ("zh-TW", "本文最初由Pacific Forum發表"),
        ("nn", "Artikkelen ble først"),
        ("en-gb", "This article"),
        ("xx", "This article"),
        ("", "This article"),
        (None, "This article"),
    ],
)
def test_the_default_credit_speaks_the_articles_language(language: str | None, start: str) -> None:
    """Where the terms demand no wording of their own, readers are told in the language they read."""
    assert credit(piece=article(language=language)).text.startswith(start)


def test_a_partners_own_wording_stays_unless_it_is_translated() -> None:
    """Demanded words are demanded; a translation in the terms counts for its language and its regions."""
    rule: dict[str, Any] = {"translations": {"de": "Zuerst bei {origin}."}}
    assert credit("First in {origin}.", article(language="fr"), **rule).text == "First in Pacific Forum."
    assert credit("First in {origin}.", article(language="de-ch"), **rule).text == "Zuerst bei Pacific Forum."


@pytest.mark.parametrize("language", sorted(PHRASES))
def test_every_default_phrase_names_the_origin(language: str) -> None:
    """No language's phrase forgets whom it credits, and each licence phrase names the licence."""
    phrases = PHRASES[language]
    for template in (phrases.permission, phrases.licence, phrases.excerpt, phrases.link):
        assert "origin" in slots(parse_template(template, fields=CREDIT_FIELDS))
    for template in (phrases.licence, phrases.licence_note):
        assert "licence" in slots(parse_template(template, fields=CREDIT_FIELDS))
    assert not list(slots(parse_template(phrases.changed, fields=CREDIT_FIELDS)))


@pytest.mark.parametrize(
    ("byline", "people", "institution", "names"),
    [
        ("{name}", (JANE, JOHN), False, ("Jane Doe", "John Roe")),
        ("{name}, {origin}", (JANE, JOHN), False, ("Jane Doe, Pacific Forum", "John Roe, Pacific Forum")),
        ("{name}, {affiliation}", (JANE, JOHN), False, ("Jane Doe, University of Somewhere", "John Roe")),
        ("{name} ({role})", (JANE, JOHN), False, ("Jane Doe (professor)", "John Roe")),
        ("{name}[ | {affiliation}] | {origin}", (JOHN,), False, ("John Roe | Pacific Forum",)),
        ("{name}", (JANE, JOHN), True, ("Jane Doe, University of Somewhere", "John Roe")),
        ("{name} ({affiliation})", (JANE,), True, ("Jane Doe (University of Somewhere)",)),
        ("{name}", (), False, ()),
        ("{name}", (Person(name=" \u202e "),), False, ()),
    ],
)
def test_authors_are_named_as_the_terms_say(
    byline: str, people: tuple[Person, ...], names: tuple[str, ...], *, institution: bool
) -> None:
    """Each author in the partner's format, in order; what is unknown of one leaves no gap."""
    piece = article(byline=Byline(people=people))
    assert credit(piece=piece, byline=byline, institution=institution).byline == names


def test_our_own_part_in_it_is_named_where_the_terms_want_it() -> None:
    """Additional reporting is said to be ours where we changed words, and not where we changed none."""
    rule = CreditRule(
        template="[By {author}, ]{origin}", edited_template="{origin}. Additional reporting by {newsroom}"
    )
    terms = Terms(grant=Grant(basis=Basis.GRANT), edits=Edits.ANY, credit=rule)
    credit = partial(
        credit_for,
        article=article(),
        supplier=SUPPLIER,
        origin=ORIGIN,
        terms=terms,
        mode=Mode.FULL,
        newsroom="The Courier",
    )
    assert credit(edited=True).text == f"{ORIGIN.name}. Additional reporting by The Courier"
    assert "Courier" not in credit().text


def test_tagline_logo_and_pixel_travel_with_the_credit() -> None:
    """What else has to stand on the page is part of the record."""
    rule = CreditRule(tagline="The Forum is a think tank.", logo="https://pf.example/l.svg", position=Position.BOTH)
    terms = Terms(
        grant=Grant(basis=Basis.GRANT),
        credit=rule,
        pixel_hosts=("count.example",),
        pixel_url="https://count.example/{number}?u={url}",
    )
    made = credit_for(article=article(), supplier=SUPPLIER, origin=ORIGIN, terms=terms, mode=Mode.FULL)
    assert (made.tagline, made.logo, made.position) == (rule.tagline, rule.logo, Position.BOTH)
    assert made.pixel is not None
    assert made.pixel.startswith("https://count.example/45?u=https%3A%2F%2Fpacforum.example%2F")


@pytest.mark.parametrize(
    ("value", "hosts", "found"),
    [
        ("https://count.example/1.gif", ("count.example",), True),
        ("https://COUNT.example/1.gif", ("Count.Example",), True),
        ("https://count.example:8443/1.gif", ("count.example:8443",), True),
        ("http://count.example/1.gif", ("count.example",), False),
        ("https://evil.example/1.gif", ("count.example",), False),
        ("https://count.example.evil.example/1.gif", ("count.example",), False),
        ("https://count.example@evil.example/1.gif", ("count.example", "evil.example"), False),
        ("https://count.example/1.gif", (), False),
        ("https://[", ("count.example",), False),
    ],
)
def test_only_a_pixel_from_a_host_of_the_terms_is_let_in(value: str, hosts: tuple[str, ...], *, found: bool) -> None:
    """A page can carry any image for a pixel; the terms say whose we show, and only over https."""
    brought = (Evidence(field="pixel", value=value, source=Source.FEED, confidence=1),)
    terms = Terms(pixel_hosts=hosts)
    assert (pixel_for(article=article(evidence=brought), origin=ORIGIN, terms=terms) == value) is found


def test_every_decision_is_attributed_and_only_permission_publishes() -> None:
    """A held article carries the credit it would have; one to publish without a basis cannot be made."""
    hold = decide(article=article(), origin=ORIGIN, terms=UNKNOWN, now=datetime(2026, 11, 24, tzinfo=UTC))
    held = attribute(article=article(), supplier=SUPPLIER, origin=ORIGIN, terms=UNKNOWN, decision=hold)
    assert held.decision.verdict is Verdict.HOLD
    assert "Pacific Forum" in held.credit.text
    assert (held.partner, held.partner_name) == ("asia-times", "Asia Times")
    forged = Decision(verdict=Verdict.PUBLISH, mode=Mode.FULL)
    with pytest.raises(ValueError, match="gave no permission"):
        attribute(article=article(), supplier=SUPPLIER, origin=ORIGIN, terms=UNKNOWN, decision=forged)
    with pytest.raises(ValueError, match="gave no permission"):
        replace(held, decision=forged)


@pytest.mark.parametrize("blank", ["", " ", "\n\t"])
def test_a_blank_credit_cannot_be_made(blank: str) -> None:
    """An unattributed article is not representable: a credit has words, in text and in HTML."""
    for text, markup in ((blank, "x"), ("x", blank)):
        with pytest.raises(ValueError, match="blank"):
            Credit(text=text, html=markup, position=Position.TOP, byline=())


def test_an_attributed_article_needs_all_of_its_parts() -> None:
    """There is no default for the credit, the terms or the decision."""
    with pytest.raises(TypeError):
        AttributedArticle(article=article(), partner="x", partner_name="X")  # type: ignore[call-arg]


hostile = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="<>&\"'/=a \n\u202e\u200f\x00;#x\ud800\ue100\ue101{}[]", max_size=30),
    st.sampled_from(
        ["<script>alert(1)</script>", '"><img src=x onerror=y>', "&lt;b&gt;", "&#60;", "a\r\nb", "{origin}"]
    ),
)
pieces = st.sampled_from(
    ["{origin}", "{partner}", "{author}", "{institution}", "{headline}", "{date}", "{url}", "{licence}", "[by {author}]",
     " ", ", ", ". ", ": ", " by ", " on ", "By ", "(", ")", "<b>", "&amp;", "Pacific", " — ", "{{", "[[", "。", "，"]
)  # fmt: skip


@given(
    template=st.lists(pieces, min_size=1, max_size=10).map("".join),
    name=hostile,
    headline=hostile,
    author=hostile,
    affiliation=hostile,
    url=st.one_of(st.none(), hostile, st.just(URL), hostile.map(lambda text: f"https://x.example/{text}")),
    basis=st.sampled_from(Basis),
    mode=st.sampled_from(Mode),
    link=st.sampled_from(LinkTarget),
    language=st.sampled_from([None, "en", "de", "zh", "ar"]),
    edited=st.booleans(),
)
def test_text_and_html_say_the_same_and_no_field_brings_markup(
    template: str, name: str, headline: str, author: str, affiliation: str, url: str | None,
    basis: Basis, mode: Mode, link: LinkTarget, language: str | None, *, edited: bool,
) -> None:  # fmt: skip
    """The HTML is the text, escaped, with links: stripped of tags and unescaped it is the text, and all tags are <a>."""
    origin = Origin(name=f"X{name}", key="x", url=url, evidence="", own=False)
    piece = article(
        headline=headline, byline=Byline(people=(Person(name=author, affiliation=affiliation),)), language=language
    )
    rule = CreditRule.model_construct(**{**CreditRule(link=link).model_dump(), "template": template, "link": link})
    terms = Terms(grant=Grant(basis=basis)).model_copy(update={"credit": rule})
    try:
        parse_template(template, fields=CREDIT_FIELDS)
    except ValueError:
        return
    made = credit_for(article=piece, supplier=SUPPLIER, origin=origin, terms=terms, mode=mode, edited=edited)
    assert made.text.strip()
    assert words(made.html) == made.text
    tree = lxml_html.fragment_fromstring(made.html, create_parent=True)
    assert {element.tag for element in tree.iterdescendants()} <= {"a"}
    for anchor in tree.iter("a"):
        assert set(anchor.attrib) == {"href"}
        assert anchor.get("href", "").startswith(("https://", "http://"))
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", made.text)
    made.html.encode("utf-8")


@given(author=st.one_of(st.just(""), st.just("Jane Doe")), headline=st.sampled_from(["", "Fish"]), dated=st.booleans(),
       template=st.lists(pieces, min_size=1, max_size=10).map("".join))  # fmt: skip
def test_what_is_unknown_leaves_no_gap(template: str, author: str, headline: str, *, dated: bool) -> None:
    """No credit shows two blanks in a row, a comma without words before it, or empty brackets."""
    try:
        parse_template(template, fields=CREDIT_FIELDS)
    except ValueError:
        return
    piece = article(
        headline=headline,
        byline=Byline(people=(Person(name=author),) if author else ()),
        published_at=datetime(2026, 3, 4, tzinfo=UTC) if dated else None,
    )
    rule = CreditRule.model_construct(**{**CreditRule().model_dump(), "template": template})
    terms = Terms(grant=Grant(basis=Basis.GRANT)).model_copy(update={"credit": rule})
    text = credit_for(article=piece, supplier=SUPPLIER, origin=ORIGIN, terms=terms, mode=Mode.FULL).text
    assert "  " not in text
    assert text == text.strip()
    assert not re.search(r"\(\s*\)|\s[,.;]|^[,.;:]", text)


@pytest.mark.parametrize(
    ("given_text", "cleaned"),
    [("a\u202eb", "ab"), ("a\n b\t", "a b"), ("\ud800", ""), ("é\u00a0à", "é à"), ("\x1b[31m", "[31m")],
)
def test_foreign_words_are_made_fit(given_text: str, cleaned: str) -> None:
    """Controls, direction marks and lone surrogates go; the words stay."""
    assert clean(given_text) == cleaned


@pytest.mark.parametrize(
    ("template", "language", "joined"),
    [
        ("By {author}. First published by {origin}.", "fr", "A. Roe and B. Loe"),
        ("[By {author}. ]This article was first published by {origin}.", "de", "A. Roe and B. Loe"),
        ("Von {author}, zuerst erschienen bei {origin}.", "en", "A. Roe und B. Loe"),
        ("Par {author}, publié à l’origine par {origin}.", "en", "A. Roe et B. Loe"),
        ("Por {author}. Publicado originalmente por {origin}.", "pt", "A. Roe e B. Loe"),
        ("{author} / {origin}", "fr", "A. Roe et B. Loe"),
        ("{author}, {origin}", None, "A. Roe and B. Loe"),
        ("本文由{author}撰写，最初由{origin}发表。", "en", "A. Roe和B. Loe"),
        ("この記事は{author}（{origin}）によるものです。", "fr", "A. Roe、B. Loe"),
    ],
)
def test_names_are_joined_in_the_language_of_the_sentence(template: str, language: str | None, joined: str) -> None:
    """An English credit over a French article reads "A and B"; what nobody can tell follows the article."""
    people = (Person(name="A. Roe"), Person(name="B. Loe"))
    piece = article(language=language, byline=Byline(people=people, raw=""))
    assert joined in credit(template, piece).text


def test_the_terms_may_name_their_language() -> None:
    """A template in a language that we have no words of is told by `language`; without it nothing changes."""
    people = (Person(name="A. Roe"), Person(name="B. Loe"))
    piece = article(language="en", byline=Byline(people=people, raw=""))
    assert "A. Roe ja B. Loe" in credit("Kirjoittanut {author}, {origin}.", piece, language="fi").text
    assert "language" not in CreditRule().model_dump()
