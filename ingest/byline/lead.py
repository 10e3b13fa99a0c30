"""Lead-ins: "By", "Ein Kommentar von", "Propos recueillis par", "Text:", "Photos by" and their kin."""

from __future__ import annotations

import itertools
import re
from enum import Enum

from ingest.byline.clean import BREAK, word_set
from ingest.byline.organisations import is_thing


class Credit(Enum):
    """What a lead-in says of the names after it."""

    NONE = "none"
    AUTHOR = "author"
    OTHER = "other"


_AUTHOR = word_set(
    """
    written posted published reported authored contributed submitted created compiled presented hosted story
    stories word words text texts reporting report review reviewed analysis opinion opinions commentary comment
    column essay interview interviewed interviews blog guest post article articles news feature features
    perspective exclusive letter editorial research special op-ed viewpoint correspondence a an the additional first
        originally last modified contributions contribution dispatch profile writing data research by-line byline
    author authors writer source sources quelle
    quellen fuente fonte źródło zdroj kilde källa lähde bron kaynak источник джерело πηγή المصدر kommentar
    gastbeitrag gastkommentar analyse reportage bericht artikel beitrag texte glosse kolumne rezension kritik
    geschrieben veröffentlicht verfasst erstellt eingestellt ein eine einen der die das exklusiv meinung porträt
    aufgezeichnet protokoll protokolliert gespräch autor autorin autoren redaktion verfasser publié écrit rédigé
    posté propos recueillis recueilli chronique tribune enquête entretien une un auteur auteurs auteure texte
    récit portrait escrito publicado redactado texto artículo análisis opinión columna reportaje crónica
    entrevista autora autores artigo reportagem análise coluna opinião cura scritto scritta pubblicato articolo
    testo intervista autore autori geschreven tekst interview analyse auteur redactie opinie opracowanie napisał
    napisała opracował opracowała rozmawiał rozmawiała tekst autorka autorzy oprac skriven skrevet tekst krönika
    ledare debattinlägg debatt kronikk forfatter författare skribent journalist teksti kirjoittaja kirjoittanut
    yazan yazar haber röportaj penulis oleh ditulis laporan reporter автор авторы текст текстът підготував
    підготувала написал написала автори συντάκτης κείμενο γράφει írta szerző autorius autors text napsal napsala
        připravil scris redactat autori tác giả bài viết người लेखक लेखिका रिपोर्टर संवाददाता ผู้เขียน كتب كتبت
    بقلم إعداد الكاتب تقرير מאת نویسنده โดย द्वारा
    """
)
_OTHER = word_set(
    """
    photo photos photograph photographs photography photographed photographer image images picture pictures
    illustration illustrations illustrated illustrator graphic graphics video videos videography filmed design
    designed edited editing editor editors medically fact checked fact-checked translated translation translator
    produced production producer narrated read voiced music animated retouched cover artwork art drawings
    animation foto fotos foto's fotograf fotografin fotografie fotografien bild bilder illustrationen grafik
    grafiken übersetzt übersetzung bearbeitet redigiert photographies photographie traduit traduction dessin
    dessins infographie fotografía fotografías fotógrafo ilustración ilustraciones traducción traducido edición
    fotografia fotografías imagens tradução ilustração edição traduzione beeld beelden fotografie vertaling
    illustraties zdjęcia zdjęcie fotografie tłumaczenie kuva kuvat valokuvat fotoğraf fotoğraflar editör фото
        перевод редактор иллюстрации фотограф переклад φωτογραφίες fotó тэсктээ صور تصوير ترجمة ảnh przekład
    tłumaczył tłumaczyła översättning översatt oversat oversatt oversættelse oversettelse vertaald
    çeviri çeviren käännös suomennos překlad přeložil přeložila μετάφραση תרגום terjemahan penerjemah dịch biên
    redigerat redigering redigeret redigert eindredactie चित्र अनुवाद
    """
)
_LINK = word_set("and und et y e ed och og en & + i oraz ja ve и та και và और medically")
_BY = word_set(
    """
    by von vom par por pelo pela door przez av af ved da di oleh od bởi theo του της από από: от від автор от: מאת
    """
)
#: Prepositions that also begin family names: a lone word after them stays with them.
_FAMILY_TOO = frozenset("da di od theo του της von vom af av".casefold().split())
#: "Texto de", "Γράφει ο": these lead in only after a word for writing.
_AFTER_NOUN = word_set("de del della dal ο η da")
_FAMILY_RARELY = word_set("von vom av af")
_FAMILY_SECOND = word_set("der den dem la de und")
_WORD = re.compile(r"\S+")
#: Words that lead in without any "by".
_BARE = word_set(
    """
    كتب كتبت بقلم إعداد مאת מאת oleh penulis автор авторы yazan írta napisał napisała napsal napsala kirjoittaja
    forfatter författare auteur autore autora autor autorin verfasser skribent oprac tekst teksti texto testo
    kirjoittanut текст gastkommentar gastbeitrag kommentar opracowanie подготовила подготовил беседовал беседовала
    підготувала підготував โดย द्वारा
    """
)
_BARE_OTHER = word_set("foto fotos photo photos bild bilder kuva kuvat valokuvat zdjęcia zdj фото")
_GLUED = re.compile(
    r"(?:[Aa]s told to|(?:[Ww]ith )?(?:additional )?(?:reporting|files|contributions?) (?:by|from)|"
    r"[Cc]on información de(?: la)?|[Cc]on datos de|[Cc]om informações d[aeo]s?"
    r"|(?:[Mm]it )?(?:Agentur)?[Mm]aterial (?:der|von|des))\s+"
    r"|(?:Beitrag|Artikel|Text|Kommentar|Bericht|Post)(?:von|by)\s+"
    r"|Author\(s\)\s*:?\s*|Autor(?:/in|\(in\)|:in|\*in)(?:nen)?\s*:?\s*|Aus [^\W\d_]+ (?:von|berichtet|berichten)\s+"
    r"|(?:By|by|BY|Von|von|Par|par|Por|por|Door|Av|Af)(?=[A-ZÀ-ÖØ-Þ][a-zà-ÿ])|(?:By|BY|Von|VON|Par|Por|Door)\s*:\s*"
)
_LABEL_WORD = r"[^\W\d_][\w\u0300-\u036f\u0900-\u0e7f'\u2019-]{0,30}"
_LABEL = re.compile(rf"\s?({_LABEL_WORD}(?:[\s,/&+]{{1,4}}{_LABEL_WORD}){{0,3}})\s?[:\uff1a]\s*")
#: "Aus dem Englischen von": what follows names the translator.
_TRANSLATED = re.compile(r"Aus de[mr] [^\W\d_]+(?: übersetzt)? von\s+")
_ALL_OTHER = "|".join(sorted(map(re.escape, _OTHER), key=len, reverse=True))
_LABELS = "|".join(
    sorted(
        map(re.escape, (_OTHER | {"text", "texte", "texto", "tekst", "interview", "words", "story"})),
        key=len,
        reverse=True,
    )
)
#: "Illustration von": in other languages only words that no name begins with.
_MADE_BY = rf"(?:{'|'.join(sorted((re.escape(word) for word in _OTHER if len(word) > 3), key=len, reverse=True))})"
_MIDDLE = re.compile(
    rf"(?<=\S)(?<!additional)(?<!medically)[\s,]{{1,4}}(?={_MADE_BY}\s+(?:von|par|por|door|av|af|przez)\s|(?:(?:{_LABELS})(?:\s*(?:and|und|et|y|och|og|[/&+,])\s*(?:{_LABELS}))?\s*[:\uff1a])"
    rf"|mit (?:agentur)?material (?:der|von|des)\s|with (?:reporting|files|contributions?) (?:by|from)\s"
    rf"|(?:(?:and |& )?(?:additional |with |medically )*(?:{_ALL_OTHER}|reporting|writing|words|text)(?:\s*(?:and"
    rf"|&)\s*\w+)?\s+by)\b)",
    re.IGNORECASE,
)
_MIDDLE_HINT = re.compile(r"[:\uff1a]|\s(?:by|from|der|des|von|par|por|door|av|af|przez)\s", re.IGNORECASE)


