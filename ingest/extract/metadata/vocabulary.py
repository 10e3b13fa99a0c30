"""Words that pages use for authors, dates and decks, in the languages of the web.

They are general: parts of attribute names, names of metas, openers of bylines. No site is named here.
"""

from __future__ import annotations

import re

#: Parts of class names and ids that speak of the author.
AUTHOR_MARKS = tuple(
    """
    author byline by-line by_line writer autor auteur autrice verfasser redakteur redaktion journalist
    reporter contributor skribent forfatter signature yazar muhabir credits kuerzel wroteby wrote-by
    wrote_by written-by written_by writtenby posted-by posted_by postedby published-by
    """.split()  # noqa: SIM905 - a word list reads better as prose
)
AUTHOR_TOKENS = frozenset({"firma", "vcard", "username", "submitted", "by", "credit"})
#: Parts that speak of a date.
DATE_MARKS = tuple(
    """
    date datum fecha time publis publica public posted pubbl tarih entry-meta updated aktuali
    """.split()  # noqa: SIM905 - a word list reads better as prose
)
DATE_TOKENS = frozenset({"meta", "stand"})
#: Parts that speak of a standfirst.
DECK_MARKS = tuple(
    """
    standfirst deck subtitle sub-title sub_title subhead sub-head sub_head subline lead lede intro teaser
    summary excerpt abstract chapo chapô entradilla bajada sommario ingress manchet vorspann anlauf bajante
    copete perex strapline description
    """.split()  # noqa: SIM905 - a word list reads better as prose
)
DECK_TOKENS = frozenset({"dek"})
#: Metas that tell the publication date, the most exact first.
PUBLISHED_METAS = tuple(
    """
    article:published_time og:article:published_time og:published_time article:published datepublished
    date.published parsely-pub-date sailthru.date publish-date publish_date published-date publication_date
    publicationdate pubdate og:pubdate article.published published_at publish-time
    cxenseparse:recs:publishtime cxenseparse:publishtime originalpublicationdate citation_publication_date
    citation_online_date dc.date.issued dcterms.issued dc.date.published dcterms.date dc.date
    dc.date.created dcterms.created datecreated date dcsext.articlefirstpublished publisheddate
    rnews:datepublished bt:pubdate shareaholic:article_published_time article_date_original timestamp
    created displaydate pdate ptime release_date iso-8601-publish-date vr:published_time
    """.split()  # noqa: SIM905 - a word list reads better as prose
)
#: Metas that tell the last change.
MODIFIED_METAS = tuple(
    """
    article:modified_time og:article:modified_time og:modified_time og:updated_time article:modified
    datemodified date.modified dc.date.modified dcterms.modified last-modified lastmod last-updated
    article:updated_time updated article.updated lastupdate revised
    """.split()  # noqa: SIM905 - a word list reads better as prose
)
#: Metas that name the author, the most exact first.
AUTHOR_METAS = tuple(
    """
    article:author_name parsely-author sailthru.author author article:byline byl article:author
    og:article:author cxenseparse:author dc.creator dcterms.creator citation_author creator dcsext.author
    authors rbauthors og:author article.author rnews:author byline shareaholic:article_author_name vr:author
    book:author twitter:data1
    """.split()  # noqa: SIM905 - a word list reads better as prose
)

