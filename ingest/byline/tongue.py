"""What language a byline is written in, where one letter or word means "and" in one and "in" in another."""

from __future__ import annotations

import re

from ingest.byline.clean import word_set

_SLAVIC = re.compile("[ąćęłńśźżčďěňřšťůž]", re.IGNORECASE)
#: Lead-ins after which "en", "i", "a" can only join two people.
_LEADS = {
    "en": word_set("door tekst auteur auteurs redactie geschreven"),
    "i": word_set("autor autorzy autorki tekst oprac opracowanie przez napisali opracowali avtor autori"),
    "a": word_set("autor autoři autori napsali připravili"),
}
#: "and" as it is written onto the next word, unless that is a name beginning with this letter.
_PREFIXED = re.compile(
    "(?<=[\u0600-\u06ff]) \u0648(?!(?:ليد|ائل|سام|فاء|"
    "داد|جدي|هبة|ردة?|حيد|لاء|سيم|ديع|ضاح|جيه|صفي|صال|ئام|لي|اصف|اثق|الي)"
    "(?:\\s|$))(?=[\u0600-\u06ff]{2})"
    "|(?<=[\u0590-\u05ff]) \u05d5"
    "(?!(?:רדה?|ילי|יקטור|ולטר|לדימיר|יקי|יטלי|נסה|יקטוריה)(?:\\s|$))(?=[\u0590-\u05ff]{2})"
)


def joiners(text: str, lead: str) -> frozenset[str]:
    """Return which of "en", "i" and "a" are "and" in a byline: by the lead-in before it, or by the names' letters.

    Takes the byline and the lead-in ("Door"), "" where there was none.
    """
    words = {part.strip(":.,").casefold() for part in lead.split()}
    by_lead = {word for word, leads in _LEADS.items() if not leads.isdisjoint(words)}
    return frozenset(by_lead | ({"i", "a"} if _SLAVIC.search(text) else set()))


def spread_prefixed(text: str) -> str:
    """Write an Arabic or Hebrew "and" as a word of its own, where full names stand on both sides of it."""
    seam = _PREFIXED.search(text)
    if seam is None or len(text[: seam.start()].split()) < 2 or len(text[seam.end() :].split()) < 2:
        return text
    return f"{text[: seam.start()]} {text[seam.start() + 1]} {text[seam.end() :]}"