def break_before_credits(text: str) -> str:
    """Put a break before each lead-in in the middle of a byline ("Jane Doe Foto: John Roe")."""
    return _MIDDLE.sub(BREAK, text) if _MIDDLE_HINT.search(text) else text


def strip_lead(piece: str) -> tuple[str, Credit]:
    """Take the lead-in off a piece.

    Returns the rest, and whether the lead-in names the author, someone else (photos, editing), or there was none.
    """
    credit = Credit.NONE
    for _ in range(3):
        rest, found = _strip_once(piece)
        if found is Credit.NONE:
            break
        piece, credit = rest, found if credit is not Credit.OTHER else credit
    return piece, credit


def _strip_once(piece: str) -> tuple[str, Credit]:
    glued = _GLUED.match(piece)
    if glued:
        return piece[glued.end() :], Credit.AUTHOR
    translated = _TRANSLATED.match(piece)
    if translated:
        return piece[translated.end() :], Credit.OTHER
    label = _LABEL.match(piece) if ":" in piece or "\uff1a" in piece else None
    if label:
        credit = _credit_of(label[1].replace("/", " ").split())
        if credit is not Credit.NONE:
            return piece[label.end() :], credit
    return _strip_words(piece)


def _credit_of(words: list[str]) -> Credit:
    folded = [word.casefold().strip(",.&+") for word in words]
    known = [word for word in folded if word]
    if not known or not all(word in _AUTHOR or word in _OTHER or word in _LINK or word in _BY for word in known):
        return Credit.NONE
    if any(word in _OTHER for word in known):
        own = any(word in _AUTHOR and word not in _OTHER for word in known) and "reviewed" not in known
        return Credit.AUTHOR if own else Credit.OTHER
    return Credit.AUTHOR


