"""Words that markup glued together ("Jane DoeAssistant Sports EditorFollow"), parted where it is sure."""

from __future__ import annotations

import re

from ingest.byline.clean import BREAK
from ingest.byline.given import is_given_name

_STARTS = """
    Assistant Associate Associated Contributing Contributor Senior Staff Chief Deputy Managing Executive
    Special Freelance Political Business Sports Science Health News Editor Reporter Writer Correspondent
    Columnist Journalist Critic Producer Photographer Redakteur Redakteurin Redaktion Korrespondent Reporterin
    Journalistin Autor Autorin Chefredakteur Journaliste Correspondant Rédacteur Rédactrice Corresponsal
    Periodista Redactor Redactora Giornalista Jornalista Repórter Nachrichtenagentur View Follow More
    Published Updated Posted Social See Read Permalink Professor Director Author Jan Feb Mar Apr May Jun Jul
    Aug Sep Oct Nov Dec January February March April June July August September October November December
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday Email Contact
"""
_SEAM = re.compile(rf"(?<=[a-zß-öø-ÿ])(?=(?:{'|'.join(_STARTS.split())})(?:\b|[A-Z]))")
_CAPITAL_SEAM = re.compile(
    r"(?<=[A-Z]{3})(?=(?:Associated Press|Nachrichtenagentur|Follow|Published|Updated|Staff Writer)\b)"
)


#: "vonJane Doe", "VonB7 Redaktion".
_BY = re.compile(r"\b([Vv]on|[Bb]y|[Pp]ar|[Pp]or)(?=[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ])|\b(Von)(?=[A-Z]{2})")
#: "Jane DoeBarbara Roe".
_PREFIXES = frozenset({"Mac", "Fitz", "Van", "Von", "Del", "San", "Ben", "Bin", "Della", "Des"})
_TWO_NAMES = re.compile(r"(?<= )([A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]{2,})(?=([A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+) [A-ZÀ-ÖØ-Þ])")


_WITH = re.compile(r"\sw/\s?(?=[A-ZÀ-ÖØ-Þ])")


def unglue(text: str) -> str:
    """Put a break where a role, a button, a date or another name is stuck to the name before it."""
    text = _BY.sub(lambda found: f"{found[0]} ", text)
    text = _TWO_NAMES.sub(
        lambda found: found[1] + (BREAK if is_given_name(found[2]) and found[1] not in _PREFIXES else ""), text
    )
    text = _WITH.sub(" with ", text)
    return _CAPITAL_SEAM.sub(BREAK, _SEAM.sub(BREAK, text))
