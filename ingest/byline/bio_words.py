"""The words of closing notes on authors: how they open, what they call people, where they end."""

from __future__ import annotations

import re

from ingest.byline.clean import word_set

HEADING = re.compile(
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
NAME = r"(?:[^\W\d_][\w.'\u2019\u2010\u2011-]*)(?:,? (?:[^\W\d_][\w.'\u2019\u2010\u2011-]*)){1,6}?(?:, (?:Jr|Sr)\.?)?"
NOTE = r"(?:\s*\((?P<note>[^()]{1,120})\))?(?:,\s*(?:ph\.?d\.?|m\.?d\.?|m\.?p\.?h\.?|rn|esq\.?|j\.?d\.?),?)*"
IS = (
    r"(?:is|are|was|ist|war|sind|est|sont|es|son|é|è|são|sono|jest|są|je|jsou|är|er|zijn|on|является|работает|є"
    r"|είναι|"
    r"dr|has been|[\u2013\u2014-](?=\s+[а-яіїєґ]))"
)
DOES = (
    r"(?:works|work|worked|writes|write|covers|cover|reports|teaches|serves|leads|directs|heads|edits|runs|holds"
    r"|joined|"
    r"studies|researches|lives|blogs|hosts|co-hosts|specializes|specialises|focuses|lehrt|forscht|arbeitet"
    r"|schreibt|leitet|berichtet|"
    r"studierte|enseigne|dirige|travaille|écrit|trabaja|escribe|enseña|cubre|lavora|scrive|insegna|trabalha"
    r"|escreve|werkt|schrijft|pracuje|"
    r"pisze|skriver|arbetar|arbejder|jobber|пишет|работает|пише|працює)"
)
COPULA = re.compile(IS)
#: "Writes about science for Quanta": enough of a sign by itself.
BEAT = re.compile(
    r"(?:about|on|over|über|sur|sobre|di|om|о|про) .{2,80}? (?:for|für|pour|para|per|voor|för|for|dla|для) (?:the "
    r"|die |den |das )?[A-ZÀ-ÞА-Я]"
)
OPENING = re.compile(
    rf"(?P<names>{NAME}(?:,? (?:and|und|et|y|e|og|och|en|i|и|та) {NAME})?){NOTE},? "
    rf"(?P<verb>{IS}|{DOES}) (?P<rest>.+)\Z",
    re.DOTALL,
)
REACH = re.compile(
    rf"(?:contact|reach|e-?mail|write to|follow) (?:(?:staff |senior )?(?:writer|reporter|editor|columnist"
    rf"|correspondent) )?(?P<names>{NAME}) "
    rf"(?:at|on|via) \S*@|(?P<also>{NAME}) can be (?:reached|contacted|followed) (?:at|on|via|by)\b",
    re.IGNORECASE,
)
DEGREES = re.compile(r",?\s+(?:ph\.?d|m\.?d|mph|j\.?d|rn|rd)\b\.?,?", re.IGNORECASE)
MAIL = re.compile(r"[\w.+%'-]{1,64}@(?:[\w-]{1,63}\.){1,6}[a-zA-Z]{2,24}")
SENTENCE_END = re.compile(r"(?<=[^\W\d_]{3}[.!?])\s+|(?<=[)\u201d\"][.!?])\s+|\n+")
SENTENCE = re.compile(r"(.+?(?<![A-Z])(?<!\b(?:Dr|St|Mr|Ms))[.!?\u3002])(?:\s|\Z)|(.+)\Z", re.DOTALL)
ARTICLE = re.compile(
    r"(?:also |currently |now |a former |both )?(?:an?|the|one of the|ein(?:e|er)?|der|die|une?|l[ea]|un[ao]?|el"
    r"|um|uma|il|een|en|ett|et)\s+|l[\u2019']",
    re.IGNORECASE,
)
AT = re.compile(
    r",?\s+(?:at|for|with|an der|am|an|bei(?: der| dem)?|beim|à l[\u2019']|à la|à|au|aux|chez|en la|en el|en|de la"
    r"|del|da|na|no|presso|"
    r"bij|aan|w|na|vid|på|ved|i|hos|в|у)\s*(?=(?:(?:the|der|die|das|de|la|le|el|il) )?[A-ZÀ-ÞА-ЯІЇЄҐ])"
)
END = re.compile(
    r"[,;:(\n]|\.(?:\s|\Z)|\s(?:and|where|who|whose|und|wo|et|où|y|e|og|och|is|covering|based|focusing|specializing)\s"
)
SAID = re.compile(r"\b(?:said|told|says|sagte|a déclaré|dijo|ha detto|disse)\b")

#: Occupations of those who write the piece; others ("president", "minister") are written about as often.
OCCUPATION = re.compile(
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
PUBLIC = re.compile(
    r"\b(?:(?:vice[- ])?president|chief executive|ceo|chair(?:man|woman)?|minister|founder|director|manager|"
    r"präsident\w*|geschäftsführer\w*|direktor\w*|leiter\w*|président\w*|direct(?:eur|rice)|president[ae]"
    r"|director[a]?)\b",
    re.IGNORECASE,
)
ABOUT_US = re.compile(
    r"\b(?:this (?:article|piece|essay|op-ed|commentary|column|story)|the views|his (?:latest|most recent|new"
    r"|first) book|her (?:latest|most "
    r"recent|new|first) book|author of|follow (?:him|her|them)|on twitter|on x\b|@\w{3,}|twitter|can be reached"
    r"|his work|"
    r"her work|their work|he (?:writes|tweets|covers|is the author)|she (?:writes|tweets|covers|is the author)"
    r"|dieser (?:text|beitrag))",
    re.IGNORECASE,
)
WORK = re.compile(
    r"^(?:(?:as|about|on|for|at|from|in|our|the|health|politics|sports?|education|business|climate|über|für|als"
    r"|bei|sur|pour|à|para|sobre|"
    r"en|para|per|di|over|voor|om|för|о|для|в)\b)",
    re.IGNORECASE,
)

NO_NAMES = word_set(
    """
    this that these those there here it he she they we you i our my his her their its what who which when where
    why how and but or so if as while although because since after before under new south north east west saudi
    united great sri costa el puerto san santa los las le la les der die das den ein eine dies diese dieser es
    er sie wir il elle ce cette ils elles on nous este esta eso ella ellos un una questo questa o a os as um uma
    het een dit one two three all both each every some many most much more such no not another other also today
    yesterday president minister
    """
)