def _strip_words(piece: str) -> tuple[str, Credit]:
    words: list[str] = []
    for found in itertools.islice(_WORD.finditer(piece), 7):
        folded = found[0].casefold().rstrip(":,.")
        rest = piece[found.end() :].lstrip()
        if folded in _BY or (words and folded in _AFTER_NOUN):
            return _after_by(piece, words, folded, rest)
        if not words and folded in _BARE and rest:
            return rest, Credit.AUTHOR
        if not words and folded in _BARE_OTHER and found[0].islower() and rest[:1].isupper():
            return rest, Credit.OTHER
        if folded not in _AUTHOR and folded not in _OTHER and folded not in _LINK:
            return piece, Credit.NONE
        words.append(found[0])
    return piece, Credit.NONE


def _after_by(piece: str, before: list[str], folded: str, rest: str) -> tuple[str, Credit]:
    if before:
        return (rest, _credit_of(before)) if rest else (piece, Credit.NONE)
    if rest and not _leads(folded, rest.split()):
        return piece, Credit.NONE
    return rest, Credit.AUTHOR


def _leads(folded: str, rest: list[str]) -> bool:
    if folded not in _FAMILY_TOO:
        return True
    if rest[0] in _FAMILY_SECOND:
        return False
    return folded in _FAMILY_RARELY or len(rest) > 1 or is_thing(rest[0])


def is_credit_note(text: str) -> bool:
    """Tell whether a bracketed note says what someone made ("text", "Foto", "Text und Bilder")."""
    return _credit_of(text.replace("/", " ").split()) is not Credit.NONE
