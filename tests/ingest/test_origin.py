"""Who first published it: credit lines are read, prose is left alone, and claims are held against partners."""

# The wordings of other languages are meant as they stand, one a line.

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.article import Article, BlockRecord, Byline, Fate, OriginClaim, Person, Source
from ingest.body import Body, Paragraph, Text
from ingest.credit_phrases import PHRASES
from ingest.feed import Entry
from ingest.origin import claim_in, entry_claims, metadata_claims, read_credit_line, resolve_origin, wire_claim
from ingest.origin.links import is_article_url
from ingest.sources import Partner
from ingest.terms import UNKNOWN

CREDIT_LINES = [
    # English
    ("This article, originally published by Pacific Forum, is republished with permission.", "Pacific Forum"),
    ("This article first appeared on Pacific Forum.", "Pacific Forum"),
    ("(This story was originally published by the Pacific Forum.)", "Pacific Forum"),
    ("*This article was first published by Pacific Forum on 3 May 2024.*", "Pacific Forum"),
    ("This story was originally published by ProPublica and is republished here under a Creative Commons licence.", "ProPublica"),
    ("This article is republished from The Conversation under a Creative Commons license. Read the original article.", "The Conversation"),
    ("This article was originally published on The Conversation, an independent and nonprofit source of news, analysis and commentary from academic experts.", "The Conversation"),
    ("This story was originally published by Grist. Sign up for Grist’s weekly newsletter here.", "Grist"),
    ("This article originally appeared in Inside Climate News, a nonprofit, independent news organization that covers climate, energy and the environment. It is republished with permission.", "Inside Climate News"),
    ("This story by Jane Doe was originally published by The Texas Tribune.", "The Texas Tribune"),
    ("This post originally appeared on openDemocracy.", "openDemocracy"),
    ("This article was originally published on coolimba and has been republished here with permission.", "coolimba"),
    ("This article was first published in the June 2024 issue of Foreign Affairs.", "Foreign Affairs"),
    ("A version of this article first appeared in Foreign Policy.", "Foreign Policy"),
    ("This article first appeared on the Lindqvist Institute’s website and is republished under a Creative Commons licence.", "Lindqvist Institute"),
    ("Originally published at Inside Climate News", "Inside Climate News"),
    ("Originally published in The Nation on March 3, 2024.", "The Nation"),
    ("First published by Undark | Read the original", "Undark"),
    ("Reprinted with permission from Undark.", "Undark"),
    ("Republished with the kind permission of The Texas Tribune.", "The Texas Tribune"),
    ("Cross-posted from Naked Capitalism", "Naked Capitalism"),
    ("Editor’s note: This article was originally published by High Country News.", "High Country News"),
    ("The post Why fish are leaving appeared first on Harbour Times.", "Harbour Times"),
    # German, French, Spanish, Portuguese, Italian, Dutch
    ("Dieser Artikel erschien zuerst bei Netzpolitik.org.", "netzpolitik.org"),
    ("Dieser Beitrag ist zuerst am 3. Mai 2024 bei Übermedien erschienen.", "Übermedien"),
    ("Zuerst erschienen in der Freitag.", "der Freitag"),
    ("Der Beitrag Warum die Fische gehen erschien zuerst auf Hafenblatt.", "Hafenblatt"),
    ("Cet article est republié à partir de The Conversation sous licence Creative Commons. Lire l’article original.", "The Conversation"),
    ("Cet article a été initialement publié par Reporterre.", "Reporterre"),
    ("Publié initialement sur Basta!", "Basta"),
    ("Este artículo fue publicado originalmente en The Conversation. Lea el original.", "The Conversation"),
    ("Publicado originalmente en El Faro.", "El Faro"),
    ("Este artigo foi publicado originalmente em Agência Pública.", "Agência Pública"),
    ("Questo articolo è stato pubblicato originariamente su Valigia Blu.", "Valigia Blu"),
    ("Dit artikel verscheen eerder bij Follow the Money.", "Follow the Money"),
    # Nordic and Slavic
    ("Artikeln publicerades först i Dagens Nyheter.", "Dagens Nyheter"),
    ("Artiklen blev først bragt i Information.", "Information"),
    ("Artikkelen ble først publisert i Aftenposten.", "Aftenposten"),
    ("Artykuł ukazał się pierwotnie w serwisie OKO.press.", "oko.press"),
    ("Статья впервые опубликована на сайте Медуза.", "Медуза"),
    # Others
    ("Artikel ini terbit pertama kali di The Conversation.", "The Conversation"),
    ("Bu yazı ilk olarak Bianet tarafından yayımlanmıştır.", "Bianet"),
    ("转载自 端传媒", "端传媒"),
    ("本文转载自《财新网》，作者李明。", "财新网"),
    ("来源：澎湃新闻", "澎湃新闻"),
    ("本文由端传媒授权转载", "端传媒"),
    ("この記事はThe Conversationに掲載されたものです。", "The Conversation"),
    ("نُشر هذا المقال أولاً في موقع رصيف22.", "رصيف22"),
    # Further wordings in these and other languages
    ("This story originally appeared on Grist and is part of the Climate Desk collaboration.", "Grist"),
    ("This article first appeared in Sapiens under a CC BY-ND 4.0 license. Read the original here.", "Sapiens"),
    ("This piece was co-published with The Narwhal.", "The Narwhal"),
    ("Story courtesy of Mongabay.", "Mongabay"),
    ("Reposted with permission from Yale Environment 360.", "Yale Environment 360"),
    ("Republished from The Conversation under a Creative Commons licence.", "The Conversation"),
    ("Originally published at Undark Magazine. Reposted with permission.", "Undark Magazine"),
    ("This essay was first published by Aeon.", "Aeon"),
    ("Cross-posted from Global Voices.", "Global Voices"),
    ("This report is syndicated from KFF Health News.", "KFF Health News"),
    ("Reprinted with permission from High Country News.", "High Country News"),
    ("This article was produced by ProPublica and is republished here with permission.", "ProPublica"),
    ("A longer version of this article first appeared in Boston Review.", "Boston Review"),
    ("The above article was originally published by openDemocracy.", "openDemocracy"),
    ("This interview was initially posted on Waging Nonviolence.", "Waging Nonviolence"),
    ("First published in Dissent, Spring 2023.", "Dissent"),
    ("(This story first appeared on Hakai Magazine.)", "Hakai Magazine"),
    ("Editor's note: This story was originally published by CalMatters. Sign up for their newsletters.", "CalMatters"),
    ("Used by permission of The Texas Tribune.", "The Texas Tribune"),
    ("This content was originally published here by Eos.", "Eos"),
    ("Dieser Artikel erschien zuerst bei Krautreporter.", "Krautreporter"),
    ("Dieser Beitrag wurde zuerst auf netzpolitik.org veröffentlicht.", "netzpolitik.org"),
    ("Zuerst veröffentlicht auf Riffreporter.", "Riffreporter"),
    ("Dieser Artikel wurde mit freundlicher Genehmigung von The Conversation übernommen.", "The Conversation"),
    ("Nachdruck mit freundlicher Genehmigung von Telepolis.", "Telepolis"),
    ("Article initialement paru sur Reporterre.", "Reporterre"),
    ("Ce texte est d’abord paru dans Le Devoir.", "Le Devoir"),
    ("Publié pour la première fois par Equal Times.", "Equal Times"),
    ("Reproduit avec l’autorisation de SciDev.Net.", "scidev.net"),
    ("Cet article est repris du site Afrique XXI.", "Afrique XXI"),
    ("Este artículo fue publicado originalmente en Agenda Pública.", "Agenda Pública"),
    ("Este reportaje se publicó originalmente en Ojo Público.", "Ojo Público"),
    ("Publicado originalmente por Mongabay Latam.", "Mongabay Latam"),
    ("Este texto apareció por primera vez en Letras Libres.", "Letras Libres"),
    ("Reproducido con permiso de SciDev.Net.", "scidev.net"),
    ("Este artigo foi publicado originalmente no Nexo Jornal.", "Nexo Jornal"),
    ("Publicado originalmente em Agência Pública.", "Agência Pública"),
    ("Este texto foi republicado de The Conversation sob licença Creative Commons. Leia o artigo original.", "The Conversation"),
    ("Esta reportagem saiu originalmente na Folha.", "Folha"),
    ("Articolo pubblicato per la prima volta su Internazionale.", "Internazionale"),
    ("Questo articolo è tratto da The Conversation.", "The Conversation"),
    ("Tratto da Lavoce.info", "lavoce.info"),
    ("Dit artikel is eerder gepubliceerd op De Correspondent.", "De Correspondent"),
    ("Dit artikel verscheen oorspronkelijk in MO Magazine.", "MO Magazine"),
    ("Overgenomen met toestemming van Follow the Money.", "Follow the Money"),
    ("Den här artikeln publicerades ursprungligen i Blankspot.", "Blankspot"),
    ("Texten är tidigare publicerad i Dagens Arena.", "Dagens Arena"),
    ("Artiklen er oprindeligt udgivet af Føljeton.", "Føljeton"),
    ("Denne artikkelen ble opprinnelig publisert på Forskning.no.", "forskning.no"),
    ("Artykuł został pierwotnie opublikowany na portalu Krytyka Polityczna.", "Krytyka Polityczna"),
    ("Tekst ukazał się pierwotnie w Piśmie.", "Piśmie"),
    ("Článek původně vyšel na webu Deník Referendum.", "Deník Referendum"),
    ("Původně publikováno na A2larm.", "A2larm"),
    ("Bu makale ilk olarak Medyascope'ta yayımlandı.", "Medyascope"),
    ("Το άρθρο δημοσιεύτηκε αρχικά στο Inside Story.", "Inside Story"),
    ("Πηγή: ΑΠΕ-ΜΠΕ", "ANA-MPA"),
    ("Материал впервые опубликован изданием Холод.", "Холод"),
    ("Оригинал опубликован на сайте Инсайдер.", "Инсайдер"),
    ("Матеріал вперше опубліковано на сайті Тексти.", "Тексти"),
    ("نُشر هذا المقال لأول مرة على موقع درج.", "درج"),
    ("المصدر: رويترز", "Reuters"),
    ("هذا المقال منشور في الأصل على موقع حبر.", "حبر"),
    ("הכתבה פורסמה לראשונה באתר שקוף.", "שקוף"),
    ("המאמר פורסם במקור בשיחה מקומית.", "שיחה מקומית"),
    ("यह लेख मूल रूप से द वायर में प्रकाशित हुआ था।", "द वायर"),
    ("本文首发于端传媒。", "端传媒"),
    ("本文转自《三联生活周刊》", "三联生活周刊"),
    ("（来源：新华网）", "新华网"),
    ("本記事は、東洋経済オンラインからの転載です。", "東洋経済オンライン"),
    ("この記事は最初にGlobal Voicesで公開されました。", "Global Voices"),
    ("이 기사는 뉴스타파에 처음 게재되었습니다.", "뉴스타파"),
    ("출처: 연합뉴스", "Yonhap"),
    ("Artikel ini pertama kali diterbitkan di Mongabay Indonesia.", "Mongabay Indonesia"),
    ("Sumber: Antara", "Antara"),
    ("Bài viết được đăng lần đầu trên Luật Khoa.", "Luật Khoa"),
    ("Theo VnExpress", "VnExpress"),
    ("Nguồn: TTXVN", "Vietnam News Agency"),
    # Agencies
    ("(Source: AP)", "Associated Press"),
    ("Quelle: AFP", "Agence France-Presse"),
    ("By The Associated Press", "Associated Press"),
    ("— Reuters", "Reuters"),
    ("(Reuters) -", "Reuters"),
    ("© 2024 The Associated Press. All rights reserved. This material may not be published, broadcast, rewritten or redistributed.", "Associated Press"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "name"), CREDIT_LINES)
