"""Closing notes on the author: "Jane Doe is an associate professor of history at the University of X"."""
# ruff: noqa: RUF001 - letters of other scripts are what these words are made of

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.article import Person, Source
from ingest.byline.clean import clean, word_set
from ingest.byline.organisations import is_organisation
from ingest.byline.words import is_name_word, is_particle, is_person, is_suffix

#: Longer paragraphs are articles, not notes on their authors.
_MAX_CHARS = 2_000
_MAX_PEOPLE = 12

_HEADING = re.compile(
    r"\s*(?:(?:about the authors?|author bio|about|über (?:den autor|die autorin|die autoren|den verfasser)"
    r"|zur person|zum autor|"
    r"à propos de l[\u2019']auteure?|sobre (?:el autor|la autora|los autores|o autor|a autora)|l[\u2019']autore"
    r"|l[\u2019']autrice|"
    r"over de auteur|o autorze|o autorce|om forfatteren|om författaren|об авторе|про автора|der autor|die autorin"
    r"|l[\u2019']auteure?|el autor|"
    r"la autora|o autor|a autora|the (?:author|writer)|our (?:correspondent|reporter|columnist)"
    r"|autor(?:in)?)(?=\s*[:\n,]|\s+[A-ZÀ-Þ])"
    r"\s*[:,]?\s*|[-\u2013\u2014*\u2022|_]+\s*)+",
    re.IGNORECASE,
)
_NAME = (
    r"(?:[^\W\d_][\w.'\u2019\u2010\u2011-]*)(?:,? (?:[^\W\d_][\w.'\u2019\u2010\u2011-]*)){1,6}?(?:, (?:Jr|Sr)\.?)?"
)
_NOTE = r"(?:\s*\((?P<note>[^()]{1,120})\))?(?:,\s*(?:ph\.?d\.?|m\.?d\.?|m\.?p\.?h\.?|rn|esq\.?|j\.?d\.?),?)*"
_IS = (
    r"(?:is|are|was|ist|war|sind|est|sont|es|son|é|è|são|sono|jest|są|je|jsou|är|er|zijn|on|является|работает|є"
    r"|είναι|"
    r"dr|has been|[\u2013\u2014-](?=\s+[а-яіїєґ]))"
)
_DOES = (
    r"(?:works|work|worked|writes|write|covers|cover|reports|teaches|serves|leads|directs|heads|edits|runs|holds"
    r"|joined|"
    r"studies|researches|lives|blogs|hosts|co-hosts|specializes|specialises|focuses|lehrt|forscht|arbeitet"
    r"|schreibt|leitet|berichtet|"
    r"studierte|enseigne|dirige|travaille|écrit|trabaja|escribe|enseña|cubre|lavora|scrive|insegna|trabalha"
    r"|escreve|werkt|schrijft|pracuje|"
    r"pisze|skriver|arbetar|arbejder|jobber|пишет|работает|пише|працює)"
)
_COPULA = re.compile(_IS)
#: "Writes about science for Quanta": enough of a sign by itself.
_BEAT = re.compile(
    r"(?:about|on|over|über|sur|sobre|di|om|о|про) .{2,80}? (?:for|für|pour|para|per|voor|för|for|dla|для) (?:the "
    r"|die |den |das )?[A-ZÀ-ÞА-Я]"
)
_OPENING = re.compile(
    rf"(?P<names>{_NAME}(?:,? (?:and|und|et|y|e|og|och|en|i|и|та) {_NAME})?){_NOTE},? "
    rf"(?P<verb>{_IS}|{_DOES}) (?P<rest>.+)\Z",
    re.DOTALL,
)
_REACH = re.compile(
    rf"(?:contact|reach|e-?mail|write to|follow) (?:(?:staff |senior )?(?:writer|reporter|editor|columnist"
    rf"|correspondent) )?(?P<names>{_NAME}) "
    rf"(?:at|on|via) \S*@|(?P<also>{_NAME}) can be (?:reached|contacted|followed) (?:at|on|via|by)\b",
    re.IGNORECASE,
)
_DEGREES = re.compile(r",?\s+(?:ph\.?d|m\.?d|mph|j\.?d|rn|rd)\b\.?,?", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+%'-]{1,64}@(?:[\w-]{1,63}\.){1,6}[a-zA-Z]{2,24}")
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{3}[.!?])\s+|(?<=[)\u201d\"][.!?])\s+|\n+")
_SENTENCE = re.compile(r"(.+?(?<![A-Z])(?<!\b(?:Dr|St|Mr|Ms))[.!?\u3002])(?:\s|\Z)|(.+)\Z", re.DOTALL)
_ARTICLE = re.compile(
    r"(?:also |currently |now |a former |both )?(?:an?|the|one of the|ein(?:e|er)?|der|die|une?|l[ea]|un[ao]?|el"
    r"|um|uma|il|een|en|ett|et)\s+|l[\u2019']",
    re.IGNORECASE,
)
_AT = re.compile(
    r",?\s+(?:at|for|with|an der|am|an|bei(?: der| dem)?|beim|à l[\u2019']|à la|à|au|aux|chez|en la|en el|en|de la"
    r"|del|da|na|no|presso|"
    r"bij|aan|w|na|vid|på|ved|i|hos|в|у)\s*(?=(?:(?:the|der|die|das|de|la|le|el|il) )?[A-ZÀ-ÞА-ЯІЇЄҐ])"
)
_END = re.compile(
    r"[,;:(\n]|\.(?:\s|\Z)|\s(?:and|where|who|whose|und|wo|et|où|y|e|og|och|is|covering|based|focusing|specializing)\s"
)
_SAID = re.compile(r"\b(?:said|told|says|sagte|a déclaré|dijo|ha detto|disse)\b")

