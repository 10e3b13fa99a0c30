"""Telling organisations from people: agencies, and the nouns that only organisations carry."""

from __future__ import annotations

import re

from ingest.byline.clean import fold, word_set
from ingest.byline.given import is_given_name

#: News agencies that sign as authors (the public ones of the world; no partner's list).
_AGENCIES = word_set(
    """
    afp ap apa ansa aap dpa dapd epd kna sid sda ats reuters efe lusa tass тасс риа интерфакс interfax ukrinform
    unian укрінформ унн pap ctk čtk tasr mti stt tt ntb ritzau belga anp cna xinhua kyodo jiji yonhap pti ani
    ians uni tnn antara bernama bloomberg upi cnn bbc npr pbs abc cbs nbc msnbc cnbc pa ats-sda keystone-sda
    dpa-afx awp aa anadolu iha dha petra wafa mena spa kuna wam irna isna sana agi adnkronos askanews telam
    télam notimex europa efe-verde agencies agencias agences agenzie agências agenturen agentschappen agencje
    agencia agência news-agency pa-media afp-relaxnews etx propublica sputnik belta kazinform казинформ trend
    azertac agerpres mediafax hina tanjug beta sta fena bta 連合ニュース 共同 ロイター 共同通信
    時事通信 時事 新华社 新華社 中新社
    中央社 연합뉴스 뉴시스 뉴스1 רויטרס رويترز وكالات
    """
)

_AGENCY_NAMES = re.compile(
    r"(?:the )?(?:associated press|agence france[- ]presse|deutsche presse-agentur|press association|"
    r"press trust of india|canadian press|australian associated press|thomson reuters(?: foundation)?|"
    r"united press international|europa press|anadolu agency|anadolu ajansı|xinhua news agency|kyodo news|"
    r"yonhap news(?: agency)?|jiji press|bloomberg news|efe verde|the conversation|global voices|"
    r"(?:\w+ )?(?:wire|news) (?:services?|reports?)|wire services?|news agenc(?:y|ies))\b",
    re.IGNORECASE,
)

#: Nouns that stand in the names of organisations, and hardly in those of people.
_NOUNS = word_set(
    """
    staff team desk newsroom editors board agency bureau network association society institute institution
    university college school center centre foundation council committee commission ministry department office
    government authority alliance coalition consortium collective cooperative union federation party group
    company corporation corp inc ltd llc llp plc gmbh srl e.v news newspapers newspaper times herald tribune
    gazette chronicle telegraph observer guardian mirror journal magazine review reviews bulletin dispatch
    examiner inquirer sentinel register daily weekly monthly today online digital media press radio tv
    television channel broadcasting studio studios lab labs laboratory blog podcast publishing publications
    books records productions films entertainment sports communications services service solutions systems
    software technologies hospital clinic museum library fund trust ngo project program programme initiative
    campaign forum academy think-tank partnership partners republic states nations kingdom report reports
    articles stories content conteúdo télévisions corriere wire archive correspondents contributors journalists
    writers reporters newswire newsletter advertiser argus examiner-news post-gazette post-dispatch insider
    shimbun posten studies relations policy politics economics history science sciences engineering technology
    research philosophy sociology psychology medicine education literature management affairs development
    governance communication biology chemistry physics mathematics statistics geography anthropology linguistics
    sustainability journalism rights climate arts culture international humanities finance health security
    strategy innovation redaktion redaktionen redaktionsteam zeitung nachrichten tagblatt tageblatt anzeiger
    rundschau kurier presse verlag verband verein stiftung universität hochschule institut ministerium
    gesellschaft agentur agenturen zentrale pressestelle polizei gewerkschaft fernsehen rundfunk allgemeine
    gastautoren leserbriefe rédaction agence journal télévision université ministère société
    association institut fondation quotidien redacción redaccion noticias diario periódico universidad instituto
    ministerio asociación fundación agencia prensa información informacion mundo digital editorial redazione
    notizie giornale università istituto fondazione associazione quotidiano redação redacao notícias jornal
    universidade fundação agência associação redactie krant nieuws dagblad universiteit stichting vereniging
    redakcja gazeta wiadomości uniwersytet fundacja redakce noviny zprávy redakcia redakcija uredništvo redactia
    redaksi nyheder nyheter avis tidning avisen tidningen redaksjonen toimitus uutiset lehti haber haberler
    ajansı gazetesi merkezi servisi haberleri szerkesztőség редакция редакція редакции новости агентство газета
    пресс-служба новини университет служба σύνταξη ομάδα التحرير وكالة صحيفة جريدة
    """
)