def test_a_credit_line_names_its_origin(line: str, name: str) -> None:
    """In every wording and language we know, with the sentence kept as evidence."""
    claim = read_credit_line(line)
    assert claim is not None
    assert claim.name == name
    assert claim.evidence == line
    assert claim.source is Source.BODY


@pytest.mark.parametrize("language", sorted(PHRASES))
def test_our_own_credits_are_read_back(language: str) -> None:
    """Who takes a piece over from us passes the origin on: each of our default credits is a credit line."""
    for template in (PHRASES[language].permission, PHRASES[language].licence):
        claim = read_credit_line(template.replace("{origin}", "Pacific Forum").replace("{licence}", "CC BY 4.0"))
        assert claim is not None, template
        assert claim.name == "Pacific Forum"


PROSE = [
    "The letter, originally published by the newspaper in 1910, was found in an attic.",
    "The story was first reported by The New York Times.",
    "The study was first published in Nature.",
    "This article was produced by a team of five.",
    "Used by permission of nobody, the song became a hit.",
    "Theo was the first to see it, and he said so.",
    "이 기사는 길다.",
    "यह लेख लंबा है।",
    "Články vyšly v roce 1968.",
    "The article first appeared in The Lancet in 1998 and was retracted twelve years later.",
    "It was first published in Nature by a team led by Jane Doe, and it changed everything.",
    "It first appeared in Europe in 1347.",
    "Originally published by a small press in Dublin, the novel went on to win the Booker.",
    "First published in 1962, Silent Spring changed the way Americans thought about pesticides.",
    "First published in Paris in 1872, it sold out within days.",
    "The book was originally published in English.",
    "This story was originally published in English.",
    "This article was originally published on March 3, 2024.",
    "This article was originally published March 3, 2024 5:00 AM.",
    "This article was originally published in 2019 and updated.",
    "Originally published March 3, 2024",
    "Originally published on Tuesday.",
    # Others took ours over.
    "This article was reprinted on Wired.com.",
    "This article was later republished by The Guardian.",
    "A version of this article appears in print on March 3, 2020, Section A, Page 1 of the New York edition with the headline: Fish.",
    "A version of this article appeared in print on March 3, 2020, Section A.",
    "Republished on Tuesday, the report found that fish are dying.",
    "This article was written by Jane Doe.",
    "This article was produced by us.",
    "This is the first article published by our newsroom.",
    "This article was published in partnership with local schools.",
    "This text comes from Paul’s letter to the Romans.",
    "This column is from the heart.",
    "The post office appeared first on the list.",
    "Reuters reported that the ship sank.",
    "Reuters",
    "Courtesy of Andrew Vaughan",
    "Photo: AP",
    "Source: Census Bureau",
    "Source link",
    "With reporting by the Associated Press.",
    "He said the report, first published in March, was wrong.",
    "Originally, the dominant color was magenta-purple; but breeders changed that.",
    "WASHINGTON (AP) — The president said on Tuesday that fish are fine.",
    "Der Artikel wurde am Dienstag veröffentlicht.",
    "Dieser Artikel wurde zuerst am 3. Mai veröffentlicht.",
    "Der Text ist im Original auf Englisch.",
    "Die Studie ist zuerst in Nature erschienen.",
    "L’article est publié dans la revue Nature.",
    "El artículo fue publicado por la revista Science.",
    "El artículo fue publicado en 1998.",
    "本文由机器翻译。",
    "",
    "   ",
    "x" * 10_000,
]