#: Occupations of those who write the piece; others ("president", "minister") are written about as often.
_OCCUPATION = re.compile(
    r"\b(?:(?:\w+-)?(?:professor\w*|lecturer|researcher|research (?:fellow|associate|assistant|scientist)|fellow"
    r"|scholar|postdoc\w*|(?:ph\.?d\.?|"
    r"doctoral|graduate|master[\u2019']?s) (?:student|candidate)|scientist|journalist\w*|reporter\w*|writer|author"
    r"|editor\w*|columnist|"
    r"correspondent\w*|contributor|critic|essayist|novelist|poet|blogger|freelancer?|freelance|photographer"
    r"|photojournalist|producer|"
    r"podcaster|analyst|economist|historian|sociologist|political scientist|anthropologist|philosopher|psychologist|"
    r"biologist|physicist|epidemiologist|criminologist|attorney|lawyer|policy (?:director|advisor|analyst)"
    r"|co-?founder|"
    r"executive director|visiting \w+|senior \w+|associate|intern|members? of (?:the|our) editorial|translator"
    r"|consultant|"
    r"wissenschaftler\w*|redakteur\w*|korrespondent\w*|autor\w*|dozent\w*|doktorand\w*|historiker\w*|ökonom\w*|"
    r"kolumnist\w*|soziolog\w*|politologe\w*|politologin\w*|lehrbeauftragte\w*|volontär\w*|mitarbeiter\w*|"
    r"journaliste|correspondante?|chercheu(?:r|se)|professeure?|maître(?:sse)? de conférences|doctorante?"
    r"|historienne?|"
    r"économiste|écrivaine?|autrice|auteure?|chroniqueu(?:r|se)|rédact(?:eur|rice)|philosophe|sociologue|"
    r"periodista|corresponsal|redactora?|profesora?|investigadora?|escritora?|autora?|catedrátic[oa]|columnista"
    r"|economista|"
    r"doctorand[oa]|politólog[oa]|giornalista|corrispondente|redat(?:tore|trice)|professore(?:ssa)?|ricercat(?:ore"
    r"|rice)|scritt(?:ore|rice)|"
    r"jornalista|repórter|colunista|professora?|pesquisadora?|escritora?|redacteur|verslaggever|hoogleraar"
    r"|onderzoeker|"
    r"schrijver|dziennikar[zk]\w*|publicyst\w*|profesor\w*|badacz\w*|redaktor\w*|novinář\w*|redaktör|redaktør"
    r"|forsker|forskare|"
    r"professori|tutkija|toimittaja|författare|forfatter)\b|журналист\w*|журналіст\w*|корреспондент\w*"
    r"|кореспондент\w*|"
    r"професс?ор\w*|редактор\w*|обозревател\w*|исследовател\w*|писател\w*|δημοσιογράφος|καθηγητ\w+)",
    re.IGNORECASE,
)
_PUBLIC = re.compile(
    r"\b(?:(?:vice[- ])?president|chief executive|ceo|chair(?:man|woman)?|minister|founder|director|manager|"
    r"präsident\w*|geschäftsführer\w*|direktor\w*|leiter\w*|président\w*|direct(?:eur|rice)|president[ae]"
    r"|director[a]?)\b",
    re.IGNORECASE,
)
_ABOUT_US = re.compile(
    r"\b(?:this (?:article|piece|essay|op-ed|commentary|column|story)|the views|his (?:latest|most recent|new"
    r"|first) book|her (?:latest|most "
    r"recent|new|first) book|author of|follow (?:him|her|them)|on twitter|on x\b|@\w{3,}|twitter|can be reached"
    r"|his work|"
    r"her work|their work|he (?:writes|tweets|covers|is the author)|she (?:writes|tweets|covers|is the author)"
    r"|dieser (?:text|beitrag))",
    re.IGNORECASE,
)
_WORK = re.compile(
    r"^(?:(?:as|about|on|for|at|from|in|our|the|health|politics|sports?|education|business|climate|über|für|als"
    r"|bei|sur|pour|à|para|sobre|"
    r"en|para|per|di|over|voor|om|för|о|для|в)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Opening:
    names: tuple[str, ...]
    note: str
    verb: str
    rest: str


def parse_bio(text: str) -> Person | None:
    """Read a paragraph as a closing note on the author.

    Takes one paragraph of plain text. Returns who it is about, with role, affiliation and address where it states
    them, and the paragraph verbatim as `bio`; None where it is no such note, or not surely one.
    """
    people = parse_bios(text)
    return people[0] if people else None


def parse_bios(text: str) -> tuple[Person, ...]:
    """Read a paragraph as closing notes on one or more authors ("Jane Doe is ... John Roe is ...").

    Takes plain text. Returns the people in order, each with its own part of the text, verbatim, as `bio`.
    """
    if not 20 <= len(text) <= _MAX_CHARS:
        return ()
    parts = _parts(text)
    people = [person for part in parts for person in _people(part)]
    return tuple(people[:_MAX_PEOPLE])


def _parts(text: str) -> list[str]:
    """Cut a text where the next person's note begins; each part stays verbatim."""
    starts = [0, *(found.end() for found in _SENTENCE_END.finditer(text) if _opens(text[found.end() :]) is not None)]
    ends = [*starts[1:], len(text)]
    return [text[start:end].strip() for start, end in zip(starts, ends, strict=True) if text[start:end].strip()]


def _opens(text: str) -> _Opening | None:
    stripped = clean(text)
    heading = _HEADING.match(stripped)
    found = _OPENING.match(stripped[heading.end() :] if heading else stripped)
    if found is None:
        return None
    names = _names(_DEGREES.sub("", found["names"]))
    return _Opening(names, found["note"] or "", found["verb"], found["rest"]) if names else None


def _names(text: str) -> tuple[str, ...]:
    if is_person(text.replace(",", "").split()):
        names = [text]
    else:
        names = re.split(r",? (?:and|und|et|y|e|og|och|en|i|и|та) ", text)
    return tuple(names) if all(_is_full_name(name) for name in names) else ()


def _is_full_name(name: str) -> bool:
    words = name.replace(",", "").split()
    solid = [word for word in words if not is_particle(word) and not is_suffix(word)]
    if len(solid) < 2 or not is_person(words) or is_organisation(words):
        return False
    return words[0].casefold() not in _NO_NAMES and all(map(is_name_word, solid)) and not words[-1].islower()


_NO_NAMES = word_set(
    """
    this that these those there here it he she they we you i our my his her their its what who which when where
    why how and but or so if as while although because since after before under new south north east west saudi
    united great sri costa el puerto san santa los las le la les der die das den ein eine dies diese dieser es
    er sie wir il elle ce cette ils elles on nous este esta eso ella ellos un una questo questa o a os as um uma
    het een dit one two three all both each every some many most much more such no not another other also today
    yesterday president minister
    """
)


def _people(part: str) -> list[Person]:
    opening = _opens(part)
    if opening is None:
        return _reachable(part)
    if not _is_bio(part, opening):
        return []
    role, affiliation = _role(opening)
    mail = _MAIL.search(part)
    return [
        Person(
            name=name.strip(" ,"), role=role, affiliation=affiliation, bio=part, source=Source.BIO,
            email=mail[0] if mail and len(opening.names) == 1 else None,
        )
        for name in opening.names
    ]  # fmt: skip


def _reachable(part: str) -> list[Person]:
    found = _REACH.search(part)
    name = (found["names"] or found["also"]) if found else ""
    mail = _MAIL.search(part)
    if not name or mail is None or len(part) > 300 or not _is_full_name(name):
        return []
    return [Person(name=name, email=mail[0], bio=part, source=Source.BIO)]


def _is_bio(part: str, opening: _Opening) -> bool:
    """Weigh the signs: an occupation of those who write, or a public office with a sign that this is a note."""
    first = _first_sentence(opening.rest)
    head = first[:160]
    if _SAID.search(first) or (opening.verb == "was" and not _ABOUT_US.search(part)):
        return False
    told = bool(_ABOUT_US.search(part) or _MAIL.search(part) or _HEADING.match(part.lstrip()))
    if _is_copula(opening.verb):
        early = _OCCUPATION.search(head[:110])
        return early is not None or (told and bool(_PUBLIC.search(head)))
    beat = len(part) < 300 and opening.verb not in {"lives", "leads", "holds"} and bool(_BEAT.match(first))
    return beat or bool(_OCCUPATION.search(head) and _WORK.match(first)) or (told and bool(_WORK.match(first)))


def _is_copula(verb: str) -> bool:
    return verb in {"-", "\u2013", "\u2014"} or bool(_COPULA.fullmatch(verb))


def _first_sentence(text: str) -> str:
    found = _SENTENCE.match(text)
    return (found[1] or found[2]) if found else text


def _role(opening: _Opening) -> tuple[str | None, str | None]:
    if not _is_copula(opening.verb):
        return None, _affiliation(opening.rest)
    rest = _first_sentence(opening.rest).rstrip()
    article = _ARTICLE.match(rest)
    rest = rest[article.end() :] if article else rest
    at = _AT.search(rest)
    end = _END.search(rest)
    stop = min(
        at.start() if at else len(rest), end.start() if end and not (at and end.start() > at.start()) else len(rest)
    )
    role = rest[:stop].strip(" .,;")
    return (role or None) if len(role) <= 160 else None, _affiliation(rest)


def _affiliation(rest: str) -> str | None:
    at = _AT.search(rest)
    if at is None:
        return None
    tail = rest[at.end() :]
    end = _END.search(tail)
    name = (tail[: end.start()] if end else tail).strip(" .,;")
    return name if 1 < len(name) <= 160 else None
