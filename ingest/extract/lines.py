"""Single lines that are furniture by their wording, in the languages of the partners (pure data and patterns).

Each pattern speaks of whole short lines only; a sentence of the article that happens to hold such words stays.
"""

from __future__ import annotations

import re

#: A longer line than this is judged by none of the patterns below.
MAX_CHARS = 180
_LEAD = r"^[\s\W]*"
_REST = r"(?:\b|(?<=:)|(?=[:：])).*$"


def _starts(words: str) -> re.Pattern[str]:
    return re.compile(_LEAD + r"(?:" + words + r")" + _REST, re.IGNORECASE | re.DOTALL)


def _whole(words: str) -> re.Pattern[str]:
    return re.compile(_LEAD + r"(?:" + words + r")[\s\W]*$", re.IGNORECASE)


_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "related",
        _starts(
            r"(?:also|further|more|related|recommended|suggested)\s+(?:read|reads|reading|stories|articles?|coverage|posts|content|"
            r"news|topics|links?)\s*[:：-]|(?:read|see|watch|listen)\s+(?:also|more|next)\s*[:：-]|(?:read|see|watch)\s*[:：]|also\s+read\b|"
            r"read\s+(?:more|also)\s+(?:about|on|from|at|here)\b|read\s+(?:our|the)\s+(?:latest|full)\s+\w+\s*[:：]|"
            r"don['’]t\s+miss\s*[:：]|you\s+may\s+also\s+like|more\s+(?:from|on)\s+\S+\s*[:：]|related\s*[:：]|"
            r"lesen\s+sie\s+(?:auch|mehr|hier|dazu|weiter)|lies\s+(?:auch|hier|dazu)|mehr\s+(?:zum\s+thema|dazu|lesen|von)\b|"
            r"auch\s+interessant|weiterlesen|zum\s+thema\s*[:：]|"
            r"(?:à|a)\s+(?:lire|voir|écouter|relire)\s+(?:aussi|également|ailleurs|sur)|lire\s+(?:aussi|également|plus|la\s+suite)|"
            r"(?:à|a)\s+(?:lire|voir)\s*[:：]|voir\s+aussi\b|notre\s+dossier\s*[:：]|"
            r"(?:lee|lea|leer|ver|vea|te\s+puede\s+interesar|le\s+puede\s+interesar|puede\s+leer)\s+(?:también|además|más)\b|"
            r"te\s+puede\s+interesar|le\s+puede\s+interesar|más\s+información\s*[:：]|"
            r"(?:leia|veja|saiba|confira)\s+(?:também|mais)\b|leggi\s+(?:anche|tutto|di\s+più)|guarda\s+anche|"
            r"lees\s+(?:ook|meer|verder)|läs\s+(?:också|även|mer|vidare)|les\s+(?:også|mer|saken)|læs\s+(?:også|mere)|lue\s+(?:myös|lisää)|"
            r"czytaj\s+(?:też|także|również|więcej|dalej)|zobacz\s+(?:też|także|również)|przeczytaj\s+(?:też|także|również)|"
            r"čtěte\s+také|olvasd\s+el\s+ezt\s+is|citește\s+și|citeste\s+si|baca\s+juga|đọc\s+thêm|xem\s+thêm|"
            r"читайте\s+(?:также|ещё|еще|нас|подробнее)|смотрите\s+также|по\s+теме\s*[:：]|читайте\s+також|あわせて読みたい|【?関連記事|続きを読む|"
            r"相关阅读|延伸阅读|延伸閱讀|相關新聞|관련기사|اقرأ\s+(?:أيضا|أيضًا|المزيد)|ayrıca\s+oku|ilgili\s+haber"
        ),
    ),
    (
        "more",
        _whole(
            r"continue\s+reading(?:\s*\W*\s*(?:below|the\s+main\s+story|.{0,120}))?|read\s+(?:more|on|full\s+(?:story|article|post)|the\s+(?:full|rest|original)\b.{0,60})|"
            r"(?:see|show|view|load|learn|find\s+out|discover)\s+(?:more|all|less)|more|story\s+continues(?:\s+below.{0,40})?|"
            r"article\s+continues(?:\s+(?:after|below).{0,40})?|keep\s+reading|click\s+(?:here|to)\b.{0,60}|continue|scroll\s+down.{0,60}|"
            r"mehr|mehr\s+anzeigen|weiter|la\s+suite\s+après\s+.{0,40}|lire\s+la\s+suite|seguir\s+leyendo|sigue\s+leyendo|"
            r"continua\s+a\s+leggere|continue\s+lendo|continua\s+após\s+.{0,40}|leer\s+más|leia\s+mais|back\s+to\s+top|top|expand|"
            r"show\s+caption|hide\s+caption|toggle\s+caption|view\s+(?:image|photo|gallery|comments|this\s+post).{0,40}|"
            r"enlarge(?:\s+(?:this\s+)?image)?|view\s+in\s+full|open\s+in\s+.{0,20}|see\s+the\s+full\s+.{0,20}"
        ),
    ),
    (
        "ad",
        _whole(
            r"advertisements?|adverts?|advertising|ads?|sponsored(?:\s+(?:content|by\b.{0,40}|links?))?|promoted|paid\s+(?:content|post)|"
            r"anzeigen?|werbung|publicité|publicidade?|publicidad|pubblicità|annonser?|annonce|reklam[ay]?|mainos|advertentie|"
            r"реклама|広告|廣告|广告|إعلان|quảng\s+cáo|spot_img|spot-img|- ?advertisement ?-|advertisement\s+\w+"
        ),
    ),
    (
        "source-link",
        _whole(
            r"source\s+links?|source\s+url|link\s+to\s+(?:source|original)|(?:read|view)\s+(?:the\s+)?original(?:\s+(?:article|post|story))?"
        ),
    ),
    (
        "newsletter",
        _starts(
            r"(?:sign|signing)\s+up\s+(?:for|to|here|now|today)|subscribe\s+(?:to|now|here|for|today)|get\s+(?:the|our|all\s+the|your|today).{0,80}"
            r"(?:newsletter|inbox|e-?mail|delivered)|join\s+(?:our|the)\s+(?:newsletter|mailing|telegram|whatsapp|community)|"
            r"(?:our|the)\s+newsletter|enter\s+your\s+e-?mail|(?:thanks|thank\s+you)\s+for\s+(?:subscribing|signing)|by\s+(?:signing|subscribing|entering)\s+.{0,140}|"
            r"newsletter\b|(?:jetzt\s+)?(?:unseren\s+)?newsletter\s+(?:abonnieren|bestellen)|(?:abonnez|inscrivez)-vous|suscríbete|suscríbase|"
            r"inscreva-se|assine\s+(?:a|o|já|nossa)|iscriviti|abonneer|prenumerera|tilmeld\s+dig|zapisz\s+się|подпис(?:ывайтесь|аться|ывайся)|підписуйтесь|"
            r"to\s+get\s+.{0,60}\s+in\s+your\s+inbox|want\s+(?:more|the\s+latest)\b.{0,80}(?:newsletter|inbox|sign\s+up|subscribe).{0,60}|"
            r"(?:support|donate\s+to)\s+(?:our|us|independent)\b|please\s+(?:consider|support|donate|subscribe)\b|become\s+a\s+(?:member|subscriber|supporter|patron)"
        ),
    ),
    (
        "share",
        _starts(
            r"share\s+(?:this|on|via|the|with|your)\b|share\s*[:：]|(?:follow|find|join|like)\s+(?:us|me|him|her|them|our|@\w+|\w+(?:\s\w+)?)\s+(?:on|at|in|via)\s+"
            r"(?:twitter|facebook|instagram|x|threads|bluesky|youtube|telegram|google|linkedin|tiktok|whatsapp|social|mastodon|flipboard)\b|"
            r"(?:folgen|folge)\s+(?:sie\s+)?uns|suivez-nous|síguenos|siga-nos|seguici|partager\s+(?:sur|cet)|teilen\s*[:：]|compartir\s*[:：]|"
            r"tweet\s+this|pin\s+it|e-?mail\s+this|print\s+this|copy\s+(?:the\s+)?link|download\s+(?:our|the)\s+\S+\s*app\b"
        ),
    ),
    (
        "share",
        _whole(
            r"share|tweet|facebook|twitter|linkedin|whatsapp|telegram|pinterest|reddit|e-?mail|print|copy\s+link|link\s+copied|bookmark|save|"
            r"comments?|(?:no|\d+|leave\s+a|add\s+a|post\s+a|view|join\s+the|show)\s+(?:comments?|conversation|reply|discussion)|\d+\s*(?:shares?|likes?|views?|comments?)|"
            r"teilen|merken|drucken|kommentare?|kommentieren|partager|imprimer|commenter|compartir|imprimir|comentarios?|compartilhar|condividi|stampa|"
            r"deel|delen|dela|del|facebook\s+twitter.{0,60}|follow|gift\s+this\s+article|listen(?:\s+to\s+this\s+article)?.{0,30}|play|pause|loading\W*|"
            r"(?:like|love|haha|wow|sad|angry)(?:\s+\d+)?|report\s+.{0,20}error|give\s+feedback|was\s+this\s+(?:article|page)\s+helpful.{0,30}"
        ),
    ),
    (
        "cookie",
        _starts(
            r"(?:this|our)\s+(?:web)?site\s+uses\s+cookies|we\s+(?:use|value)\s+(?:cookies|your\s+privacy)|accept\s+(?:all\s+)?cookies|"
            r"cookie\s+(?:settings|policy|preferences)|(?:to|um|pour)\s+.{0,80}(?:enable|accept|allow)\s+(?:javascript|cookies)|please\s+enable\s+(?:javascript|cookies)|"
            r"your\s+browser\s+does\s+not\s+support|javascript\s+is\s+(?:disabled|required)|empfohlener\s+(?:redaktioneller|externer)\s+inhalt|"
            r"(?:an\s+dieser\s+stelle|hier)\s+(?:finden\s+sie|findest\s+du)\s+einen\s+externen\s+inhalt|ich\s+bin\s+damit\s+einverstanden|"
            r"externer\s+inhalt|external\s+content|content\s+is\s+not\s+available\s+due"
        ),
    ),
    (
        "tags",
        _starts(
            r"(?:tags?|tagged(?:\s+(?:with|as|under|in))?|topics?|filed\s+under|categor(?:y|ies)|keywords?|schlagw(?:o|ö)rt(?:er|e)?|stichw(?:o|ö)rter|themen|"
            r"mots[- ]clés|sujets|etiquetas|temas|palabras\s+clave|palavras-chave|тэги|теги|etiketler|topik|kategori(?:en|er)?)\s*[:：]"
        ),
    ),
    (
        "copyright",
        _starts(
            r"(?:copyright\s*)?(?:©|\(c\))\s*(?:\d{4}|copyright|all\b)|copyright\s+(?:©|\(c\)|\d{4}|by)|all\s+rights\s+reserved|alle\s+rechte\s+vorbehalten|"
            r"tous\s+droits\s+réservés|todos\s+los\s+derechos\s+reservados|this\s+material\s+may\s+not\s+be\s+(?:published|reproduced)|"
            r"无断|無断転載|禁无断"
        ),
    ),
    (
        "meta",
        _starts(
            r"(?:first\s+)?(?:published|updated|posted|last\s+(?:updated|modified)|modified|created|date)\s*(?:on|at|by)?\s*[:：]?\s*"
            r"(?:\w{3,9}\.?\s+)?\d|(?:veröffentlicht|aktualisiert|stand|erstellt|zuletzt\s+aktualisiert)\s*(?:am)?\s*[:：]?\s*(?:\w+,\s*)?\d|"
            r"(?:publié|mis\s+à\s+jour|modifié)\s+(?:le|à)\b|(?:publicado|actualizado|atualizado)\s*(?:el|em|a\s+las|às)?\s*[:：]?\s*\d|"
            r"\d+\s*(?:min(?:ute)?s?|minuten|min\.?)\s*(?:read|lesezeit|de\s+lecture|de\s+lectura|de\s+leitura)|lesezeit|reading\s+time|estimated\s+read"
        ),
    ),
    (
        "byline",
        re.compile(
            r"^(?:by|written\s+by|story\s+by|posted\s+by|von|par|por|texto?\s*[:：]|text\s*[:：]|door|av|af|author\s*[:：]|autor(?:in)?\s*[:：])\s+"
            r"(?:[A-ZÀ-ÞŁŚŻĐ][\w.'’-]*[\s,&|/]*|and\s+|und\s+|et\s+|y\s+|e\s+|de\s+|van\s+|von\s+|der\s+|da\s+){1,9}$"
        ),
    ),
)
_WALL = re.compile(
    r"subscribe\s+(?:now\s+)?to\s+(?:continue|read|unlock|keep)|(?:to\s+(?:continue|keep)\s+reading|continue\s+reading\s+(?:this|with|for))|"
    r"already\s+(?:a\s+)?(?:subscriber|member|have\s+an\s+account)|this\s+(?:article|content|story)\s+is\s+(?:for|only|exclusive|reserved|available\s+to)|"
    r"(?:log|sign)\s+in\s+to\s+(?:continue|read|view)|jetzt\s+(?:weiterlesen|testen|abonnieren)|weiterlesen\s+mit|"
    r"(?:(?:cet\s+)?article\s+(?:est\s+)?)?réservée?s?\s+aux\s+abonnés|la\s+suite\s+est\s+réservée|il\s+vous\s+reste\s+[\d.,]+\s*%|contenido\s+exclusivo|sólo\s+para\s+suscriptores|"
    r"conteúdo\s+exclusivo|riservato\s+agli\s+abbonati|für\s+abonnenten|nur\s+für\s+abonnenten|unlock\s+(?:this|the\s+full)|この記事は会員限定|残り\s*\d+\s*文字",
    re.IGNORECASE,
)
#: The same publishers' notice that an account is read on two devices at once.
_DEVICES = re.compile(
    r"(?:sur|on|en|auf|su)\s+(?:un\s+autre\s+appareil|another\s+device|otro\s+dispositivo|einem\s+anderen\s+gerät|un\s+altro\s+dispositivo)",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"^(?:\w{2,10}\.?,?\s+)?(?:\d{1,2}(?:st|nd|rd|th|\.)?\s+(?:de\s+)?[^\W\d]{3,10}\.?,?\s+(?:de\s+)?\d{4}|[^\W\d]{3,10}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|"
    r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{4}年\d{1,2}月\d{1,2}日)[\s,|·•–—-]*(?:(?:at|um|à|um|-|a\s+las|às)?\s*\d{1,2}[:.h]\d{2}(?::\d\d)?\s*(?:[ap]\.?m\.?|uhr|[A-Z]{2,4})?)?\W*$",
    re.IGNORECASE,
)