@pytest.mark.parametrize("line", PROSE)
def test_prose_is_no_credit_line(line: str) -> None:
    """A sentence on what others published, a date, or our own piece elsewhere names no origin."""
    assert read_credit_line(line) is None


def test_a_long_paragraph_is_never_a_credit_line() -> None:
    """A paragraph that goes on telling its story is body text, whatever its first sentence says."""
    line = "This article was first published by Pacific Forum. Yet the fleet sailed on, and nobody counted the ships."
    assert read_credit_line(line) is None


@pytest.mark.parametrize(
    ("links", "url", "home"),
    [
        (["https://pacforum.org/publications/pacnet-45-fish-and-chips/"], "https://pacforum.org/publications/pacnet-45-fish-and-chips/", None),
        (["https://pacforum.org/"], None, "https://pacforum.org/"),
        (["https://pacforum.org/about/", "https://pacforum.org"], None, "https://pacforum.org"),
        (["https://creativecommons.org/licenses/by-nd/4.0/"], None, None),
        (["https://theconversation.com", "http://creativecommons.org/licenses/by-nd/4.0/", "https://theconversation.com/fish-are-leaving-1234567"], "https://theconversation.com/fish-are-leaving-1234567", None),
        (["https://theconversation.com/profiles/jane-doe-1234567"], None, None),
        (["mailto:jane@x.example", "javascript:alert(1)", "/relative/a-b-c"], None, None),
    ],
)  # fmt: skip
def test_a_link_gives_the_originals_address(links: list[str], url: str | None, home: str | None) -> None:
    """An article's address is the original's; a home page, a profile or a licence is not."""
    claim = read_credit_line("This article was first published by Pacific Forum.", links=links)
    assert claim is not None
    assert (claim.url, claim.home) == (url, home)


