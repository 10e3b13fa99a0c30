"""What surrounds a byline on the page and is no name: dates, times, buttons, counters; cut to breaks."""

from __future__ import annotations

import re

from ingest.byline.clean import BREAK, word_set

_MONTHS = (
    "jan(?:uary|uar|vier|eiro|uari|uár)?|j[äa]nner|enero|gennaio|stycznia|ocak|feb(?:ruary|ruar|rero|braio|ruari)?|"
    r"f[ée]v(?:\.|rier|ereiro)?|lutego|şubat|mar(?:ch|s|z|zo|ço|ca|t)?|märz|maart|mrt|apr(?:il|ile|ilie)?"
    r"|abr(?:il)?|avr(?:il)?|"
    "kwietnia|nisan|may[ıo]?|mai|maggio|maj|maio|mei|maja|mayıs|jun[ei]?|juni|juin|junio|junho|giugno|czerwca"
    "|haziran|"
    "jul[yi]?|juli|juil(?:let)?|julio|julho|luglio|lipca|temmuz|aug(?:ust|usti|ustus)?|ao[uû]t|agosto|sierpnia"
    "|ağustos|"
    "sept?(?:ember|embre|tembre|iembre|tiembre)?|setembro|settembre|września|eylül|o[ck]t(?:ober|obre|ubre|obris)?|"
    "outubro|ottobre|października|ekim|nov(?:ember|embre|iembre|embro)?|listopada|kasım|de[cz](?:ember|embre"
    "|iembre|embro)?|"
    "déc(?:embre)?|dicembre|diciembre|grudnia|aralık|января|февраля|марта|апреля|мая|июня|июля|августа|сентября"
    "|октября|"
    "ноября|декабря|січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня"
)
_DAY = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thurs?|fri|sat(?:ur)?|sun)(?:day)?|(?:mon|diens|donners|frei|sams|sonn)tag"
    r"|mittwoch|"
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo)"
)
_ZONE = (
    r"(?:\s*\(?\b(?:uhr|e[sd]?t|c[sd]t|m[sd]t|p[sd]?t|gmt|utc|bst|ist|ces?t|aest|sast|wib|myt|hkt|kst|jst"
    r"|h)\b\.?\)?)*"
)
_DATES = re.compile(
    rf"(?:\b{_DAY},?\s+)?(?:"
    rf"(?<!\d)\d{{1,2}}(?:st|nd|rd|th)?\.?º?\s*(?:de\s+|of\s+|di\s+)?(?:{_MONTHS})\.?,?\s*(?:de\s+|del\s+)?\d{{4}}"
    rf"|\b(?:{_MONTHS})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?:at\s+)?\d{{4}})?"
    rf"|\b(?:{_MONTHS})\.?,?\s+(?:de\s+)?(?:19|20)\d\d\b"
    rf"|(?<!\d)\d{{1,2}}\.?\s+(?:de\s+)?(?:{_MONTHS})\b\.?"
    r"|(?<!\d)\d{1,4}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2,4}(?!\d)"
    r"|\d{4}\s?[年년]\s?\d{1,2}\s?[月월](?:\s?\d{1,2}\s?[日일])?)"
    r"(?:\d{1,4}\b)?",
    re.IGNORECASE,
)
_TIMES = re.compile(
    rf"(?:\b(?:at|um|à|a las|às|kl\.?|klo|o godz\.?|saat|alle)\s+)?(?<!\d)\d{{1,2}}(?:[:.h]\d{{2}}){{1,2}}(?!\d)"
    rf"(?:\s*[ap]\.?m\b\.?)?{_ZONE}"
    rf"|(?<!\d)\d{{1,2}}\s*[ap]\.?m\b\.?{_ZONE}"
    r"|\b\d+\s*-?\s*(?:mins?|minutes?|minuten|minutos|minuti|minuter|minutter|minuuttia|dakika|хв|мин|分)\.?\s*"
    r"(?:ago|read(?:ing)?(?:\s+time)?|to read|lesezeit|de lecture|de lectura|de leitura|di lettura|leestijd"
    r"|läsning)?(?!\w)"
    r"|\b\d+\s*(?:hours?|hrs?|days?|weeks?|months?|years?)\s+ago\b"
    r"|\b(?:vor|il y a|hace|há|fa)\s+\d+\s+\w+"
    r"|\(?\b\d+\)?\s*(?:comments?|kommentare?|commentaires?|comentarios?|comentários?|shares?|views?|likes?"
    r"|retweets?)\b"
    r"|\bcomments?\s*\(\d+\)",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"\+?\s*\bfollow(?:ing)?\s+(?:the\s+author|us|me|him|her|them|on|this author|author"
    r"|@?\w+ on)\b(?: of this article)?"
    r"(?:\s*(?:on\s+)?(?:twitter|x|facebook|instagram|linkedin|bluesky|mastodon|and|,))*"
    r"|\(?\b(?:s?he|they|er|sie)/(?:him|her|them|ihm|ihr)\b(?:/\w+)?\)?|\bet al\b\.?|\band others\b|\bu\.\s?a\."
    r"|\be-?mail (?:the |this )?(?:author|reporter|writer)\b"
    r"|\b(?:view|see|read|show|browse) (?:all|more|full|other)?\s*(?:articles|posts|stories|bio|profile|archive"
    r"|comments)"
    r"(?:\s+by\b)?|\b(?:more|other|all) (?:articles|posts|stories)(?:\s+(?:by|from)\b.*)?"
    r"|\bmore (?:by|from)\b.*|\b(?:contact|about) (?:the |this )?authors?\b|\bauthor(?:'s)? (?:bio|profile|page"
    r"|archive)\b"
    r"|\b(?:first |originally )?(?:published|posted|updated|modified|created|submitted)(?:\s*(?:on|at|date|:))+(?!\w)"
    r"|\b(?:last|zuletzt) (?:updated|modified|edited|reviewed|aktualisiert|bearbeitet|geändert)\b(?: (?:on|am|at))?:?"
    r"|\b(?:veröffentlicht|aktualisiert|erstellt|geändert|publiziert|eingestellt|stand)(?:\s+am\b|\s*:)"
    r"|\b(?:publié|mis à jour|modifié|posté)(?:e)?\s+(?:le\b|à\b)|\b(?:publicado|actualizado|atualizado|pubblicato"
    r"|aggiornato)"
    r"\s+(?:a las|el|em|il|às|alle|en)\b|\bimage (?:credit|source)s?\b.*|\bsocial links navigation\b"
    r"|\bwhy you can trust .*"
    r"|\b(?:zu )?alle[n]? (?:artikeln?|beiträgen?|anzeigen)\b|\bweitere (?:artikel|beiträge)\b|\b(?:zeige"
    r"|alle) (?:alle )?beiträge"
    r"|\bvoir tous (?:les|ses) (?:articles|posts)\b|\bver (?:todos|más)\b|\bleave a (?:comment|reply)\b"
    r"|\bhinterlasse .*"
    r"|\A\s*n/a\s*\Z|\b(?:alles|mehr) von\b.*|\bmás (?:artículos|noticias) de\b.*|\bplus d'articles de\b.*"
    r"|\b(?:twitter|x)[- ]account (?:von|of)\b.*|\b(?:letzte|last) (?:aktualisierung|update)\b:?"
    r"|\b(?:über )?autorenseite von\b.*"
    r"|\b(?:temps de lecture|tiempo de lectura|tempo de leitura|tempo di lettura|czas czytania|okuma süresi"
    r"|время чтения|час читання)\b"
    r"|\bread more\b|\bsign up\b|\bskip to \w+|\bcopy link\b|\bshare (?:this|on)\b.*|\bfilled? under\b.*"
    r"|\bposted in\b(?:(?!\bby\b).)*"
    r"|\bprofile (?:picture|image|photo) of\b|\bopens? in (?:a )?new \w+|\(?\bwith updates\b\)?",
    re.IGNORECASE,
)
_EDGES = word_set(
    """
    follow following share shares print save bio edit reply permalink listen email e-mail mail contact subscribe
    comments comment comentarios kommentare twitter facebook instagram linkedin whatsapp published updated
    posted modified publicado actualizado publié veröffentlicht aktualisiert uhr says said sagt schreibt
    required profile website web name nom nombre nome author authors autor autoren autorin auteurs auteur autore
    autori byline written created weiter artikel posts articles compartir copiar teilen folgen suivre seguir
    publicerad uppdaterad publisert oppdatert offentliggjort opdateret julkaistu päivitetty opublikowano
    aktualizacja publikováno aktualizováno giriş güncelleme yayınlanma опубликовано обновлено опубліковано
    оновлено gepubliceerd bijgewerkt geplaatst pubblicato aggiornato lesezeit leestijd lästid lesetid læsetid
    lukuaika terbit diperbarui δημοσίευση ενημέρωση bluesky mastodon threads telegram reddit tiktok rss and
    und et y e n/a abonnieren abonnez-vous exclusive
    breaking watch live advertisement sponsored
    """
)
#: The ones that are cut off behind a name; the others are in the names of newspapers.
_TRAILING = word_set(
    """
    follow following share shares email e-mail permalink reply says said sagt schreibt comments published
    updated posted modified edit subscribe contact required compartir teilen folgen suivre seguir veröffentlicht
    aktualisiert publicado publié
    """
)
_HINT = re.compile(
    r"follow|/|et al|others|u\.|author|view|see|read|show|browse|articles|posts|stories|más|plus|mehr|letzte"
    r"|twitter|account|more|contact|publ|post|updated|modif|created|submit|"
    r"zuletzt|last|veröff|aktual|erstellt|geändert|eingest|stand|mis à|actual|atual|aggiorn|image|social|why|all"
    r"|weitere|"
    r"zeige|tous|ver |lect|leit|lett|czas|okuma|чтения|читання|"
    r"leave|hinterl|sign|skip|copy|share|filled|profile|open|with up",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_NOTHING = re.compile(r"[\W\d_]*\Z")
_TEMPLATE = re.compile(r"[{}]|\$\(|%\w+%|<%|\bfunction\b|window\.|=>|;$")


_SAYING = word_set("says said sagt sagte schreibt dit dice")
_TELLS = word_set("reports writes berichtet schreibt rapporte raconte informa escribe scrive escreve")
_HANGING = word_set("el le on am em il at um and und et og och à den by")


def cut_noise(text: str) -> str:
    """Replace dates, times, counters and page furniture by `BREAK`.

    Takes cleaned text and returns it with the same names in the same order.
    """
    if _DIGIT.search(text):
        text = _TIMES.sub(BREAK, _DATES.sub(BREAK, text))
    if _HINT.search(text):
        text = _FURNITURE.sub(BREAK, text)
    return text


def is_nothing(piece: str) -> bool:
    """Tell whether a piece holds no name at all: marks, digits, a lone button or form label."""
    if _NOTHING.match(piece) or _TEMPLATE.search(piece):
        return True
    return all(word.strip(" .,:;*+()!?\"'").casefold() in _EDGES for word in piece.split())


def trim_furniture(words: list[str]) -> list[str]:
    """Take buttons and counters off the end of a piece ("Jane Doe + FOLLOW", "Jane Doe 651")."""
    end = len(words)
    if end == 2 and (words[1].strip(":").casefold() in _SAYING or words[1] in _HANGING):
        return words[:1]
    while end > 2 and (
        words[end - 1] in _TELLS
        or (words[end - 1] in _HANGING and words[end - 2] != "&")
        or words[end - 1].strip("+.:*").casefold() in _TRAILING
        or _NOTHING.match(words[end - 1])
    ):
        end -= 1
    return words[:end]