#: What publishers write under their articles, at any length up to LONG_CHARS.
_BOILERPLATE = re.compile(
    _LEAD
    + r"(?:(?:please|bitte)\b.{0,60}(?:comments?|kommentare?)\b|join\s+(?:our|the)\s+(?:commenting|conversation|discussion)|"
    r"join\s+thought-provoking|our\s+(?:web)?site\s+is\s+(?:the|your)\b|(?:do\s+you\s+)?(?:have|got)\s+(?:a|any|more)\s+(?:news\s+)?(?:tip|story|information)s?\b|"
    r"(?:you\s+can\s+)?unsubscribe\s+at\s+any\s+time|sie\s+können\s+sich\s+jederzeit\s+(?:wieder\s+)?abmelden|"
    r"if\s+you\s+(?:buy|purchase)\s+(?:something|anything|through|using|an?\b).{0,80}(?:commission|links?)|we\s+may\s+(?:earn|receive)\s+(?:an?\s+)?(?:affiliate\s+)?commission|"
    r"(?:this|the)\s+(?:article|post|story|page)\s+(?:contains|may\s+contain|includes)\s+(?:affiliate|referral)|hinweis\s+zu\s+affiliate|"
    r"(?:more\s+information|the\s+views)\s+expressed\s+(?:here|in\s+this)|registration\s+on\s+or\s+use\s+of\s+this\s+site|"
    r"(?:the|all)\s+(?:content|material)s?\s+(?:on|of)\s+this\s+(?:web)?site\s+may\s+not\s+be|deine\s+privatsphäre-einstellungen|"
    r"(?:diese|this)\s+(?:zusammenfassung|summary)\s+(?:wurde|was|is)\s+.{0,30}(?:künstlich|automatisch|ki\b|ai\b|automatically)|"
    r"(?:los\s+comentarios|les\s+commentaires|comentários|i\s+commenti)\b.{0,40}(?:modera|règles|reglas|regras))",
    re.IGNORECASE | re.DOTALL,
)
LONG_CHARS = 700


def is_boilerplate(text: str) -> bool:
    """Tell a publisher's own notice to its readers: comment rules, affiliate and newsletter notes, calls for tips."""
    return len(text) <= LONG_CHARS and bool(_BOILERPLATE.match(" ".join(text.split())))


def furniture_line(text: str) -> str | None:
    """Return why a line is furniture by its wording alone, or None."""
    line = " ".join(text.split())
    if len(line) > MAX_CHARS:
        return None
    if _DATE.match(line):
        return "meta"
    for reason, pattern in _PATTERNS:
        if pattern.match(line):
            return reason
    return None


def has_wall(text: str) -> bool:
    """Tell whether a text holds the words of a paywall or a login wall."""
    return bool(_WALL.search(text))


def is_wall_line(text: str) -> bool:
    """Tell a paragraph that belongs to a wall around the article, not to the article."""
    return len(text) < 300 and bool(_WALL.search(text) or _DEVICES.search(text))


def flat(text: str | None) -> str:
    """Return a text's words alone, for comparison: case, punctuation and spacing off."""
    return " ".join(re.findall(r"\w+", text or "")).casefold()