def test_an_address_in_the_words_counts_as_a_link() -> None:
    """Some credit lines spell the address out."""
    claim = read_credit_line("Originally published at https://www.resilience.org/stories/2024-05-03/some-long-slug/.")
    assert claim is not None
    assert claim.name == "resilience.org"
    assert claim.url == "https://www.resilience.org/stories/2024-05-03/some-long-slug/"


@pytest.mark.parametrize(
    ("url", "is_article"),
    [
        ("https://x.example/", False),
        ("https://x.example/africa", False),
        ("https://x.example/a-long-slug", True),
        ("https://x.example/2024/05/fish", True),
        ("https://x.example/story_about_fish.html", True),
        ("https://x.example/analysis/seabed-data", True),
        ("https://x.example/seabed-data", False),
        ("https://x.example/123456", True),
        ("https://x.example/?p=123", True),
        ("https://x.example/author/jane-doe-smith", False),
        ("https://x.example/tag/fish-and-chips", False),
        ("https://x.example/en/author/jane-m-doe", False),
        ("https://x.example/newsletters/the-long-read", False),
    ],
)
def test_article_addresses_are_told_from_others(url: str, *, is_article: bool) -> None:
    """A slug, a number or a date makes an article's address; home pages, sections and people do not."""
    assert is_article_url(url) is is_article


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("WASHINGTON (AP) — The president said", "Associated Press"),
        ("(Reuters) - Oil prices fell", "Reuters"),
        ("BEIRUT/THE HAGUE, March 7 (Reuters) - An Israeli tank crew", "Reuters"),
        ("DORTMUND, Alemania (AP) — Normalmente", "Associated Press"),
        ("New Delhi (AFP) – The minister", "Agence France-Presse"),
        ("NEW YORK, Jan. 5, 2026 /PRNewswire/ -- Acme", "PR Newswire"),
        ("Berlin (dpa/tmn) - Die Fische", "dpa"),
        ("LONDON, Nov 3 (Reuters) - Shares rose", "Reuters"),
        ("PARIS (AFP) — Le gouvernement", "Agence France-Presse"),
        ("Berlin (dpa) – Der Bundestag", "dpa"),
        ("Wien (APA) - Die Regierung", "Austria Presse Agentur"),
        ("Madrid, 3 nov (EFE).- El Gobierno", "EFE"),
        ("(ANSA) - ROMA, 3 NOV - Il governo", "ANSA"),
        ("ROMA, 3 NOV (ANSA) - Il governo", "ANSA"),
        ("Lisboa, 03 nov 2024 (Lusa) – O governo", "Lusa"),
        ("Bern (awp/sda) - Die Bank", "Keystone-SDA"),
        ("KYIV, Ukraine (AP) — Forces", "Associated Press"),
        ("STOCKHOLM (TT) – Regeringen", "TT"),
        ("МОСКВА, 3 ноября. /ТАСС/. Правительство", "TASS"),
        ("МОСКВА, 3 ноя — РИА Новости. Суд", "RIA Novosti"),
        ("КИЇВ. 3 листопада. УНН. Суд", "UNN"),
        ("[서울=뉴시스] 김민서 기자 = 정부가", "Newsis"),
        ("(서울=연합뉴스) 김민서 기자 = 정부가", "Yonhap"),
        ("新华社北京11月3日电 国务院", "Xinhua"),
        ("【東京＝共同】政府は", "Kyodo News"),
        ("（中央社記者王小明台北3日電）行政院", "Central News Agency"),
        ("BEIJING, Nov. 3 (Xinhua) -- China", "Xinhua"),
        ("Jakarta (ANTARA) - Pemerintah", "Antara"),
        ("NEW DELHI, Nov 3 (PTI) The government", "Press Trust of India"),
        ("HELSINKI (STT) – Hallitus", "STT"),
        ("WARSZAWA (PAP) – Rząd", "PAP"),
        ("القاهرة (رويترز) - قالت الحكومة", "Reuters"),
        ("ROME, March 3 (and later) The", None),
        ("МОСКВА — город. РИА Новости. Текст", None),
        ("新华社记者认为，这是好事", None),
        ("VAILOA (NCP) — Energy ministers", "NCP"),
        ("Vailoa (NCP) — Energy ministers", None),
        ("THE party (NCP) won", None),
        ("The AP (Associated Press) - is an agency", None),
        ("Jane works (AP) and sleeps", None),
        ("He told the agency (AP) — and only it — that", None),
        ("PARIS (Jane Doe) — The", None),
        ("", None),
    ],
)
def test_a_wire_dateline_names_its_agency(text: str, name: str | None) -> None:
    """Place, agency in brackets, dash: such a paragraph is body text and a claim at once."""
    claim = wire_claim(text)
    assert (claim.name if claim else None) == name


