"""Whether the words after "first published by" name a publisher, and which (pure)."""

from __future__ import annotations

import re

# Words before a name that are no part of it.
_LEAD = re.compile(
    r"(?:(?:the\s+)?(?:web)?site\s+(?:of\s+)?"
    r"|(?:our|its|their|a)\s+(?:(?:media|content|sister|editorial|news)\s+)?"
    r"(?:partners?|site|publication|outlet|newsroom)(?:\s+at)?[,:]?\s+"
    r"|(?:the\s+)?[\w ,]{0,30}?(?:issue|edition)\s+of\s+"
    r"|the\s+(?:blog|magazine|newspaper|journal|newsletter)\s+(?:of\s+)?"
    r"|(?:dem|der|den)\s+(?:Portal|Magazin|Blog|Zeitung|Website|Online-Magazin)\s+"
    r"|(?:le\s+site|la\s+revue|le\s+blog)\s+(?:de\s+)?"
    r"|el\s+(?:sitio|blog|portal)\s+(?:de\s+)?"
    r"|серв\w+\s+|сайте\s+|издании\s+|журнале\s+|serwisie\s+)",
    re.IGNORECASE,
)
_QUOTES = " \t\"'“”„«»「」『』《》<>[]()*_,;:\u2018\u2019\u2039\u203a"
# Words after a name that are no part of it.
_TRAIL = re.compile(
    r"(?:['\u2019]s?)?\s+(?:own\s+)?(?:web\s?site|web\s?page|site|blog|home\s?page|webseite)$", re.IGNORECASE
)
# fmt: off
_CONNECTORS = frozenset({
    "a", "al", "and", "at", "by", "da", "das", "de", "del", "della", "der", "des", "di", "die", "do", "du", "e",
    "et", "for", "from", "het", "i", "in", "la", "las", "le", "les", "los", "of", "og", "on", "the", "to",
    "und", "van", "von", "y", "&", "och",
})
# fmt: on
# fmt: off
_MONTHS = {
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mär", "mai", "okt",
    "dez", "janv", "févr", "avr", "juin", "juil", "août", "déc", "ene", "abr", "ago", "dic", "fev", "set",
    "out", "gen", "mag", "giu", "lug", "ott",
}
# fmt: on
# fmt: off
_DAY_WORDS = frozenset({
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february",
    "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "montag",
    "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag", "januar", "februar", "märz", "mai",
    "juni", "juli", "oktober", "dezember",
})
# fmt: on
_NO_NAME = re.compile(
    r"(?:us|me|him|her|them|it|this|that|here|there|print|today|yesterday|part|full|collaboration|partnership"
    r"|conjunction|response|\d+$)(?!\w)"
)
# fmt: off
_LANGUAGES = frozenset({
    "english", "french", "german", "spanish", "chinese", "arabic", "russian", "portuguese", "italian", "dutch",
    "japanese", "englisch", "deutsch", "französisch", "spanisch", "inglés", "español", "francés", "inglês",
    "português", "anglais", "français", "espagnol", "inglese", "italiano",
})
# fmt: on
_DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?((?:[a-z0-9-]+\.)+[a-z]{2,})(?:/\S*)?", re.IGNORECASE)
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")


def publisher_name(words: str, *, sure: bool) -> str | None:
    """Return the publisher's name in the words that follow a credit phrase, or None where they name none.

    `sure`: the line also speaks of permission, a licence or republishing, or links somewhere, so that a name in small
    letters is believed.
    """
    name = words.strip(_QUOTES).rstrip(".")
    name = _LEAD.sub("", name, count=1).strip(_QUOTES) if _LEAD.match(name) else name
    name = _TRAIL.sub("", name)
    name = re.sub(r"^the (?=[A-Z])|['\u2019]s?$", "", name).strip(_QUOTES)
    domain = _DOMAIN.fullmatch(name)
    if domain:
        return domain[1].lower()
    if not 2 <= len(name) <= 100 or _NO_NAME.match(name) or _is_time_or_tongue(name):
        return None
    return name if _reads_like_name(name, sure=sure) else None


def initials(name: str) -> str:
    """Return the first letters of a name's capitalised words, without a leading article: "NCP"."""
    words = re.sub(r"^[Tt]he\s+", "", name).split()
    return "".join(word[0] for word in words if word[:1].isupper())


def _is_time_or_tongue(name: str) -> bool:
    """Tell whether the words are a day, a month or a language, none of which publishes anything."""
    words = re.findall(r"[^\W\d_]+", name.lower())
    if set(words) <= _DAY_WORDS or name.lower() in _LANGUAGES:
        return True
    has_number = re.search(r"\d", name) is not None
    return has_number and any(word.startswith(month) for word in words for month in _MONTHS) and len(words) <= 4


def _reads_like_name(name: str, *, sure: bool) -> bool:
    words = name.split()
    if len(words) > 10 or re.search(r"[!?;]|(?<!\b[A-Z])(?<!\b[A-Z][a-z])\.\s", name):
        return False
    if _UNSPACED.search(name):
        return len(name) <= 30
    small = [word for word in words if word[:1].islower() and word.lower() not in _CONNECTORS]
    starts = words[0][:1]
    if not small and (not starts.islower() or any(word[:1].isupper() for word in words)):
        return True
    # A brand that writes itself small: "coolimba", "openDemocracy".
    return len(words) == 1 and (sure or not name.islower()) and name.isascii()
