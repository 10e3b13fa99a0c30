"""Words that markup glued together ("Houston MitchellAssistant Sports EditorFollow"), parted where it is sure."""

from __future__ import annotations

import re

from ingest.byline.clean import BREAK

_STARTS = (
    "Assistant Associate Associated Contributing Contributor Senior Staff Chief Deputy Managing Executive Special Freelance Political "
    "Business Sports Science Health News Editor Reporter Writer Correspondent Columnist Journalist Critic Producer Photographer "
    "Redakteur Redakteurin Redaktion Korrespondent Reporterin Journalistin Autor Autorin Chefredakteur Journaliste Correspondant "
    "Rédacteur Rédactrice Corresponsal Periodista Redactor Redactora Giornalista Jornalista Repórter Nachrichtenagentur "
    "View Follow More Published Updated Posted Social See Read Permalink Professor Director Author Jan Feb Mar Apr May Jun "
    "Jul Aug Sep Oct Nov Dec January February March April June July August September October November December Monday Tuesday "
    "Wednesday Thursday Friday Saturday Sunday Email Contact"
)
_SEAM = re.compile(rf"(?<=[a-zß-öø-ÿ])(?=(?:{'|'.join(_STARTS.split())})(?:\b|[A-Z]))")
_CAPITAL_SEAM = re.compile(r"(?<=[A-Z]{3})(?=(?:Associated Press|Follow|Published|Updated|Staff Writer)\b)")


def unglue(text: str) -> str:
    """Put a break where a role, a button or a date is stuck to the name before it."""
    return _CAPITAL_SEAM.sub(BREAK, _SEAM.sub(BREAK, text))