def test_a_credit_within_a_bio_is_found() -> None:
    """A bio may end in the credit; a sentence of prose in it is none."""
    bio = "Jane Doe is a professor of fish. This article was first published by Pacific Forum. Follow her."
    claim = claim_in(bio)
    assert claim is not None
    assert claim.name == "Pacific Forum"
    assert claim.evidence == "This article was first published by Pacific Forum."
    radio = claim_in(
        "She lives in Ohio. This story was originally published by St. Louis Public Radio. Write to her."
    )
    assert radio is not None
    assert radio.name == "St. Louis Public Radio"
    assert claim_in("Jane Doe is a professor. Her book was first published by Faber.") is None


ARTICLE_LD: dict[str, Any] = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Fish"}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"isBasedOn": "https://pf.example/fish-and-chips"}, [("", "https://pf.example/fish-and-chips", None, False)]),
        ({"isBasedOn": {"@type": "NewsArticle", "url": "https://pf.example/fish-and-chips", "publisher": {"name": "Pacific Forum"}}}, [("Pacific Forum", "https://pf.example/fish-and-chips", None, False)]),
        ({"isBasedOn": {"@type": "Dataset", "url": "https://data.example/fish-and-chips"}}, []),
        ({"sourceOrganization": {"@type": "Organization", "name": "NPR", "url": "https://npr.example"}}, [("NPR", None, "https://npr.example", True)]),
        ({"copyrightHolder": "The Associated Press"}, [("The Associated Press", None, None, True)]),
        ({"copyrightHolder": {"@type": "Person", "name": "Jane Doe"}}, []),
        ({"copyrightHolder": [{"name": "A"}, {"name": "B"}]}, [("A", None, None, True), ("B", None, None, True)]),
        ({"isBasedOn": None, "copyrightHolder": 7, "sourceOrganization": {"name": ["x"]}}, []),
        ({}, []),
    ],
)  # fmt: skip
def test_json_ld_makes_claims(fields: dict[str, Any], expected: list[tuple[Any, ...]]) -> None:
    """What the work is based on is a claim; who holds the rights is one made in passing."""
    for json_ld in (
        ARTICLE_LD | fields,
        [ARTICLE_LD | fields],
        {"@graph": [{"@type": "WebPage"}, ARTICLE_LD | fields]},
    ):
        claims = metadata_claims(json_ld, canonical_url=None, page_url="https://x.example/a")
        assert [(c.name, c.url, c.home, c.weak) for c in claims] == expected