_PAPERS = word_set(
    """
    times tribune herald gazette chronicle telegraph observer guardian dispatch examiner inquirer news
    """
)
#: Newspaper nouns that are surnames too: they count only after a word that is no given name.
_SURNAMES_TOO = word_set("post star sun mail bee globe record leader page world press express standard echo")

#: "Le Monde", "El País": an article and one word.
_TITLE_ARTICLES = frozenset(
    (
        "Le",
        "La",
        "El",
        "Il",
        "LE",
        "LA",
        "EL",
        "IL",
        "Les",
        "Los",
        "Der",
        "Die",
        "Das",
        "DER",
        "DIE",
        "DAS",
        "Het",
        "O",
    )
)

_EAST = re.compile(
    r"新聞|新闻|通信社|通讯社|編集部|编辑部|オンライン|デジタル|日報|日报|時報|时报|テレビ|放送|株式会社|取材班|報道部|网|網|"
    r"뉴스|신문|일보|통신|방송|편집부|온라인|팀$|วารสาร|Web$"
)
_DOMAIN = re.compile(r"(?:[\w-]+\.)+(?:com|net|org|info|de|at|ch|fr|es|it|nl|be|uk|us|eu|tv|pl|cz|se|dk|no|fi|ru|ua|"
                     r"tr|br|mx|ar|cl|jp|kr|cn|in|id|au|nz|ca|ie|gr|hu|ro|pt|lu|kz|bg|hr|rs|si|sk|lt|lv|ee|live|news"
                     r"|io|co)\Z",
                     re.IGNORECASE)  # fmt: skip
_ACRONYM = re.compile(r"[A-ZÄÖÜ]{2,6}\d?\Z")
_LEGAL = re.compile(r"\b(?:e\.\s?V|S\.A|S\.p\.A|GmbH|Inc|Ltd|LLC|A\.Ş|AG|KG|SE|AS|ASA|SA|AB|Oyj?|BV|B\.V)\.?\s*\Z")


def is_agency(text: str) -> bool:
    """Tell whether a piece is, as a whole, a news agency's name ("dpa", "Associated Press")."""
    return is_agency_word(text) or bool(_AGENCY_NAMES.fullmatch(text.strip()))


def is_agency_word(word: str) -> bool:
    """Tell whether a word is a news agency's short name; "Petra" is a woman and "PETRA" an agency."""
    folded = fold(word)
    if folded not in _AGENCIES and folded.partition("-")[0] not in _AGENCIES:
        return False
    return len(folded) > 5 or word.isupper() or (word == word.lower() and not is_given_name(word))


def agency_at(text: str) -> int | None:
    """Find where an agency's long name begins in a piece ("Jane Doe Associated Press").

    Returns the offset in characters, or None.
    """
    found = _AGENCY_NAMES.search(text)
    return found.start() if found else None


def is_acronym(word: str) -> bool:
    """Tell whether a word is written as an organisation's letters ("KUT", "SDA")."""
    return bool(_ACRONYM.match(word))


def is_domain(word: str) -> bool:
    """Tell whether a word is a host name ("Metro.co.uk")."""
    return bool(_DOMAIN.match(word))


def is_thing(word: str) -> bool:
    """Tell whether a word speaks against a person's name ("University", "Redaktion", "Relations")."""
    folded = fold(word)
    return folded in _NOUNS or folded.rpartition("-")[2] in _NOUNS or is_domain(word)


def is_organisation(words: list[str]) -> bool:
    """Tell whether the words of a piece, taken together, name an organisation."""
    text = " ".join(words)
    if is_agency(text) or _EAST.search(text) or _LEGAL.search(text):
        return True
    if len(words) == 1:
        return is_acronym(words[0]) or is_thing(words[0])
    if is_titled(words):
        return True
    last = fold(words[-1])
    if any(is_thing(word) or is_agency_word(word) for word in (words[1:] if is_given_name(words[0]) else words)):
        return True
    return last in _SURNAMES_TOO and not is_given_name(words[0])


def is_newspaper_noun(word: str) -> bool:
    """Tell whether a word ends the names of newspapers and hardly anything else ("Times", "Tribune")."""
    return fold(word) in _PAPERS


def is_titled(words: list[str]) -> bool:
    """Tell whether words are an article and a noun, as papers are called ("Le Monde", "El País")."""
    return len(words) == 2 and words[0] in _TITLE_ARTICLES and not words[1].islower()


def is_surname_too(word: str) -> bool:
    """Tell whether a newspaper's noun is also a common surname ("Post", "Sun")."""
    return fold(word) in _SURNAMES_TOO