_PEOPLE = (
    r"authors?|autor(?:en|es|in)?|auteurs?|autori|people|person(?:en)?|profiles?|profil|staff|by|journalists?|writers?|"
    r"contributors?|creator|redakt\w*|reporters?|skribent|forfatter|firmas?|users?|members?|columnists?|yazar\w*|muhabir|"
    r"experts?|mitarbeiter\w*|perfil|av"
)
#: Where sites keep the pages about their people.
PERSON_HREF = re.compile(
    rf"(?:^|/)(?:{_PEOPLE})[/?=][^/?]|/(?:author|autor)-\w|[?&]author=|author_id=", re.IGNORECASE
)
#: What opens a byline; the longest first where one begins another.
OPENERS = (
    r"(?:an?\s+)?(?:article|story|text|words|analysis|opinion|report(?:ing)?|written|posted|published|compiled)\s+by|by|"
    r"(?:eine?\s+)?(?:(?!herausgegeben|übersetzt|foto|bild)\w+\s+)?von|geschrieben\s+von|autor(?:in|en|innen|:innen|\*innen)?|text|"
    r"(?:écrit\s+|publié\s+|propos\s+recueillis\s+)?par|por|escrito\s+por|redacci[oó]n|di|a\s+cura\s+di|scritto\s+da|"
    r"door|av|af|tekst|texto|texte|testo|autore|author|auteur|przez|od|skriven\s+av|skrevet\s+av|yazan|haber|"
    r"oleh|penulis|автор(?:ы|и)?|текст|كتب(?:ت|ه)?|بقلم|إعداد|מאת|írta|kirjoittanut|forfatter|skribent|napisała?|napsala?"
)
OPENING = re.compile(rf"^\W*(?:{OPENERS})\s*[:\s]\s*(?=\S)", re.IGNORECASE)
PARTICLES = r"(?:van|von|de|der|den|del|di|da|dos|la|le|al|el|bin|ben|y|zu|ter|ten)\b"
NAME = rf"(?:[^\W\d_a-z][\w.\u2019'\-]*|{PARTICLES})"
#: An opener that has an element to itself; words that are labels of other things too need their colon.
LONE_OPENER = re.compile(
    rf"^\W*(?:(?!(?:te[ksx]+t[eo]?|testo|haber|od|di|story|opinion|analysis)\b)(?:{OPENERS})\s*:?|"
    r"(?:te[ksx]+t[eo]?|testo|haber)(?:\s*(?:&|und|and|et|y)\s*\w+)?\s*:)\s*$",
    re.IGNORECASE,
)
#: A line that opens like a byline and goes on like a name.
BYLINE_SHAPE = re.compile(
    rf"^\W*(?i:{OPENERS})\s*:?\s+(?:Dr\.\s+|Prof\.\s+)?{NAME}(?:\s+{NAME}){{1,4}}\s*"
    r"(?:$|[,|/·•(\u2013\u2014-]|\b(?:und|and|et|y|e|og|och|en|i|ve|&)\b|\d)"
)
#: A Korean name with "reporter" behind it, and hardly anything else.
EASTERN_SHAPE = re.compile(r"^[\s=|(\[]*[\uac00-\ud7a3]{2,5}\s?(?:인턴)?(?:기자|특파원|논설위원)[\s=|)\].,]*$")
#: Two to five words that begin with capitals, or letters of a script without them.
NAME_SHAPE = re.compile(rf"^{NAME}(?:\s+{NAME}){{1,4}}$")
_STAMPED = (
    r"published|updated|posted|created|aktualisiert|veröffentlicht|erstellt|stand|publié|mis à jour|actualizado|"
    r"publicado|publiziert"
)
#: Lines in a byline's box that name nobody.
NOISE = re.compile(
    r"^(?:follow\b.*|takip et|seguir|suivre|folgen|powered by|"
    r"see all.*|view (?:all|profile).*|more (?:from|by|stories).*|autorenseite.*|"
    r"share|email|facebook|twitter|x|"
    r"instagram|linkedin|bookmark|save|comments?|\d+.*|"
    rf"(?!.*\b(?:by|von|par|por)\b)(?:{_STAMPED}).*|"
    r".*\bmin(?:ute[ns]?|utos|uti)?\b.*(?:read|lese|lectura|lecture|lettura).*|(?:ca\.?\s*)?\d+\s*min.*|"
    r".*\b(?:ago|hace)\b.*|(?:lese|tiempo de|temps de).*|@\S+|https?:\S+|\S+@\S+|[|/·•,\-\u2013\u2014]+)$",
    re.IGNORECASE,
)
#: A date, with its time, as it stands in a line of text.
DATE_TEXT = re.compile(
    r"(?:\b(?:am|on|le|il|el|vom|den)\s+)?(?:\b\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:19|20)?\d{2}\b"
    r"|\b(?:19|20)\d{2}[./-]\d{1,2}[./-]\d{1,2}\b"
    r"|\b\d{1,2}(?:st|nd|rd|th|er|\.)?\s*(?:de\s+)?[^\W\d_]{3,12}\.?,?\s+(?:de\s+)?(?:19|20)\d{2}\b"
    r"|\b[^\W\d_]{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+(?:19|20)\d{2}\b)"
    r"(?:[\s|,·•@\u2013\u2014-]*(?:um\s+|at\s+|à\s+)?\d{1,2}[:.h]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?|uhr\b|h\b)?)?",
    re.IGNORECASE,
)
#: Words beside a date that make it the last change's, and the publication's.
MODIFIED_WORDS = re.compile(
    r"modif|updat|aktuali|geändert|mis à jour|mise à jour|maj\b|actualiza|aggiornat|bijgewerkt|opdater|oppdater|"
    r"uppdater|zuletzt|güncel|更新|수정|last change|letzte änderung",
    re.IGNORECASE,
)
PUBLISHED_WORDS = re.compile(
    r"publi|posted|ersch[ie]|veröffentlicht|erstellt|pubbl|geplaatst|opublik|yay\u0131n|公開|입력|"
    r"(?:post|entry|article)[-_]*(?:date|time)",
    re.IGNORECASE,
)