def test_only_articles_json_ld_counts() -> None:
    """A site's or a person's JSON-LD says nothing of the article."""
    json_ld = [{"@type": "WebSite", "copyrightHolder": "X"}, {"@type": "Person", "name": "Y"}]
    assert metadata_claims(json_ld, canonical_url=None, page_url="https://x.example/a") == ()


@pytest.mark.parametrize(
    ("canonical", "claimed"),
    [
        ("https://pf.example/a", True),
        ("https://x.example/b", False),
        ("https://www.x.example/b", False),
        ("/a", False),
        ("", False),
        (None, False),
        ("javascript:alert(1)", False),
    ],
)
def test_a_canonical_link_elsewhere_is_a_claim(canonical: str | None, *, claimed: bool) -> None:
    """A page that says its canonical form is on another host says whose it is."""
    claims = metadata_claims([], canonical_url=canonical, page_url="https://x.example/a")
    assert [claim.url for claim in claims] == ([canonical] if claimed else [])


def test_hostile_json_ld_ends() -> None:
    """Depth and breadth are bounded."""
    deep: Any = ARTICLE_LD | {"copyrightHolder": "X"}
    for _ in range(5000):
        deep = {"@graph": [deep]}
    wide = [ARTICLE_LD | {"copyrightHolder": f"X{i}"} for i in range(100_000)]
    started = time.monotonic()
    assert metadata_claims(deep, canonical_url=None, page_url="https://x.example/a") == ()
    assert len(metadata_claims(wide, canonical_url=None, page_url="https://x.example/a")) < 3000
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("name", "url", "expected"),
    [
        ("Pacific Forum", "https://pf.example/feed/", [("Pacific Forum", "https://pf.example/feed/")]),
        ("Pacific Forum", None, [("Pacific Forum", None)]),
        (None, "https://pf.example/feed/", [("", "https://pf.example/feed/")]),
        (" ", "tag:x", []),
        (None, None, []),
    ],
)
def test_a_feeds_source_is_a_claim(name: str | None, url: str | None, expected: list[tuple[str, str | None]]) -> None:
    """RSS <source> and atom:source name whom the feed took it from; a feed's address is no original's."""
    entry = Entry(key="k", guid=None, url=None, headline="Fish", source_name=name, source_url=url)
    assert [(claim.name, claim.home) for claim in entry_claims(entry)] == expected


SUPPLIER = Partner(
    key="asia-times", name="Asia Times", url="https://www.asiatimes.example/", hosts=("asiatimes.example",), terms=UNKNOWN
)  # fmt: skip
FORUM = Partner(
    key="pacific-forum",
    name="Pacific Forum",
    url="https://pf.example/",
    aliases=("PacNet",),
    hosts=("pf.example", "pacnet.example:8080"),
    terms=UNKNOWN,
)
PARTNERS = (SUPPLIER, FORUM)


def article(*claims: OriginClaim, **changes: Any) -> Article:
    """Return an article of the supplier's with claims."""
    base: dict[str, Any] = {
        "url": "https://asiatimes.example/2026/fish?utm_source=rss",
        "canonical_url": "https://asiatimes.example/2026/fish",
        "headline": "Fish",
        "body": Body(blocks=(Paragraph(children=(Text(text="The fish swam on."),)),)),
        "claims": claims,
    }
    return Article(**{**base, **changes})


def claim(name: str = "", **changes: Any) -> OriginClaim:
    """Return a claim that the body makes."""
    return OriginClaim(**{"name": name, "url": None, "source": Source.BODY, "evidence": f"by {name}", **changes})


