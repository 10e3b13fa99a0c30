"""News agencies and press-release wires, by the names and signs they go by in datelines and credits."""

from __future__ import annotations

from ingest.sources.checks import name_key

_NAMES = {
    "Associated Press": "AP|The AP|A.P.|AP News",
    "Reuters": "Thomson Reuters|Reuters News Agency",
    "Agence France-Presse": "AFP|Agence France Presse",
    "dpa": "Deutsche Presse-Agentur|dpa-AFX",
    "EFE": "Agencia EFE|EFE Verde",
    "ANSA": "Agenzia ANSA",
    "Austria Presse Agentur": "APA",
    "Keystone-SDA": "SDA|Keystone-ATS|ATS",
    "Evangelischer Pressedienst": "epd",
    "Katholische Nachrichten-Agentur": "KNA",
    "Algemeen Nederlands Persbureau": "ANP",
    "Belga": "Agentschap Belga|Agence Belga",
    "TT": "TT Nyhetsbyrån|Tidningarnas Telegrambyrå",
    "NTB": "Norsk Telegrambyrå",
    "Ritzau": "Ritzaus Bureau",
    "PAP": "Polska Agencja Prasowa",
    "Lusa": "Agência Lusa",
    "PA Media": "Press Association|PA",
    "United Press International": "UPI",
    "Canadian Press": "CP|La Presse Canadienne",
    "Australian Associated Press": "AAP",
    "Bloomberg News": "Bloomberg",
    "CNN Wire": "CNN Newsource",
    "Tribune News Service": "TNS|Tribune Content Agency",
    "Xinhua": "Xinhua News Agency|新华社|新华网",
    "China News Service": "中新社|中新网",
    "Kyodo News": "Kyodo|共同通信",
    "Jiji Press": "Jiji|時事通信",
    "Yonhap": "Yonhap News Agency",
    "Press Trust of India": "PTI",
    "Asian News International": "ANI",
    "Indo-Asian News Service": "IANS",
    "TASS": "ITAR-TASS|ТАСС",
    "Interfax": "Интерфакс",
    "Ukrinform": "Укрінформ",
    "Anadolu Agency": "Anadolu|AA",
    "Inter Press Service": "IPS",
    "PR Newswire": "PRNewswire",
    "Business Wire": "BUSINESS WIRE",
    "GlobeNewswire": "GLOBE NEWSWIRE",
}

_BY_KEY = {name_key(sign): name for name, others in _NAMES.items() for sign in (name, *others.split("|"))}

#: Every sign an agency goes by, the longest first, for patterns.
SIGNS = tuple(sorted({sign for name, others in _NAMES.items() for sign in (name, *others.split("|"))}, key=len)[::-1])


def agency_named(name: str) -> str | None:
    """Return the full name of the agency that goes by `name`, or None."""
    return _BY_KEY.get(name_key(name))
