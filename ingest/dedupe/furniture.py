"""The words by which credit lines, bios and footers are told from news, in the languages of our partners (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

from ingest.dedupe.tokens import FIGURE, NAME, words_of

#: How many different ones make furniture, and in how many words one at least: two codes in a hundred meet by chance.
_ENOUGH = 3
_SPREAD = 30
_CUES = """
republished republish republication originally reprinted permission licence license licensed creative commons
copyright rights reserved courtesy nonprofit newsletter newsletters subscribe subscribers sign follow facebook
instagram bluesky mastodon whatsapp telegram twitter podcast donate donation donations reporter editor correspondent
columnist freelance newsroom reach email independent journalism org com www http https
autor autorin redaktion redakteur redakteurin korrespondent lizenz abonnieren spenden genehmigung urheberrecht
erschien erschienen nachdruck newsletter
auteur autrice redaction journaliste abonnez autorisation reproduit initialement
autora periodista licencia permiso originalmente boletin suscribase suscribete donativo derechos reservados
redactor redactora jornalista licenca permissao assine
giornalista licenza permesso originariamente iscriviti
автор редакция корреспондент лицензия лицензии разрешения подпишитесь перепечатка источник
الكاتب الكاتبة ترخيص اشترك حقوق محفوظة المصدر
"""
# Scripts without blanks: characters of words for author, source, reprint, copyright, subscribe.
_UNSPACED_CUES = "版权著作载轉编辑稿授订购阅読執筆掲購"
_CODES = frozenset(crc32(word.encode()) & 0x3FFF or 1 for word in (*words_of(_CUES), *_UNSPACED_CUES))


def is_furniture(codes: Sequence[int]) -> bool:
    """Tell whether words, as codes, are a credit line, a bio or a footer and no news."""
    found = {code & ~(FIGURE | NAME) for code in codes} & _CODES
    return len(found) >= max(_ENOUGH, len(codes) / _SPREAD)