def test_without_claims_it_is_the_suppliers() -> None:
    """Delivered by its own feed, and nobody says otherwise."""
    origin = resolve_origin(article(), supplier=SUPPLIER, partners=PARTNERS)
    assert (origin.key, origin.name, origin.own) == ("asia-times", "Asia Times", True)
    assert origin.url == "https://asiatimes.example/2026/fish"
    assert origin.evidence == "delivered by its own feed"


@pytest.mark.parametrize(
    "stated",
    [
        claim("Pacific Forum"),
        claim("pacific  FORUM"),
        claim("The Pacific Forum"),
        claim("PacNet"),
        claim("pf.example"),
        claim(url="https://pf.example/fish-and-chips"),
        claim(url="http://www.pf.example/fish-and-chips"),
        claim(url="https://news.pf.example/fish-and-chips"),
        claim(url="https://pacnet.example:8080/fish"),
        claim("Some Newsletter", home="https://pf.example/"),
        claim("Pacific Forum", weak=True),
    ],
    ids=repr,
)
def test_a_partner_is_known_by_name_alias_and_host(stated: OriginClaim) -> None:
    """Case, spaces, "The" and "www." do not matter."""
    origin = resolve_origin(article(stated), supplier=SUPPLIER, partners=PARTNERS)
    assert (origin.key, origin.name, origin.own, origin.home) == ("pacific-forum", "Pacific Forum", False, FORUM.url)
    assert origin.evidence == stated.evidence


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        (claim("Nature Communications"), "Nature Communications"),
        (claim("Pacific Forum Press"), "Pacific Forum Press"),
        (claim(url="https://stranger.example/fish"), "stranger.example"),
        (claim(url="https://notpf.example/fish"), "notpf.example"),
        (claim("Stranger", url="https://asiatimes.example/2026/other-fish"), "Stranger"),
        (claim("AP"), "Associated Press"),
        (claim("The Associated Press", weak=True), "Associated Press"),
    ],
)
def test_someone_unknown_has_no_key(stated: OriginClaim, name: str) -> None:
    """A name that is only like a partner's is not the partner: no key, no terms, held."""
    origin = resolve_origin(article(stated), supplier=SUPPLIER, partners=PARTNERS)
    assert (origin.key, origin.name, origin.own) == (None, name, False)


@pytest.mark.parametrize(
    "stated",
    [
        claim("Asia Times"),
        claim(url="https://www.asiatimes.example/2026/fish"),
        claim(url="https://m.asiatimes.example/2026/fish"),
        claim("Asia Times Holdings Ltd", weak=True),
    ],
    ids=repr,
)
def test_the_suppliers_own_word_leaves_it_its_own(stated: OriginClaim) -> None:
    """Its own name or host, or its publisher's legal name as copyright holder, names nobody else."""
    assert resolve_origin(article(stated), supplier=SUPPLIER, partners=PARTNERS).own


def test_the_originals_address_is_never_guessed() -> None:
    """An address counts when it is on the origin's own hosts; another's copy is not the original."""
    there = claim("Pacific Forum", url="https://pf.example/fish-and-chips")
    elsewhere = claim("Pacific Forum", url="https://copy.example/fish-and-chips")
    assert resolve_origin(article(there), supplier=SUPPLIER, partners=PARTNERS).url == there.url
    assert resolve_origin(article(elsewhere), supplier=SUPPLIER, partners=PARTNERS).url is None


def test_claims_on_one_origin_complete_each_other() -> None:
    """The credit line gives the name, the canonical link the address."""
    canonical = claim(url="https://pf.example/fish-and-chips", source=Source.META, evidence="canonical")
    origin = resolve_origin(article(claim("PacNet"), canonical), supplier=SUPPLIER, partners=PARTNERS)
    assert (origin.key, origin.url) == ("pacific-forum", canonical.url)
    assert origin.evidence == "by PacNet; canonical"


def test_where_claims_differ_the_unknown_one_counts() -> None:
    """Two origins are named, one of them a stranger: it is held, and both are told."""
    origin = resolve_origin(article(claim("Pacific Forum"), claim("Stranger")), supplier=SUPPLIER, partners=PARTNERS)
    assert origin.key is None
    assert origin.name == "Stranger"
    assert "Pacific Forum is named too" in origin.evidence


def test_readers_are_believed_before_machines() -> None:
    """Between two partners, the printed credit line counts before JSON-LD."""
    other = Partner(key="other", name="Other", url="https://other.example/", terms=UNKNOWN)
    claims = (claim("Other", source=Source.JSON_LD), claim("Pacific Forum"))
    origin = resolve_origin(article(*claims), supplier=SUPPLIER, partners=(*PARTNERS, other))
    assert origin.key == "pacific-forum"


