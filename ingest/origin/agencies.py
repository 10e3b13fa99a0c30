"""News agencies and press-release wires, by the names and signs they go by in datelines and credits."""

from __future__ import annotations

from ingest.sources.checks import name_key

_NAMES = {
    "Associated Press": "AP|The AP|A.P.|AP News|أسوشيتد برس|美联社|美聯社",
    "Reuters": "Thomson Reuters|Reuters News Agency|رويترز|Рейтер|ロイター|路透社|路透|로이터|רויטרס",
    "Agence France-Presse": "AFP|Agence France Presse|فرانس برس|法新社|АФП",
    "dpa": "Deutsche Presse-Agentur|dpa-AFX",
    "EFE": "Agencia EFE|EFE Verde",
    "ANSA": "Agenzia ANSA",
    "Austria Presse Agentur": "APA",
    "Keystone-SDA": "SDA|sda|awp|Keystone-ATS|ATS",
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
    "Kyodo News": "Kyodo|共同通信|共同",
    "Jiji Press": "Jiji|時事通信|時事",
    "Yonhap": "Yonhap News Agency|연합뉴스",
    "Newsis": "뉴시스",
    "News1": "뉴스1",
    "Central News Agency": "中央社",
    "Antara": "ANTARA",
    "Bernama": "BERNAMA",
    "Vietnam News Agency": "TTXVN|VNA",
    "STT": "Suomen Tietotoimisto",
    "ČTK": "CTK|Česká tisková kancelář",
    "ANA-MPA": "ΑΠΕ-ΜΠΕ|ΑΠΕ",
    "RIA Novosti": "РИА Новости",
    "UNN": "УНН",
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