@pytest.mark.parametrize(
    "changes",
    [
        {"inherited_credit": "This article, originally published by Pacific Forum, is republished with permission."},
        {"bio": "Jane Doe is a professor. This article was first published by Pacific Forum."},
        {
            "blocks": (
                BlockRecord(
                    fate=Fate.DROPPED,
                    reason="tools",
                    text="Este artículo fue publicado originalmente por Pacific Forum.",
                ),
            )
        },
        {"url": "https://pf.example/fish", "canonical_url": "https://pf.example/fish"},
    ],
)
def test_the_articles_own_parts_speak_too(changes: dict[str, Any]) -> None:
    """The credit a middleman printed, the bio, and the host the page lies on are claims without being asked."""
    assert resolve_origin(article(**changes), supplier=SUPPLIER, partners=PARTNERS).key == "pacific-forum"


@pytest.mark.parametrize(
    ("changes", "agency"),
    [
        ({"body": Body(blocks=(Paragraph(children=(Text(text="PARIS (AP) — The fish swam."),)),))}, "Associated Press"),
        ({"dateline": "PARIS (AP)"}, "Associated Press"),
        ({"byline": Byline(people=(Person(name="Reuters", organisation=True),))}, "Reuters"),
        ({"byline": Byline(people=(Person(name="A B", affiliation="Associated Press"), Person(name="C D", affiliation="AP")))}, "Associated Press"),
        ({"byline": Byline(people=(Person(name="A B", affiliation="AP"), Person(name="C D")))}, None),
        ({"dateline": "PARIS"}, None),
    ],
)  # fmt: skip
def test_agency_copy_is_the_agencys(changes: dict[str, Any], agency: str | None) -> None:
    """What an agency wrote is not the supplier's to pass on, however it is signed."""
    origin = resolve_origin(article(**changes), supplier=SUPPLIER, partners=PARTNERS)
    assert (origin.name, origin.key) == ((agency, None) if agency else ("Asia Times", "asia-times"))


@pytest.mark.parametrize(
    ("organisation", "sign", "name", "key"),
    [
        ("Northern Cable Press", "NCP", "Northern Cable Press", None),
        ("Someone Else", "NCP", "Asia Times", "asia-times"),
        ("Someone Else", "PF", "Pacific Forum", "pacific-forum"),
        ("Someone Else", "AT", "Asia Times", "asia-times"),
    ],
)
def test_a_datelines_initials_are_spelled_out(organisation: str, sign: str, name: str, key: str | None) -> None:
    """Initials stand for the partner, or the organisation in the byline, that has them; else they may be anybody's."""
    byline = Byline(people=(Person(name=organisation, organisation=True),))
    origin = resolve_origin(article(dateline=f"VAILOA ({sign})", byline=byline), supplier=SUPPLIER, partners=PARTNERS)
    assert (origin.name, origin.key) == (name, key)


def test_other_teasers_on_the_page_say_nothing() -> None:
    """A dropped teaser of somebody else's piece is no word on this one."""
    texts = ("By The Associated Press", "The post Another fish appeared first on Stranger.", "WASHINGTON (AP) — The")
    blocks = tuple(BlockRecord(fate=Fate.DROPPED, reason="related", text=text) for text in texts)
    assert resolve_origin(article(blocks=blocks), supplier=SUPPLIER, partners=PARTNERS).own


def test_an_agency_that_is_our_partner_owns_its_copy() -> None:
    """The agency's own feed delivers its own."""
    agency = Partner(key="ap", name="Associated Press", url="https://ap.example/", aliases=("AP",), terms=UNKNOWN)
    piece = article(dateline="PARIS (AP)", url="https://ap.example/fish", canonical_url="https://ap.example/fish")
    assert resolve_origin(piece, supplier=agency, partners=(agency, *PARTNERS)).own


@given(text=st.text(max_size=300), links=st.lists(st.text(max_size=30), max_size=3))
def test_no_text_brings_the_readers_down(text: str, links: list[str]) -> None:
    """Hostile paragraphs and links give a claim or None."""
    for read in (read_credit_line, claim_in):
        found = read(text, links=links)
        assert found is None or found.evidence
    wire_claim(text)


@pytest.mark.parametrize(
    "text",
    [
        "This article by " + "a " * 300,
        "This article was first published by " + "A" * 600,
        "This article was first published by " + "A, the " * 90,
        "The post " + "x appeared first on " * 30,
        "©" * 290,
        "(" * 690,
        "A" * 69 + " (AP",
        "originally published by " + "Jan 1, " * 90,
    ],
)
def test_no_text_takes_long(text: str) -> None:
    """The patterns do not run away, whatever a page prints."""
    started = time.monotonic()
    read_credit_line(text)
    claim_in(text)
    wire_claim(text)
    assert time.monotonic() - started < 1
